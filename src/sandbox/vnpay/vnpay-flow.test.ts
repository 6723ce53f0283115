import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, test } from "node:test";
import { demoSecrets } from "#kit/demo.ts";
import { CARD, ORIGIN, openVnpay, type SandboxExample, sandboxExample, vnpayUrl } from "../sandbox-example.ts";

let example: SandboxExample;
beforeEach(async () => {
  example = await sandboxExample();
});
afterEach(() => example.end());

const code = (location: unknown) => new URL(String(location)).searchParams.get("vnp_ResponseCode");

describe("the payment gateway and its bank", () => {
  test("a card payment goes from the signed address through card and OTP to the return and the IPN", async () => {
    const page = await openVnpay(example, "V1");
    assert.match(
      (await example.get(page)).body,
      /Thẻ nội địa[\s\S]*Tên chủ thẻ[\s\S]*Số thẻ[\s\S]*Ngày phát hành[\s\S]*Quay lại/,
    );
    const otpPage = String((await example.fill(page, CARD)).headers.location);
    assert.match((await example.get(otpPage)).body, /2198/);
    const paid = await example.fill(otpPage, { action: "pay", otp: "123456" });
    await example.sandbox.quiet();
    const back = new URL(String(paid.headers.location));
    const ipn = new URL(example.sent[0]?.url ?? "");
    assert.equal(ipn.pathname, "/thanh-toan/ipn/vnpay");
    assert.deepEqual([...ipn.searchParams], [...back.searchParams]);
    const { vnp_SecureHash: hash, ...rest } = Object.fromEntries(ipn.searchParams);
    const raw = new URLSearchParams(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))).toString();
    assert.equal(hash, createHmac("sha512", demoSecrets.vnpay.hashSecret).update(raw).digest("hex"));
    assert.deepEqual([rest.vnp_ResponseCode, rest.vnp_TransactionStatus, rest.vnp_Amount], ["00", "00", "80000000"]);
  });

  test("the payment page checks terminal, hash, amount, dates and reference, with the codes of VNPAY's error page", async () => {
    const error = async (change: Record<string, string>, spoil = "") => {
      const opened = await example.get(vnpayUrl(change) + spoil);
      return new URL(String(opened.headers.location), ORIGIN).searchParams.get("code");
    };
    assert.equal(await error({ vnp_TmnCode: "OTHER001" }), "72");
    assert.equal(await error({}, "&vnp_Extra=1"), "70");
    assert.equal(await error({ vnp_Amount: "80000050" }), "03");
    assert.equal(await error({ vnp_Amount: "-100" }), "03");
    assert.equal(await error({ vnp_CreateDate: "20260230093000" }), "03");
    assert.equal(await error({ vnp_ExpireDate: "20260302092900" }), "15");
    assert.equal(await error({ vnp_BankCode: "NOBANK" }), "76");
    await openVnpay(example, "V1");
    assert.equal(await error({ vnp_Amount: "100000" }), "94");
    assert.equal(await error({}), null, "the same address again is the same payment");
    const page = await example.get("/vnpay/paymentv2/Payment/Error.html?code=70");
    assert.match(page.body, /Sai chữ ký/);
  });

  test("cards fail with VNPAY's codes, cancelling is 24, wrong details may be tried again", async () => {
    const withCard = async (ref: string, number: string) =>
      code((await example.fill(await openVnpay(example, ref), { ...CARD, number })).headers.location);
    assert.equal(await withCard("W1", "9704195798459170488"), "51");
    assert.equal(await withCard("W2", "9704193370791314"), "12");
    assert.equal(await withCard("W3", "9704194841945513"), "99");
    assert.equal(
      code((await example.fill(await openVnpay(example, "W4"), { action: "cancel" })).headers.location),
      "24",
    );
    const page = await openVnpay(example, "W5");
    const wrong = await example.fill(page, { ...CARD, month: "8" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /Tháng, năm phát hành không khớp/);
    assert.doesNotMatch(wrong.body, /value="9704/);
    const otp = String((await example.fill(page, CARD)).headers.location);
    assert.equal((await example.fill(otp, { otp: "1" })).statusCode, 422);
    assert.equal((await example.fill(otp, { otp: "1" })).statusCode, 422);
    assert.equal(code((await example.fill(otp, { otp: "1" })).headers.location), "13");
    assert.equal(
      code((await example.fill(otp, { otp: "123456" })).headers.location),
      "13",
      "a finished payment cannot change",
    );
  });

  test("querydr and refund answer signed questions only", async () => {
    const otp = String((await example.fill(await openVnpay(example, "X1"), CARD)).headers.location);
    await example.fill(otp, { otp: "123456" });
    const ask = async (
      command: string,
      order: string,
      fields: Record<string, string>,
      secret: string = demoSecrets.vnpay.hashSecret,
    ) => {
      const all: Record<string, string> = {
        vnp_RequestId: "q1",
        vnp_Version: "2.1.0",
        vnp_Command: command,
        vnp_TmnCode: "DEMO0001",
        vnp_TxnRef: "X1",
        vnp_TransactionDate: "20260302093000",
        vnp_CreateDate: "20260302093100",
        vnp_IpAddr: "127.0.0.1",
        vnp_OrderInfo: "hoi",
        ...fields,
      };
      const raw = order
        .split(" ")
        .map((name) => all[`vnp_${name}`] ?? "")
        .join("|");
      const hash = createHmac("sha512", secret).update(raw).digest("hex");
      return (await example.post("/vnpay/merchant_webapi/api/transaction", { ...all, vnp_SecureHash: hash })).json();
    };
    const query = "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo";
    const found = await ask("querydr", query, {});
    assert.deepEqual([found.vnp_ResponseCode, found.vnp_TransactionStatus, found.vnp_Amount], ["00", "00", "80000000"]);
    assert.equal((await ask("querydr", query, {}, "wrong")).vnp_ResponseCode, "97");
    assert.equal((await ask("querydr", query, { vnp_TxnRef: "none" })).vnp_ResponseCode, "91");
    // The bank takes it back: told once, and said again to whoever asks.
    await example.sandbox.quiet();
    const told = example.sent.length;
    const reverse = { provider: "vnpay", order: "X1" };
    for (let twice = 0; twice < 2; twice += 1)
      assert.deepEqual((await example.post("/control/reverse", reverse)).json(), { reversed: true });
    await example.sandbox.quiet();
    const ipn = new URL(example.sent.at(-1)?.url ?? "").searchParams;
    assert.equal(example.sent.length, told + 1);
    assert.deepEqual([ipn.get("vnp_ResponseCode"), ipn.get("vnp_TransactionStatus")], ["00", "04"]);
    assert.equal((await ask("querydr", query, {})).vnp_TransactionStatus, "04");
    const refund =
      "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo TransactionDate CreateBy CreateDate IpAddr OrderInfo";
    const part = {
      vnp_TransactionType: "03",
      vnp_Amount: "50000000",
      vnp_TransactionNo: found.vnp_TransactionNo,
      vnp_CreateBy: "kt",
    };
    assert.equal((await ask("refund", refund, { ...part, vnp_RequestId: "f1" })).vnp_ResponseCode, "00");
    assert.equal((await ask("refund", refund, { ...part, vnp_RequestId: "f1" })).vnp_ResponseCode, "94");
    assert.equal((await ask("refund", refund, { ...part, vnp_RequestId: "f2" })).vnp_ResponseCode, "99");
  });
});
