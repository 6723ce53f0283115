import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ipn } from "./messages.ts";
import { MOMO_ID, verdictOf } from "./messages.ts";
import { type MomoKeys, signCreate, signIpn, verifySignature } from "./signature.ts";

/** MoMo's public sandbox keys, as printed in its developer documentation. */
const sandbox: MomoKeys = { accessKey: "F8BBA842ECF85", secretKey: "K951B6PE1waDMi640xX08PD3vg6EkVlz" };

test("create is signed as MoMo's published sandbox keys say", () => {
  const signature = signCreate(
    {
      partnerCode: "MOMO",
      requestId: "MOMO1700000000000",
      orderId: "MOMO1700000000000",
      amount: 50_000,
      orderInfo: "pay with MoMo",
      redirectUrl: "https://momo.vn/return",
      ipnUrl: "https://callback.url/notify",
      requestType: "captureWallet",
      extraData: "",
      lang: "vi",
    },
    sandbox,
  );
  assert.equal(signature, "4378bb95714712f6be833da81f743910a01e5ba6279bfe596b8a08e891259424");
});

const ipn: Omit<Ipn, "signature"> = {
  partnerCode: "MOMO",
  orderId: "a1",
  requestId: "a1",
  amount: 8_000,
  orderInfo: "Thanh toán lệ phí cho hồ sơ 363815",
  orderType: "momo_wallet",
  transId: 2_800_000_001,
  resultCode: 0,
  message: "Thành công.",
  payType: "qr",
  responseTime: 1_700_000_000_000,
  extraData: "",
};

test("an IPN whose any field was changed is not believed", () => {
  const signed: Ipn = { ...ipn, signature: signIpn(ipn, sandbox) };
  assert.equal(verifySignature(signed, signIpn, [sandbox]), true);
  for (const field of Object.keys(ipn) as (keyof typeof ipn)[]) {
    const value = signed[field];
    const changed = { ...signed, [field]: typeof value === "number" ? value + 1 : `${value}x` };
    assert.equal(verifySignature(changed, signIpn, [sandbox]), false, field);
  }
});

test("while keys are rotated, the previous pair still verifies", () => {
  const next: MomoKeys = { accessKey: "NEXT", secretKey: "next-secret" };
  const signed: Ipn = { ...ipn, signature: signIpn(ipn, sandbox) };
  assert.equal(verifySignature(signed, signIpn, [next, sandbox]), true);
  assert.equal(verifySignature(signed, signIpn, [next]), false);
});

test("a result code says what is known of the money, or nothing about it", () => {
  assert.equal(verdictOf(0), "paid");
  assert.equal(verdictOf(1000), "untouched");
  for (const code of [7000, 7002, 9000]) assert.equal(verdictOf(code), "processing");
  assert.equal(verdictOf(1006), "cancelled");
  assert.equal(verdictOf(1005), "expired");
  for (const code of [1001, 1004, 42, 4100]) assert.equal(verdictOf(code), "failed");
  for (const code of [10, 98, 99]) assert.equal(verdictOf(code), "unknown");
});

test("a uuid is a valid MoMo order id", () => {
  assert.match("018f4e2a-7b1c-7d3e-9f00-0123456789ab", MOMO_ID);
  assert.doesNotMatch("-a", MOMO_ID);
});
