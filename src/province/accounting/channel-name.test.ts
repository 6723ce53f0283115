import assert from "node:assert/strict";
import { test } from "node:test";
import { hubChannelName } from "./channel-name.ts";

test("channels of the hub have the names that people know; those of another hub keep their codes", () => {
  const names = ["momo", "vnpay-vietinbank", "vnpay-internet-banking", "vietqr", "KEYPAY-01"].map(hubChannelName);
  assert.deepEqual(names, ["MoMo", "VNPAY · VietinBank", "VNPAY · Internet Banking", "VietQR", "KEYPAY-01"]);
});
