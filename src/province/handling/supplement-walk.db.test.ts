import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import { AppError } from "#kit/errors.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { newId } from "#kit/ids.ts";
import { verifyPdfSignatures } from "#kit/signing/index.ts";
import {
  answerSupplement,
  attachFile,
  expireSupplement,
  findDossier,
  listSupplements,
  saveSupplementAnswer,
} from "#province/dossiers/index.ts";
import { listSlips, openSlip, renderSlip } from "#province/slips/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, type DeskExample, deskExample } from "./desk-example.ts";
import { slipJobs } from "./slip-jobs.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";

async function at(desk: DeskExample, username: string) {
  const cookie = await desk.signIn(username);
  const get = async (url: string) => (await desk.site.inject({ url, headers: { cookie } })).body;
  const send = (url: string, form: FormData | URLSearchParams) => {
    const request = new Request("http://x/", { method: "POST", body: form });
    return request.arrayBuffer().then((payload) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { cookie, origin, "content-type": request.headers.get("content-type") ?? "" },
        payload: Buffer.from(payload),
      }),
    );
  };
  /** Posts with the version that the page shows now; answers the page that follows. */
  const click = async (
    id: string,
    action: string,
    values: Record<string, string> = {},
    files: Record<string, File> = {},
  ) => {
    const version = /name="version" value="(\d+)"/.exec(await get(`/ho-so/${id}`))?.[1] ?? "";
    const pairs = Object.entries({ version, ...values });
    const form = Object.keys(files).length > 0 ? new FormData() : new URLSearchParams();
    for (const [name, value] of pairs) form.append(name, value);
    if (form instanceof FormData) for (const [name, file] of Object.entries(files)) form.append(name, file, file.name);
    const answer = await send(`/ho-so/${id}/${action}`, form);
    return answer.statusCode === 303 ? get(String(answer.headers.location)) : answer.body;
  };
  return { get, click, send };
}

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
  "base64",
);

describe("a dossier that is supplemented twice and never answered", () => {
  test("carries reasons, an example and a term; shows the difference; counts the rounds; and stops with a sealed notice", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const { id, applicantSub } = await aDossierAtTheDesk(database, desk.files);
      const key = { tenant, dossierId: id, applicantSub };
      const clerk = await at(desk, "tiepnhan.tayninh");

      const page = await clerk.get(`/ho-so/${id}/bo-sung`);
      assert.match(page, /Giấy chứng sinh|chứng sinh/);
      assert.match(page, /Công dân có đến/);
      assert.match(page, /Họ, chữ đệm, tên không đúng như giấy tờ tùy thân/);
      const sample = new File([PNG], "anh-mau.png", { type: "image/png" });
      const component = /name="mau-p-(birth-proof)"/.exec(page)?.[1] ?? "";
      assert.equal(component, "birth-proof");
      const ask = {
        chon: "f-nksHoTen",
        "ly-do-f-nksHoTen": "name",
        "vi-du-f-nksHoTen": "Nguyễn Gia Hân",
      };
      // A mistake elsewhere keeps the sample that came with it.
      const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? "";
      const wrong = new FormData();
      for (const [name, value] of Object.entries({ version, ...ask, chung: "ABC" })) wrong.append(name, value);
      wrong.append("chon", "p-birth-proof");
      wrong.append("ly-do-p-birth-proof", "missing");
      wrong.append("mau-p-birth-proof", sample, sample.name);
      const refused = await clerk.send(`/ho-so/${id}/bo-sung`, wrong);
      assert.equal(refused.statusCode, 422);
      assert.match(refused.body, /Đã nhận tệp mẫu “anh-mau\.png”/);
      const again = new FormData();
      for (const [name, value] of wrong.entries())
        if (name !== "chung" && !name.startsWith("mau-")) again.append(name, value);
      again.append("giu", /name="giu" value="([^"]+)"/.exec(refused.body)?.[1] ?? "");
      assert.equal((await clerk.send(`/ho-so/${id}/bo-sung`, again)).statusCode, 303);
      const [first] = await listSupplements(database, key);
      assert.deepEqual(
        first?.items.map((item) => [item.ref, item.example?.text, item.example?.file?.name]).toSorted(),
        [
          ["birth-proof", undefined, "anh-mau.png"],
          ["nksHoTen", "Nguyễn Gia Hân", undefined],
        ],
      );
      assert.ok(first?.answerBy && first.onExpiry === "wait", "a birth registration is never dropped by itself");
      const shown = await clerk.get(`/ho-so/${id}`);
      assert.match(shown, /Hạn bổ sung:/);
      assert.match(shown, /Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số 1\//);

      // What is typed and not sent stays the citizen's alone.
      const typed = { ...key, answers: { nksHoTen: "Nguyễn Gia Hân Nhi" } };
      assert.ok((await saveSupplementAnswer(database, typed)).ok);
      assert.doesNotMatch(await clerk.get(`/ho-so/${id}`), /Gia Hân Nhi/);
      // The paper was asked for too: without it the answer is not whole.
      assert.deepEqual(await answerSupplement(database, { ...key, answers: {} }), {
        ok: false,
        reason: "incomplete-answer",
      });
      const { sha256, size } = await desk.files.put(PNG, { maxBytes: 1_000 });

      const paper = { ...key, component: "birth-proof", name: "moi.png", sha256, size, mediaType: "image/png" };
      const attached = await attachFile(database, paper);
      assert.ok(attached.ok);
      assert.doesNotMatch(await clerk.get(`/tep/${attached.fileId}`), /PNG/);
      assert.ok((await answerSupplement(database, { ...key, answers: {} })).ok);
      const told = { name: "test.told", text: "select kind from officer_reminder where dossier_id = $1" };
      assert.deepEqual(await database.forTenant(tenant).many(told, [id]), [{ kind: "supplement-answered" }]);
      const difference = await clerk.get(`/ho-so/${id}/bo-sung/1`);
      assert.match(difference, /<del>Nguyễn Gia Hân<\/del>[\s\S]*<ins>Nguyễn Gia Hân Nhi<\/ins>/);
      assert.match(difference, new RegExp(`<img src="/tep/${attached.fileId}"`));

      // The second time the officer reads what it costs before sending, and so does the leader afterwards.
      assert.match(await clerk.get(`/ho-so/${id}/bo-sung`), /lần yêu cầu bổ sung thứ 2\. Bộ chỉ số 766[^<]*trễ hạn/);
      await clerk.click(id, "bo-sung", { ...ask, "ly-do-f-nksHoTen": "mismatch" });
      const leader = await at(desk, "lanhdao.tayninh");
      assert.match(await leader.get(`/ho-so/${id}`), /Yêu cầu bổ sung \(2 lần\)[\s\S]*case-index--late/);
    }));
});

describe("residence", () => {
  test("goes by the police's own forms, and a request that nobody answers stops it with a notice under the agency's seal", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const procedure = {
        code: "1.004222",
        version: 1,
        name: { vi: "Đăng ký thường trú", en: "Residence" },
        fieldCode: "cu-tru",
        fieldName: { vi: "Cư trú", en: "Residence" },
      };
      const { id } = await aDossierAtTheDesk(database, desk.files, { procedure });
      const clerk = await at(desk, "tiepnhan.tayninh");
      assert.match(await clerk.click(id, "tiep-nhan"), /giấy tiếp nhận đã sẵn sàng/);
      const lease = { chon: "p-lease", "ly-do-p-lease": "missing" };
      assert.match(await clerk.click(id, "bo-sung", lease), /Phiếu hướng dẫn bổ sung, hoàn thiện hồ sơ số 1\//);
      const db = database.forTenant(tenant);
      const slips = await listSlips(db, id);
      assert.deepEqual(slips.map((slip) => slip.form).toSorted(), ["CT04@53-2025", "CT05@53-2025"]);
      const [receipt] = slips.filter(({ kind }) => kind === "receipt");
      assert.deepEqual(
        [receipt?.content.agency.superior, receipt?.content.agency.name, receipt?.content.dossier.identityNumber],
        ["Công an huyện Bến Cầu", "Công an thị trấn Bến Cầu", "072090000101"],
      );
      const [round] = await listSupplements(database, { tenant, dossierId: id });
      assert.equal(round?.onExpiry, "stop");
      const late = fixedClock((round?.answerBy ?? new Date()).toISOString());
      assert.ok((await expireSupplement(database, { tenant, dossierId: id, round: 1 }, late)).ok);
      assert.equal((await findDossier(database, { tenant, dossierId: id }))?.state, "stopped");
      const told = { name: "test.told", text: "select kind from officer_reminder where dossier_id = $1" };
      assert.deepEqual(await database.forTenant(tenant).many(told, [id]), [{ kind: "supplement-stopped" }]);
      // The system did it: the worker makes the notice, once, with the seal.
      const worker = createWorker({
        database,
        log: createLog("test"),
        handlers: slipJobs((code) => (code === tenant ? desk.handling : undefined)),
      });
      await worker.drain();
      await worker.drain();
      const [stop, ...more] = (await listSlips(db, id)).filter(({ kind }) => kind === "stop");
      assert.ok(stop && more.length === 0);
      const { bytes } = await openSlip(db, { files: desk.files, portalOrigin: origin }, stop.id);
      const [signature] = await verifyPdfSignatures(bytes, { trustedRoots: desk.signers.trustedRoots });
      assert.deepEqual([signature?.signer, signature?.intact], ["Ủy ban nhân dân thị trấn Bến Cầu", true]);
    }));
});

describe("a slip template that fails", () => {
  test("leaves the act done and its number unused, says so, and is made good by a press, by the batch or by the worker", () =>
    withProvince(async (database) => {
      let broken = true;
      const desk = await deskExample(database, {
        renderSlip: (kind, content, print) => {
          if (broken) throw new AppError("internal", { reason: "document-template", message: "unknown variable: d" });
          return renderSlip(kind, content, print);
        },
      });
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const clerk = await at(desk, "tiepnhan.tayninh");
      const received = await clerk.click(id, "tiep-nhan");
      assert.match(received, /Đã tiếp nhận\. Mã hồ sơ 000[^<]*chưa lập được giấy tiếp nhận/);
      assert.match(received, /chưa lập được<\/span>[\s\S]*lap-lai[\s\S]*Lập lại phiếu/);
      const db = database.forTenant(tenant);
      assert.equal((await findDossier(database, { tenant, dossierId: id }))?.state, "received");
      assert.deepEqual(await listSlips(db, id), []);

      // In bulk: each dossier says how it ended.
      const filed = await aDossierAtTheDesk(database, desk.files);
      const versionOf = async (one: string) => (await findDossier(database, { tenant, dossierId: one }))?.version ?? 0;
      const print = async (viec: string) => {
        const form = new URLSearchParams({ viec, lo: newId(), ve: "" });
        for (const one of [id, filed.id]) form.append("d", `${one}:${await versionOf(one)}`);
        const answer = await clerk.send("/hang-loat", form);
        return { path: String(answer.headers.location), page: await clerk.get(String(answer.headers.location)) };
      };
      const failed = (await print("print-slips")).page;
      assert.match(failed, /Bị lỗi[\s\S]*Chưa lập được giấy tiếp nhận/);
      assert.match(failed, /Không làm được[\s\S]*chưa có phiếu nào/);

      broken = false;
      const seq = /name="viec" value="(\d+)"/.exec(await clerk.get(`/ho-so/${id}`))?.[1] ?? "";
      assert.match(await clerk.click(id, "phieu/lap-lai", { viec: seq }), /Đã lập giấy tiếp nhận/);
      const [slip] = await listSlips(db, id);
      assert.deepEqual([slip?.number, slip?.fileSha256 !== undefined], [1, true]);
      await clerk.click(filed.id, "tiep-nhan");
      const printed = await print("print-control");
      assert.match(printed.page, /Xong 2 trên 2/);
      assert.match(await clerk.get(`${printed.path}/giay.pdf`), /^%PDF-/);
    }));
});
