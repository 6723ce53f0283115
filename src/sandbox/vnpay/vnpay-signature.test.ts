import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isVnpayHash, vnpayHash, vnpayQuery, vnpayValues } from "./vnpay-signature.ts";

const order = {
  vnp_Version: "2.1.0",
  vnp_TxnRef: "000001",
  vnp_TmnCode: "DEMO0001",
  vnp_ReturnUrl: "https://example.vn/return",
  vnp_OrderType: "other",
  vnp_OrderInfo: "Thanh toan le phi ho so 000001",
  vnp_Locale: "vn",
  vnp_IpAddr: "127.0.0.1",
  vnp_CurrCode: "VND",
  vnp_CreateDate: "20260101083000",
  vnp_Command: "pay",
  vnp_Amount: "5000000",
};
const hash =
  "b2de91b404d13b20823ed6a10c9512c0d3a90f4d3475cd2a835168ef11b1899f5a9463ff7a62a126ad6f5069db79b67f5d23936a4b3351591ef4ff7fb3818eb4";

describe("VNPAY 2.1.0 signatures of the stand-in", () => {
  test("the order of the vector gets the vector's hash, in whatever order its parameters come", () => {
    assert.equal(vnpayHash("DEMO_SECRET", vnpayQuery(order)), hash);
  });

  test("the hash itself, its type and foreign parameters are not part of what is signed", () => {
    const more = { ...order, vnp_SecureHash: hash, vnp_SecureHashType: "SHA512", utm_source: "zalo" };
    assert.ok(isVnpayHash("DEMO_SECRET", vnpayQuery(more), hash));
  });

  test("a changed amount, another key and a hash of another kind are refused", () => {
    assert.ok(!isVnpayHash("DEMO_SECRET", vnpayQuery({ ...order, vnp_Amount: "500" }), hash));
    assert.ok(!isVnpayHash("OTHER", vnpayQuery(order), hash));
    assert.ok(!isVnpayHash("DEMO_SECRET", vnpayQuery(order), hash.slice(0, 64)));
    assert.ok(!isVnpayHash("DEMO_SECRET", vnpayQuery(order), undefined));
  });

  test("the transaction API signs its values in the published order", () => {
    const fields = {
      vnp_RequestId: "1",
      vnp_Version: "2.1.0",
      vnp_Command: "querydr",
      vnp_TmnCode: "DEMO0001",
      vnp_TxnRef: "000001",
      vnp_TransactionDate: "20260101083000",
      vnp_CreateDate: "20260101084500",
      vnp_IpAddr: "127.0.0.1",
      vnp_OrderInfo: "hoi",
    };
    assert.equal(
      vnpayValues("querydr", fields),
      "1|2.1.0|querydr|DEMO0001|000001|20260101083000|20260101084500|127.0.0.1|hoi",
    );
  });
});
