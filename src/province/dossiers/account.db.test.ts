import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { FastifyInstance } from "fastify";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { newSecretId } from "#kit/ids.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { accountExample } from "./account-example.ts";
import { attachFile } from "./change-files.ts";
import type { Applicant, Outcome, SupplementItem } from "./dossier.ts";
import { aDraft, aFiledDossier, citizen, copyDue, officerLien, tomorrow } from "./dossier-examples.ts";
import { recordResult, returnResult, signResult } from "./dossier-result.ts";
import { findDossier, listFiles, listSupplements } from "./dossier-view.ts";
import type { OwnPapers } from "./filing-deps.ts";
import { receiveDossier } from "./receive-dossier.ts";
import { requestSupplement } from "./request-supplement.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A person's browser: keeps the cookie, sends forms as a browser does. */
class Browser {
  #cookie = "";
  readonly #site: FastifyInstance;

  constructor(site: FastifyInstance) {
    this.#site = site;
  }

  get(url: string) {
    return this.#send({ method: "GET", url });
  }

  post(url: string, fields: Record<string, string>) {
    const payload = new URLSearchParams(fields).toString();
    return this.#send({ method: "POST", url, payload }, { "content-type": "application/x-www-form-urlencoded" });
  }

  async send(url: string, fields: Record<string, string>, file?: { component: string; name: string; bytes: Buffer }) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file) form.append(`file.${file.component}`, new Blob([new Uint8Array(file.bytes)]), file.name);
    const request = new Request("http://localhost/", { method: "POST", body: form });
    const payload = Buffer.from(await request.arrayBuffer());
    return this.#send({ method: "POST", url, payload }, { "content-type": request.headers.get("content-type") ?? "" });
  }

  async #send(
    request: { method: "GET" | "POST"; url: string; payload?: string | Buffer },
    more: Record<string, string> = {},
  ) {
    const headers = {
      "sec-fetch-site": "same-origin",
      accept: "text/html",
      ...(this.#cookie ? { cookie: this.#cookie } : {}),
      ...more,
    };
    const answer = await this.#site.inject({ ...request, headers });
    const set = [answer.headers["set-cookie"] ?? []].flat();
    for (const line of set) if (line.startsWith("test_portal=")) this.#cookie = line.split(";")[0] ?? "";
    return answer;
  }
}

interface Scene {
  readonly database: Database;
  readonly me: Applicant;
  readonly folder: string;
  readonly mine: Browser;
  readonly others: Browser;
  readonly stranger: Browser;
}

async function withPortal(work: (scene: Scene) => Promise<void>): Promise<void> {
  await withProvince(async (database) => {
    const folder = await mkdtemp(join(tmpdir(), "account-"));
    const [me, other] = [citizen(), { ...citizen(), name: "Trần Thị Bình" }];
    const site = await accountExample({ database, folder, people: [me, other], ownPapers: onePaper(database) });
    try {
      const [mine, others, stranger] = [new Browser(site), new Browser(site), new Browser(site)];
      await mine.get(`/thu/vao?ai=${me.sub}`);
      await others.get(`/thu/vao?ai=${other.sub}`);
      await work({ database, me, folder, mine, others, stranger });
    } finally {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

function done<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? "" : outcome.reason);
  return outcome;
}

const where = (answer: { headers: Record<string, unknown> }) => String(answer.headers["location"] ?? "");
const filedAnswers = { nksHoTen: "Nguyễn Gia Hân", nksNgaySinh: "2026-01-05", nksNgaySinhBangChu: "cũ" };

async function withPaper(scene: Scene, items: SupplementItem[]) {
  const { database, me, folder } = scene;
  const blob = await createDiskStore(folder).put(PNG, { maxBytes: 1_000 });
  const draft = await aDraft(database, { person: me });
  done(
    await attachFile(database, {
      ...draft,
      component: "birth-proof",
      name: "Giấy chứng sinh.png",
      sha256: blob.sha256,
      size: blob.size,
      mediaType: "image/png",
    }),
  );
  const { fileDossier } = await import("./file-dossier.ts");
  const filed = done(
    await fileDossier(database, {
      ...draft,
      submissionId: newSecretId(),
      answers: filedAnswers,
      delivery: { handIn: "online", receive: "online" },
      dues: [],
    }),
  );
  const asked = done(
    await requestSupplement(database, {
      ...draft,
      expectedVersion: filed.version,
      actor: officerLien,
      text: "",
      items,
    }),
  );
  return { ...draft, ...asked };
}

const field: SupplementItem = {
  target: "field",
  ref: "nksHoTen",
  label: "Họ tên trẻ",
  reason: "Họ tên khác với giấy chứng sinh, đề nghị sửa",
};
const paper: SupplementItem = {
  target: "component",
  ref: "birth-proof",
  label: "Giấy chứng sinh",
  reason: "Ảnh bị mờ ở góc dưới, đề nghị chụp lại",
};

/** A store with one paper of the person's own. */
function onePaper(database: Database): OwnPapers {
  const offer = { value: "own:1", kind: "own", name: "giấy chứng sinh.png", size: PNG.length, at: new Date() } as const;
  return {
    offersFor: async (_sub, components) => new Map(components.map(({ code }) => [code, [offer]])),
    use: ({ applicantSub, dossierId, component }) =>
      attachFile(database, {
        ...{ tenant: "tayninh", dossierId, applicantSub, component },
        ...{ name: offer.name, sha256: "ab".repeat(32), size: offer.size, mediaType: "image/png" },
      }),
  };
}

test("the account lists one's own dossiers with number, state and dates, and drafts to go on with", async () => {
  await withPortal(async ({ database, me, mine, others, stranger }) => {
    const filed = await aFiledDossier(database, { person: me, dues: [copyDue] });
    await aDraft(database, { person: me });
    const page = await mine.get("/tai-khoan");
    assert.equal(page.statusCode, 200);
    for (const words of [
      "Thông tin tài khoản",
      "Lịch sử giao dịch",
      String(filed.number),
      "Hồ sơ đã gửi",
      "Mã hồ sơ",
      "Số hồ sơ",
      "Tên thủ tục",
      "Người nộp",
      "Bản nháp đang làm dở",
      "Thanh toán",
    ]) {
      assert.ok(page.body.includes(words), words);
    }
    const english = await mine.get("/tai-khoan?lang=en");
    assert.ok(english.body.includes("Filed dossiers"));
    assert.ok(!(await others.get("/tai-khoan")).body.includes(String(filed.number)));
    assert.equal(where(await stranger.get("/tai-khoan")), "/dang-nhap?ve=%2Ftai-khoan");
  });
});

test("another person's dossier, paper and result look as if they did not exist", async () => {
  await withPortal(async (scene) => {
    const dossier = await withPaper(scene, [field, paper]);
    const [file] = await listFiles(scene.database, dossier);
    for (const path of [
      `/ho-so/${dossier.dossierId}`,
      `/ho-so/${dossier.dossierId}/bo-sung`,
      `/ho-so/${dossier.dossierId}/rut`,
      `/ho-so/${dossier.dossierId}/ket-qua`,
      `/tep/${file?.id}`,
    ]) {
      assert.equal((await scene.others.get(path)).statusCode, 404, path);
      assert.equal((await scene.stranger.get(path)).statusCode, 303, path);
    }
    for (const path of ["/ho-so/1", "/ho-so/x/bo-sung", "/tep/x", `/tep/${newSecretId()}`])
      assert.equal((await scene.mine.get(path)).statusCode, 404, path);
  });
});

test("a paper comes as a download that no browser runs", async () => {
  await withPortal(async (scene) => {
    const dossier = await withPaper(scene, [field]);
    const [file] = await listFiles(scene.database, dossier);
    const answer = await scene.mine.get(`/tep/${file?.id}`);
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(answer.rawPayload, PNG);
    assert.match(
      String(answer.headers["content-disposition"]),
      /^attachment; filename="Giay_chung_sinh\.png"; filename\*=UTF-8''Gi%E1%BA%A5y/,
    );
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.match(String(answer.headers["content-security-policy"]), /sandbox/);
    assert.match(String(answer.headers["cache-control"]), /no-store/);
  });
});

test("the dossier page says where it is, until when and why, and masks the identity number", async () => {
  await withPortal(async ({ database, me, mine }) => {
    const filed = await aFiledDossier(database, { person: me, answers: filedAnswers, dues: [copyDue] });
    done(
      await receiveDossier(
        database,
        { ...filed, expectedVersion: filed.version, actor: officerLien },
        { dueTimeOf: tomorrow },
      ),
    );
    const page = await mine.get(`/ho-so/${filed.dossierId}`);
    for (const words of [
      "Đang ở",
      "Vì sao là ngày này?",
      "Một ngày.",
      "Tiếp nhận hồ sơ",
      "Nguyễn Gia Hân",
      "16.000 đ",
      "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ]) {
      assert.ok(page.body.includes(words), words);
    }
    assert.ok(!page.body.includes(me.identityNumber));
  });
});

test("a draft's address leads on to the page it was left on", async () => {
  await withPortal(async ({ database, me, mine }) => {
    const draft = await aDraft(database, { person: me });
    assert.match(where(await mine.get(`/ho-so/${draft.dossierId}`)), new RegExp(`^/ho-so/${draft.dossierId}/ke-khai/`));
  });
});

test("the supplement page opens only what was asked, with the reason beside it, and freezes the rest", async () => {
  await withPortal(async (scene) => {
    const dossier = await withPaper(scene, [field, paper]);
    const { body } = await scene.mine.get(`/ho-so/${dossier.dossierId}/bo-sung`);
    assert.ok(body.includes(field.reason) && body.includes(paper.reason));
    assert.match(body, /name="nksHoTen"/);
    assert.doesNotMatch(body, /name="nksNgaySinh"/);
    await scene.mine.send(`/ho-so/${dossier.dossierId}/bo-sung`, {
      nksHoTen: "Nguyễn Gia Hân",
      nksNgaySinh: "01/01/2020",
      _action: "save",
    });
    assert.deepEqual((await listSupplements(scene.database, dossier))[0]?.buffer, { nksHoTen: "Nguyễn Gia Hân" });
  });
});

test("an example stands beside what is asked for; its file is the owner's alone, and the term is said", async () => {
  await withPortal(async (scene) => {
    const { sha256, size } = await createDiskStore(scene.folder).put(PNG, { maxBytes: 1_000 });
    const file = { sha256, name: "anh-mau.png", size, mediaType: "image/png" };
    const dossier = await withPaper(scene, [
      { ...field, example: { text: "Nguyễn Gia Hân" } },
      { ...paper, example: { text: "Chụp thẳng, đủ bốn góc", file } },
    ]);
    const { body } = await scene.mine.get(`/ho-so/${dossier.dossierId}/bo-sung`);
    assert.match(body, /Gửi phần bổ sung trước \d/);
    assert.match(body, /Cơ quan yêu cầu: Họ tên khác với giấy chứng sinh, đề nghị sửa Ví dụ: Nguyễn Gia Hân/);
    assert.match(body, /Chụp thẳng, đủ bốn góc[\s\S]*anh-mau\.png/);
    const path = `/ho-so/${dossier.dossierId}/bo-sung/1/mau/2`;
    assert.ok(body.includes(path));
    const sample = await scene.mine.get(path);
    assert.deepEqual([sample.statusCode, sample.headers["content-type"]], [200, "image/png"]);
    assert.equal((await scene.others.get(path)).statusCode, 404);
    assert.equal((await scene.stranger.get(path)).statusCode, 303);
    for (const none of ["1/mau/1", "1/mau/9", "2/mau/1"])
      assert.equal((await scene.mine.get(`/ho-so/${dossier.dossierId}/bo-sung/${none}`)).statusCode, 404, none);
  });
});

test("a paper one has already answers a supplement, with the consent beside it and not without", async () => {
  await withPortal(async (scene) => {
    const dossier = await withPaper(scene, [paper]);
    const path = `/ho-so/${dossier.dossierId}/bo-sung`;
    const { body } = await scene.mine.get(path);
    assert.ok(body.includes("Lấy từ Giấy tờ của tôi (1)") && body.includes('name="reuse.birth-proof"'));
    const ticked = { "reuse.birth-proof": "own:1", _action: "reuse" };
    const without = await scene.mine.send(path, ticked);
    assert.equal(without.statusCode, 422);
    assert.match(without.body, /id="reuse\.birth-proof-0"[^>]* checked/, "what was ticked stays ticked");
    assert.equal((await scene.mine.send(path, { ...ticked, "consent.birth-proof": "1" })).statusCode, 303);
    const sent = await scene.mine.send(path, { _action: "send" });
    assert.equal(where(sent), `/ho-so/${dossier.dossierId}`, sent.body.slice(0, 300));
    assert.equal((await findDossier(scene.database, dossier))?.state, "filed");
  });
});

test("an incomplete answer stays, with the error at its place and nothing typed lost; a complete one goes back", async () => {
  await withPortal(async (scene) => {
    const dossier = await withPaper(scene, [field, paper]);
    const path = `/ho-so/${dossier.dossierId}/bo-sung`;
    const missing = await scene.mine.send(path, { nksHoTen: "Nguyễn Gia Hân Hân", _action: "send" });
    assert.equal(missing.statusCode, 422);
    assert.ok(missing.body.includes('href="#file.birth-proof"') && missing.body.includes("Nguyễn Gia Hân Hân"));
    const wrong = await scene.mine.send(
      path,
      { nksHoTen: "X4", _action: "send" },
      { component: "birth-proof", name: "moi.png", bytes: PNG.subarray(0, 20) },
    );
    assert.equal(wrong.statusCode, 422);
    assert.equal((await findDossier(scene.database, dossier))?.state, "supplement-requested");
    const other = Buffer.concat([PNG, Buffer.from("x")]);
    const sent = await scene.mine.send(
      path,
      { nksHoTen: "Nguyễn Gia Hân Hân", _action: "send" },
      { component: "birth-proof", name: "moi.png", bytes: other },
    );
    assert.equal(where(sent), `/ho-so/${dossier.dossierId}`, sent.body.slice(0, 300));
    const after = await findDossier(scene.database, dossier);
    assert.equal(after?.state, "filed");
    assert.equal(after?.answers["nksHoTen"], "Nguyễn Gia Hân Hân");
    assert.equal((await listSupplements(scene.database, dossier))[0]?.displaced["nksHoTen"], "Nguyễn Gia Hân");
    assert.ok((await scene.mine.get(`/ho-so/${dossier.dossierId}`)).body.includes("Đã gửi phần bổ sung"));
  });
});

test("a session that ended while the answer was typed loses nothing", async () => {
  await withPortal(async (scene) => {
    const dossier = await withPaper(scene, [field]);
    const path = `/ho-so/${dossier.dossierId}/bo-sung`;
    const sent = await scene.stranger.send(path, { nksHoTen: "Nguyễn Gia Hân Hân", _action: "send" });
    assert.equal(where(sent), `/dang-nhap?ve=${encodeURIComponent(path)}`);
    await scene.stranger.get(`/thu/vao?ai=${scene.me.sub}`);
    const back = await scene.stranger.get(path);
    assert.ok(back.body.includes('value="Nguyễn Gia Hân Hân"') && back.body.includes("vẫn còn nguyên"));
    // what another person stashes never reaches this dossier
    await scene.others.send(path, { nksHoTen: "Kẻ khác", _action: "save" });
    assert.deepEqual((await listSupplements(scene.database, dossier))[0]?.buffer, { nksHoTen: "Nguyễn Gia Hân Hân" });
  });
});

test("withdrawal asks once more, names the version it was decided on, and ends the dossier", async () => {
  await withPortal(async ({ database, me, mine }) => {
    const filed = await aFiledDossier(database, { person: me });
    const path = `/ho-so/${filed.dossierId}/rut`;
    assert.ok((await mine.get(path)).body.includes(`name="phienBan" value="${filed.version}"`));
    await mine.post(path, { phienBan: String(filed.version - 1) });
    assert.ok((await mine.get(`/ho-so/${filed.dossierId}`)).body.includes("vừa được người khác thay đổi"));
    await mine.post(path, { phienBan: String(filed.version), lyDo: "Nộp nhầm nơi" });
    assert.equal((await findDossier(database, filed))?.state, "withdrawn");
    assert.equal(where(await mine.get(path)), `/ho-so/${filed.dossierId}`);
  });
});

test("the result can be downloaded when it is returned, and not before", async () => {
  await withPortal(async ({ database, me, mine, folder }) => {
    const filed = await aFiledDossier(database, { person: me });
    let stand = done(
      await receiveDossier(
        database,
        { ...filed, expectedVersion: filed.version, actor: officerLien },
        { dueTimeOf: tomorrow },
      ),
    );
    const blob = await createDiskStore(folder).put(Buffer.from("%PDF-1.7 kết quả"), { maxBytes: 1_000 });
    const file = { sha256: blob.sha256, size: blob.size, name: "ket-qua.pdf", mediaType: "application/pdf" };
    const act = () => ({ ...filed, expectedVersion: stand.version, actor: officerLien });
    stand = { ...stand, ...done(await recordResult(database, { ...act(), resultId: newSecretId(), file })) };
    stand = { ...stand, ...done(await signResult(database, { ...act(), file })) };
    assert.equal((await mine.get(`/ho-so/${filed.dossierId}/ket-qua`)).statusCode, 404);
    done(await returnResult(database, act()));
    const answer = await mine.get(`/ho-so/${filed.dossierId}/ket-qua`);
    assert.equal(answer.body, "%PDF-1.7 kết quả");
    assert.match(String(answer.headers["content-disposition"]), /^attachment/);
    assert.ok((await mine.get("/tai-khoan")).body.includes("Tải kết quả"));
  });
});
