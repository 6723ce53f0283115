import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { type Database, statement } from "#kit/db.ts";
import { getProcedureForm, getProcedureVersion } from "#province/catalogue/index.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { filingExample } from "#province/dossiers/filing-example.ts";
import { findObligation } from "#province/fees/index.ts";
import { begin, Browser, sendFields, where } from "#tests/support/filing-walk.ts";
import { type Answer, controls, decoded, edit, type Hand, withDesigner } from "#tests/support/designer-desk.ts";

const CODE = "2.000635";
const AT = `/quan-tri/thu-tuc/${CODE}/soan`;
const copies = statement<object, []>("test.working-copies", "select code from procedure_copy");
const dossiers = statement<object, []>("test.all-dossiers", "select id from dossier");

/** Files an extract on the portal, with whatever the form asks besides. */
async function fileExtract(database: Database, more: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "designer-"));
  const { site } = await filingExample({ database, folder });
  try {
    const browser = new Browser(site);
    await browser.get("/thu/vao");
    const id = await begin(browser, CODE);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, { yeuCauCho: "banThan", _action: "next" });
    const event = await browser.post(`/ho-so/${id}/ke-khai/trich-luc`, {
      loaiTrichLuc: "khaiSinh",
      noiDaDangKy: "Ủy ban nhân dân thị trấn Bến Cầu",
      ngayDangKy: "1990",
      nksGioiTinh: "nam",
      nksDanToc: "01",
      nksQuocTich: "VN",
      "nksNoiCuTru.detail": "12 ấp 3",
      "nksNoiCuTru.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
      copies: "2",
      ...more,
      _action: "next",
    });
    assert.equal(event.statusCode, 303, event.body);
    await browser.post(`/ho-so/${id}/nhan-ket-qua`, {
      deliveryHandIn: "online",
      deliveryReceive: "online",
      _action: "next",
    });
    const check = await browser.get(`/ho-so/${id}/kiem-tra`);
    const sent = await browser.post(`/ho-so/${id}/kiem-tra`, sendFields(check.body));
    assert.equal(sent.statusCode, 303, `${where(sent)} ${sent.body}`);
    return id;
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the designer", () => {
  test("publishes a change of fee and a new question; a dossier filed before keeps its form and its fee", () =>
    withDesigner(async ({ tung, diem }, database) => {
      const db = database.forTenant("tayninh");
      const older = await fileExtract(database);
      const first = (await findDossier(database, { tenant: "tayninh", dossierId: older }))?.procedure.version ?? 0;

      assert.match((await tung.get(AT)).body, /Soạn phiên bản mới/);
      assert.equal((await tung.post(AT, {})).statusCode, 303);
      const wrong = await edit(tung, `${AT}/muc/fee/extract-copy`, { "f.amount.amount": "chín nghìn" });
      assert.equal(wrong.statusCode, 422);
      assert.match(wrong.body, /href="#f\.amount\.amount"[\s\S]*value="chín nghìn"/);
      assert.equal((await edit(tung, `${AT}/muc/fee/extract-copy`, { "f.amount.amount": "9.000" })).statusCode, 303);

      const added = await tung.post(`${AT}/them`, {
        loai: "item",
        trong: "soBan",
        tenVi: "Nhận bản sao để làm gì",
        tenEn: "What the copies are for",
        ma: "lamGi",
      });
      assert.equal(where(added), `${AT}/muc/item/lamGi`, added.body);
      const typed = await edit(tung, `${AT}/muc/item/lamGi`, { "f.type": "choice", "f.required.mode": "always" });
      assert.equal(typed.statusCode, 303, typed.body);
      const bare = await tung.get(AT);
      assert.match(bare.body, /chưa có lựa chọn nào/, "a choice without choices is named");
      const choices = {
        "f.choices.0.value": "diHoc",
        "f.choices.0.vi": "Đi học",
        "f.choices.0.en": "School",
        "f.choices.1.value": "khac",
        "f.choices.1.vi": "Việc khác",
        "f.choices.1.en": "Something else",
      };
      assert.equal((await edit(tung, `${AT}/muc/item/lamGi`, choices)).statusCode, 303);
      // Asked only of those who want more than one copy, by the builder.
      await edit(tung, `${AT}/muc/item/lamGi`, {
        "f.when.mode": "all",
        "f.when.0.subject": "copies",
        "f.when.0.operator": "gt",
        "f.when.0.value": "1",
      });
      assert.match((await tung.get(`${AT}/muc/item/lamGi`)).body, /Hiện nay: “[^”]+” lớn hơn hoặc sau 1\./);

      const propose = await tung.get(`${AT}/de-xuat`);
      assert.match(propose.body, /8\.000[\s\S]*9\.000/);
      const warnings = [...propose.body.matchAll(/name="luu-y" value="([^"]*)"/g)].map(([, key = ""]) => decoded(key));
      const note = {
        ngay: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
        "ly-do": "Nghị quyết mới về mức thu",
      };
      if (warnings.length > 0)
        assert.equal((await tung.post(`${AT}/de-xuat`, note)).statusCode, 422, "warnings are looked at first");
      const acknowledged = new URLSearchParams(note);
      for (const key of warnings) acknowledged.append("luu-y", key);
      const proposed = await tung.post(`${AT}/de-xuat`, acknowledged);
      assert.match(where(proposed), /^\/quan-tri\/cong-bo\//, proposed.body);
      await tung.post(`${where(proposed)}/cong-bo`, {});
      assert.equal(await getProcedureVersion(db, CODE, first + 1), undefined, "whoever proposes does not publish");
      assert.equal((await diem.post(`${where(proposed)}/cong-bo`, {})).statusCode, 303);
      assert.match((await tung.get(AT)).body, new RegExp(`công bố là phiên bản ${first + 1}`));

      const newer = await fileExtract(database, { lamGi: "diHoc" });
      const key = (dossierId: string) => ({ tenant: "tayninh", dossierId });
      const [before, after] = await Promise.all([findDossier(database, key(older)), findDossier(database, key(newer))]);
      assert.deepEqual([before?.procedure.version, after?.procedure.version], [first, first + 1]);
      assert.deepEqual([before?.answers?.["lamGi"], after?.answers?.["lamGi"]], [undefined, "diHoc"]);
      const owed = await Promise.all([older, newer].map((id) => findObligation(db, id)));
      assert.deepEqual(
        owed.map((one) => one?.total),
        [16_000, 18_000],
      );
      assert.doesNotMatch(JSON.stringify(await getProcedureForm(db, CODE, first)), /lamGi/);
    }));
});

/** What somebody types to see whether a page takes it for markup; every page escapes it. */
const HOSTILE = `<script>alert(1)</script>"'&lt;<img src=x onerror=alert(1)>`;

function archive(entries: Record<string, unknown>): Buffer {
  const files = Object.entries(entries).map(
    ([name, value]) => [name, strToU8(typeof value === "string" ? value : JSON.stringify(value))] as const,
  );
  return Buffer.from(zipSync(Object.fromEntries(files)));
}

async function send(hand: Hand, bytes: Buffer): Promise<Answer> {
  const form = new FormData();
  form.append("tep", new Blob([new Uint8Array(bytes)]), "x.zip");
  const request = new Request("http://localhost/", { method: "POST", body: form });
  return hand.send(
    "/quan-tri/soan/nhap",
    Buffer.from(await request.arrayBuffer()),
    request.headers.get("content-type") ?? "",
  );
}

describe("a working copy", () => {
  test("keeps two editors apart, whatever they type, and goes back to any revision", () =>
    withDesigner(async ({ tung, diem }) => {
      await tung.post(AT, {});
      const item = `${AT}/muc/item/copies`;
      const opened = controls((await diem.get(item)).body);
      // Other things may change meanwhile: nobody is in the way.
      await edit(tung, `${AT}/muc/step/0`, { "f.text.vi": HOSTILE, "f.text.en": HOSTILE });
      opened.set("f.label.vi", "Bao nhiêu bản");
      assert.equal((await diem.post(item, opened)).statusCode, 303);
      await edit(tung, item, { "f.label.vi": "Số bản cần cấp" });
      opened.set("f.label.vi", HOSTILE);
      const second = await diem.post(item, opened);
      assert.equal(second.statusCode, 409);
      assert.match(second.body, /Cao Thanh Tùng đã lưu mục này[\s\S]*Số bản cần cấp/);
      assert.match((await tung.get(item)).body, /value="Số bản cần cấp"/, "nothing was overwritten");
      // Having seen the difference, the same page saves.
      assert.equal((await diem.post(item, controls(second.body))).statusCode, 303);
      for (const url of [
        AT,
        item,
        `${AT}/muc/step/0`,
        `${AT}/so-sanh`,
        `${AT}/lich-su`,
        `${AT}/de-xuat`,
        `${AT}/xem-thu`,
        `${AT}/xem-thu/khung?trang=trich-luc`,
      ]) {
        const page = await tung.get(url);
        assert.equal(page.statusCode, 200, url);
        assert.doesNotMatch(page.body, /<script>alert|<img src=x/, url);
      }
      await tung.post(`${AT}/viec`, { viec: "len:item:copies" });
      await tung.post(`${AT}/viec`, { viec: "xuong:item:copies" });
      assert.match((await tung.get(`${AT}/so-sanh?tu=5&den=6`)).body, /Thứ tự/);
      assert.equal(
        (await tung.post(`${AT}/viec`, { viec: "xoa:item:copies", revision: "2" })).statusCode,
        409,
        "seen too long ago",
      );
      const back = await tung.post(`${AT}/tra-ve`, { lan: "1" });
      assert.equal(back.statusCode, 303);
      assert.match((await tung.get(`${AT}/so-sanh`)).body, /Không có thay đổi nào/);
    }));

  test("leaves as files and comes back as them; what is no procedure is refused with its places", () =>
    withDesigner(async ({ tung }, database) => {
      await tung.post(AT, {});
      await edit(tung, `${AT}/muc/fee/extract-copy`, { "f.amount.amount": "9000" });
      const zip = await tung.get(`${AT}/xuat`);
      assert.equal(zip.headers["content-type"], "application/zip");
      const files = unzipSync(zip.rawPayload);
      const folder = join(import.meta.dirname, "../../../procedures", CODE);
      const written = JSON.parse(strFromU8(files[`${CODE}/procedure.json`] ?? assert.fail())) as {
        fees: { amount: { amount: number } }[];
      };
      const published = JSON.parse(readFileSync(join(folder, "procedure.json"), "utf8")) as typeof written;
      assert.equal(written.fees[0]?.amount.amount, 9_000);
      const [fee] = published.fees;
      if (fee) fee.amount.amount = 9_000;
      assert.deepEqual(written, published, "the same format as the folder's files");
      assert.deepEqual(
        JSON.parse(strFromU8(files[`${CODE}/form.json`] ?? assert.fail())),
        JSON.parse(readFileSync(join(folder, "form.json"), "utf8")),
      );

      await tung.post(`${AT}/bo`, { revision: "2" });
      assert.match((await tung.get(AT)).body, /Chưa có bản soạn/);
      const taken = await send(tung, zip.rawPayload);
      assert.equal(where(taken), `${AT}/so-sanh?tu=1&den=2`, taken.body);
      assert.match((await tung.get(where(taken))).body, /8\.000[\s\S]*9\.000/);

      const form = JSON.parse(strFromU8(files[`${CODE}/form.json`] ?? assert.fail())) as object;
      const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
      const refused: readonly (readonly [Buffer, RegExp])[] = [
        [Buffer.from("PK nothing of the kind"), /không phải là tệp \.zip/],
        [archive({ "../procedure.json": written }), /không phải là tệp \.zip/],
        [archive({ "procedure.json": "{ broken" }), /procedure\.json không đọc được/],
        [archive({ "procedure.json": deep }), /procedure\.json không đọc được/],
        [archive({ "procedure.json": `{"__proto__":{"admin":true}}` }), /__proto__/],
        [archive({ "procedure.json": { ...written, fees: [{ code: HOSTILE }] } }), /procedure\.json: fees\.0/],
        [
          archive({ "procedure.json": written, "form.json": { ...form, pages: [{ id: 1, run: "rm" }] } }),
          /form\.json: pages\.0: unknown entry/,
        ],
        [archive({ "procedure.json": "0".repeat(3_000_000) }), /không phải là tệp|không đọc được/],
      ];
      for (const [bytes, says] of refused) {
        const answer = await send(tung, bytes);
        assert.equal(answer.statusCode, 422);
        assert.match(answer.body, says);
        assert.doesNotMatch(answer.body, /<script>alert/);
      }
      assert.match((await tung.get(`${AT}/lich-su`)).body, /Nhập tệp/);
      assert.equal((await database.forTenant("kontum").many(copies, [])).length, 0, "a copy is its province's alone");
    }));

  test("is looked at as a citizen sees it: asked, checked, counted, and nothing is stored as a dossier", () =>
    withDesigner(async ({ tung }, database) => {
      await tung.post(AT, {});
      const frame = `${AT}/xem-thu/khung?trang=`;
      const first = await tung.get(`${frame}nguoi-yeu-cau`);
      assert.match(String(first.headers["content-security-policy"]), /frame-ancestors 'self'/);
      assert.match(String((await tung.get(AT)).headers["content-security-policy"]), /frame-ancestors 'none'/);
      const wrong = await tung.post(`${frame}nguoi-yeu-cau`, { yeuCauCho: "", _action: "next" });
      assert.equal(wrong.statusCode, 422);
      const next = await tung.post(`${frame}nguoi-yeu-cau`, {
        yeuCauCho: "nguoiKhac",
        quanHe: "uyQuyen",
        _action: "next",
      });
      assert.equal(where(next), `${frame}trich-luc`, next.body);
      const live = await tung.send(
        `${frame}trich-luc`,
        Buffer.from("copies=3&_action=save"),
        "application/x-www-form-urlencoded",
      );
      assert.equal(live.statusCode, 200);
      const result = (await tung.get(`${frame}ket-qua`)).body;
      assert.match(result, /Văn bản ủy quyền \(bắt buộc\)/);
      assert.match(result, /24\.000/);
      assert.match(result, /Hẹn trả nếu tiếp nhận bây giờ/);
      assert.equal((await database.forTenant("tayninh").many(dossiers, [])).length, 0);
      await tung.post(`${AT}/xem-thu/xoa`, {});
      assert.doesNotMatch((await tung.get(`${frame}ket-qua`)).body, /24\.000/);
    }));

  test("begins from nothing: what is missing is named with its place, and cannot be proposed", () =>
    withDesigner(async ({ tung }) => {
      const wrong = await tung.post("/quan-tri/soan", { ma: "7.1", tenVi: "", tenEn: "", tu: "1.000000" });
      assert.equal(wrong.statusCode, 422);
      for (const field of ["ma", "tenVi", "tu"]) assert.match(wrong.body, new RegExp(`href="#${field}"`));
      assert.equal((await tung.post("/quan-tri/soan", { ma: CODE, tenVi: "Có rồi" })).statusCode, 422);
      const at = "/quan-tri/thu-tuc/3.009999/soan";
      assert.equal(
        where(await tung.post("/quan-tri/soan", { ma: "3.009999", tenVi: "Thủ tục mới", tenEn: "New" })),
        at,
      );
      await tung.post(`${at}/them`, { loai: "fee", tenVi: "Lệ phí", tenEn: "Charge" });
      await tung.post(`${at}/them`, { loai: "form", tenVi: "Tờ khai", tenEn: "Form" });
      await tung.post(`${at}/them`, { loai: "page", tenVi: "Trang một", tenEn: "One" });
      await tung.post(`${at}/them`, { loai: "section", trong: "trang-mot", tenVi: "Phần một", tenEn: "One" });
      const taken = await tung.post(`${at}/them`, {
        loai: "item",
        trong: "phanMot",
        tenVi: "Họ tên",
        tenEn: "Name",
        ma: "constructor",
      });
      assert.equal(taken.statusCode, 422);
      assert.equal(
        where(await tung.post(`${at}/them`, { loai: "item", trong: "phanMot", tenVi: "Họ tên", tenEn: "Name" })),
        `${at}/muc/item/hoTen`,
      );
      await edit(tung, `${at}/muc/item/hoTen`, { "f.when.mode": "json", "f.when.json": '{"eq":["hoTen","x"]}' });
      const page = (await tung.get(at)).body;
      assert.match(page, /muc\/fee\/le-phi">[\s\S]{0,200}Khoản thu chưa có căn cứ pháp lý/);
      assert.match(page, /muc\/procedure\/-">[\s\S]{0,200}Quyết định công bố: còn trống/);
      const proposed = await tung.post(`${at}/de-xuat`, { ngay: "01/01/2099", "ly-do": "Một lý do đủ dài" });
      assert.equal(proposed.statusCode, 422);
      // A shape that no form has is refused where it is typed or named; no page falls over it.
      for (const json of ['{"eq":"x"}', '{"in":[1,2]}', "[]", '{"__proto__":1}', '{"and":[{"not":null}]}']) {
        await edit(tung, `${at}/muc/item/hoTen`, { "f.when.mode": "json", "f.when.json": json });
        for (const url of [at, `${at}/muc/item/hoTen`, `${at}/xem-thu/khung`, `${at}/so-sanh`])
          assert.equal((await tung.get(url)).statusCode, 200, `${json} ${url}`);
      }
      assert.equal((await tung.get(`${at}/muc/item/__proto__`)).statusCode, 404);
      assert.equal((await tung.get(`${at}/muc/khac/x`)).statusCode, 404);
    }));
});
