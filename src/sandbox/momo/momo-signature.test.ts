import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isMomoSignature, momoSignature } from "./momo-signature.ts";

/** MoMo's published sandbox keys and a request signed with them. */
const keys = { accessKey: "F8BBA842ECF85", secretKey: "K951B6PE1waDMi640xX08PD3vg6EkVlz" };
const request = {
  amount: 50_000,
  extraData: "",
  ipnUrl: "https://callback.url/notify",
  orderId: "MOMO1700000000000",
  orderInfo: "pay with MoMo",
  partnerCode: "MOMO",
  redirectUrl: "https://momo.vn/return",
  requestId: "MOMO1700000000000",
  requestType: "captureWallet",
};
const signature = "4378bb95714712f6be833da81f743910a01e5ba6279bfe596b8a08e891259424";

describe("MoMo v2 signatures of the stand-in", () => {
  test("the create request of the public vector gets the public signature", () => {
    assert.equal(momoSignature("create", request, keys), signature);
  });

  test("a signature is refused when any signed field, its case or its type was changed", () => {
    assert.ok(isMomoSignature("create", request, keys, signature));
    for (const field of Object.keys(request)) {
      assert.ok(!isMomoSignature("create", { ...request, [field]: "5" }, keys, signature), field);
    }
    assert.ok(!isMomoSignature("create", request, keys, signature.toUpperCase()));
    assert.ok(!isMomoSignature("create", request, keys, undefined));
    assert.ok(!isMomoSignature("create", request, keys, [signature]));
    assert.ok(!isMomoSignature("create", request, { ...keys, secretKey: "other" }, signature));
  });
});
