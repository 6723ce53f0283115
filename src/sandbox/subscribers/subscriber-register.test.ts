import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkOwner } from "./subscriber-register.ts";

const register = [{ phone: "0900000101", identityNumber: "072090000101", name: "Nguyễn Văn An" }];
const holder = { phone: "0900000101", identityNumber: "072090000101", name: "Nguyễn Văn An" };

describe("the operators' register", () => {
  test("knows the holder, also when the number has its country code and the name no accents", () => {
    assert.equal(checkOwner(register, holder), "yes");
    assert.equal(checkOwner(register, { ...holder, phone: "+84900000101", name: "NGUYEN  VAN AN" }), "yes");
  });

  test("says no for another person's number, and unknown for a number in no register", () => {
    assert.equal(checkOwner(register, { ...holder, identityNumber: "072090000102" }), "no");
    assert.equal(checkOwner(register, { ...holder, name: "Nguyễn Văn Ánh" }), "no");
    assert.equal(checkOwner(register, { ...holder, phone: "0900000999" }), "unknown");
  });
});
