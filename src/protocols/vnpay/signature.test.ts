import assert from "node:assert/strict";
import { test } from "node:test";
import { fromWireAmount, toWireAmount, verdictOfCallback, verdictOfQuery } from "./messages.ts";
import { canonicalQuery, signParameters, signQueryRequest, verifyParameters } from "./signature.ts";

const pay = {
  vnp_TxnRef: "000001",
  vnp_Version: "2.1.0",
  vnp_Command: "pay",
  vnp_TmnCode: "DEMO0001",
  vnp_Amount: "5000000",
  vnp_CreateDate: "20260101083000",
  vnp_CurrCode: "VND",
  vnp_IpAddr: "127.0.0.1",
  vnp_Locale: "vn",
  vnp_OrderInfo: "Thanh toan le phi ho so 000001",
  vnp_OrderType: "other",
  vnp_ReturnUrl: "https://example.vn/return",
};

test("a payment address is signed as VNPAY's vector says", () => {
  assert.equal(
    canonicalQuery(pay),
    "vnp_Amount=5000000&vnp_Command=pay&vnp_CreateDate=20260101083000&vnp_CurrCode=VND&vnp_IpAddr=127.0.0.1&vnp_Locale=vn&vnp_OrderInfo=Thanh+toan+le+phi+ho+so+000001&vnp_OrderType=other&vnp_ReturnUrl=https%3A%2F%2Fexample.vn%2Freturn&vnp_TmnCode=DEMO0001&vnp_TxnRef=000001&vnp_Version=2.1.0",
  );
  assert.equal(
    signParameters(pay, "DEMO_SECRET"),
    "b2de91b404d13b20823ed6a10c9512c0d3a90f4d3475cd2a835168ef11b1899f5a9463ff7a62a126ad6f5069db79b67f5d23936a4b3351591ef4ff7fb3818eb4",
  );
});

test("changing, adding or removing a signed parameter makes the hash wrong; the hash itself is not signed", () => {
  const signed = { ...pay, vnp_SecureHash: signParameters(pay, "s"), vnp_SecureHashType: "HmacSHA512" };
  assert.equal(verifyParameters(signed, ["s"]), true);
  assert.equal(verifyParameters({ ...signed, vnp_SecureHash: signed.vnp_SecureHash.toUpperCase() }, ["s"]), true);
  for (const name of Object.keys(pay)) {
    assert.equal(verifyParameters({ ...signed, [name]: "9" }, ["s"]), false, `changed ${name}`);
    const { [name as keyof typeof signed]: _removed, ...rest } = signed;
    assert.equal(verifyParameters(rest, ["s"]), false, `removed ${name}`);
  }
  assert.equal(verifyParameters({ ...signed, vnp_BankTranNo: "1" }, ["s"]), false, "added");
  assert.equal(verifyParameters({ ...pay }, ["s"]), false, "no hash at all");
});

test("while the secret is rotated, the previous one still verifies", () => {
  const signed = { ...pay, vnp_SecureHash: signParameters(pay, "old") };
  assert.equal(verifyParameters(signed, ["new", "old"]), true);
  assert.equal(verifyParameters(signed, ["new"]), false);
});

test("querydr signs its nine values joined by bars", () => {
  const request = {
    vnp_RequestId: "r1",
    vnp_Version: "2.1.0",
    vnp_Command: "querydr",
    vnp_TmnCode: "T",
    vnp_TxnRef: "x",
    vnp_OrderInfo: "o",
    vnp_TransactionDate: "20260101083000",
    vnp_CreateDate: "20260101083100",
    vnp_IpAddr: "127.0.0.1",
  } as const;
  const before = signQueryRequest(request, "s");
  assert.match(before, /^[0-9a-f]{128}$/);
  for (const name of Object.keys(request)) {
    assert.notEqual(signQueryRequest({ ...request, [name]: "other" }, "s"), before, name);
  }
});

test("amounts on the wire are đồng times one hundred", () => {
  assert.equal(toWireAmount(8_000), "800000");
  assert.equal(fromWireAmount("800000"), 8_000);
  assert.equal(fromWireAmount("800001"), undefined);
  assert.equal(fromWireAmount("-800000"), undefined);
  assert.equal(fromWireAmount("8e5"), undefined);
});

test("paid means both codes say so; suspected and unfinished are not decided", () => {
  assert.equal(verdictOfCallback("00", "00"), "paid");
  assert.equal(verdictOfCallback("07", "00"), "processing");
  assert.equal(verdictOfCallback("00", "01"), "processing");
  assert.equal(verdictOfCallback("24", "02"), "cancelled");
  assert.equal(verdictOfCallback("51", "02"), "failed");
  assert.equal(verdictOfQuery("00", "00"), "paid");
  assert.equal(verdictOfQuery("91", ""), "untouched");
  assert.equal(verdictOfQuery("00", "01"), "untouched");
  assert.equal(verdictOfQuery("00", "07"), "processing");
  assert.equal(verdictOfQuery("97", ""), "unknown");
  assert.equal(verdictOfQuery("00", "02"), "failed");
});
