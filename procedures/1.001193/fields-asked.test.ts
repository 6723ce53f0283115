import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Answers, type FormDefinition, visibleItems } from "#province/forms/index.ts";

const FACTS = {
  "account.fullName": "Nguyễn Văn An",
  "account.identityNumber": "072090001234",
  "account.birthDate": "1990-02-11",
  "account.gender": "nam",
  "account.phone": "0900000103",
  "account.email": "an@example.vn",
  "account.address": "12 ấp 3, thị trấn Bến Cầu, huyện Bến Cầu, tỉnh Tây Ninh",
  "filing.agency": "UBND thị trấn Bến Cầu",
};

/** A father and mother who are married and live together, and a child born in a hospital: most births. */
const DECIDED: Answers = {
  nycQuanHe: "cha",
  nksSinhTai: "trongNuoc",
  nksLoaiKhaiSinh: "duChaMe",
  meCungNoiCuTru: true,
};

test("a signed-in father meets at most 25 questions, and none that his account answers", () => {
  const form = JSON.parse(readFileSync(new URL("form.json", import.meta.url), "utf8")) as FormDefinition;
  const context = { facts: FACTS, today: "2026-11-22" };
  const items = visibleItems(form, DECIDED, context);
  const asked = items.filter(({ source, definition }) => source === "asked" && definition.quiet === undefined);
  assert.ok(asked.length <= 25, `${asked.length} questions: ${asked.map(({ item }) => item).join(", ")}`);
  // What has to be typed or chosen, an address as its two fields.
  const empty = asked.filter(({ item, value }) => value === undefined || item in DECIDED);
  const fields = empty.reduce((sum, { definition }) => sum + (definition.type === "address" ? 2 : 1), 0);
  assert.ok(fields <= 25, `${fields} fields`);
  const known = new Set(Object.values(FACTS));
  const twice = empty.filter(({ value }) => typeof value === "string" && known.has(value));
  assert.deepEqual(twice, []);
  const father = items.filter(({ item }) => /^cha(?:HoTen|NgaySinh|SoGiayToTuyThan|NoiCuTru)$/.test(item));
  assert.ok(father.length >= 4 && father.every(({ source }) => source !== "asked"), "who he is follows from who he is");
});
