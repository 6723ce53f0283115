import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { type Database, statement } from "#kit/db.ts";
import { begin, Browser, CHILD, PDF, sendFields, fillIn, where, withPortal } from "#tests/support/filing-walk.ts";
import { DRAFTS_MAX } from "./discard-draft.ts";
import { findDossier, listDossiersOf } from "./dossier-view.ts";
import { benCau, birthProcedure } from "./dossier-examples.ts";
import { PERSON } from "./filing-example.ts";
import { startDraft } from "./start-draft.ts";

const TENANT = "tayninh";
const CHILD_PAGE = "nguoi-duoc-khai-sinh";

/** Every field of a page's form as a browser would send it back. */
function fieldsOf(body: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const form = /<form class="filing-form"[\s\S]*?<\/form>/.exec(body)?.[0] ?? "";
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const [name, value = ""] = [/ name="([^"]*)"/, / value="([^"]*)"/].map((one) => one.exec(tag)?.[1]);
    if (name && (!/type="(?:radio|checkbox)"/.test(tag) || / checked/.test(tag))) fields[name] = value;
  }
  for (const [, name = "", options = ""] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    fields[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? "";
  }
  return fields;
}

async function answersOf(database: Database, id: string) {
  return (await findDossier(database, { tenant: TENANT, dossierId: id }))?.answers ?? {};
}

test("two devices at one page of a draft: different answers are both kept, the same one is shown twice to choose from", async () => {
  await withPortal(async (phone, database, site) => {
    const id = await begin(phone);
    const url = `/ho-so/${id}/ke-khai/${CHILD_PAGE}`;
    await phone.post(url, { ...CHILD(), _action: "save" });
    const laptop = new Browser(site);
    await laptop.get("/thu/vao");
    const [onPhone, onLaptop] = [await phone.get(url), await laptop.get(url)].map(({ body }) => fieldsOf(body));
    assert.ok(onPhone && onLaptop);
    await phone.post(url, { ...onPhone, nksHoTen: "Nguyễn Minh Khuê", _action: "save" });
    const merged = await laptop.post(url, { ...onLaptop, nksGioiTinh: "nu", _action: "save" });
    assert.equal(where(merged), `${url}?luu=1`, merged.body);
    const both = await answersOf(database, id);
    assert.deepEqual([both["nksHoTen"], both["nksGioiTinh"]], ["Nguyễn Minh Khuê", "nu"]);

    // The laptop's page still shows the old name: changing it there is a second opinion.
    const typed = { ...onLaptop, nksHoTen: "Nguyễn Minh Khang", nksGioiTinh: "nu", maGCS: "GCS-1" };
    const live = await laptop.post(url, { ...typed, _action: "update" }, { "x-live": "json" });
    assert.equal(live.statusCode, 409);
    assert.deepEqual(live.json(), { conflicts: ["nksHoTen"] });
    const asked = await laptop.post(url, { ...typed, _action: "next" });
    assert.equal(asked.statusCode, 409);
    assert.match(asked.body, /Giữ câu trả lời trên trang này: <strong[^>]*>Nguyễn Minh Khang/);
    assert.match(asked.body, /Giữ câu trả lời đã lưu từ nơi khác: <strong[^>]*>Nguyễn Minh Khuê/);
    assert.match(asked.body, /value="Nguyễn Minh Khang"/);
    const kept = await answersOf(database, id);
    assert.deepEqual(
      [kept["nksHoTen"], kept["maGCS"]],
      ["Nguyễn Minh Khuê", "GCS-1"],
      "what agrees is saved all the same",
    );

    const again = fieldsOf(asked.body);
    assert.equal(
      (await laptop.post(url, { ...again, _action: "next" })).statusCode,
      409,
      "without a choice it asks again",
    );
    await laptop.post(url, { ...again, "_choose.nksHoTen": "mine", _action: "save" });
    assert.equal((await answersOf(database, id))["nksHoTen"], "Nguyễn Minh Khang");
    await laptop.post(url, { ...again, "_choose.nksHoTen": "theirs", _action: "save" });
    assert.equal((await answersOf(database, id))["nksHoTen"], "Nguyễn Minh Khang");
  });
});

test("the browser's own saving costs at most 8 statements, says what is stored, and knows its own save again", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const url = `/ho-so/${id}/ke-khai/${CHILD_PAGE}`;
    const page = fieldsOf((await browser.get(url)).body);
    const { query } = pg.Client.prototype;
    let count = 0;
    pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
      count += 1;
      return (query as (...all: unknown[]) => unknown).apply(this, given);
    } as typeof query;
    const live = await browser
      .post(url, { ...page, nksHoTen: "Nguyễn Minh Khôi", _action: "update" }, { "x-live": "json" })
      .finally(() => {
        pg.Client.prototype.query = query;
      });
    assert.equal(live.statusCode, 200, live.body);
    assert.ok(count <= 8, `${count} statements`);
    const saved = live.json() as { savedAt: string; shown: string; taken: string[] };
    assert.match(saved.savedAt, /^\d\d:\d\d$/);
    assert.deepEqual(saved.taken, []);
    const next = { ...page, _shown: saved.shown, nksHoTen: "Nguyễn Minh Khuê", _action: "update" };
    const second = (await browser.post(url, next, { "x-live": "json" })).json() as { shown: string };
    assert.equal((await answersOf(database, id))["nksHoTen"], "Nguyễn Minh Khuê");
    // Another device changes what this page only shows: it hears of it.
    await browser.post(url, { ...page, _shown: "", nksGioiTinh: "nam", nksHoTen: "Nguyễn Minh Khuê", _action: "save" });
    const shown = (await browser.post(url, { ...next, _shown: second.shown }, { "x-live": "json" })).json() as {
      taken: string[];
      answers: object;
    };
    assert.deepEqual([shown.taken, shown.answers], [["nksGioiTinh"], { nksGioiTinh: "nam" }]);
  });
});

const publish = statement<unknown, [string, number, string, string]>(
  "test.publish-version",
  `insert into procedure_version (code, version, valid_from, valid_to, definition, form, digest, effective_from)
   select code, $2::int, valid_from, valid_to, definition,
     replace(replace(form::text, '"nksHoTen"', $3), '"maGCS"', $4)::jsonb, 'test', current_date - 1
   from procedure_version where code = $1 and version = 1`,
);
const withdraw = statement<unknown, [string]>(
  "test.withdraw-versions",
  `insert into procedure_withdrawal (code, version, from_day, reason, proposed_by, approved_by)
   select code, version, current_date - 1, 'thử', 'admin:a', 'admin:b' from procedure_version where code = $1`,
);

test("a new version of the form takes the draft along by its ids and says what is new; without a version it waits", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const url = `/ho-so/${id}/ke-khai/${CHILD_PAGE}`;
    await fillIn(browser, id);
    const before = sendFields((await browser.get(`/ho-so/${id}/kiem-tra`)).body);
    await database.forTenant(TENANT).run(publish, ["1.001193", 2, '"nksHoTen"', '"maGiayChungSinh"']);
    // Whoever was about to send is shown the new form first.
    const stopped = await browser.post(`/ho-so/${id}/kiem-tra`, before);
    assert.equal(stopped.statusCode, 422);
    assert.match(stopped.body, /Biểu mẫu vừa có phiên bản mới/);
    const carried = await browser.get(url);
    assert.match(carried.body, /Biểu mẫu đã có phiên bản mới/);
    assert.match(carried.body, /name="maGiayChungSinh"/);
    assert.match(carried.body, /value="Nguyễn Minh Khôi"/);
    assert.equal((await findDossier(database, { tenant: TENANT, dossierId: id }))?.procedure.version, 2);
    assert.equal(where(await browser.post(`/ho-so/${id}/da-xem`, {})), `/ho-so/${id}/nhan-ket-qua`);
    assert.doesNotMatch((await browser.get(url)).body, /Biểu mẫu đã có phiên bản mới/);

    await database.forTenant(TENANT).run(withdraw, ["1.001193"]);
    const waiting = await browser.get(url);
    assert.match(waiting.body, /hiện không nhận hồ sơ trên mạng/);
    assert.equal((await browser.post(url, { nksHoTen: "Nguyễn Minh An", _action: "save" })).statusCode, 303);
    assert.equal((await answersOf(database, id))["nksHoTen"], "Nguyễn Minh An");
    const refused = await browser.post(
      `/ho-so/${id}/kiem-tra`,
      sendFields((await browser.get(`/ho-so/${id}/kiem-tra`)).body),
    );
    assert.match(refused.body, /chưa gửi được\. Bản nháp vẫn được giữ/);
    assert.equal((await findDossier(database, { tenant: TENANT, dossierId: id }))?.state, "draft");
  });
});

test("a draft is thrown away with all that was typed and uploaded, and nobody keeps more than fifty", async () => {
  await withPortal(async (browser, database, site) => {
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/${CHILD_PAGE}`, { ...CHILD(), _action: "save" });
    await browser.upload(`/ho-so/${id}/giay-to`, "save", [{ component: "birth-proof", name: "a.pdf", bytes: PDF }]);
    const stranger = new Browser(site);
    await stranger.get("/thu/vao?ai=b");
    assert.equal((await stranger.post(`/ho-so/${id}/xoa-nhap`, {})).statusCode, 404);
    assert.match((await browser.get(`/ho-so/${id}/xoa-nhap`)).body, /không lấy lại được/);
    assert.equal(where(await browser.post(`/ho-so/${id}/xoa-nhap`, {})), "/tai-khoan");
    const row = await findDossier(database, { tenant: TENANT, dossierId: id });
    assert.deepEqual([row?.answers, row?.applicant.name, row?.holderName], [{}, "", ""]);
    for (const path of [`ke-khai/${CHILD_PAGE}`, "giay-to", "kiem-tra", "xoa-nhap"]) {
      assert.equal((await browser.get(`/ho-so/${id}/${path}`)).statusCode, 404, path);
    }
    const late = await browser.post(`/ho-so/${id}/ke-khai/${CHILD_PAGE}`, { nksHoTen: "Trễ", _action: "save" });
    assert.equal(late.statusCode, 404);
    const open = await listDossiersOf(database, { tenant: TENANT, applicantSub: PERSON.sub, drafts: true });
    assert.equal(open.dossiers.length, 0);
    assert.notEqual(await begin(browser), id, "beginning again is a new draft");

    const about = { procedure: birthProcedure, agency: benCau, applicant: PERSON };
    const example = { ...about, tenant: TENANT, channel: "provincial-portal" as const, fresh: true };
    for (let count = 1; count < DRAFTS_MAX; count += 1) await startDraft(database, example);
    const start = await browser.get("/thu-tuc/2.000815/nop");
    const agency = /<option value="([^"]+)"/.exec(start.body)?.[1] ?? "";
    const full = await browser.post("/thu-tuc/2.000815/nop", { coQuan: agency });
    assert.equal(full.statusCode, 409);
    assert.match(full.body, /Bạn có 50 bản nháp/);
    assert.equal((full.body.match(/\/xoa-nhap"/g) ?? []).length, DRAFTS_MAX);
  });
});

test("before anybody signs in, a few answers leave only the papers of that case, and go along into the draft", async () => {
  await withPortal(async (browser) => {
    const all = await browser.get("/thu-tuc/1.001193/giay-to-can-nop");
    assert.equal(all.statusCode, 200);
    assert.match(all.body, /Trả lời \d+ câu/);
    const abroad = await browser.get("/thu-tuc/1.001193/giay-to-can-nop?nksSinhTai=nuocNgoai&nksLoaiKhaiSinh=duChaMe");
    assert.match(abroad.body, /Phải nộp|Nộp nếu có/);
    const hostile = await browser.get(
      "/thu-tuc/1.001193/giay-to-can-nop?nksSinhTai=%3Cscript%3E&__proto__=x&nksSinhTai=a",
    );
    assert.equal(hostile.statusCode, 200);
    assert.doesNotMatch(hostile.body, /<script>a|<script>%/);
    assert.equal((await browser.get("/thu-tuc/9.999999/giay-to-can-nop")).statusCode, 404);
    const provinces = await browser.get("/don-vi-hanh-chinh?he=two-level");
    assert.ok((provinces.json() as { code: string }[]).length > 30);
    assert.deepEqual((await browser.get("/don-vi-hanh-chinh?he=two-level&cap=99999")).json(), []);
    assert.equal((await browser.get("/don-vi-hanh-chinh?cap=abc")).statusCode, 422);
  });
});
