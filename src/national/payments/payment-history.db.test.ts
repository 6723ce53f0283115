import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, momoIpn, startStandIn, vnpayIpn } from "#tests/support/hub.ts";
import { answerPlatform } from "./answer-platform.ts";
import { findHistoryBreaks } from "./payment-store.ts";
import { receiveCallback } from "./receive-callback.ts";
import { startAttempt } from "./start-attempt.ts";

test("a row of an order's history that was changed, removed, put in or cut off at the end is found, and by its place", () =>
  withDatabase("national", async (database, place) => {
    const standIn = await startStandIn();
    const hub = makeHub(database, standIn, systemClock);
    hub.log.level = "silent";
    const { body } = await answerPlatform(hub, merchant.token, initMessage("dvcchain1"));
    const orderId = JSON.parse((body as { message: string }).message)
      .UrlThanhToan.split("/")
      .at(-1) as string;
    const start = async (channel: string): Promise<string> => {
      const attemptId = newSecretId();
      await startAttempt(hub, { orderId, attemptId, channel, payerIp: "127.0.0.1", lang: "vi" });
      return attemptId.replaceAll("-", "");
    };
    const first = await start("momo");
    const hear = (provider: "momo" | "vnpay", query: Record<string, string>, said: unknown) =>
      receiveCallback(hub, hub.providers.get(provider), { query, body: said });
    await hear("momo", {}, momoIpn(first, { resultCode: 1006, transId: 0 }));
    const second = await start("vnpay-ncb");
    // Both at once: they must not take the same place.
    await Promise.all([
      hear("vnpay", vnpayIpn(second), null),
      hear("momo", {}, momoIpn(first, { resultCode: 0, transId: 7 })),
    ]);
    await standIn.close();

    const breaks = () => findHistoryBreaks(database, [orderId]);
    assert.deepEqual(await breaks(), []);
    /** Done by whoever owns the database, looked at, and taken back. */
    const tampered = (sql: string) =>
      withAdmin(place, async (client) => {
        await client.query("begin");
        await client.query("set local session_replication_role = replica");
        await client.query(sql);
        const { rows } = await client.query<{ seq: number | null }>("select payment_history_broken($1) as seq", [
          orderId,
        ]);
        await client.query("rollback");
        return rows[0]?.seq;
      });
    assert.equal(await tampered("update payment_history set source = 'payer' where seq = 3"), 3);
    assert.equal(await tampered("update payment_history set at = at - interval '1 microsecond' where seq = 1"), 1);
    assert.equal(await tampered("delete from payment_history where seq = 2"), 3);
    // The attempt is further on than its history.
    assert.ok(await tampered("delete from payment_history where seq = (select max(seq) from payment_history)"));
    assert.equal(
      await tampered(
        `insert into payment_history (attempt_id, action, from_state, to_state, source, order_id, seq, previous_hash, hash)
         select attempt_id, 'decline', 'redirected', to_state, source, order_id, max(seq) over () + 1, hash, hash
         from payment_history order by seq desc limit 1`,
      ),
      8,
    );
    assert.deepEqual(await breaks(), []);
  }));
