import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger } from "#national/ledger/index.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, momoIpn, type StandIn, startStandIn } from "#tests/support/hub.ts";
import { answerPlatform } from "./answer-platform.ts";
import { askProvider } from "./ask-provider.ts";
import { awaitResult } from "./await-result.ts";
import { giveUpAttempt } from "./give-up-attempt.ts";
import type { PaymentHub } from "./payment.ts";
import { sweepPayments } from "./payment-jobs.ts";
import { findAttempt } from "./payment-store.ts";
import { receiveCallback } from "./receive-callback.ts";
import { startAttempt } from "./start-attempt.ts";

let standIn: StandIn;
before(async () => {
  standIn = await startStandIn();
});
after(() => standIn.close());

let orders = 0;

/** A new order with one attempt that stands at the wallet. */
async function newAttempt(hub: PaymentHub): Promise<string> {
  orders += 1;
  const { body } = await answerPlatform(hub, merchant.token, initMessage(`dvcarrival${orders}`));
  const orderId = JSON.parse((body as { message: string }).message)
    .UrlThanhToan.split("/")
    .at(-1) as string;
  const attemptId = newSecretId();
  await startAttempt(hub, { orderId, attemptId, channel: "momo", payerIp: "127.0.0.1", lang: "vi" });
  return attemptId;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

test("whatever the order in which failure, success, a repeated success, giving up and time running out arrive, it was paid once", () =>
  withDatabase("national", async (database, place) => {
    const hub = makeHub(database, standIn, systemClock);
    const provider = hub.providers.get("momo");
    type Step = (attempt: string, transaction: number) => Promise<unknown>;
    const callback = (attempt: string, resultCode: number, transId: number) =>
      receiveCallback(hub, provider, {
        query: {},
        body: momoIpn(attempt.replaceAll("-", ""), { resultCode, transId }),
      });
    const steps: Record<string, Step> = {
      failure: (attempt) => callback(attempt, 1006, 0),
      success: (attempt, transaction) => callback(attempt, 0, transaction),
      repeated: (attempt, transaction) => callback(attempt, 0, transaction),
      "given up": async (attempt) => {
        standIn.momo = { resultCode: 1000, amount: 8_000, transId: 1, create: 0 };
        await giveUpAttempt(hub, attempt);
      },
      "time over": async (attempt) => {
        standIn.momo = { resultCode: 1000, amount: 8_000, transId: 1, create: 0 };
        const found = await findAttempt(database, attempt);
        assert.ok(found);
        await askProvider(hub, { ...found, expiresAt: new Date(0) }, "sweep");
      },
    };
    let transaction = 1_000;
    for (const sequence of permutations(Object.keys(steps))) {
      const attempt = await newAttempt(hub);
      transaction += 1;
      for (const name of sequence) await steps[name]?.(attempt, transaction);
      assert.equal((await findAttempt(database, attempt))?.state, "succeeded", sequence.join(" → "));
    }
    const count = async (sql: string) =>
      withAdmin(place, async (client) => Number((await client.query<{ n: string }>(sql)).rows[0]?.n));
    assert.equal(await count("select count(*) n from settlement where kept"), 120);
    assert.equal(await count("select count(*) n from refund_due"), 0);
    assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
  }));

test("callback, the payer's return and the sweep at the same moment give one outcome", () =>
  withDatabase("national", async (database, place) => {
    const hub = makeHub(database, standIn, systemClock);
    for (let round = 1; round <= 20; round += 1) {
      standIn.momo = { resultCode: 1000, amount: 8_000, transId: round, create: 0 };
      const attempt = await newAttempt(hub);
      await withAdmin(place, (client) =>
        client.query("update payment_attempt set next_ask_at = now() where id = $1", [attempt]),
      );
      standIn.momo = { resultCode: 0, amount: 8_000, transId: round, create: 0 };
      const body = momoIpn(attempt.replaceAll("-", ""), { transId: round });
      const [seen] = await Promise.all([
        awaitResult(hub, attempt),
        receiveCallback(hub, hub.providers.get("momo"), { query: {}, body }),
        sweepPayments(hub),
      ]);
      assert.equal(seen?.state, "succeeded");
    }
    const { rows } = await withAdmin(place, (client) =>
      client.query(
        "select (select count(*)::int from settlement) as settlements, (select count(*)::int from job where queue = 'confirm-merchant') as words",
      ),
    );
    assert.deepEqual(rows, [{ settlements: 20, words: 20 }]);
  }));
