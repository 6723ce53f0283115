import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger, listBalances } from "#national/ledger/index.ts";
import { initMessage, makeHub, merchant, momoIpn, type StandIn, startStandIn, vnpayIpn } from "#tests/support/hub.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import { answerPlatform } from "./answer-platform.ts";
import { giveUpAttempt } from "./give-up-attempt.ts";
import type { PaymentHub } from "./payment.ts";
import { ATTEMPT_ACTIONS, ATTEMPT_STATES, decideAttempt } from "./payment-lifecycle.ts";
import { findAttempt } from "./payment-store.ts";
import { receiveCallback } from "./receive-callback.ts";
import { sweepPayments } from "./payment-jobs.ts";
import { startAttempt } from "./start-attempt.ts";

let standIn: StandIn;
before(async () => {
  standIn = await startStandIn();
});
after(() => standIn.close());

interface Scene {
  readonly hub: PaymentHub;
  readonly place: TestDatabase;
  readonly order: string;
  pay(channel?: string): Promise<string>;
  count(sql: string): Promise<number>;
}

async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
  standIn.momo = { resultCode: 1000, amount: 8_000, transId: 1, create: 0 };
  standIn.vnpay = { response: "00", status: "01", amount: 8_000, transactionNo: "0" };
  await withDatabase("national", async (database, place) => {
    const hub = makeHub(database, standIn, systemClock);
    const { body } = await answerPlatform(hub, merchant.token, initMessage("dvc36381520200722081949"));
    const order = JSON.parse((body as { message: string }).message)
      .UrlThanhToan.split("/")
      .at(-1) as string;
    await work({
      hub,
      place,
      order,
      async pay(channel = "momo") {
        const attemptId = newSecretId();
        await startAttempt(hub, { orderId: order, attemptId, channel, payerIp: "127.0.0.1", lang: "vi" });
        return attemptId;
      },
      count: (sql) => withAdmin(place, async (client) => Number((await client.query(sql)).rows[0].n)),
    });
  });
}

const momo = (hub: PaymentHub) => hub.providers.get("momo");
const vnpay = (hub: PaymentHub) => hub.providers.get("vnpay");
const bare = (attempt: string) => attempt.replaceAll("-", "");
const LEDGER = "select coalesce(sum(amount), 0) n from ledger_entry";

test("fifty identical callbacks at once make one settlement, one ledger transaction and one word to the merchant", () =>
  scene(async ({ hub, pay, count }) => {
    const attempt = await pay();
    const body = momoIpn(bare(attempt));
    const verdicts = await Promise.all(
      Array.from({ length: 50 }, () => receiveCallback(hub, momo(hub), { query: {}, body })),
    );
    assert.equal(verdicts.filter((verdict) => verdict === "recorded").length, 1);
    assert.equal(verdicts.filter((verdict) => verdict === "already").length, 49);
    assert.equal(await count("select count(*) n from settlement"), 1);
    assert.equal(await count("select count(*) n from ledger_transaction"), 1);
    assert.equal(await count("select count(*) n from job where queue = 'confirm-merchant'"), 1);
    assert.equal(await count(LEDGER), 0);
    assert.equal(await count("select count(*) n from payment_order where state = 'paid'"), 1);
  }));

test("a callback with any field changed, of either provider, changes nothing and is kept as evidence", () =>
  scene(async ({ hub, pay, count }) => {
    const attempt = await pay();
    const ipn = momoIpn(bare(attempt));
    let refused = 0;
    for (const [field, value] of Object.entries(ipn)) {
      const changed = { ...ipn, [field]: typeof value === "number" ? value + 1 : `${value}0` };
      assert.equal(await receiveCallback(hub, momo(hub), { query: {}, body: changed }), "untrusted", field);
      refused += 1;
    }
    const signed = vnpayIpn(bare(attempt));
    for (const field of Object.keys(signed)) {
      const verdict = await receiveCallback(hub, vnpay(hub), {
        query: { ...signed, [field]: `${signed[field]}0` },
        body: null,
      });
      assert.equal(verdict, "untrusted", field);
      refused += 1;
    }
    for (const body of [null, [], "x", {}, { ...ipn, amount: "8000" }]) {
      assert.equal(await receiveCallback(hub, momo(hub), { query: {}, body }), "untrusted");
      refused += 1;
    }
    assert.equal(await count("select count(*) n from payment_evidence"), refused);
    assert.equal(await count("select count(*) n from settlement"), 0);
    assert.equal((await findAttempt(hub.database, attempt))?.state, "redirected");
  }));

test("a truly signed callback with another amount or for another order settles nothing", () =>
  scene(async ({ hub, pay, count }) => {
    const attempt = await pay();
    const other = { query: {}, body: momoIpn(bare(attempt), { amount: 7_999 }) };
    assert.equal(await receiveCallback(hub, momo(hub), other), "amount-differs");
    assert.equal(
      await receiveCallback(hub, momo(hub), { query: {}, body: momoIpn(bare(newSecretId())) }),
      "unknown-order",
    );
    // A true callback of MoMo's attempt, replayed at the other provider's name: that order does not exist there.
    assert.equal(
      await receiveCallback(hub, vnpay(hub), { query: vnpayIpn(bare(attempt)), body: null }),
      "unknown-order",
    );
    assert.equal(await count("select count(*) n from settlement"), 0);
    assert.equal(await count("select count(*) n from payment_evidence"), 3);
  }));

test("VNPAY hears 00, then 02; 01 for an unknown order, 04 for another amount, 97 for a wrong hash", () =>
  scene(async ({ hub, pay }) => {
    const attempt = await pay("vnpay-ncb");
    const provider = vnpay(hub);
    const say = async (query: Record<string, string>) => {
      const verdict = await receiveCallback(hub, provider, { query, body: null });
      return (provider.answerCallback(verdict).body as { RspCode: string }).RspCode;
    };
    assert.equal(await say(vnpayIpn(bare(newSecretId()))), "01");
    assert.equal(await say(vnpayIpn(bare(attempt), { vnp_Amount: "799900" })), "04");
    assert.equal(await say({ ...vnpayIpn(bare(attempt)), vnp_SecureHash: "0".repeat(128) }), "97");
    assert.equal(await say(vnpayIpn(bare(attempt))), "00");
    assert.equal(await say(vnpayIpn(bare(attempt))), "02");
  }));

test("a failure followed by a success of the same attempt is a success, in either order of arrival", () =>
  scene(async ({ hub, pay, count }) => {
    const attempt = await pay();
    const failed = { query: {}, body: momoIpn(bare(attempt), { resultCode: 1006, transId: 5 }) };
    const paid = { query: {}, body: momoIpn(bare(attempt)) };
    assert.equal(await receiveCallback(hub, momo(hub), failed), "recorded");
    assert.equal((await findAttempt(hub.database, attempt))?.reason, "cancelled");
    assert.equal(await receiveCallback(hub, momo(hub), paid), "recorded");
    assert.equal(await receiveCallback(hub, momo(hub), failed), "already");
    assert.equal((await findAttempt(hub.database, attempt))?.state, "succeeded");
    assert.equal(await count("select count(*) n from settlement where kept"), 1);
  }));

test("a second success of a paid order goes to the refund queue and the merchant's money stays one", () =>
  scene(async ({ hub, pay, count }) => {
    const first = await pay();
    await receiveCallback(hub, momo(hub), { query: {}, body: momoIpn(bare(first), { resultCode: 1001, transId: 0 }) });
    const second = await pay("vnpay-ncb");
    assert.equal(await receiveCallback(hub, vnpay(hub), { query: vnpayIpn(bare(second)), body: null }), "recorded");
    assert.equal(await receiveCallback(hub, momo(hub), { query: {}, body: momoIpn(bare(first)) }), "recorded");
    assert.equal(await count("select count(*) n from settlement where kept"), 1);
    assert.equal(await count("select count(*) n from refund_due where amount = 8000"), 1);
    assert.deepEqual(await checkLedger(hub.database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
    const balances = await listBalances(hub.database);
    assert.deepEqual(
      balances.map(({ account, balance }) => [account, balance]),
      [
        ["clearing:momo", 8_000],
        ["clearing:vnpay", 8_000],
        [`payable:${merchant.code}`, -8_000],
        ["refunds-payable", -8_000],
      ],
    );
  }));

test("one provider transaction cannot settle two attempts", () =>
  scene(async ({ hub, order, pay, count }) => {
    const attempt = await pay();
    await receiveCallback(hub, momo(hub), { query: {}, body: momoIpn(bare(attempt)) });
    const { body } = await answerPlatform(hub, merchant.token, initMessage("dvc36381620200722081949"));
    const other = JSON.parse((body as { message: string }).message)
      .UrlThanhToan.split("/")
      .at(-1) as string;
    assert.notEqual(other, order);
    const attemptId = newSecretId();
    await startAttempt(hub, { orderId: other, attemptId, channel: "momo", payerIp: "127.0.0.1", lang: "vi" });
    assert.equal(await receiveCallback(hub, momo(hub), { query: {}, body: momoIpn(bare(attemptId)) }), "trouble");
    assert.equal(await count("select count(*) n from settlement"), 1);
  }));

test("a double click is one attempt, and a second attempt waits while the first is unfinished", () =>
  scene(async ({ hub, order, count }) => {
    const attemptId = newSecretId();
    const click = { orderId: order, attemptId, channel: "momo", payerIp: "127.0.0.1", lang: "vi" } as const;
    const answers = await Promise.all([startAttempt(hub, click), startAttempt(hub, click)]);
    assert.ok(answers.every((answer) => answer.kind === "redirect" || answer.kind === "see-attempt"));
    assert.deepEqual(await startAttempt(hub, click), {
      kind: "redirect",
      payUrl: `http://wallet.example/${bare(attemptId)}`,
    });
    assert.equal(await count("select count(*) n from payment_attempt"), 1);
    const otherBank = await startAttempt(hub, { ...click, channel: "vnpay-ncb" });
    assert.deepEqual(otherBank, { kind: "see-attempt", attemptId }, "the id stays with its first bank");
    assert.deepEqual(await startAttempt(hub, { ...click, attemptId: newSecretId() }), {
      kind: "see-order",
      why: "busy",
    });
  }));

test("a provider that breaks off leaves the attempt unknown, and the payer waits until it is known", () =>
  scene(async ({ hub, pay, order }) => {
    standIn.momo.create = "silent";
    const attempt = await pay();
    assert.equal((await findAttempt(hub.database, attempt))?.state, "verifying");
    standIn.momo.resultCode = 7000;
    assert.equal(await giveUpAttempt(hub, attempt), "wait");
    const second = {
      orderId: order,
      attemptId: newSecretId(),
      channel: "vnpay-ncb",
      payerIp: "127.0.0.1",
      lang: "vi",
    } as const;
    assert.deepEqual(await startAttempt(hub, second), { kind: "see-order", why: "busy" });
    standIn.momo.resultCode = 1000;
    assert.equal(await giveUpAttempt(hub, attempt), "free");
    assert.equal((await startAttempt(hub, second)).kind, "redirect");
  }));

test("a capture whose callback never came is found by the sweep", () =>
  scene(async ({ hub, place, pay, count }) => {
    const attempt = await pay();
    standIn.momo = { resultCode: 0, amount: 8_000, transId: 77, create: 0 };
    await sweepPayments(hub);
    assert.equal((await findAttempt(hub.database, attempt))?.state, "redirected", "not yet its time");
    await withAdmin(place, (client) => client.query("update payment_attempt set next_ask_at = now()"));
    await sweepPayments(hub);
    assert.equal((await findAttempt(hub.database, attempt))?.state, "succeeded");
    assert.equal(await count("select count(*) n from settlement where provider_transaction = '77'"), 1);
  }));

test("an attempt that nobody began ends when its time is over, and can still become a success", () =>
  scene(async ({ hub, place, pay }) => {
    const attempt = await pay("vnpay-ncb");
    await withAdmin(place, (client) =>
      client.query("update payment_attempt set next_ask_at = now(), expires_at = now() - interval '1 hour'"),
    );
    await sweepPayments(hub);
    const ended = await findAttempt(hub.database, attempt);
    assert.deepEqual([ended?.state, ended?.reason], ["failed", "expired"]);
    assert.equal(await receiveCallback(hub, vnpay(hub), { query: vnpayIpn(bare(attempt)), body: null }), "recorded");
    assert.equal((await findAttempt(hub.database, attempt))?.state, "succeeded");
  }));

test("the database carries out exactly the edges of the lifecycle table", () =>
  scene(async ({ place, pay }) => {
    for (const state of ATTEMPT_STATES) {
      for (const action of ATTEMPT_ACTIONS) {
        const attempt = await pay();
        const settle = `payment_settle('momo', '${bare(attempt)}', $1, 8000, $2, 'c', $3, 'sweep', null, '')`;
        const moved = await withAdmin(place, async (client) => {
          await client.query(
            "update payment_attempt set state = $2, reason = case when $2 = 'failed' then 'declined' end where id = $1",
            [attempt, state],
          );
          if (action === "accept" || action === "doubt")
            await client.query("select payment_step($1, $2, 'sweep', null, null)", [attempt, action]);
          else if (action === "capture")
            await client.query(`select * from ${settle}`, ["captured", `t-${attempt}`, null]);
          else
            await client.query(`select * from ${settle}`, [
              "failed",
              null,
              { decline: "declined", "give-up": "given-up", expire: "expired" }[action],
            ]);
          const after = (await client.query("select state from payment_attempt where id = $1", [attempt])).rows[0]
            .state as string;
          // Out of the way of the next round.
          await client.query(
            "update payment_attempt set state = 'failed', reason = 'declined' where state not in ('failed', 'succeeded')",
          );
          await client.query("update payment_order set state = 'open', paid_at = null");
          await client.query("update settlement set kept = false");
          return after;
        });
        const decision = decideAttempt(state, action);
        assert.equal(moved, decision.ok ? decision.to : state, `${state} + ${action}`);
      }
    }
  }));

test("the application can neither change nor delete a settlement, a ledger entry, history or evidence, nor unbalance the ledger", () =>
  scene(async ({ place, pay, hub }) => {
    const attempt = await pay();
    await receiveCallback(hub, momo(hub), { query: {}, body: momoIpn(bare(attempt)) });
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: place.appUrl });
    await client.connect();
    try {
      for (const name of [
        "settlement",
        "ledger_entry",
        "ledger_transaction",
        "payment_history",
        "payment_evidence",
        "audit",
        "refund_due",
      ]) {
        await assert.rejects(client.query(`delete from ${name}`), /permission denied/, `delete ${name}`);
        const { rows } = await client.query("select has_table_privilege(current_user, $1, 'update') as may", [name]);
        assert.equal(rows[0].may, false, `update ${name}`);
      }
      const lone =
        "insert into ledger_entry (transaction_id, account, amount) select id, 'clearing:momo', 5 from ledger_transaction";
      await assert.rejects(client.query(lone), /does not sum to zero/);
    } finally {
      await client.end();
    }
  }));

test("INIT again answers the same page; another amount under the same reference is refused", () =>
  scene(async ({ hub, order }) => {
    const read = async (message: object, token = merchant.token) => {
      const { body } = await answerPlatform(hub, token, message);
      return JSON.parse((body as { message: string }).message) as { MaLoi: string; UrlThanhToan?: string };
    };
    const again = await read(initMessage("dvc36381520200722081949", { ThoiGianGD: "20200722090000" }));
    assert.equal(again.UrlThanhToan?.endsWith(order), true);
    const due = { LoaiPhiLePhi: "1", MaPhiLePhi: "x", TenPhiLePhi: "x", SoTien: "9000" };
    const receipt = { ...initMessage("x".repeat(5)).ThongTinBienLai, PhiLePhi: [due] };
    assert.equal(
      (await read(initMessage("dvc36381520200722081949", { SoTien: "9000", ThongTinBienLai: receipt }))).MaLoi,
      "07",
    );
    assert.equal((await read({ ...initMessage("dvc1000"), SoTien: "1" })).MaLoi, "97");
    assert.equal((await read(initMessage("dvc1000", { SoTien: "9000" }))).MaLoi, "04");
    assert.equal((await read(initMessage("dvc1000"), "stolen")).MaLoi, "03");
  }));
