import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger } from "#national/ledger/index.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, type StandIn, startStandIn } from "#tests/support/hub.ts";
import { answerPlatform } from "./answer-platform.ts";
import type { SettleInput } from "./payment-store.ts";
import { settleTogether } from "./settle-together.ts";
import { startAttempt } from "./start-attempt.ts";

let standIn: StandIn;
before(async () => {
  standIn = await startStandIn();
});
after(() => standIn.close());

const COUNT = 150;
const WHOLE = { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 };

/** Captures of so many orders, each with its attempt, not yet settled. */
async function makeCaptures(database: Database): Promise<SettleInput[]> {
  const hub = makeHub(database, standIn, systemClock);
  return await Promise.all(
    Array.from({ length: COUNT }, async (_, n): Promise<SettleInput> => {
      const { body } = await answerPlatform(hub, merchant.token, initMessage(`dvctogether${n}`));
      const orderId = JSON.parse((body as { message: string }).message)
        .UrlThanhToan.split("/")
        .at(-1) as string;
      const attemptId = newSecretId();
      await startAttempt(hub, { orderId, attemptId, channel: "vnpay-ncb", payerIp: "127.0.0.1", lang: "vi" });
      const providerOrder = attemptId.replaceAll("-", "");
      const transaction = `t${n}`;
      return {
        provider: "vnpay",
        providerOrder,
        outcome: "captured",
        amount: 8_000,
        transaction,
        source: "callback",
        raw: "",
      };
    }),
  );
}

const count = (place: TestDatabase, sql: string) =>
  withAdmin(place, async (client) => Number((await client.query<{ n: string }>(sql)).rows[0]?.n));

test("reports that come together are settled in few transactions, each of them once, repeated ones too", () =>
  withDatabase("national", async (database, place) => {
    const captures = await makeCaptures(database);
    const answers = await Promise.all([...captures, ...captures].map((input) => settleTogether(database, input)));
    const verdicts = answers.map((answer) => answer.verdict);
    const times = (verdict: string) => verdicts.filter((one) => one === verdict).length;
    assert.deepEqual([times("settled"), times("already")], [COUNT, COUNT]);
    assert.equal(await count(place, "select count(*) n from settlement where kept"), COUNT);
    const commits = await count(place, "select count(distinct settled_at) n from settlement");
    assert.ok(commits <= COUNT / 10, `${commits} transactions for ${COUNT} settlements`);
    assert.deepEqual(await checkLedger(database), WHOLE);
  }));

test("a report that the database refuses fails alone, and hears why", () =>
  withDatabase("national", async (database, place) => {
    const captures = await makeCaptures(database);
    await withAdmin(place, (client) =>
      client.query(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$;
        create trigger refuse before insert on settlement for each row when (new.provider_transaction = 't40') execute function refuse()`),
    );
    const answers = await Promise.allSettled(captures.map((input) => settleTogether(database, input)));
    const failed = answers.filter((answer) => answer.status === "rejected");
    assert.equal(failed.length, 1);
    assert.match(String(failed[0]?.reason), /not this one/);
    assert.equal(await count(place, "select count(*) n from settlement"), COUNT - 1);
    assert.deepEqual(await checkLedger(database), WHOLE);
  }));

test("a transaction that fails at its COMMIT has told nobody that it was settled, and its good rows are settled alone", () =>
  withDatabase("national", async (database, place) => {
    const captures = await makeCaptures(database);
    // Like the ledger's own balance check: found only when everything is written.
    await withAdmin(place, (client) =>
      client.query(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$;
        create constraint trigger refuse after insert on settlement deferrable initially deferred
          for each row when (new.provider_transaction = 't40') execute function refuse()`),
    );
    const answers = await Promise.allSettled(captures.map((input) => settleTogether(database, input)));
    const settled = answers.filter((answer) => answer.status === "fulfilled" && answer.value.verdict === "settled");
    const failed = answers.filter((answer) => answer.status === "rejected");
    assert.deepEqual([settled.length, failed.length], [COUNT - 1, 1]);
    assert.equal(await count(place, "select count(*) n from settlement"), COUNT - 1);
    assert.deepEqual(await checkLedger(database), WHOLE);
  }));
