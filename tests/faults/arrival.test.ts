/**
 * Messages in every order and at the same time, against a model (promises P3, P4, P5). Runs against the real room and the
 * real database; how many runs: FAULTS_RUNS.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { systemClock } from "#kit/clock.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger } from "#national/ledger/index.ts";
import {
  answerPlatform,
  askProvider,
  type PaymentHub,
  receiveCallback,
  startAttempt,
} from "#national/payments/index.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, momoIpn, type StandIn, startStandIn, vnpayIpn } from "#tests/support/hub.ts";
import { count } from "./tally.ts";

const RUNS = Number(process.env["FAULTS_RUNS"] ?? 60);
const SEED = Number(process.env["FAULTS_SEED"] ?? Date.now() % 1_000_000);

let standIn: StandIn;
let place: TestDatabase;
let database: Database;
let hub: PaymentHub;
before(async () => {
  standIn = await startStandIn();
  place = await cloneDatabase("national");
  database = openDatabase({ url: place.appUrl, role: "test", max: 8 });
  hub = makeHub(database, standIn, systemClock);
  hub.log.level = "silent";
});
after(async () => {
  await database.close();
  await place.drop();
  await standIn.close();
});

let orders = 0;

async function newOrder(): Promise<string> {
  orders += 1;
  const { body } = await answerPlatform(hub, merchant.token, initMessage(`dvcmodel${orders}`));
  return JSON.parse((body as { message: string }).message)
    .UrlThanhToan.split("/")
    .at(-1) as string;
}

const bare = (id: string) => id.replaceAll("-", "");
const rows = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  withAdmin(place, async (client) => (await client.query<Row>(sql, values)).rows);

interface Attempts {
  readonly order: string;
  /** At the wallet; has failed, so that the second could begin. */
  readonly first: string;
  readonly second: string;
  readonly transaction: number;
}

/** A provider repeats its message until the order is known to us: it may come before our own answer to the payer. */
async function untilKnown(say: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await say()) !== "unknown-order") return;
    await sleep(5);
  }
  assert.fail("the attempt never became known");
}

const momo = (attempt: string, resultCode: number, transId: number) =>
  receiveCallback(hub, hub.providers.get("momo"), { query: {}, body: momoIpn(bare(attempt), { resultCode, transId }) });
const vnpay = (attempt: string, code: string, transaction: number) => {
  const change = {
    vnp_ResponseCode: code,
    vnp_TransactionStatus: code === "00" ? "00" : "02",
    vnp_TransactionNo: String(transaction),
  };
  return receiveCallback(hub, hub.providers.get("vnpay"), { query: vnpayIpn(bare(attempt), change), body: null });
};

const EVENTS = {
  "first fails again": ({ first }: Attempts) => momo(first, 1006, 0),
  "first succeeds late": ({ first, transaction }: Attempts) => momo(first, 0, transaction),
  "first succeeds once more": ({ first, transaction }: Attempts) => momo(first, 0, transaction),
  "second fails": ({ second }: Attempts) => vnpay(second, "51", 0),
  "second succeeds": ({ second, transaction }: Attempts) => vnpay(second, "00", transaction + 1),
  "second succeeds once more": ({ second, transaction }: Attempts) => vnpay(second, "00", transaction + 1),
} as const satisfies Record<string, (attempts: Attempts) => Promise<unknown>>;
type Event = keyof typeof EVENTS;

test("any messages of two attempts of one order, in any order and together, before our own answer too: the model's end", {
  timeout: 120_000,
}, async () => {
  const play = fc.record({
    events: fc.shuffledSubarray(Object.keys(EVENTS) as Event[], { minLength: 1 }),
    // Which of them come at the same moment as the one before.
    together: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(play, async ({ events, together }) => {
      const attempts: Attempts = {
        order: await newOrder(),
        first: newSecretId(),
        second: newSecretId(),
        transaction: orders * 10,
      };
      const start = (attemptId: string, channel: string) =>
        startAttempt(hub, { orderId: attempts.order, attemptId, channel, payerIp: "127.0.0.1", lang: "vi" });
      // The first one's failure may come before the wallet has answered our opening of it.
      await Promise.all([start(attempts.first, "momo"), untilKnown(() => momo(attempts.first, 1006, 0))]);
      await start(attempts.second, "vnpay-ncb");
      const running: Promise<unknown>[] = [];
      for (const [index, event] of events.entries()) {
        if (!together[index]) await Promise.all(running.splice(0));
        running.push(EVENTS[event](attempts));
      }
      await Promise.all(running);
      const has = (word: string) => events.some((event) => event.startsWith(word));
      const successes = Number(has("first succeeds")) + Number(has("second succeeds"));
      const [end] = await rows(
        `select (select state from payment_order where id = $1) as order,
           (select state from payment_attempt where id = $2) as first, (select state from payment_attempt where id = $3) as second,
           (select count(*)::int from settlement where order_id = $1) as settled,
           (select count(*)::int from settlement where order_id = $1 and kept) as kept,
           (select count(*)::int from refund_due r join settlement s on s.id = r.settlement_id where s.order_id = $1) as returned`,
        [attempts.order, attempts.first, attempts.second],
      );
      const second = has("second succeeds") ? "succeeded" : has("second fails") ? "failed" : "redirected";
      const kept = Math.min(successes, 1);
      assert.deepEqual(end, {
        order: kept ? "paid" : "open",
        first: has("first succeeds") ? "succeeded" : "failed",
        second,
        settled: successes,
        kept,
        returned: successes - kept,
      });
    }),
    { numRuns: RUNS, seed: SEED },
  );
  count("races", RUNS);
  assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
});

test("callback, return and sweep with any delays between them give one outcome", { timeout: 120_000 }, async () => {
  const earlier = (await rows<{ n: number }>("select count(*)::int n from settlement"))[0]?.n ?? 0;
  const delay = fc.integer({ min: 0, max: 8 });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(delay, delay, delay, async (callback, back, sweep) => {
      runs += 1;
      const orderId = await newOrder();
      const attemptId = newSecretId();
      await startAttempt(hub, { orderId, attemptId, channel: "momo", payerIp: "127.0.0.1", lang: "vi" });
      const transId = 900_000_000 + orders;
      standIn.momo = { resultCode: 0, amount: 8_000, transId, create: 0 };
      const attempt = {
        id: attemptId,
        orderId,
        provider: "momo",
        providerOrder: bare(attemptId),
        amount: 8_000,
        state: "redirected",
      } as const;
      const ask = async (source: "return" | "sweep", ms: number) => {
        await sleep(ms);
        const now = new Date();
        await askProvider(
          hub,
          { ...attempt, askCount: 0, createdAt: now, expiresAt: now, changedAt: now } as never,
          source,
        );
      };
      await Promise.all([
        sleep(callback).then(() => momo(attemptId, 0, transId)),
        ask("return", back),
        ask("sweep", sweep),
      ]);
      const end = await rows(
        `select a.state, s.kept, (select count(*)::int from job where key = $2 and queue = 'confirm-merchant') as told
         from payment_attempt a left join settlement s on s.attempt_id = a.id where a.id = $1`,
        [attemptId, orderId],
      );
      assert.deepEqual(end, [{ state: "succeeded", kept: true, told: 1 }]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  count("races", runs);
  const settled = (await rows<{ n: number }>("select count(*)::int n from settlement"))[0]?.n ?? 0;
  assert.equal(settled - earlier, runs);
});

const MUTATIONS: Readonly<Record<string, (value: string | number) => unknown>> = {
  changed: (value) => (typeof value === "number" ? value + 1 : `${value}0`),
  negative: (value) => (typeof value === "number" ? -value - 1 : `-${value}`),
  emptied: (value) => (typeof value === "number" ? Number.NaN : value === "" ? "x" : ""),
  removed: () => undefined,
  null: () => null,
  "another type": (value) => (typeof value === "number" ? `${value}x` : [value]),
  "with a space": (value) => `${value} `,
  shortened: (value) => (String(value).length > 1 ? String(value).slice(0, -1) : `${value}1`),
};

test("every field of a callback × every mutation, of either provider, changes nothing and is kept as evidence", {
  timeout: 120_000,
}, async () => {
  const orderId = await newOrder();
  const attemptId = newSecretId();
  await startAttempt(hub, { orderId, attemptId, channel: "momo", payerIp: "127.0.0.1", lang: "vi" });
  const state = () => rows("select state, changed_at from payment_attempt where order_id = $1", [orderId]);
  const evidence = async () => (await rows<{ n: number }>("select count(*)::int n from payment_evidence"))[0]?.n ?? 0;
  const [earlier, kept] = [await state(), await evidence()];
  let forged = 0;
  const ipn = momoIpn(bare(attemptId));
  const query = vnpayIpn(bare(attemptId));
  for (const [name, mutate] of Object.entries(MUTATIONS)) {
    for (const [field, value] of Object.entries(ipn)) {
      const body = { ...ipn, [field]: mutate(value) };
      if (JSON.stringify(body) === JSON.stringify(ipn)) continue;
      assert.equal(
        await receiveCallback(hub, hub.providers.get("momo"), { query: {}, body }),
        "untrusted",
        `momo ${field} ${name}`,
      );
      forged += 1;
    }
    for (const [field, value] of Object.entries(query)) {
      // What is no text never gets as far as the query's reader.
      const changed = mutate(value);
      const { [field]: _left, ...rest } = query;
      const input = { query: typeof changed === "string" ? { ...rest, [field]: changed } : rest, body: null };
      assert.equal(
        await receiveCallback(hub, hub.providers.get("vnpay"), input),
        "untrusted",
        `vnpay ${field} ${name}`,
      );
      forged += 1;
    }
  }
  count("forged", forged);
  assert.deepEqual(await state(), earlier);
  assert.equal((await evidence()) - kept, forged);
});
