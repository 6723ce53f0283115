import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  checkDate,
  checkEmail,
  checkIdentityNumber,
  checkMobile,
  checkPersonName,
  checkTaxCode,
  cleanLines,
  cleanText,
  fold,
} from "./vietnamese.ts";

const reason = (check: { ok: boolean; reason?: string; value?: string }) =>
  check.ok ? `= ${check.value}` : check.reason;

test("folding takes all marks off, đ included, composed or not", () => {
  assert.equal(fold("Đăng ký khai sinh"), "dang ky khai sinh");
  assert.equal(fold("Đăng ký khai sinh".normalize("NFD")), "dang ky khai sinh");
  assert.equal(fold("ƯỜNG ỡ ặ"), "uong o a");
});

test("what people type is stored composed, without invisible characters and doubled blanks", () => {
  assert.equal(cleanText("  Nguyễn\u200b  Văn\u00a0A ".normalize("NFD")), "Nguyễn Văn A");
  assert.equal(cleanText("a\u202eb\u0000c"), "abc");
  assert.equal(cleanLines(" a \r\n\r\n\r\n\r\n b"), "a\n\nb");
});

test("identity numbers: length, province and year of birth", () => {
  const table: [string, string | undefined, string][] = [
    ["072090000101", "1990-02-11", "= 072090000101"],
    ["072 090 000 101", undefined, "= 072090000101"],
    ["290123456", undefined, "= 290123456"],
    ["", undefined, "identity-empty"],
    ["07209000010", undefined, "identity-length"],
    ["07209000010x", undefined, "identity-digits"],
    ["999090000101", undefined, "identity-province"],
    ["003090000101", undefined, "identity-province"],
    ["072090000101", "1991-02-11", "identity-birth"],
    ["072290000101", "2090-01-01", "= 072290000101"],
  ];
  for (const [number, birth, expected] of table)
    assert.equal(reason(checkIdentityNumber(number, birth)), expected, number);
});

test("mobile numbers, names, e-mail addresses, tax codes, days", () => {
  assert.equal(reason(checkMobile("+84 900 000 101")), "= 0900000101");
  assert.equal(reason(checkMobile("0900.000.101")), "= 0900000101");
  assert.equal(reason(checkMobile("02763813363")), "phone-length");
  assert.equal(reason(checkMobile("0123456789")), "phone-prefix");
  assert.equal(reason(checkPersonName("Y Đức Kđăm")), "= Y Đức Kđăm");
  assert.equal(reason(checkPersonName("A1")), "name-characters");
  assert.equal(reason(checkPersonName("<b>")), "name-characters");
  assert.equal(reason(checkEmail("an@example.vn")), "= an@example.vn");
  assert.equal(reason(checkEmail("an@example")), "email-shape");
  assert.equal(reason(checkTaxCode("0100047516")), "= 0100047516");
  assert.equal(reason(checkTaxCode("0100047517")), "tax-checksum");
  assert.equal(reason(checkDate("29/2/2024")), "= 2024-02-29");
  assert.equal(reason(checkDate("29/2/2023")), "date-not-real");
  assert.equal(reason(checkDate("11/02/2090", { notAfter: "2026-01-01" })), "date-future");
});

test("no check throws or lets a control character through, whatever is typed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      for (const check of [checkPersonName, checkIdentityNumber, checkMobile, checkEmail, checkTaxCode, checkDate]) {
        const answer = check(text);
        if (answer.ok) assert.doesNotMatch(answer.value, /\p{Cc}/u);
      }
    }),
    { numRuns: 2_000 },
  );
});
