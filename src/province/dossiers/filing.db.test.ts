import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { sha256 } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { findDeclaration } from "#province/declarations/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { findDossier, listDossiersOf, listHistory } from "./dossier-view.ts";
import { declarationJobs } from "./open-declaration.ts";
import { PERSON } from "./filing-example.ts";
import {
  begin,
  Browser,
  CHILD,
  fillIn,
  PARENTS,
  REQUESTER,
  sendFields,
  where,
  withPortal,
} from "#tests/support/filing-walk.ts";

test("a birth registration is filed with at most 25 fields typed, and one dossier comes of it", async () => {
  const typed = [REQUESTER, CHILD(), PARENTS]
    .flatMap((page) => Object.entries(page))
    .filter(([name, value]) => name !== "_action" && value !== "");
  assert.ok(typed.length <= 25, `${typed.length} fields`);
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const check = await browser.get(`/ho-so/${id}/kiem-tra`);
    assert.match(check.body, /Hệ thống đã nhận 1 tệp/);
    assert.match(check.body, /16\.000 đ/);
    assert.match(check.body, /Gửi hồ sơ/);
    const fields = sendFields(check.body);
    const [one, two] = await Promise.all([
      browser.post(`/ho-so/${id}/kiem-tra`, fields),
      browser.post(`/ho-so/${id}/kiem-tra`, fields),
    ]);
    assert.equal(where(one), `/ho-so/${id}/da-gui`, one.body);
    assert.equal(where(two), `/ho-so/${id}/da-gui`, two.body);
    const another = await browser.post(`/ho-so/${id}/kiem-tra`, { ...fields, submissionId: crypto.randomUUID() });
    assert.equal(where(another), `/ho-so/${id}/da-gui`);
    const sent = await browser.get(`/ho-so/${id}/da-gui`);
    assert.match(sent.body, /Thanh toán trên Cổng DVCQG/);
    const { dossiers } = await listDossiersOf(database, { tenant: "tayninh", applicantSub: PERSON.sub });
    assert.equal(dossiers.length, 1);
    assert.equal(dossiers[0]?.holderName, "Nguyễn Minh Khôi");
    assert.equal(dossiers[0]?.answers["chaHoTen"], PERSON.name);
    assert.equal(dossiers[0]?.answers["chaNgaySinh"], PERSON.birthDate);
    assert.deepEqual(dossiers[0]?.answers["meNoiCuTru"], {
      detail: "12 ấp 3",
      area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
    });
    assert.ok(sent.body.includes(String(dossiers[0]?.number)));
    await declarationIsKept(browser, database, id);
  });
});

/** The worker keeps it once, however often it is told; the owner downloads the kept one. */
async function declarationIsKept(browser: Browser, database: Database, id: string): Promise<void> {
  const drawn = await browser.get(`/ho-so/${id}/to-khai.pdf`);
  assert.equal(drawn.headers["content-type"], "application/pdf");
  const folder = await mkdtemp(join(tmpdir(), "declaration-"));
  const place = {
    database,
    store: createDiskStore(folder),
    clock: systemClock,
    tenant: findTenant("tayninh"),
    portalOrigin: "http://localhost:8082",
  };
  const { declaration } = declarationJobs(() => place);
  const history = await listHistory(database, { tenant: "tayninh", dossierId: id });
  const seq = history.find(({ action }) => action === "file")?.seq;
  const job = { id: 1, queue: "declaration", key: id, tenant: "tayninh", attempt: 1, payload: { dossierId: id, seq } };
  for (let time = 1; time <= 2; time += 1) await declaration(job as unknown as Parameters<typeof declaration>[0]);
  const kept = await findDeclaration(database.forTenant("tayninh"), id);
  assert.equal(kept?.seq, seq);
  // Same answers, same day: the same bytes.
  assert.equal(kept?.sha256, sha256(drawn.rawPayload));
  await rm(folder, { recursive: true });
}

test("the office of the person's own commune is set beforehand", async () => {
  await withPortal(async (browser) => {
    await browser.get("/thu/vao?ai=c");
    const start = await browser.get("/thu-tuc/1.001193/nop");
    assert.match(start.body, /<option value="[^"]+" selected>Ủy ban nhân dân thị trấn Bến Cầu<\/option>/);
  });
});

test("wrong answers come back with their errors, and what was typed is saved all the same", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const answer = await browser.post(`/ho-so/${id}/ke-khai/cha-me`, { ...PARENTS, meSoGiayToTuyThan: "07909012345" });
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, /Số CCCD có 12 chữ số\. Bạn đã nhập 11\./);
    assert.match(answer.body, /href="#meSoGiayToTuyThan"/);
    assert.match(answer.body, /value="07909012345"/);
    const dossier = await findDossier(database, { tenant: "tayninh", dossierId: id });
    assert.equal(dossier?.answers["meSoGiayToTuyThan"], "07909012345");
  });
});

test("without JavaScript a question appears after Cập nhật and rows come and go by buttons", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    const before = await browser.get(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`);
    assert.doesNotMatch(before.body, /name="nksNoiSinhNuocNgoai"/);
    const update = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, {
      ...CHILD(),
      nksSinhTai: "nuocNgoai",
      _action: "update",
    });
    assert.equal(where(update), `/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`);
    const after = await browser.get(where(update));
    assert.match(after.body, /name="nksNoiSinhNuocNgoai"/);
    assert.doesNotMatch(after.body, /name="nksNoiSinh\.detail"/);
    // Who goes on at once is told of the question that the answer opened, not of a mistake; then it is one.
    await browser.post(where(update), { ...CHILD(), _action: "update" });
    const { nksNoiSinhNuocNgoai: _none, ...abroad } = { ...CHILD(), nksSinhTai: "nuocNgoai", nksNoiSinhNuocNgoai: "" };
    const opened = await browser.post(where(update), abroad);
    assert.equal(opened.statusCode, 200);
    assert.match(opened.body, /href="#nksNoiSinhNuocNgoai">Đến câu hỏi mới/);
    assert.doesNotMatch(opened.body, /govuk-error-summary/);
    const empty = await browser.post(where(update), { ...abroad, nksNoiSinhNuocNgoai: "" });
    assert.equal(empty.statusCode, 422);
    assert.match(empty.body, /govuk-error-summary/);
  });
});

test("the browser's own saving marks what is wrong at once, and what is empty only after Tiếp tục", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    const url = `/ho-so/${id}/ke-khai/cha-me`;
    const live = await browser.post(
      url,
      { nksLoaiKhaiSinh: "duChaMe", meHoTen: "", meSoGiayToTuyThan: "0720", _action: "update" },
      { "x-live": "1" },
    );
    assert.equal(live.statusCode, 200);
    assert.match(live.body, /Số CCCD có 12 chữ số\. Bạn đã nhập 4\./);
    assert.match(live.body, /Đã lưu lúc/);
    assert.doesNotMatch(live.body, /Ô này đang để trống/);
    const after = await browser.post(
      url,
      { nksLoaiKhaiSinh: "duChaMe", meHoTen: "", _checked: "1", _action: "update" },
      { "x-live": "1" },
    );
    assert.match(after.body, /Ô này đang để trống/);
  });
});

test("typing goes on after the session ended: what was posted waits for the sign-in and is in the draft", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    await browser.get("/thu/ra");
    const lost = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
    assert.match(where(lost), /^\/dang-nhap\?ve=/);
    const live = await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD(), { "x-live": "1" });
    assert.equal(live.statusCode, 401);
    await browser.get("/thu/vao");
    const back = await browser.get(decodeURIComponent(where(lost).split("ve=")[1] ?? ""));
    assert.match(back.body, /Những gì vừa nhập vẫn còn nguyên/);
    assert.match(back.body, /value="Nguyễn Minh Khôi"/);
  });
});

test("another person's draft is not found, and their sign-in does not take over what was typed", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await browser.get("/thu/ra");
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
    await browser.get("/thu/vao?ai=b");
    assert.equal((await browser.get(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`)).statusCode, 404);
    assert.equal((await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD())).statusCode, 404);
    const dossier = await findDossier(database, { tenant: "tayninh", dossierId: id });
    assert.equal(dossier?.answers["nksHoTen"], undefined);
  });
});

test("the open draft is offered again, on any device", async () => {
  await withPortal(async (browser, _database, site) => {
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, { ...CHILD(), _action: "save" });
    const phone = new Browser(site);
    await phone.get("/thu/vao");
    const start = await phone.get("/thu-tuc/1.001193/nop");
    assert.match(start.body, /Làm tiếp bản nháp/);
    const resumed = await phone.get(`/ho-so/${id}/ke-khai`);
    assert.equal(where(resumed), `/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`);
  });
});

test("a wrong security code sends nothing and shows a new one", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const fields = sendFields((await browser.get(`/ho-so/${id}/kiem-tra`)).body);
    const wrong = await browser.post(`/ho-so/${id}/kiem-tra`, { ...fields, captcha: "sai" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /Mã xác thực chưa đúng/);
    const missing = await browser.post(`/ho-so/${id}/kiem-tra`, { ...fields, captcha: "" });
    assert.match(missing.body, /Nhập mã xác thực trong hình/);
    assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: id }))?.state, "draft");
  });
});

test("Kon Tum says Nộp hồ sơ and asks for no security code", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const check = await browser.get(`/ho-so/${id}/kiem-tra`);
    assert.doesNotMatch(check.body, /captchaToken/);
    assert.match(check.body, />Nộp hồ sơ<\/button>/);
    await browser.post(`/ho-so/${id}/kiem-tra`, sendFields(check.body));
    assert.equal((await findDossier(database, { tenant: "kontum", dossierId: id }))?.state, "filed");
  }, "kontum");
});
