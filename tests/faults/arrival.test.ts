/**
 * Messages of every provider in every order and at the same time, against a model (promises P1, P3, P4, P5). Runs against
 * the real room and the real database; how many runs: FAULTS_RUNS.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { type Database, openDatabase } from "#kit/db.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger } from "#national/ledger/index.ts";
import {
  answerPlatform,
  giveUpAttempt,
  readStatement,
  receiveCallback,
  startAttempt,
} from "#national/payments/index.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { initMessage, merchant } from "#tests/support/hub.ts";
import { CALLING, type Provider, PROVIDERS } from "./crash-table.ts";
import { count, SEED } from "./tally.ts";
import { startVoices, type Voices } from "./voices.ts";

/** Shared out among the providers. */
const RUNS = Math.ceil(Number(process.env["FAULTS_RUNS"] ?? 60) / PROVIDERS.length);

let place: TestDatabase;
let database: Database;
/** Of another process of the hub. */
let another: Database;
let voices: Voices;
before(async () => {
  place = await cloneDatabase("national");
  database = openDatabase({ url: place.appUrl, role: "test", max: 8 });
  another = openDatabase({ url: place.appUrl, role: "another", max: 8 });
  voices = await startVoices(database);
});
after(async () => {
  await voices.close();
  await another.close();
  await database.close();
  await place.drop();
});

let orders = 0;

async function newOrder(): Promise<string> {
  orders += 1;
  const { body } = await answerPlatform(voices.hub, merchant.token, initMessage(`dvcmodel${orders}`));
  return JSON.parse((body as { message: string }).message)
    .UrlThanhToan.split("/")
    .at(-1) as string;
}

const rows = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  withAdmin(place, async (client) => (await client.query<Row>(sql, values)).rows);

function start(orderId: string, attemptId: string, provider: Provider): Promise<unknown> {
  const { channel } = voices.of[provider];
  return startAttempt(voices.hub, { orderId, attemptId, channel, payerIp: "127.0.0.1", lang: "vi" });
}

interface Attempts {
  readonly order: string;
  /** Has failed or was given up, so that the second could begin. */
  readonly first: string;
  readonly second: string;
  readonly with: readonly [first: Provider, second: Provider];
}

/** A provider repeats its message until the order is known to us: it may come before our own answer to the payer. */
async function untilKnown(say: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if ((await say()) !== "unknown-order") return;
    await sleep(5);
  }
  assert.fail("the attempt never became known");
}

const says = (attempts: Attempts, which: 0 | 1, word: "succeeds" | "fails") =>
  voices.of[attempts.with[which]][word]?.(which === 0 ? attempts.first : attempts.second);

const EVENTS = {
  "first fails again": (attempts: Attempts) => says(attempts, 0, "fails"),
  "first succeeds late": (attempts: Attempts) => says(attempts, 0, "succeeds"),
  "first succeeds once more": (attempts: Attempts) => says(attempts, 0, "succeeds"),
  "second fails": (attempts: Attempts) => says(attempts, 1, "fails"),
  "second succeeds": (attempts: Attempts) => says(attempts, 1, "succeeds"),
  "second succeeds once more": (attempts: Attempts) => says(attempts, 1, "succeeds"),
} as const satisfies Record<string, (attempts: Attempts) => unknown>;
type Event = keyof typeof EVENTS;

/** The first attempt fails, in the provider's words if it has any; otherwise the payer gives it up. */
async function failFirst(attempts: Attempts): Promise<void> {
  const [provider] = attempts.with;
  const { fails } = voices.of[provider];
  if (fails) {
    // The failure may come before the provider has answered our opening of it.
    await Promise.all([start(attempts.order, attempts.first, provider), untilKnown(() => fails(attempts.first))]);
    return;
  }
  await start(attempts.order, attempts.first, provider);
  assert.equal(await giveUpAttempt(voices.hub, attempts.first), "free");
}

for (const provider of PROVIDERS) {
  test(`${provider} and any other: any messages of two attempts of one order, in any order and together, before our own answer too: the model's end`, {
    timeout: 120_000,
  }, async () => {
    const play = fc.record({
      other: fc.constantFrom(...PROVIDERS),
      comesFirst: fc.boolean(),
      events: fc.shuffledSubarray(Object.keys(EVENTS) as Event[], { minLength: 1 }),
      // Which of them come at the same moment as the one before.
      together: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(play, async ({ other, comesFirst, events, together }) => {
        const attempts: Attempts = {
          order: await newOrder(),
          first: newSecretId(),
          second: newSecretId(),
          with: comesFirst ? [provider, other] : [other, provider],
        };
        await failFirst(attempts);
        await start(attempts.order, attempts.second, attempts.with[1]);
        const running: unknown[] = [];
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
        const canFail = voices.of[attempts.with[1]].fails !== undefined;
        const second = has("second succeeds") ? "succeeded" : has("second fails") && canFail ? "failed" : "redirected";
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

  test(`${provider}: callback or statement, return and sweep with any delays between them give one outcome`, {
    timeout: 120_000,
  }, async () => {
    const delay = fc.integer({ min: 0, max: 8 });
    await fc.assert(
      fc.asyncProperty(delay, delay, delay, async (told, back, sweep) => {
        const orderId = await newOrder();
        const attemptId = newSecretId();
        await start(orderId, attemptId, provider);
        voices.hasPaid(provider, attemptId);
        await Promise.all([
          sleep(told).then(() => voices.of[provider].succeeds(attemptId)),
          sleep(back).then(() => voices.ask(attemptId, "return")),
          sleep(sweep).then(() => voices.ask(attemptId, "sweep")),
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
    count("races", RUNS);
  });
}

test("fifty times the same message at once, of each provider: one settlement, one booking, one word to the merchant", {
  timeout: 120_000,
}, async () => {
  for (const provider of PROVIDERS) {
    const orderId = await newOrder();
    const attemptId = newSecretId();
    await start(orderId, attemptId, provider);
    voices.hasPaid(provider, attemptId);
    // On two nodes: each has connections and batches of its own.
    const callback = voices.of[provider].callback?.(attemptId);
    const nodes = [voices.hub, { ...voices.hub, database: another }];
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const hub = nodes[n % 2] ?? voices.hub;
        return callback ? receiveCallback(hub, hub.providers.get(provider), callback) : readStatement(hub);
      }),
    );
    count("duplicates", 50);
    const end = await rows(
      `select (select count(*)::int from settlement where order_id = $1) as settled,
         (select count(*)::int from ledger_transaction t join settlement s on s.id = t.subject where s.order_id = $1) as booked,
         (select count(*)::int from job where key = $2 and queue = 'confirm-merchant') as told`,
      [orderId, orderId],
    );
    assert.deepEqual(end, [{ settled: 1, booked: 1, told: 1 }], provider);
  }
  assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
});

test("a provider that takes the order and breaks off: nothing is known, nobody can pay a second time meanwhile, and what it says later counts", {
  timeout: 120_000,
}, async () => {
  for (const provider of PROVIDERS) {
    const orderId = await newOrder();
    const [attemptId, second] = [newSecretId(), newSecretId()];
    const stateOf = async () =>
      (await rows<{ state: string }>("select state from payment_attempt where order_id = $1", [orderId])).map(
        (row) => row.state,
      );
    voices.silence(true);
    await start(orderId, attemptId, provider);
    await voices.ask(attemptId, "sweep");
    assert.deepEqual(await stateOf(), ["verifying"], provider);
    for (const other of PROVIDERS)
      assert.deepEqual(
        await start(orderId, second, other),
        { kind: "see-order", why: "busy" },
        `${provider}, ${other}`,
      );
    assert.equal(await giveUpAttempt(voices.hub, attemptId), "wait", provider);
    assert.deepEqual(await stateOf(), ["verifying"], provider);
    voices.silence(false);
    voices.hasPaid(provider, attemptId);
    await voices.ask(attemptId, "sweep");
    assert.deepEqual(await stateOf(), ["succeeded"], provider);
    assert.deepEqual(await start(orderId, second, provider), { kind: "see-order", why: "paid" });
    count("cut connections");
  }
});

test("a success that comes thirty days after the order's time still counts, with every provider", async () => {
  for (const provider of PROVIDERS) {
    const orderId = await newOrder();
    const attemptId = newSecretId();
    await start(orderId, attemptId, provider);
    assert.equal(await giveUpAttempt(voices.hub, attemptId), "free");
    const age = "created_at = created_at - interval '30 days', expires_at = expires_at - interval '30 days'";
    await rows(`update payment_attempt set ${age} where id = $1`, [attemptId]);
    await rows("update payment_order set expires_at = expires_at - interval '30 days' where id = $1", [orderId]);
    await voices.of[provider].succeeds(attemptId);
    const end = await rows(
      "select o.state, s.kept from payment_order o join settlement s on s.order_id = o.id where o.id = $1",
      [orderId],
    );
    assert.deepEqual(end, [{ state: "paid", kept: true }], provider);
  }
});

test("the database itself refuses a payment's second settlement, booking or kept success, whoever writes it", async () => {
  const orderId = await newOrder();
  const attemptId = newSecretId();
  await start(orderId, attemptId, "momo");
  await voices.of.momo.succeeds(attemptId);
  const copy = (change: string) =>
    rows(`insert into settlement (order_id, attempt_id, provider, provider_transaction, amount, kept)
      select ${change} from settlement s, payment_attempt a where s.order_id = '${orderId}' and a.state = 'failed' and a.id <> s.attempt_id limit 1`);
  for (const change of [
    "s.order_id, a.id, s.provider, s.provider_transaction, s.amount, false",
    "s.order_id, s.attempt_id, s.provider, '1', s.amount, false",
    "s.order_id, a.id, s.provider, '2', s.amount, true",
  ])
    await assert.rejects(copy(change), { code: "23505" }, change);
  await assert.rejects(
    rows(`insert into ledger_transaction (kind, subject) select t.kind, t.subject from ledger_transaction t
      join settlement s on s.id = t.subject where s.order_id = '${orderId}'`),
    { code: "23505" },
  );
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

type Fields = Record<string, string | number>;

/** Where a provider's callback has its fields, and how a changed one is put back. */
function partsOf(
  provider: Provider,
  attempt: string,
): { fields: Fields; input: (changed: Fields) => Parameters<typeof receiveCallback>[2] }[] {
  const callback = voices.of[provider].callback?.(attempt);
  assert.ok(callback);
  if (provider === "vnpay") {
    // What is no text never gets as far as the query's reader.
    const texts = (changed: Fields) =>
      Object.fromEntries(
        Object.entries(changed).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      );
    return [{ fields: { ...callback.query }, input: (changed) => ({ query: texts(changed), body: null }) }];
  }
  const body = callback.body as Fields;
  if (provider !== "zalopay") return [{ fields: body, input: (changed) => ({ query: {}, body: changed }) }];
  // The signature is over the text in `data`; the field beside it, `type`, is not signed and means nothing to us.
  const { data = "", mac = "" } = body;
  return [
    { fields: { data, mac }, input: (changed) => ({ query: {}, body: { ...body, ...changed } }) },
    {
      fields: JSON.parse(String(data)) as Fields,
      input: (changed) => ({ query: {}, body: { ...body, data: JSON.stringify(changed) } }),
    },
  ];
}

test("every field of a callback × every mutation, of each provider, changes nothing and is kept as evidence", {
  timeout: 120_000,
}, async () => {
  const evidence = async () => (await rows<{ n: number }>("select count(*)::int n from payment_evidence"))[0]?.n ?? 0;
  for (const provider of CALLING) {
    // A flood within one minute is kept by its beginning only; each provider is a minute of its own.
    await rows("update payment_evidence set received_at = received_at - interval '2 minutes'");
    const orderId = await newOrder();
    const attemptId = newSecretId();
    await start(orderId, attemptId, provider);
    const state = () => rows("select state, changed_at from payment_attempt where order_id = $1", [orderId]);
    const [earlier, kept] = [await state(), await evidence()];
    let forged = 0;
    for (const { fields, input } of partsOf(provider, attemptId)) {
      for (const [name, mutate] of Object.entries(MUTATIONS)) {
        for (const [field, value] of Object.entries(fields)) {
          const changed = { ...fields, [field]: mutate(value) } as Fields;
          if (JSON.stringify(changed) === JSON.stringify(fields)) continue;
          const heard = await receiveCallback(voices.hub, voices.hub.providers.get(provider), input(changed));
          assert.equal(heard, "untrusted", `${provider} ${field} ${name}`);
          forged += 1;
        }
      }
    }
    count("forged", forged);
    assert.deepEqual(await state(), earlier);
    assert.equal((await evidence()) - kept, forged);
  }
});
