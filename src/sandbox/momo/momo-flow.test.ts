import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  createMomo,
  momoOrder,
  momoSigned,
  queryMomo,
  type SandboxExample,
  sandboxExample,
  WALLET,
} from "../sandbox-example.ts";

let example: SandboxExample;
beforeEach(async () => {
  example = await sandboxExample();
});
afterEach(() => example.end());

describe("the wallet", () => {
  test("a payment goes from create to the payer, the redirect and the IPN, all signed with the same result", async () => {
    const page = await createMomo(example, "A1");
    assert.match((await example.get(page)).body, /MÔI TRƯỜNG THỬ[\s\S]*363815[\s\S]*800\.000/);
    assert.equal((await queryMomo(example, "A1")).resultCode, 1000);
    const paid = await example.fill(page, WALLET);
    assert.equal(paid.statusCode, 303);
    const back = new URL(String(paid.headers.location));
    assert.equal(back.origin, "http://localhost:8081");
    assert.equal(back.searchParams.get("resultCode"), "0");
    await example.sandbox.quiet();
    assert.equal(example.sent.length, 1);
    const ipn = JSON.parse(example.sent[0]?.body ?? "") as Record<string, string | number>;
    const names =
      "accessKey amount extraData message orderId orderInfo orderType partnerCode payType requestId responseTime resultCode transId";
    assert.equal(ipn.signature, momoSigned(names, ipn).signature);
    assert.equal(ipn.transId, Number(back.searchParams.get("transId")));
    const state = await queryMomo(example, "A1");
    assert.deepEqual([state.resultCode, state.amount, state.transId], [0, 800_000, ipn.transId]);
  });

  test("refuses a wrong signature, merchant, amount, a reused requestId or orderId, each with MoMo's code", async () => {
    const codes: number[] = [];
    const ask = async (body: object) =>
      codes.push((await example.post("/v2/gateway/api/create", body)).json().resultCode);
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
      const page = await createMomo(example, order);
      const statuses: number[] = [];
      for (const values of tries) statuses.push((await example.fill(page, values)).statusCode);
      return [...statuses, (await queryMomo(example, order)).resultCode as number];
    };
    assert.deepEqual(await outcome("C1", { ...WALLET, phone: "0900000402" }), [303, 1001]);
    assert.deepEqual(await outcome("C2", { ...WALLET, otp: "111111" }, WALLET), [422, 303, 0]);
    const wrong = { ...WALLET, otp: "111111" };
    assert.deepEqual(await outcome("C3", wrong, wrong, wrong, WALLET), [422, 422, 303, 303, 4100]);
    assert.deepEqual(await outcome("C4", { action: "cancel" }, WALLET), [303, 303, 1006]);
    assert.deepEqual(await outcome("C5", { ...WALLET, phone: "0900000405" }), [303, 7000]);
    assert.deepEqual(await outcome("C8", { ...WALLET, phone: "0900000406" }), [303, 1007], "a locked one");
    assert.deepEqual(await outcome("C9", { ...WALLET, phone: "0900000407" }), [303, 7000], "one that pays late");
    assert.deepEqual(await outcome("C10", { ...WALLET, phone: "0900000408" }), [303, 0], "one that takes it back");
    assert.deepEqual(await outcome("C6", { ...WALLET, phone: "0123456789" }), [422, 1000]);
    assert.match(
      (await example.fill(await createMomo(example, "C7"), { ...WALLET, password: "x" })).body,
      /Mật khẩu ví không đúng/,
    );
  });

  test("never gives back more than was paid, and one refund request at most once", async () => {
    await example.fill(await createMomo(example, "D1"), WALLET);
    const transId = (await queryMomo(example, "D1")).transId as number;
    const refund = async (orderId: string, requestId: string, amount: number) => {
      const fields = { partnerCode: "MOMO", orderId, requestId, amount, transId, description: "hoàn" };
      const names = "accessKey amount description orderId partnerCode requestId transId";
      return (await example.post("/momo/v2/gateway/api/refund", { ...momoSigned(names, fields), lang: "vi" })).json()
        .resultCode;
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
    assert.equal((await queryMomo(example, "D1")).refundTrans.length, 2);
  });
});

describe("callbacks on a bad day", () => {
  const order = (body: object) => example.post("/control", body);

  test("are tried again until the merchant accepts, and at most as often as the schedule says", async () => {
    example.merchantSays = { status: 500, body: "" };
    await example.fill(await createMomo(example, "E1"), WALLET);
    await example.sandbox.quiet();
    assert.equal(example.sent.length, 3);
  });

  test("are dropped, duplicated, forged or carry another amount when the control panel says so", async () => {
    const bodies = async (orderId: string) => {
      example.sent = [];
      await example.fill(await createMomo(example, orderId), WALLET);
      await example.sandbox.quiet();
      return example.sent.map((one) => JSON.parse(one.body ?? "") as Record<string, unknown>);
    };
    await order({ standIn: "momo", behaviour: "callback-dropped" });
    assert.equal((await bodies("F1")).length, 0);
    await order({ standIn: "momo", behaviour: "callback-duplicated", times: 5 });
    assert.equal(new Set((await bodies("F2")).map((body) => JSON.stringify(body))).size, 1);
    assert.equal(example.sent.length, 5);
    await order({ standIn: "momo", behaviour: "callback-other-amount", thenTrue: true });
    assert.deepEqual(
      (await bodies("F3")).map((body) => body.amount),
      [801_000, 800_000],
    );
    await order({ standIn: "momo", behaviour: "callback-forged" });
    const [forged] = await bodies("F4");
    assert.equal(forged?.resultCode, 0);
    assert.equal((await bodies("F5")).length, 1, "one order of the panel bites once");
  });

  test("a provider that is down changes nothing; one that is cut off has taken the order", async () => {
    await order({ standIn: "momo", behaviour: "down" });
    assert.equal((await example.post("/momo/v2/gateway/api/create", momoOrder("G1"))).statusCode, 503);
    assert.equal((await queryMomo(example, "G1")).resultCode, 42);
    await order({ standIn: "momo", behaviour: "cut" });
    await assert.rejects(example.post("/momo/v2/gateway/api/create", momoOrder("G2")));
    assert.equal((await queryMomo(example, "G2")).resultCode, 1000);
  });

  test("a decline ordered for the next payment comes with its code", async () => {
    await order({ standIn: "momo", behaviour: "decline", code: "1004" });
    await example.fill(await createMomo(example, "H1"), WALLET);
    assert.equal((await queryMomo(example, "H1")).resultCode, 1004);
  });
});
