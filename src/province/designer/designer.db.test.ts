import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { getProcedureForm, getProcedureVersion, publishingRoutes } from "#province/catalogue/index.ts";
import { createDeskShell } from "#province/desk/index.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { filingExample } from "#province/dossiers/filing-example.ts";
import { findObligation } from "#province/fees/index.ts";
import { deskExample } from "#province/handling/desk-example.ts";
import { createOfficerOf } from "#province/officers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { begin, Browser, sendFields, where } from "#tests/support/filing-walk.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { designerRoutes } from "./index.ts";

const CODE = "2.000635";
const AT = `/quan-tri/thu-tuc/${CODE}/soan`;
const tenant = findTenant("tayninh");

const decoded = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** Every control of the page's edit form, as a browser would send it back. */
function controls(page: string): URLSearchParams {
  const form = /<form [^>]*class="designer-form"[\s\S]*?<\/form>/.exec(page)?.[0] ?? assert.fail("no form on the page");
  const fields = new URLSearchParams();
  const attribute = (tag: string, name: string): string =>
    decoded(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
  for (const [tag] of form.matchAll(/<input[^>]*>/g))
    if (!/type="(?:radio|checkbox)"/.test(tag) || / checked/.test(tag))
      fields.append(attribute(tag, "name"), attribute(tag, "value"));
  for (const [tag, words = ""] of form.matchAll(/<textarea[^>]*>([\s\S]*?)<\/textarea>/g))
    fields.append(attribute(tag, "name"), decoded(words));
  for (const [tag, options = ""] of form.matchAll(/<select[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    fields.append(attribute(tag, "name"), decoded(chosen?.[1] ?? ""));
  }
  return fields;
}

async function withDesigner(work: (desk: Desk, database: Database) => Promise<void>): Promise<void> {
  await withProvince(async (database) => {
    const { site, signIn } = await deskExample(database);
    const shell = createDeskShell(tenant);
    const officerOf = createOfficerOf({ tenant: tenant.code, database, shell });
    const deps = { tenant, database, shell, officerOf };
    publishingRoutes(site, deps);
    designerRoutes(site, deps);
    const as = async (username: string) => {
      const cookie = await signIn(username);
      const headers = { cookie, origin: "http://localhost:8083" };
      const type = { "content-type": "application/x-www-form-urlencoded" };
      return {
        get: (url: string) => site.inject({ url, headers }),
        post: (url: string, fields: URLSearchParams | Record<string, string>) =>
          site.inject({
            method: "POST",
            url,
            headers: { ...headers, ...type },
            payload: new URLSearchParams(fields).toString(),
          }),
        send: (url: string, payload: Buffer, contentType: string) =>
          site.inject({ method: "POST", url, headers: { ...headers, "content-type": contentType }, payload }),
      };
    };
    try {
      await work({ tung: await as("quantri.tayninh"), diem: await as("duyet.tayninh") }, database);
    } finally {
      await site.close();
    }
  });
}

type Hand = Awaited<ReturnType<typeof handType>>;
declare function handType(): Promise<{
  get(url: string): Promise<Answer>;
  post(url: string, fields: URLSearchParams | Record<string, string>): Promise<Answer>;
  send(url: string, payload: Buffer, contentType: string): Promise<Answer>;
}>;
interface Answer {
  readonly statusCode: number;
  readonly body: string;
  readonly rawPayload: Buffer;
  readonly headers: Record<string, unknown>;
}
interface Desk {
  readonly tung: Hand;
  readonly diem: Hand;
}

/** Opens a thing's page, changes these controls and saves. */
async function edit(hand: Hand, url: string, change: Record<string, string>): Promise<Answer> {
  const page = await hand.get(url);
  assert.equal(page.statusCode, 200, `${url}: ${page.body.slice(0, 300)}`);
  const fields = controls(page.body);
  for (const [name, value] of Object.entries(change)) fields.set(name, value);
  return hand.post(url, fields);
}

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
