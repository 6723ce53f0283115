import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { createTransport } from "nodemailer";
import { pino } from "pino";
import { demoSecrets } from "#kit/demo.ts";
import { createSandbox, type Sandbox } from "./app.ts";
import type { Send } from "./callbacks/index.ts";

const origin = "http://localhost:8086";
const at = new Date("2026-03-02T02:30:00Z");
const form = { origin, "content-type": "application/x-www-form-urlencoded" };

let dataDir = "";
let sandbox: Sandbox;
let sent: { url: string; method: string; body?: string }[] = [];
let merchantSays = { status: 204, body: '{"RspCode":"00"}' };
const send: Send = async (request) => {
  sent.push(request);
  return request.method === "GET" ? { ...merchantSays, status: 200 } : merchantSays;
};

async function open(smtpPort = 0): Promise<Sandbox> {
  return createSandbox({
    config: {
      dataDir,
      smtpPort,
      secrets: demoSecrets,
      origins: { start: "", national: "http://localhost:8081", provinces: [], sandbox: origin },
    },
    log: pino({ level: "silent" }),
    clock: { now: () => at },
    callbackDelaysMs: [0, 1, 1],
    send,
  });
}

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "sandbox-"));
  sent = [];
  merchantSays = { status: 204, body: '{"RspCode":"00"}' };
  sandbox = await open();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true });
});

/** The merchant's side, written out so that the stand-in is not tested by its own signing. */
function momoSigned(names: string, fields: Record<string, string | number>) {
  const all: Record<string, string | number> = { ...fields, accessKey: demoSecrets.momo.accessKey };
  const raw = names.split(" ").map((name) => `${name}=${all[name]}`).join("&");
  return { ...fields, signature: createHmac("sha256", demoSecrets.momo.secretKey).update(raw).digest("hex") };
}

function momoOrder(orderId: string, change: Record<string, string | number> = {}) {
  const fields = {
    partnerCode: "MOMO",
    requestId: `${orderId}-r`,
    orderId,
    amount: 800_000,
    orderInfo: "Thanh toán lệ phí cho hồ sơ 363815",
    redirectUrl: "http://localhost:8081/thanh-toan/ket-qua/1",
    ipnUrl: "http://localhost:8081/thanh-toan/ipn/momo",
    requestType: "captureWallet",
    extraData: "",
    ...change,
  };
  const names = "accessKey amount extraData ipnUrl orderId orderInfo partnerCode redirectUrl requestId requestType";
  return { ...momoSigned(names, fields), lang: "vi" };
}

const post = (url: string, payload: object) => sandbox.site.inject({ method: "POST", url, payload });
const fill = (url: string, values: Record<string, string>) =>
  sandbox.site.inject({ method: "POST", url, headers: form, payload: new URLSearchParams(values).toString() });

async function createMomo(orderId: string): Promise<string> {
  const answer = await post("/momo/v2/gateway/api/create", momoOrder(orderId));
  assert.equal(answer.json().resultCode, 0);
  return new URL(answer.json().payUrl as string).pathname;
}
const pay = { action: "pay", phone: "0900000101", password: "000000", otp: "000000" };

async function queryMomo(orderId: string) {
  const fields = { partnerCode: "MOMO", requestId: `${orderId}-q`, orderId };
  return (await post("/momo/v2/gateway/api/query", momoSigned("accessKey orderId partnerCode requestId", fields))).json();
}

describe("the wallet", () => {
  test("a payment goes from create to the payer, the redirect and the IPN, all signed with the same result", async () => {
    const page = await createMomo("A1");
    assert.match((await sandbox.site.inject(page)).body, /MÔI TRƯỜNG THỬ[\s\S]*363815[\s\S]*800\.000/);
    assert.equal((await queryMomo("A1")).resultCode, 1000);
    const paid = await fill(page, pay);
    assert.equal(paid.statusCode, 303);
    const back = new URL(String(paid.headers.location));
    assert.equal(back.origin, "http://localhost:8081");
    assert.equal(back.searchParams.get("resultCode"), "0");
    await sandbox.quiet();
    assert.equal(sent.length, 1);
    const ipn = JSON.parse(sent[0]?.body ?? "") as Record<string, string | number>;
    const names =
      "accessKey amount extraData message orderId orderInfo orderType partnerCode payType requestId responseTime resultCode transId";
    assert.equal(ipn.signature, momoSigned(names, ipn).signature);
    assert.equal(ipn.transId, Number(back.searchParams.get("transId")));
    const state = await queryMomo("A1");
    assert.deepEqual([state.resultCode, state.amount, state.transId], [0, 800_000, ipn.transId]);
  });

  test("refuses a wrong signature, merchant, amount, a reused requestId or orderId, each with MoMo's code", async () => {
    const codes: number[] = [];
    const ask = async (body: object) => codes.push((await post("/v2/gateway/api/create", body)).json().resultCode);
    await ask({ ...momoOrder("B1"), amount: 900_000 });
    await ask(momoOrder("B1", { partnerCode: "OTHER" }));
    await ask(momoOrder("B1", { amount: 999 }));
    await ask(momoOrder("B1", { amount: 50_000_001 }));
    await ask(momoOrder("bad id"));
    await ask(momoOrder("B1"));
    await ask(momoOrder("B2", { requestId: "B1-r" }));
    await ask(momoOrder("B1", { requestId: "other" }));
    assert.deepEqual(codes, [13, 13, 21, 21, 20, 0, 40, 41]);
  });

  test("wallets fail as they should, a wrong OTP may be tried again, and a finished payment cannot change", async () => {
    const outcome = async (order: string, ...tries: Record<string, string>[]) => {
      const page = await createMomo(order);
      const statuses: number[] = [];
      for (const values of tries) statuses.push((await fill(page, values)).statusCode);
      return [...statuses, (await queryMomo(order)).resultCode as number];
    };
    assert.deepEqual(await outcome("C1", { ...pay, phone: "0900000402" }), [303, 1001]);
    assert.deepEqual(await outcome("C2", { ...pay, otp: "111111" }, pay), [422, 303, 0]);
    const wrong = { ...pay, otp: "111111" };
    assert.deepEqual(await outcome("C3", wrong, wrong, wrong, pay), [422, 422, 303, 303, 4100]);
    assert.deepEqual(await outcome("C4", { action: "cancel" }, pay), [303, 303, 1006]);
    assert.deepEqual(await outcome("C5", { ...pay, phone: "0900000405" }), [303, 7000]);
    assert.deepEqual(await outcome("C6", { ...pay, phone: "0123456789" }), [422, 1000]);
    assert.match((await fill(await createMomo("C7"), { ...pay, password: "x" })).body, /Mật khẩu ví không đúng/);
  });

  test("never gives back more than was paid, and one refund request at most once", async () => {
    await fill(await createMomo("D1"), pay);
    const transId = (await queryMomo("D1")).transId as number;
    const refund = async (orderId: string, requestId: string, amount: number) => {
      const fields = { partnerCode: "MOMO", orderId, requestId, amount, transId, description: "hoàn" };
      const names = "accessKey amount description orderId partnerCode requestId transId";
      return (await post("/momo/v2/gateway/api/refund", { ...momoSigned(names, fields), lang: "vi" })).json().resultCode;
    };
    const answers = [
      await refund("R1", "r1", 500_000),
      await refund("R2", "r1", 1000),
      await refund("R1", "r2", 1000),
      await refund("R3", "r3", 300_001),
      await refund("R4", "r4", 300_000),
      await refund("R5", "r5", 1000),
    ];
    assert.deepEqual(answers, [0, 40, 41, 1080, 0, 1081]);
    assert.equal((await queryMomo("D1")).refundTrans.length, 2);
  });
});

describe("callbacks on a bad day", () => {
  const order = (body: object) => post("/control", body);

  test("are tried again until the merchant accepts, and at most as often as the schedule says", async () => {
    merchantSays = { status: 500, body: "" };
    await fill(await createMomo("E1"), pay);
    await sandbox.quiet();
    assert.equal(sent.length, 3);
  });

  test("are dropped, duplicated, forged or carry another amount when the control panel says so", async () => {
    const bodies = async (orderId: string) => {
      sent = [];
      await fill(await createMomo(orderId), pay);
      await sandbox.quiet();
      return sent.map((one) => JSON.parse(one.body ?? "") as Record<string, unknown>);
    };
    await order({ standIn: "momo", behaviour: "callback-dropped" });
    assert.equal((await bodies("F1")).length, 0);
    await order({ standIn: "momo", behaviour: "callback-duplicated", times: 5 });
    assert.equal(new Set((await bodies("F2")).map((body) => JSON.stringify(body))).size, 1);
    assert.equal(sent.length, 5);
    await order({ standIn: "momo", behaviour: "callback-other-amount", thenTrue: true });
    assert.deepEqual((await bodies("F3")).map((body) => body.amount), [801_000, 800_000]);
    await order({ standIn: "momo", behaviour: "callback-forged" });
    const [forged] = await bodies("F4");
    assert.equal(forged?.resultCode, 0);
    assert.equal((await bodies("F5")).length, 1, "one order of the panel bites once");
  });

  test("a provider that is down changes nothing; one that is cut off has taken the order", async () => {
    await order({ standIn: "momo", behaviour: "down" });
    assert.equal((await post("/momo/v2/gateway/api/create", momoOrder("G1"))).statusCode, 503);
    assert.equal((await queryMomo("G1")).resultCode, 42);
    await order({ standIn: "momo", behaviour: "cut" });
    await assert.rejects(post("/momo/v2/gateway/api/create", momoOrder("G2")));
    assert.equal((await queryMomo("G2")).resultCode, 1000);
  });

  test("a decline ordered for the next payment comes with its code", async () => {
    await order({ standIn: "momo", behaviour: "decline", code: "1004" });
    await fill(await createMomo("H1"), pay);
    assert.equal((await queryMomo("H1")).resultCode, 1004);
  });
});

function vnpayUrl(change: Record<string, string> = {}): string {
  const fields: Record<string, string> = {
    vnp_Amount: "80000000",
    vnp_BankCode: "NCB",
    vnp_Command: "pay",
    vnp_CreateDate: "20260302093000",
    vnp_CurrCode: "VND",
    vnp_ExpireDate: "20260302094500",
    vnp_IpAddr: "127.0.0.1",
    vnp_Locale: "vn",
    vnp_OrderInfo: "Thanh toan le phi cho ho so 363815",
    vnp_OrderType: "other",
    vnp_ReturnUrl: "http://localhost:8081/thanh-toan/ket-qua/2",
    vnp_TmnCode: "DEMO0001",
    vnp_TxnRef: "V1",
    vnp_Version: "2.1.0",
    ...change,
  };
  const query = new URLSearchParams(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  const hash = createHmac("sha512", demoSecrets.vnpay.hashSecret).update(query.toString()).digest("hex");
  return `/vnpay/paymentv2/vpcpay.html?${query}&vnp_SecureHash=${hash}`;
}
const card = { action: "pay", bank: "NCB", name: "nguyen van a", number: "9704 1985 2619 1432 198", month: "7", year: "2015" };

async function openVnpay(txnRef: string, change: Record<string, string> = {}): Promise<string> {
  const opened = await sandbox.site.inject(vnpayUrl({ vnp_TxnRef: txnRef, ...change }));
  return String(opened.headers.location);
}
const code = (location: unknown) => new URL(String(location)).searchParams.get("vnp_ResponseCode");

describe("the payment gateway and its bank", () => {
  test("a card payment goes from the signed address through card and OTP to the return and the IPN", async () => {
    const page = await openVnpay("V1");
    assert.match((await sandbox.site.inject(page)).body, /Thẻ nội địa[\s\S]*Tên chủ thẻ[\s\S]*Số thẻ[\s\S]*Ngày phát hành[\s\S]*Quay lại/);
    const otpPage = String((await fill(page, card)).headers.location);
    assert.match((await sandbox.site.inject(otpPage)).body, /2198/);
    const paid = await fill(otpPage, { action: "pay", otp: "123456" });
    await sandbox.quiet();
    const back = new URL(String(paid.headers.location));
    const ipn = new URL(sent[0]?.url ?? "");
    assert.equal(ipn.pathname, "/thanh-toan/ipn/vnpay");
    assert.deepEqual([...ipn.searchParams], [...back.searchParams]);
    const { vnp_SecureHash: hash, ...rest } = Object.fromEntries(ipn.searchParams);
    const raw = new URLSearchParams(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))).toString();
    assert.equal(hash, createHmac("sha512", demoSecrets.vnpay.hashSecret).update(raw).digest("hex"));
    assert.deepEqual([rest.vnp_ResponseCode, rest.vnp_TransactionStatus, rest.vnp_Amount], ["00", "00", "80000000"]);
  });

  test("the payment page checks terminal, hash, amount, dates and reference, with the codes of VNPAY's error page", async () => {
    const error = async (change: Record<string, string>, spoil = "") => {
      const opened = await sandbox.site.inject(vnpayUrl(change) + spoil);
      return new URL(String(opened.headers.location), origin).searchParams.get("code");
    };
    assert.equal(await error({ vnp_TmnCode: "OTHER001" }), "72");
    assert.equal(await error({}, "&vnp_Extra=1"), "70");
    assert.equal(await error({ vnp_Amount: "80000050" }), "03");
    assert.equal(await error({ vnp_Amount: "-100" }), "03");
    assert.equal(await error({ vnp_CreateDate: "20260230093000" }), "03");
    assert.equal(await error({ vnp_ExpireDate: "20260302092900" }), "15");
    assert.equal(await error({ vnp_BankCode: "NOBANK" }), "76");
    await openVnpay("V1");
    assert.equal(await error({ vnp_Amount: "100000" }), "94");
    assert.equal(await error({}), null, "the same address again is the same payment");
    const page = await sandbox.site.inject("/vnpay/paymentv2/Payment/Error.html?code=70");
    assert.match(page.body, /Sai chữ ký/);
  });

  test("cards fail with VNPAY's codes, cancelling is 24, wrong details may be tried again", async () => {
    const withCard = async (ref: string, number: string) => code((await fill(await openVnpay(ref), { ...card, number })).headers.location);
    assert.equal(await withCard("W1", "9704195798459170488"), "51");
    assert.equal(await withCard("W2", "9704193370791314"), "12");
    assert.equal(await withCard("W3", "9704194841945513"), "99");
    assert.equal(code((await fill(await openVnpay("W4"), { action: "cancel" })).headers.location), "24");
    const page = await openVnpay("W5");
    const wrong = await fill(page, { ...card, month: "8" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /Tháng, năm phát hành không khớp/);
    assert.doesNotMatch(wrong.body, /value="9704/);
    const otp = String((await fill(page, card)).headers.location);
    assert.equal((await fill(otp, { otp: "1" })).statusCode, 422);
    assert.equal((await fill(otp, { otp: "1" })).statusCode, 422);
    assert.equal(code((await fill(otp, { otp: "1" })).headers.location), "13");
    assert.equal(code((await fill(otp, { otp: "123456" })).headers.location), "13", "a finished payment cannot change");
  });

  test("querydr and refund answer signed questions only", async () => {
    const otp = String((await fill(await openVnpay("X1"), card)).headers.location);
    await fill(otp, { otp: "123456" });
    const ask = async (command: string, order: string, fields: Record<string, string>, secret: string = demoSecrets.vnpay.hashSecret) => {
      const all: Record<string, string> = {
        vnp_RequestId: "q1", vnp_Version: "2.1.0", vnp_Command: command, vnp_TmnCode: "DEMO0001", vnp_TxnRef: "X1",
        vnp_TransactionDate: "20260302093000", vnp_CreateDate: "20260302093100", vnp_IpAddr: "127.0.0.1", vnp_OrderInfo: "hoi",
        ...fields,
      };
      const raw = order.split(" ").map((name) => all[`vnp_${name}`] ?? "").join("|");
      const hash = createHmac("sha512", secret).update(raw).digest("hex");
      return (await post("/vnpay/merchant_webapi/api/transaction", { ...all, vnp_SecureHash: hash })).json();
    };
    const query = "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo";
    const found = await ask("querydr", query, {});
    assert.deepEqual([found.vnp_ResponseCode, found.vnp_TransactionStatus, found.vnp_Amount], ["00", "00", "80000000"]);
    assert.equal((await ask("querydr", query, {}, "wrong")).vnp_ResponseCode, "97");
    assert.equal((await ask("querydr", query, { vnp_TxnRef: "none" })).vnp_ResponseCode, "91");
    const refund =
      "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo TransactionDate CreateBy CreateDate IpAddr OrderInfo";
    const part = { vnp_TransactionType: "03", vnp_Amount: "50000000", vnp_TransactionNo: found.vnp_TransactionNo, vnp_CreateBy: "kt" };
    assert.equal((await ask("refund", refund, { ...part, vnp_RequestId: "f1" })).vnp_ResponseCode, "00");
    assert.equal((await ask("refund", refund, { ...part, vnp_RequestId: "f1" })).vnp_ResponseCode, "94");
    assert.equal((await ask("refund", refund, { ...part, vnp_RequestId: "f2" })).vnp_ResponseCode, "99");
  });
});

describe("messages and the register", () => {
  const sms = (key: string, body: object, bearer: string = demoSecrets.smsGateway) =>
    sandbox.site.inject({ method: "POST", url: "/sms", headers: { authorization: `Bearer ${bearer}`, "idempotency-key": key }, payload: body });

  test("an SMS sent twice under one key is one message; another text under that key is refused", async () => {
    const text = "Ma OTP cua ban la 224514";
    const first = await sms("k1", { to: "0900000101", text });
    assert.equal(first.statusCode, 202);
    assert.equal((await sms("k1", { to: "0900000101", text })).json().id, first.json().id);
    assert.equal((await sms("k1", { to: "0900000101", text: "khac" })).statusCode, 409);
    assert.equal((await sms("k2", { to: "0900000101", text }, "wrong-key")).statusCode, 401);
    assert.equal((await sms("k2", { to: "12", text })).statusCode, 422);
    const list = (await sandbox.site.inject("/messages")).json();
    assert.deepEqual(list, [{ id: first.json().id, channel: "sms", to: "0900000101", text, sentAt: at.toISOString() }]);
    assert.match((await sandbox.site.inject("/tin-nhan")).body, /224514/);
  });

  test("a mail sent over SMTP arrives with its Vietnamese subject; its retry is the same mail", async () => {
    await sandbox.close();
    const port = await freePort();
    sandbox = await open(port);
    await sandbox.start();
    const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
    const mail = { from: "a@example.vn", to: "an@example.vn", subject: "Hồ sơ đã có kết quả", text: "Mời bạn tải.", messageId: "<1@m>" };
    await transport.sendMail(mail);
    await transport.sendMail(mail);
    const list = (await sandbox.site.inject("/messages?channel=mail")).json();
    assert.deepEqual(list.map(({ to, subject, text }: Record<string, string>) => [to, subject, text]), [["an@example.vn", mail.subject, mail.text]]);
  });

  test("the subscriber register answers with its key only", async () => {
    const asked = { phone: "0900000101", identityNumber: "072090000101", name: "NGUYỄN VĂN AN" };
    const ask = (bearer: string) =>
      sandbox.site.inject({ method: "POST", url: "/thue-bao/kiem-tra", headers: { authorization: `Bearer ${bearer}` }, payload: asked });
    assert.deepEqual((await ask(demoSecrets.subscriberRegister)).json(), { owner: "yes" });
    assert.equal((await ask("wrong")).statusCode, 401);
  });
});

describe("the sandbox after its process was killed", () => {
  test("knows every payment, message and instruction, and goes on with unfinished callbacks", async () => {
    merchantSays = { status: 500, body: "" };
    await fill(await createMomo("K1"), pay);
    const open2 = await createMomo("K2");
    await sandbox.quiet();
    await post("/control", { standIn: "momo", behaviour: "decline", code: "99", scope: "always" });
    // No close: a killed process closes nothing.
    const restarted = await open(await freePort());
    await sandbox.close();
    sandbox = restarted;
    assert.equal((await queryMomo("K1")).resultCode, 0);
    assert.equal((await sandbox.site.inject(open2)).statusCode, 200);
    assert.equal((await sandbox.site.inject("/control")).json().instructions.length, 1);
  });

  test("the journals hold no whole card number, no password and no OTP of the bank", async () => {
    const otp = String((await fill(await openVnpay("V9"), card)).headers.location);
    await fill(otp, { otp: "123456" });
    await fill(await createMomo("K3"), pay);
    const folder = path.join(dataDir, "sandbox");
    const all = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8")).join("");
    assert.match(all, /"lastFour":"2198"/);
    assert.doesNotMatch(all, /9704198526191432198|123456|"000000"/);
    const journal = await sandbox.site.inject("/journal/vnpay");
    assert.match(journal.body, /"kind":"captured"/);
  });
});

describe("the control panel", () => {
  test("takes an instruction from its form, shows it, and says which entry is wrong", async () => {
    const good = await fill("/control", { standIn: "vnpay", behaviour: "slow", ms: "10", scope: "next", code: "", times: "" });
    assert.equal(good.statusCode, 303);
    assert.match((await sandbox.site.inject("/")).body, /VNPAY và ngân hàng<\/strong>: trả lời chậm/);
    const bad = await fill("/control", { standIn: "vnpay", behaviour: "decline", code: "x", scope: "next" });
    assert.equal(bad.statusCode, 422);
    assert.match(bad.body, /href="#code"/);
    assert.equal((await sandbox.site.inject({ method: "DELETE", url: "/control" })).statusCode, 204);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
