import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadProcedures } from "#province/catalogue/index.ts";
import type { Answers, FormDefinition } from "#province/forms/index.ts";
import { validateAnswers } from "#province/forms/index.ts";
import { loadTenants } from "#province/tenants/index.ts";
import { neededFields, partAnswers, partProblems, planParts } from "./index.ts";

const procedures = new Map(loadProcedures().map((file) => [file.definition.code, file]));
const linked = procedures.get("2.000986");
assert.ok(linked?.definition.parts);
const { parts } = linked.definition;
const provinces = loadTenants();
const here = provinces.find(({ code }) => code === "tayninh");
assert.ok(here);
const agency = { id: "xa-25681", name: "Ủy ban nhân dân thị trấn Bến Cầu", identifier: "000.20.31.H53" };
const home = { detail: "12 ấp 3", area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" };
const context = {
  today: "2026-11-22",
  facts: {
    "account.fullName": "Nguyễn Văn An",
    "account.identityNumber": "072090000101",
    "account.birthDate": "1990-02-11",
    "account.gender": "nam",
    "filing.agency": agency.name,
  },
};
const answers: Answers = {
  noiDangKy: agency.name,
  nycHoTen: "Nguyễn Văn An",
  nksHoTen: "Nguyễn Minh Khôi",
  nksNgaySinh: "2026-11-01",
  nksGioiTinh: "nam",
  meHoTen: "Trần Thị Bình",
  ttTheo: "nguoiKhac",
  ttNoiThuongTru: home,
  hoTenChuHo: "Lê Thị Hai",
  soDinhDanhChuHo: "072165000123",
  quanHeChuHo: "khac",
  bhytNoiKham: "Trạm Y tế thị trấn Bến Cầu",
};
const plan = (more: Answers = {}) =>
  planParts({ parts, answers: { ...answers, ...more }, context, agency, here, provinces });
const birth = { number: "12/KS", summary: "", effectiveOn: "2026-11-03", data: { soDinhDanh: "072226000123" } };

describe("the parts of one filing", () => {
  test("three dossiers at three agencies; two wait for the birth, side by side", () => {
    assert.deepEqual(
      plan().map(({ part, province, agency: unit, waitsFor }) => [part.code, province, unit.id, waitsFor]),
      [
        ["birth", null, "xa-25681", []],
        ["residence", null, "cong-an", ["birth"]],
        ["insurance", null, "bhxh", ["birth"]],
      ],
    );
  });

  test("a home in another province is that province's to register; one that takes no part is handled here", () => {
    const at = (area: string) => plan({ ttNoiThuongTru: { detail: "45", area } })[1]?.province;
    assert.equal(at("Phường Quang Trung, Thành phố Kon Tum, Tỉnh Kon Tum"), "kontum");
    assert.equal(at("Phường Quang Trung, Thành phố Kon Tum, kon tum"), "kontum");
    assert.equal(at("Phường 1, Thành phố Tây Ninh, Tỉnh Tây Ninh"), null);
    assert.equal(at("Phường 1, Thành phố Cà Mau, Tỉnh Cà Mau"), null);
    assert.equal(at(""), null);
  });

  test("each part gets its own answers, and no other's", () => {
    const [first, residence, insurance] = plan();
    assert.deepEqual(Object.keys(first?.answers ?? {}).sort(), [
      "meHoTen",
      "nksGioiTinh",
      "nksHoTen",
      "nksNgaySinh",
      "noiDangKy",
      "nycHoTen",
    ]);
    assert.equal(residence?.answers["bhytNoiKham"], undefined);
    assert.equal(residence?.answers["quanHeChuHo"], "oNho");
    assert.equal(insurance?.answers["hoTenChuHo"], undefined);
    assert.equal(insurance?.answers["bhytSoDinhDanh"], undefined, "nobody knows it yet");
  });

  test("what the birth's officer entered flows into the later parts, whose forms are then complete", () => {
    for (const code of ["residence", "insurance"]) {
      const part = parts.find((one) => one.code === code);
      assert.ok(part);
      const made = partAnswers(part, answers, context, { birth });
      const form = procedures.get(part.procedure)?.form as FormDefinition;
      assert.deepEqual(
        validateAnswers(form, made, context).errors.map(({ field, message }) => `${field} ${message.vi}`),
        [],
        code,
      );
    }
  });

  test("the number that later parts read is asked of the birth's officer", () => {
    assert.deepEqual(neededFields(parts, "birth"), ["soDinhDanh"]);
    assert.deepEqual(neededFields(parts, "residence"), []);
  });
});

test("a definition whose parts cannot work is refused with its places", () => {
  const ids = new Set(["a"]);
  const base = { agency: { of: "filing" as const }, procedure: "1.001193", answers: [], papers: [], fees: [] };
  const broken = partProblems(
    {
      components: [],
      fees: linked.definition.fees.slice(0, 1),
      parts: [
        { ...base, code: "one", waitsFor: ["two"], answers: [{ to: "x", from: "b" }] },
        { ...base, code: "two", answers: [{ to: "x", result: { part: "one", field: "number" } }] },
        { ...base, code: "two", papers: [{ from: "paper", to: "p" }], fees: ["other"] },
      ],
    },
    ids,
  );
  assert.deepEqual(broken, [
    "parts: two is given twice",
    'parts: no fee "other"',
    "parts: fee birth-registration is of no part",
    'parts.one: waits for "two", which is not before it',
    'parts.one: the form has no item "b"',
    'parts.two: reads the result of "one" without waiting for it',
    'parts.two: no component "paper"',
  ]);
});
