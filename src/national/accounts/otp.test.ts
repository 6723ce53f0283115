import assert from "node:assert/strict";
import { test } from "node:test";
import { readOtp } from "./otp.ts";

test("a code is read from one field or from six boxes, with blanks as people type them", () => {
  assert.equal(readOtp("224514"), "224514");
  assert.equal(readOtp(" 224 514 "), "224514");
  assert.equal(readOtp(["2", "2", "4", "5", "1", "4"]), "224514");
});

test("what is not six digits is no code", () => {
  for (const bad of [undefined, "", "22451", "2245141", "22451a", "٢٢٤٥١٤", ["22", "45"]])
    assert.equal(readOtp(bad), undefined);
});
