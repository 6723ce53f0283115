import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, test } from "node:test";
import { demoSecrets } from "#kit/demo.ts";
import { NOW, type SandboxExample, sandboxExample, WALLET } from "../sandbox-example.ts";
import { platformMac } from "../vnpt-pay/vnpt-pay-signature.ts";
import { signedText, zalopayMac } from "../zalopay/zalopay-signature.ts";

let example: SandboxExample;
beforeEach(async () => {
  example = await sandboxExample();
});
afterEach(() => example.end());

const { zalopay, vnptPay } = demoSecrets;

/** The merchant's side, written out so that the stand-in is not tested by its own signing. */
const mac = (...values: (string | number)[]) =>
  createHmac("sha256", zalopay.key1).update(values.join("|")).digest("hex");

function order(name: string, change: Record<string, unknown> = {}) {
  const fields = {
    app_id: 2553,
    app_user: "dvcqg",
    app_trans_id: `260302_${name}`,
    app_time: NOW.getTime(),
    amount: 800_000,
    description: "Thanh toán lệ phí cho hồ sơ 363815",
    item: "[]",
    embed_data: '{"redirecturl":"http://localhost:8081/thanh-toan/ket-qua/1"}',
    bank_code: "",
    callback_url: "http://localhost:8081/thanh-toan/ipn/zalopay",
    expire_duration_seconds: 900,
    ...change,
  };
  const { app_id, app_trans_id, app_user, amount, app_time, embed_data, item } = fields;
  return { ...fields, mac: mac(app_id, app_trans_id, app_user, amount, app_time, embed_data, item) };
}

async function open(name: string): Promise<string> {
  const answer = (await example.post("/zalopay/v2/create", order(name))).json<{ order_url: string }>();
  return new URL(answer.order_url).pathname;
}

async function query(name: string) {
  const body = { app_id: 2553, app_trans_id: `260302_${name}`, mac: mac(2553, `260302_${name}`, zalopay.key1) };
  return (await example.post("/zalopay/v2/query", body)).json();
}

async function refund(id: string, transaction: number, amount: number) {
  const fields = { app_id: 2553, m_refund_id: `260302_2553_${id}`, zp_trans_id: String(transaction), amount };
  const { app_id, zp_trans_id } = fields;
  const body = { ...fields, timestamp: 1, description: "hoàn", mac: mac(app_id, zp_trans_id, amount, "hoàn", 1) };
  return (await example.post("/zalopay/v2/refund", body)).json().sub_return_code;
}

const instruct = (body: object) => example.post("/control", body);

describe("ZaloPay", () => {
  test("signs as in the known example", () => {
    const fields = {
      app_id: 2553,
      app_trans_id: "200729_1234",
      app_user: "user1",
      amount: 50_000,
      app_time: 1_596_000_000_000,
      embed_data: "{}",
      item: "[]",
    };
    assert.equal(
      zalopayMac("DEMO_KEY1", signedText("create", fields)),
      "98afada28ac760130a8df4b3a0bd2f1f67cde1cccae3fefcd048de3f7345fb06",
    );
  });

  test("a payment goes from create to the payer, the redirect and the callback signed with key2 over its raw text", async () => {
    example.merchantSays = { status: 200, body: '{"return_code":1}' };
    const page = await open("A1");
    assert.match((await example.get(page)).body, /MÔI TRƯỜNG THỬ[\s\S]*363815[\s\S]*800\.000/);
    assert.deepEqual([(await query("A1")).return_code, (await query("A1")).is_processing], [3, false]);
    const paid = await example.fill(page, WALLET);
    const back = new URL(String(paid.headers.location)).searchParams;
    assert.equal(back.get("status"), "1");
    const names = ["appid", "apptransid", "pmcid", "bankcode", "amount", "discountamount", "status"];
    const text = names.map((name) => back.get(name)).join("|");
    assert.equal(back.get("checksum"), createHmac("sha256", zalopay.key2).update(text).digest("hex"));
    await example.sandbox.quiet();
    assert.equal(example.sent.length, 1);
    const body = JSON.parse(example.sent[0]?.body ?? "") as { data: string; mac: string };
    assert.equal(body.mac, createHmac("sha256", zalopay.key2).update(body.data).digest("hex"));
    const state = await query("A1");
    assert.deepEqual([state.return_code, state.amount], [1, 800_000]);
    assert.equal((JSON.parse(body.data) as { zp_trans_id: number }).zp_trans_id, state.zp_trans_id);
  });

  test("refuses a wrong mac, application, day, clock, amount and a reused id, each with its code", async () => {
    const codes: number[] = [];
    const ask = async (body: object) =>
      codes.push((await example.post("/zalopay/v2/create", body)).json().sub_return_code);
    await ask({ ...order("B1"), amount: 1_000 });
    await ask(order("B1", { app_id: 1 }));
    await ask(order("B1", { app_trans_id: "260301_B1" }));
    await ask(order("B1", { app_time: NOW.getTime() - 16 * 60_000 }));
    await ask(order("B1", { amount: 999 }));
    await ask(order("B1"));
    await ask(order("B1"));
    assert.deepEqual(codes, [-402, -401, -401, -54, -401, 1, -68]);
  });

  test("calls back for successes only, at most three times", async () => {
    example.merchantSays = { status: 200, body: '{"return_code":0}' };
    await example.fill(await open("C1"), { ...WALLET, phone: "0900000402" });
    await example.sandbox.quiet();
    assert.equal(example.sent.length, 0);
    assert.equal((await query("C1")).sub_return_code, -63);
    await example.fill(await open("C2"), WALLET);
    await example.sandbox.quiet();
    assert.equal(example.sent.length, 3);
  });

  test("never gives back more than was paid, and one refund id at most once", async () => {
    await example.fill(await open("D1"), WALLET);
    const { zp_trans_id } = await query("D1");
    const answers = [
      await refund("r1", zp_trans_id, 500_000),
      await refund("r1", zp_trans_id, 1_000),
      await refund("r2", zp_trans_id, 300_001),
      await refund("r3", zp_trans_id, 300_000),
      await refund("r4", 1, 1_000),
    ];
    assert.deepEqual(answers, [1, -68, -14, 1, -49]);
  });
});

describe("every wallet on a bad day", () => {
  test("takes the money late when told so, and then calls back", async () => {
    example.merchantSays = { status: 200, body: '{"return_code":1}' };
    await instruct({ standIn: "zalopay", behaviour: "settle-late", ms: 20 });
    await example.fill(await open("E1"), WALLET);
    assert.equal((await query("E1")).is_processing, true);
    assert.equal(example.sent.length, 0);
    for (let tries = 0; tries < 100 && example.sent.length === 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(example.sent.length, 1);
    assert.equal((await query("E1")).return_code, 1);
  });

  test("takes a payment back in its journal and without a callback; the panel can do the same", async () => {
    await example.fill(await open("F1"), WALLET);
    const reverse = { provider: "zalopay", order: "260302_F1" };
    assert.deepEqual((await example.post("/control/reverse", reverse)).json(), { reversed: true });
    const { payments } = (await example.get("/control")).json();
    assert.equal(payments[0].state, "reversed");
    assert.match((await example.get("/journal/zalopay")).body, /"kind":"reversed","order":"260302_F1","amount":800000/);
    assert.equal((await example.post("/control/reverse", { ...reverse, order: "x" })).statusCode, 404);
  });

  test("a reordered callback leaves after the next payment's", async () => {
    example.merchantSays = { status: 200, body: '{"return_code":1}' };
    await instruct({ standIn: "zalopay", behaviour: "callback-reordered", ms: 5_000 });
    await example.fill(await open("G1"), WALLET);
    await example.fill(await open("G2"), WALLET);
    await example.sandbox.quiet();
    const order = example.sent.map((one) => /260302_G\d/.exec(one.body ?? "")?.[0]);
    assert.deepEqual(order, ["260302_G2", "260302_G1"]);
  });

  test("goes on after its process was killed with all that it knew", async () => {
    example.merchantSays = { status: 500, body: "" };
    await example.fill(await open("H1"), WALLET);
    const page = await open("H2");
    await example.sandbox.quiet();
    await example.restart();
    assert.equal((await query("H1")).return_code, 1);
    assert.equal((await example.get(page)).statusCode, 200);
    assert.doesNotMatch((await example.get("/journal/zalopay")).body, /0900000101|000000"/);
  });
});

describe("VNPT Pay", () => {
  test("hashes as in the known example", () => {
    const fields = {
      LoaiBanTin: "INIT",
      PhienBan: "1.0.6",
      MaDoiTac: "DEMO",
      MaThamChieu: "dvcH5331200101260008120260101083000",
      SoTien: "50000",
      LoaiHinhThanhToan: "PAY",
      MaKenhThanhToan: "1",
      MaThietBi: "1",
      NgonNgu: "vi-VN",
      MaTienTe: "VND",
      MaNganHang: "PAYMENT",
      ThongTinGiaoDich: "Thanh toan le phi",
      ThoiGianGD: "20260101083000",
      Ip: "127.0.0.1",
    };
    assert.equal(
      platformMac("INIT", fields, "DEMO_SECRET"),
      "710f22ec2e9eb0e48078d136842eb32f59f5ced0f139cb7907f9c4178eb6a9f9",
    );
  });

  test("answers nobody without the token, and refuses a wrong hash", async () => {
    const body = { LoaiBanTin: "QUERY", PhienBan: "1.0.6", MaDoiTac: vnptPay.partner, MaThamChieu: "A0001" };
    assert.equal((await example.post("/vnpt-pay/api", body)).statusCode, 401);
    const headers = { authorization: `Bearer ${vnptPay.token}` };
    const ask = (MaXacThuc: string) =>
      example.ask({ method: "POST", url: "/vnpt-pay/api", headers, payload: { ...body, ThoiGianGD: "1", MaXacThuc } });
    assert.equal((await ask("0".repeat(64))).json().MaLoi, "97");
    const text = ["QUERY", "1.0.6", vnptPay.partner, "A0001", "1", vnptPay.secret].join("|");
    assert.equal((await ask(createHash("sha256").update(text).digest("hex"))).json().MaLoi, "02");
  });
});

describe("the bank", () => {
  const send = (body: object) => example.post("/bank/transfers", body);
  const statement = async (query: string, key: string = demoSecrets.vietqr.statementKey) =>
    example.ask({ url: `/bank/statement?account=123456789&${query}`, headers: { authorization: `Bearer ${key}` } });
  const lines = async (query: string) =>
    (await statement(query)).body
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; amount: number; content: string; direction: string });

  test("books transfers, tells the statement to who has the key, and goes on behind a line", async () => {
    assert.equal((await statement("", "wrong")).statusCode, 401);
    const transfer = { account: "123456789", amount: 8_000, content: "DVCABCDEFGHJK" };
    const { id } = (await send(transfer)).json<{ id: string }>();
    await send({ ...transfer, amount: 9_000 });
    await send({ ...transfer, account: "987654321" });
    const out = await send({ ...transfer, amount: 1_000, direction: "out" });
    assert.equal(out.statusCode, 201);
    assert.deepEqual(
      (await lines("")).map((line) => line.amount),
      [8_000, 9_000, 1_000],
    );
    assert.equal((await lines("")).at(-1)?.direction, "out");
    assert.deepEqual(
      (await lines(`since=${id}`)).map((line) => line.amount),
      [9_000, 1_000],
    );
    await example.restart();
    assert.equal((await lines("")).length, 3);
    assert.equal((await send({ ...transfer, amount: 0 })).statusCode, 422);
  });

  test("the payer's app says beside the entry what is wrong and keeps what was typed", async () => {
    const typed = { "tai-khoan": "123456789", "so-tien": "8.000", "noi-dung": "" };
    const wrong = await example.fill("/bank/chuyen-khoan", typed);
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /href="#noi-dung"[\s\S]*value="8\.000"/);
    const sent = await example.fill("/bank/chuyen-khoan", { ...typed, "noi-dung": "nộp lệ phí" });
    assert.equal(sent.statusCode, 303);
    assert.match((await example.get(String(sent.headers.location))).body, /Đã chuyển 8\.000/);
  });

  test("a statement can be down, and a transfer can be taken back by a booking the other way", async () => {
    await instruct({ standIn: "bank", behaviour: "down" });
    assert.equal((await statement("")).statusCode, 503);
    await instruct({ standIn: "bank", behaviour: "reversal", ms: 1 });
    await send({ account: "123456789", amount: 8_000, content: "x" });
    for (let tries = 0; tries < 100 && (await lines("")).length < 2; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.deepEqual(
      (await lines("")).map((line) => line.direction),
      ["in", "out"],
    );
  });
});
