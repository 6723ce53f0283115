import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { claimsOf, readPerson } from "./index.ts";

const example = JSON.parse(readFileSync(path.join(import.meta.dirname, "examples/userinfo.json"), "utf8")) as Record<
  string,
  unknown
>;

const account = {
  id: "01900000-0000-7000-8000-000000000101",
  kind: "citizen",
  identityNumber: "072090000101",
  name: "Nguyễn Văn An",
  birthDate: "1990-02-11",
  sex: "male",
  phone: "0900000101",
  email: "an.nguyen@example.vn",
  address: {
    formatted: "12 Đường 30 Tháng 4, Phường 1, Thành phố Tây Ninh, Tỉnh Tây Ninh",
    street: "12 Đường 30 Tháng 4",
    commune: "25456",
    district: "703",
    province: "72",
  },
  assurance: 2,
  updatedAt: new Date(1_595_408_400_000),
} as const;

test("an account is told under the standard and the national names, as in the example message", () => {
  assert.deepEqual(claimsOf(account), example);
});

test("an account with a nine-digit CMND is told as SoCMND, not as SoDinhDanh", () => {
  const claims = claimsOf({ ...account, identityNumber: "290988774" });
  assert.equal(claims.SoCMND, "290988774");
  assert.equal(claims.SoDinhDanh, "");
  assert.equal(readPerson({ ...claims })?.identityNumber, "290988774");
});

test("a province reads a person from the national names alone", () => {
  const national = Object.fromEntries(Object.entries(example).filter(([name]) => /^[A-Z]|^sub$|^loAs$/.test(name)));
  const person = readPerson(national);
  assert.equal(person?.birthDate, "1990-02-11");
  assert.equal(person?.phone, "0900000101");
  assert.equal(person?.sex, "male");
  assert.equal(person?.ial, 2);
});

test("claims without an identity number are nobody", () => {
  assert.equal(readPerson({ sub: "x", name: "Nguyễn Văn An" }), undefined);
  assert.equal(readPerson({ ...example, SoDinhDanh: "12", SoCMND: "" }), undefined);
});
