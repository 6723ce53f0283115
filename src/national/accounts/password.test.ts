import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demoCitizens } from "#kit/demo.ts";
import { passwordFault } from "./password.ts";

const owner = { identityNumber: "072090000101", phone: "0900000101", name: "Nguyễn Văn Ân", birthDate: "1990-02-11" };

describe("what a password must be", () => {
  test("eight characters as people count them, whatever their bytes; a hundred and twenty-eight at most", () => {
    assert.equal(passwordFault(""), "missing");
    assert.equal(passwordFault("bảy chữ"), "too-short");
    assert.equal(passwordFault("tám chữ ơ"), undefined);
    assert.equal(passwordFault("👨‍🌾 ruộng lúa"), undefined);
    assert.equal(passwordFault(`${"ruộng ".repeat(21)}12`), undefined);
    assert.equal(passwordFault("x1".repeat(65)), "too-long");
  });

  test("no rules of composition: small letters alone are fine", () => {
    for (const fine of ["conmeodencuaba", "mua roi tren mai", "hoa cuc vang"])
      assert.equal(passwordFault(fine, owner), undefined, fine);
  });

  test("what many people choose is refused, also with digits, capitals, marks and signs around it", () => {
    for (const common of [
      "matkhau123",
      "Mật khẩu 2024!",
      "P@ssw0rd1",
      "Password",
      "iloveyou",
      "anhyeuem99",
      "VIETNAM2020",
      "Saigon123456",
    ]) {
      assert.equal(passwordFault(common, owner), "common", common);
    }
  });

  test("runs and repetitions are refused", () => {
    for (const run of ["12345678", "87654321", "abcdefghij", "aaaaaaaaa", "abababab", "qwertyuiop", "1q2w3e4r"])
      assert.equal(passwordFault(run), "repeated", run);
  });

  test("the owner's own number, phone, name and birthday are refused", () => {
    for (const own of ["072090000101", "0900000101", "900000101a", "Nguyễn Văn Ân", "11021990ab", "nguyenvanan1990"]) {
      assert.equal(passwordFault(own, owner), "personal", own);
    }
    assert.equal(passwordFault("0900000101", { ...owner, phone: "0911111112" }), undefined);
  });

  test("the demo's passwords would pass", () => {
    for (const citizen of demoCitizens) assert.equal(passwordFault(citizen.password, citizen), undefined);
  });
});
