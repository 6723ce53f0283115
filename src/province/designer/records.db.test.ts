import assert from "node:assert/strict";
import { test } from "node:test";
import { edit, withDesigner } from "#tests/support/designer-desk.ts";
import { openCopy } from "./change-copy.ts";
import { inputsOf, readThing } from "./field-inputs.ts";
import { thingsOf, KINDS } from "./content.ts";
import { loadProcedures } from "#province/catalogue/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { Content } from "./content.ts";

const CODE = "2.000635";
const AT = `/quan-tri/thu-tuc/${CODE}/soan`;

test("who offers, who pays nothing, what stands for a paper and how a figure is worked out are edited in rows", () =>
  withDesigner(async ({ tung }, database) => {
    const room = { database, tenant: findTenant("tayninh") } as Parameters<typeof openCopy>[0];
    const copy = async (): Promise<Content> => (await openCopy(room, CODE)) ?? assert.fail("no copy");
    assert.equal((await tung.post(AT, {})).statusCode, 303);

    const half = await edit(tung, `${AT}/muc/fee/extract-copy`, { "f.exemptions.3.code": "nguoi-khuyet-tat" });
    assert.equal(half.statusCode, 422, half.body);
    assert.match(half.body, /href="#f\.exemptions\.3\.who\.vi"[^>]*>Ai được miễn: còn trống/);
    const before = (await copy()).definition.fees.find(({ code }) => code === "extract-copy")?.exemptions ?? [];
    const row = `f.exemptions.${before.length}`;
    const whole = {
      [`${row}.code`]: "nguoi-khuyet-tat",
      [`${row}.who.vi`]: "Người khuyết tật",
      [`${row}.who.en`]: "Persons with disabilities",
      [`${row}.reason.vi`]: "Được miễn theo nghị quyết.",
      [`${row}.reason.en`]: "Free by resolution.",
      [`${row}.basis`]: "Nghị quyết 1/NQ-HĐND",
    };
    assert.equal((await edit(tung, `${AT}/muc/fee/extract-copy`, whole)).statusCode, 303);
    const fee = (await copy()).definition.fees.find(({ code }) => code === "extract-copy");
    assert.deepEqual(fee?.exemptions, [
      ...before,
      {
        code: "nguoi-khuyet-tat",
        who: { vi: "Người khuyết tật", en: "Persons with disabilities" },
        reason: { vi: "Được miễn theo nghị quyết.", en: "Free by resolution." },
        basis: "Nghị quyết 1/NQ-HĐND",
      },
    ]);
    const gone = Object.fromEntries(Object.keys(whole).map((name) => [name, ""]));
    assert.equal((await edit(tung, `${AT}/muc/fee/extract-copy`, gone)).statusCode, 303);
    assert.deepEqual(
      (await copy()).definition.fees.find(({ code }) => code === "extract-copy")?.exemptions ?? [],
      before,
    );

    const offers = (await copy()).definition.offers;
    const slip = await edit(tung, `${AT}/muc/procedure/-`, { [`f.offers.${offers.length}.agencies`]: "so-tu-fap" });
    assert.equal(slip.statusCode, 303);
    assert.match((await tung.get(AT)).body, /Tỉnh không có đơn vị nào mang mã “so-tu-fap”/);
    const agency = { [`f.offers.${offers.length}.agencies`]: "so-tu-phap" };
    assert.equal((await edit(tung, `${AT}/muc/procedure/-`, agency)).statusCode, 303);
    assert.deepEqual((await copy()).definition.offers, [...offers, { agencies: ["so-tu-phap"] }]);

    const paper = {
      "f.replacedBy.0.source.vi": "Cơ sở dữ liệu hộ tịch",
      "f.replacedBy.0.source.en": "Civil status database",
      "f.replacedBy.0.basis.vi": "Luật Hộ tịch",
      "f.replacedBy.0.basis.en": "Law on Civil Status",
    };
    assert.equal((await edit(tung, `${AT}/muc/paper/authorisation`, paper)).statusCode, 303);
    const replaced = (await copy()).definition.components.find(({ code }) => code === "authorisation")?.replacedBy;
    assert.equal(replaced?.[0]?.source.vi, "Cơ sở dữ liệu hộ tịch");

    const wrong = await edit(tung, `${AT}/muc/item/copies`, { "f.derive.0.compute": '{"sum": "soBan"}' });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#f\.derive\.0\.compute"/);
    assert.match(wrong.body, /\{&quot;sum&quot;: &quot;soBan&quot;\}/);
    assert.equal(
      (await edit(tung, `${AT}/muc/item/copies`, { "f.derive.0.compute": '{"sum": [1, 2]}' })).statusCode,
      303,
    );
    const items = (await copy()).form?.pages.flatMap((page) => page.sections.flatMap((section) => section.items));
    assert.deepEqual(items?.find(({ id }) => id === "copies")?.derive, [{ compute: { sum: [1, 2] } }]);
  }));

test("everything there is comes back from its page as it was", () => {
  for (const { definition, form } of loadProcedures()) {
    const content = { definition, form } as Content;
    for (const kind of KINDS)
      for (const { id, thing } of thingsOf(content, kind)) {
        const read = readThing(kind, thing, inputsOf(kind, thing), content.form, "vi");
        assert.deepEqual(read.errors, [], `${definition.code} ${kind} ${id}`);
        assert.deepEqual(read.thing, thing, `${definition.code} ${kind} ${id}`);
      }
  }
});
