import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { demoOperators, demoSecrets } from "#kit/demo.ts";
import { newSecretId } from "#kit/ids.ts";
import { createWorker } from "#kit/jobs.ts";
import { checkLedger, listBalances } from "#national/ledger/index.ts";
import { seedOperators } from "#national/operators/index.ts";
import {
  answerPlatform,
  makeRegistry,
  type PaymentHub,
  receiveCallback,
  type RefundInput,
  type RefundReport,
  startAttempt,
} from "#national/payments/index.ts";
import { initMessage, makeHub, merchant, momoIpn, type StandIn, startStandIn } from "#tests/support/hub.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import { decideRefund, requestRefund, sendRefund } from "./index.ts";
import { REFUND_EDGES, REFUND_STATES } from "./refund-lifecycle.ts";
import { findRefundOrder } from "./refund-store.ts";
import { getRefundBoard } from "./refund-view.ts";

let standIn: StandIn;
before(async () => {
  standIn = await startStandIn();
});
after(() => standIn.close());

/** A provider that keeps a book: the same refund id pays once, and it can be told to answer nothing. */
class Book {
  readonly paid = new Map<string, number>();
  calls = 0;
  silent = 0;
  says: RefundReport["kind"] = "refunded";
  refund = async (input: RefundInput): Promise<RefundReport> => {
    this.calls += 1;
    if (this.says === "refused") return { kind: "refused", code: "95" };
    if (this.paid.has(input.refundId)) return { kind: "unknown", code: "94" };
    this.paid.set(input.refundId, input.amount);
    if (this.silent-- > 0) return { kind: "unknown", code: "timeout" };
    return { kind: "refunded", transaction: `T${input.refundId}`, code: "0" };
  };
  ask = async (input: RefundInput): Promise<RefundReport> =>
    this.paid.has(input.refundId)
      ? { kind: "refunded", transaction: `T${input.refundId}`, code: "0" }
      : { kind: "absent", code: "0" };
}

interface Scene {
  readonly hub: PaymentHub;
  readonly database: Database;
  readonly place: TestDatabase;
  readonly book: Book;
  readonly first: string;
  readonly second: string;
  readonly settlement: string;
  readonly hubTransaction: string;
  ask(amount: number, id?: string): ReturnType<typeof requestRefund>;
  drain(): Promise<void>;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
  await withDatabase("national", async (database, place) => {
    const book = new Book();
    const plain = makeHub(database, standIn, systemClock);
    plain.log.level = "silent";
    const providers = plain.providers.all.map((one) => ({ ...one, refund: book.refund, askRefund: book.ask }));
    const hub: PaymentHub = { ...plain, providers: makeRegistry(providers) };
    await seedOperators(database, demoOperators, demoSecrets.dataKeys.national);
    const { body } = await answerPlatform(hub, merchant.token, initMessage("dvc36381520200722081949"));
    const orderId = JSON.parse((body as { message: string }).message)
      .UrlThanhToan.split("/")
      .at(-1) as string;
    const attemptId = newSecretId();
    await startAttempt(hub, { orderId, attemptId, channel: "momo", payerIp: "127.0.0.1", lang: "vi" });
    const ipn = momoIpn(attemptId.replaceAll("-", ""));
    assert.equal(await receiveCallback(hub, hub.providers.get("momo"), { query: {}, body: ipn }), "recorded");
    const sql = (text: string, values: unknown[] = []) =>
      withAdmin(place, async (client) => (await client.query(text, values)).rows as Record<string, unknown>[]);
    const [row] = await sql(
      "select s.id, a.hub_transaction from settlement s join payment_attempt a on a.id = s.attempt_id",
    );
    const operators = await sql("select id from operator order by username desc");
    const hubTransaction = String(row?.["hub_transaction"]);
    const first = String(operators[0]?.["id"]);
    const worker = createWorker({
      database,
      log: hub.log,
      handlers: { "send-refund": (job) => sendRefund(hub, job), "confirm-merchant": async () => undefined },
    });
    await work({
      hub,
      database,
      place,
      book,
      first,
      second: String(operators[1]?.["id"]),
      settlement: String(row?.["id"]),
      hubTransaction,
      ask: (amount, id = newSecretId()) =>
        requestRefund(database, { id, hubTransaction, amount, reason: "Công văn 12", operatorId: first }),
      async drain() {
        for (let round = 0; round < 40; round += 1) {
          await sql("update job set run_at = now() - interval '1 second', leased_until = null where done_at is null");
          if ((await worker.drain()) === 0) return;
        }
      },
      sql,
    });
  });
}

const balances = async (database: Database) =>
  Object.fromEntries((await listBalances(database)).map(({ account, balance }) => [account, balance]));

describe("refunds", () => {
  test("twenty parts asked for at once never pass what was captured, and what is left can still be given back", () =>
    scene(async ({ ask, sql, settlement }) => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(700)));
      assert.equal(answers.filter((one) => one.ok).length, 11);
      assert.ok(answers.every((one) => one.ok || one.reason === "too-much"));
      assert.deepEqual(await ask(301), { ok: false, reason: "too-much", room: 300 });
      assert.deepEqual(await ask(300), { ok: true });
      const [room] = await sql("select reserved::int from refund_room where settlement_id = $1", [settlement]);
      assert.equal(room?.["reserved"], 8_000);
    }));

  test("nobody approves what they asked for, not even past the page; two approvals at once are one", () =>
    scene(async ({ database, ask, first, second, drain, book, sql }) => {
      const refundId = newSecretId();
      assert.deepEqual(await ask(8_000, refundId), { ok: true });
      assert.deepEqual(await ask(8_000, refundId), { ok: true }, "the same click again");
      assert.equal(await decideRefund(database, { refundId, approve: true, operatorId: first }), "same-person");
      const past = sql("update refund set state = 'approved', decided_by = $1, decided_at = now()", [first]);
      await assert.rejects(past, /refund_two_persons/);
      const words = await Promise.all(
        Array.from({ length: 10 }, () => decideRefund(database, { refundId, approve: true, operatorId: second })),
      );
      assert.deepEqual(words.sort(), [...Array(9).fill("already"), "approved"]);
      await drain();
      assert.equal(book.calls, 1);
      assert.deepEqual(await balances(database), {
        "clearing:momo": 0,
        "payable:DVCQG_TAYNINH": 0,
        "refunds-payable": 0,
      });
      assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
      const { done, open } = await getRefundBoard(database);
      assert.deepEqual([done[0]?.state, open.length], ["refunded", 0]);
    }));

  test("a call without an answer is asked about before it is repeated: one refund at the provider", () =>
    scene(async ({ database, ask, second, drain, book }) => {
      const refundId = newSecretId();
      await ask(5_000, refundId);
      book.silent = 1;
      await decideRefund(database, { refundId, approve: true, operatorId: second });
      await drain();
      assert.equal((await findRefundOrder(database, refundId))?.state, "refunded");
      assert.deepEqual([book.calls, [...book.paid.values()]], [1, [5_000]]);
      assert.equal((await balances(database))["clearing:momo"], 3_000);
    }));

  test("killed before the provider was told, the refund is sent by whoever finds it", () =>
    scene(async ({ database, ask, second, drain, book, sql }) => {
      const refundId = newSecretId();
      await ask(5_000, refundId);
      await decideRefund(database, { refundId, approve: true, operatorId: second });
      await sql("select refund_step($1, 'send', null, null)", [refundId]);
      await drain();
      assert.equal((await findRefundOrder(database, refundId))?.state, "refunded");
      assert.deepEqual([...book.paid.values()], [5_000]);
    }));

  test("what the provider declines goes back to the merchant's account, and can be asked for again", () =>
    scene(async ({ database, ask, second, drain, book }) => {
      const refundId = newSecretId();
      await ask(8_000, refundId);
      book.says = "refused";
      await decideRefund(database, { refundId, approve: true, operatorId: second });
      await drain();
      assert.equal((await findRefundOrder(database, refundId))?.state, "declined");
      assert.deepEqual(await balances(database), {
        "clearing:momo": 8_000,
        "payable:DVCQG_TAYNINH": -8_000,
        "refunds-payable": 0,
      });
      assert.deepEqual(await ask(8_000), { ok: true });
    }));

  test("the database lets exactly the printed edges through", () =>
    scene(async ({ sql, settlement, first, second }) => {
      for (const from of REFUND_STATES) {
        for (const to of REFUND_STATES) {
          if (from === to) continue;
          const id = newSecretId();
          await sql("alter table refund disable trigger refund_guard");
          await sql(
            `insert into refund (id, settlement_id, amount, reason, state, requested_by, decided_by, done_at)
             values ($1, $2, 1, 'x', $3, $4, $5, $6)`,
            [
              id,
              settlement,
              from,
              first,
              from === "requested" ? null : second,
              ["refunded", "refused", "declined"].includes(from) ? new Date() : null,
            ],
          );
          await sql("alter table refund enable trigger refund_guard");
          await sql(
            "insert into refund_room (settlement_id, captured, reserved) values ($1, 8000, 100) on conflict (settlement_id) do update set reserved = 100",
            [settlement],
          );
          const move = sql("update refund set state = $2, decided_by = $3, done_at = $4 where id = $1", [
            id,
            to,
            to === "requested" ? null : second,
            ["refunded", "refused", "declined"].includes(to) ? new Date() : null,
          ]);
          const allowed = REFUND_EDGES.some((edge) => edge.from === from && edge.to === to);
          if (allowed) await move;
          else await assert.rejects(move, /does not go from/, `${from} → ${to}`);
        }
      }
    }));

  test("the application can neither change what was asked nor touch the room, nor take a refund away", () =>
    scene(async ({ ask, place, second }) => {
      await ask(1_000);
      const pg = await import("pg");
      const client = new pg.default.Client({ connectionString: place.appUrl });
      await client.connect();
      try {
        for (const text of [
          "update refund set amount = 9000",
          `update refund set requested_by = '${second}'`,
          "update refund_room set reserved = 0",
          "delete from refund",
          "delete from refund_history",
          "update refund_history set action = 'x'",
        ]) {
          await assert.rejects(client.query(text), /permission denied/, text);
        }
      } finally {
        await client.end();
      }
    }));
});
