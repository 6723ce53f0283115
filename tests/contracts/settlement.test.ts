/**
 * Money from the payer's wallet and bank card to refund and settlement file: our hub and workers against the sandbox's
 * stand-ins over HTTP, whose journals say what really happened.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { plainDateOf } from "#kit/calendar.ts";
import { systemClock } from "#kit/clock.ts";
import { type Config, loadConfig } from "#kit/config.ts";
import type { Database } from "#kit/db.ts";
import { demoOperators } from "#kit/demo.ts";
import { newSecretId } from "#kit/ids.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { checkLedger, listBalances } from "#national/ledger/index.ts";
import { seedOperators } from "#national/operators/index.ts";
import {
  answerPlatform,
  askProvider,
  getAttempt,
  hubFromConfig,
  type PaymentHub,
  startAttempt,
} from "#national/payments/index.ts";
import { answerDifference, fetchSettlementFiles, reconcileFile } from "#national/reconciliation/index.ts";
import { decideRefund, requestRefund, sendRefund } from "#national/refunds/index.ts";
import { createSandbox, type Sandbox } from "#sandbox/app.ts";
import { freeFamily } from "#tests/support/ports.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage } from "#tests/support/hub.ts";
import { fetchStatement } from "#protocols/vietqr/index.ts";
import { signInit } from "#protocols/payment-order/index.ts";

let sandbox: Sandbox;
let folder: string;
let config: Config;
let origin = "";

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "motcua-settlement-"));
  config = loadConfig({ PORT: String(await freeFamily()), MOTCUA_DATA: folder });
  origin = config.origins.sandbox ?? "";
  const log = createLog("sandbox");
  log.level = "silent";
  // No callback ever arrives: the hub asks.
  sandbox = await createSandbox({ config, log, callbackDelaysMs: [0], send: async () => ({ status: 500, body: "" }) });
  await sandbox.start();
  await sandbox.site.listen({ host: "localhost", port: Number(new URL(origin).port) });
});
after(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function press(url: string, fields: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(fields);
  const response = await fetch(url, { method: "POST", body, headers: { origin }, redirect: "manual" });
  return new URL(response.headers.get("location") ?? url, url).href;
}

const CARD = { name: "NGUYEN VAN A", number: "9704198526191432198", month: "07", year: "15" };

interface Scene {
  readonly hub: PaymentHub;
  readonly database: Database;
  readonly place: TestDatabase;
  readonly operators: readonly [string, string];
  /** Opens an order and pays it at the stand-in; the hub is not told. */
  pay(channel: "momo" | "vnpay-ncb"): Promise<string>;
  learn(attempt: string): Promise<string>;
  drain(): Promise<void>;
}

let serial = 0;

const scene = (work: (scene: Scene) => Promise<void>) =>
  withDatabase("national", async (database, place) => {
    const log = createLog("test");
    log.level = "silent";
    const hub = hubFromConfig(config, { database, clock: systemClock, log });
    await seedOperators(database, demoOperators, config.secrets.dataKeys.national);
    const rows = await withAdmin(
      place,
      async (client) => (await client.query("select id from operator order by username")).rows,
    );
    const known = config.secrets.merchants["tayninh"];
    assert.ok(known);
    const worker = createWorker({ database, log, handlers: { "send-refund": (job) => sendRefund(hub, job) } });
    await work({
      hub,
      database,
      place,
      operators: [rows[0].id, rows[1].id],
      async pay(channel) {
        serial += 1;
        const { MaXacThuc: _mac, ...message } = initMessage(`dvc3638152020072208${serial}`, {
          MaDoiTac: known.partner,
        });
        const { body } = await answerPlatform(hub, known.token, {
          ...message,
          MaXacThuc: signInit(message, known.secret),
        });
        const orderId = JSON.parse((body as { message: string }).message)
          .UrlThanhToan.split("/")
          .at(-1) as string;
        const attemptId = newSecretId();
        const answer = await startAttempt(hub, { orderId, attemptId, channel, payerIp: "127.0.0.1", lang: "vi" });
        assert.ok(answer.kind === "redirect");
        if (channel === "momo") {
          await press(answer.payUrl, { phone: "0900000101", password: "000000", otp: "000000", action: "pay" });
        } else {
          const page = await (await fetch(answer.payUrl)).text();
          const action = /action="([^"]+)"/.exec(page)?.[1] ?? "";
          const url = new URL(action || answer.payUrl, answer.payUrl).href;
          const otp = await press(url, { bank: "NCB", ...CARD, action: "pay" });
          await press(otp, { otp: "123456", action: "pay" });
        }
        return attemptId;
      },
      async learn(attempt) {
        const found = await getAttempt(hub, attempt);
        await askProvider(hub, found.attempt, "sweep");
        return (await getAttempt(hub, attempt)).attempt.hubTransaction;
      },
      async drain() {
        for (let round = 0; round < 20; round += 1) {
          await withAdmin(place, (client) =>
            client.query(
              "update job set run_at = now() - interval '1 second', leased_until = null where done_at is null and queue = 'send-refund'",
            ),
          );
          if ((await worker.drain()) === 0) return;
        }
      },
    });
  });

const journal = async (name: string) =>
  (await (await fetch(`${origin}/journal/${name}`)).text())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind: string; amount?: number; orderId?: string; requestId?: string });

for (const [provider, channel] of [
  ["momo", "momo"],
  ["vnpay", "vnpay-ncb"],
] as const) {
  test(`${provider}: a refund whose answer is lost is one refund in the wallet's journal, and the next part still works`, () =>
    scene(async ({ database, operators, pay, learn, drain }) => {
      const [first, second] = operators;
      const days = new Set([plainDateOf(new Date())]);
      const hubTransaction = await learn(await pay(channel));
      const told = await fetch(`${origin}/control`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ standIn: provider, behaviour: "cut", times: 1 }),
      });
      assert.equal(told.status, 201);
      const refunds: string[] = [];
      for (const amount of [5_000, 2_000]) {
        const id = newSecretId();
        refunds.push(id.replaceAll("-", ""));
        assert.deepEqual(
          await requestRefund(database, { id, hubTransaction, amount, reason: "Công văn 12", operatorId: first }),
          { ok: true },
        );
        assert.equal(await decideRefund(database, { refundId: id, approve: true, operatorId: second }), "approved");
        await drain();
      }
      const given = (await journal(provider)).filter(
        (event) => event.kind === "refunded" && refunds.includes(event.requestId ?? ""),
      );
      assert.deepEqual(
        given.map((event) => event.amount),
        [5_000, 2_000],
      );
      const balances = Object.fromEntries(
        (await listBalances(database)).map(({ account, balance }) => [account, balance]),
      );
      days.add(plainDateOf(new Date()));
      const files = await Promise.all(
        [...days].map(async (day) => (await fetch(`${origin}/settlement/${provider}/${day}.csv`)).text()),
      );
      // Midnight may have passed since the first of them; a header stands at the head only.
      const text = files.map((file, n) => (n === 0 ? file : file.slice(file.indexOf("\n") + 1))).join("");
      for (const name of refunds)
        assert.match(text, new RegExp(`,${name},.*,refund,success,`), "the file has the refund");
      const { differences } = await reconcileFile(database, {
        provider,
        name: "file.csv",
        source: "command",
        open: async function* () {
          yield Buffer.from(text);
        },
      });
      const ofRefunds = differences.filter(({ reference }) => refunds.includes(reference));
      assert.deepEqual(ofRefunds, [], "and our books have the same");
      assert.equal(balances[`clearing:${provider}`], 1_000);
      assert.equal(balances["refunds-payable"], 0);
      assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
    }));
}

test("the settlement file says what the journals hold; a success that we missed is settled after asking, and then it agrees", () =>
  scene(async ({ hub, database, place, operators, pay, learn }) => {
    await learn(await pay("momo"));
    const missed = await pay("momo");
    const today = plainDateOf(new Date());
    const text = await (await fetch(`${origin}/settlement/momo/${today}.csv`)).text();
    const captured = (await journal("momo")).filter((event) => event.kind === "captured").map((event) => event.orderId);
    const lines = text.trim().split("\n").slice(1);
    const payments = lines.filter((line) => line.includes(",payment,"));
    assert.deepEqual(payments.map((line) => line.split(",")[1]).sort(), captured.sort());
    // Only this test's payments are in this database: the other lines are another hub's.
    const own = await withAdmin(place, async (client) =>
      (await client.query("select provider_order from payment_attempt")).rows.map((row) => row.provider_order),
    );
    const file = `${text.split("\n")[0]}\n${lines.filter((line) => own.includes(line.split(",")[1])).join("\n")}\n`;
    const run = () =>
      reconcileFile(database, {
        provider: "momo",
        name: "momo.csv",
        day: today,
        source: "command",
        open: async function* () {
          yield new TextEncoder().encode(file);
        },
      });
    const before = await run();
    assert.deepEqual(
      before.differences.map(({ kind, reference }) => [kind, reference]),
      [["status", missed.replaceAll("-", "")]],
    );
    const [row] = await withAdmin(
      place,
      async (client) => (await client.query("select id from reconciliation_difference")).rows,
    );
    const answer = (action: "ask" | "book" | "explain", note = "") =>
      answerDifference(hub, { id: row.id, action, note, operatorId: operators[0] });
    assert.equal(await answer("book"), "no-note");
    assert.equal(await answer("ask"), "settled");
    assert.equal(await answer("explain", "x"), "already");
    assert.deepEqual((await run()).differences, []);
    const clearing = (await listBalances(database)).find((one) => one.account === "clearing:momo");
    assert.equal(clearing?.balance, 0, "both captures are paid out");
  }));

test("files of past days are fetched once each, and what was collected arrives on the payee's account once", () =>
  scene(async ({ hub, database, place }) => {
    const bank = { url: `${origin}/bank/transfers`, key: config.secrets.vietqr?.statementKey ?? "" };
    const deps = {
      database,
      clock: systemClock,
      log: hub.log,
      providers: ["momo", "vnpay", "zalopay", "vnpt-pay", "vietqr"],
      url: config.services.settlement?.url,
      bank,
    };
    const through = "2026-03-10";
    await withAdmin(place, (client) =>
      client.query(
        "insert into remittance (merchant, payee_account, payee_name, amount, through) values ('DVCQG_TAYNINH', '9990005300001', 'KHO BAC', 8000, $1)",
        [through],
      ),
    );
    await fetchSettlementFiles(deps);
    // As after a crash between the bank's answer and our note of it.
    await withAdmin(place, (client) => client.query("delete from remittance_order"));
    await fetchSettlementFiles(deps);
    const feed = { url: `${origin}/bank/statement`, key: bank.key, account: "9990005300001" };
    const arrived = await fetchStatement(feed, { limit: 10 });
    assert.equal(arrived.length, 1, "ordered twice, paid once");
    assert.match(arrived[0]?.content ?? "", /^DVCQG_TAYNINH RMT[0-9A-F]{10} THU DEN 20260310$/);
    const [row] = await withAdmin(
      place,
      async (client) =>
        (await client.query("select count(*)::int n from reconciliation_import where compared_at is not null")).rows,
    );
    assert.equal(row.n, 35);
  }));
