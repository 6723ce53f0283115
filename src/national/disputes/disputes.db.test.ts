import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
  askProvider,
  getAttempt,
  lookForReversals,
  makeRegistry,
  type PaymentHub,
  readStatement,
  receiveCallback,
  startAttempt,
  vietqrProvider,
} from "#national/payments/index.ts";
import { remitCollected } from "#national/reconciliation/index.ts";
import { requestRefund } from "#national/refunds/index.ts";
import { type DisputeMessage, signConfirmAnswer, signDispute, verifyMac } from "#protocols/payment-order/index.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, momoIpn, type StandIn, startStandIn, vnpayIpn } from "#tests/support/hub.ts";
import { DISPUTE_EDGES, DISPUTE_STATES } from "./dispute-lifecycle.ts";
import { listDisputeHistory, listDisputes } from "./dispute-view.ts";
import { openDispute, stepDispute } from "./open-dispute.ts";
import { tellDispute } from "./tell-dispute.ts";

const ACCOUNT = "0900000800001";
let standIn: StandIn;
/** What the agency was told, and the bank's lines. */
let told: DisputeMessage[] = [];
let lines: object[] = [];
/** The agency's first answer is lost: it has written it down, and the hub comes again. */
let deaf = 0;
const outside = createServer(async (request, response) => {
  if (request.url?.startsWith("/statement")) {
    const since = new URL(request.url, "http://x").searchParams.get("since") ?? "";
    const fit = (lines as { id: string }[]).filter((line) => line.id > since);
    return void response.end(fit.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const message = JSON.parse(Buffer.concat(chunks).toString()) as DisputeMessage;
  told.push(message);
  if (deaf-- > 0) return void request.socket.destroy();
  const trusted = verifyMac(message, signDispute, merchant.secrets);
  const answer = {
    MaLoi: trusted ? "00" : "97",
    MoTaLoi: "",
    MaDoiTac: merchant.code,
    ThoiGianGD: "20260302083000",
  };
  response.end(JSON.stringify({ ...answer, MaXacThuc: signConfirmAnswer(answer, merchant.secrets[0]) }));
});
let origin = "";
before(async () => {
  standIn = await startStandIn();
  await new Promise<void>((resolve) => outside.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
});
after(async () => {
  await standIn.close();
  outside.close();
});

interface Scene {
  readonly hub: PaymentHub;
  readonly database: Database;
  readonly operators: readonly [first: string, second: string];
  /** A paid order of 8,000 đ; the attempt's id and MaGiaoDich. */
  paid(channel: "momo" | "vnpay-ncb" | "vietqr"): Promise<{ id: string; transaction: string }>;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  tellAll(): Promise<void>;
}

async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
  told = [];
  lines = [];
  deaf = 0;
  await withDatabase("national", async (database, place) => {
    const plain = makeHub(database, standIn, systemClock);
    plain.log.level = "silent";
    const collecting = {
      url: `${origin}/statement`,
      key: "k",
      account: ACCOUNT,
      bankBin: "970415",
      bankName: "V",
      holder: "H",
    };
    const vietqr = vietqrProvider({ feed: collecting, pageOf: (id) => `http://national.example/${id}`, origin });
    const listening = { ...merchant, disputeUrl: `${origin}/thanh-toan/khieu-nai` };
    const hub: PaymentHub = {
      ...plain,
      collecting,
      merchants: new Map([[merchant.code, listening]]),
      providers: makeRegistry([...plain.providers.all, vietqr]),
    };
    await seedOperators(database, demoOperators, demoSecrets.dataKeys.national);
    const sql = (text: string, values: unknown[] = []) =>
      withAdmin(place, async (client) => (await client.query(text, values)).rows as Record<string, unknown>[]);
    const [first, second] = (await sql("select id from operator order by username")).map((row) => String(row["id"]));
    const worker = createWorker({
      database,
      log: hub.log,
      handlers: { "tell-dispute": (job) => tellDispute(hub, job), "confirm-merchant": async () => undefined },
    });
    let orders = 0;
    await work({
      hub,
      database,
      operators: [first ?? "", second ?? ""],
      sql,
      async paid(channel) {
        orders += 1;
        const { body } = await answerPlatform(hub, merchant.token, initMessage(`dvcdispute${orders}`));
        const orderId = JSON.parse((body as { message: string }).message)
          .UrlThanhToan.split("/")
          .at(-1) as string;
        const id = newSecretId();
        await startAttempt(hub, { orderId, attemptId: id, channel, payerIp: "127.0.0.1", lang: "vi" });
        const name = (await getAttempt(hub, id)).attempt.providerOrder;
        const transaction = String(1_000 + orders);
        if (channel === "momo") {
          const ipn = momoIpn(name, { transId: Number(transaction) });
          await receiveCallback(hub, hub.providers.get("momo"), { query: {}, body: ipn });
        } else if (channel === "vnpay-ncb") {
          const query = vnpayIpn(name, { vnp_TransactionNo: transaction });
          await receiveCallback(hub, hub.providers.get("vnpay"), { query, body: null });
        } else {
          bookLine("in", name);
          await readStatement(hub);
        }
        const { attempt } = await getAttempt(hub, id);
        assert.equal(attempt.state, "succeeded");
        return { id, transaction: attempt.hubTransaction };
      },
      async tellAll() {
        for (let round = 0; round < 20; round += 1) {
          await sql("update job set run_at = now() - interval '1 second', leased_until = null where done_at is null");
          if ((await worker.drain()) === 0) return;
        }
      },
    });
  });
}

function bookLine(direction: "in" | "out", content: string, amount = 8_000): void {
  const id = `FT${String(lines.length + 1).padStart(6, "0")}`;
  lines.push({ id, account: ACCOUNT, direction, amount, content, bookedAt: new Date().toISOString() });
}

const balances = async (database: Database) =>
  Object.fromEntries((await listBalances(database)).map(({ account, balance }) => [account, balance]));
const WHOLE = { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 };
const announced = (transaction: string, operatorId: string) => ({
  id: newSecretId(),
  hubTransaction: transaction,
  kind: "chargeback",
  amount: undefined,
  providerCase: "CB-1",
  reason: "Chủ thẻ không nhận ra giao dịch",
  dueOn: "2099-01-01",
  operatorId,
});

describe("disputes", () => {
  test("while a chargeback is open nothing of it is refunded; won, it is as before; lost, it is the agency's, who hears of each turn", () =>
    scene(async ({ database, operators, paid, tellAll, sql }) => {
      const [first, second] = operators;
      const { transaction } = await paid("momo");
      const dispute = announced(transaction, first);
      assert.equal(await openDispute(database, { ...dispute, amount: 9_000 }), "too-much");
      assert.equal(await openDispute(database, dispute), "opened");
      assert.equal(await openDispute(database, dispute), "replayed");
      assert.equal(await openDispute(database, announced(transaction, first)), "already");
      const refund = { id: newSecretId(), hubTransaction: transaction, amount: 1, reason: "x", operatorId: first };
      assert.deepEqual(await requestRefund(database, refund), { ok: false, reason: "too-much", room: 0 });
      assert.equal((await balances(database))["disputed:momo"], 8_000);
      const step = { id: dispute.id, action: "answer", note: "Biên lai 26TAA 1", operatorId: second };
      assert.equal(await stepDispute(database, { ...step, note: " " }), "no-note");
      assert.equal(await stepDispute(database, step), "answered");
      assert.equal(await stepDispute(database, { ...step, note: "Thêm phiếu tiếp nhận" }), "answered");
      assert.equal(await stepDispute(database, { ...step, action: "win" }), "won");
      assert.equal(await stepDispute(database, { ...step, action: "lose" }), "no-such-step");
      assert.equal((await listDisputeHistory(database, dispute.id)).length, 4);
      assert.equal((await balances(database))["disputed:momo"], 0);

      // A part was given back before the next dispute: only the rest can be taken from the agency.
      assert.deepEqual(await requestRefund(database, { ...refund, id: newSecretId(), amount: 3_000 }), { ok: true });
      const again = announced(transaction, second);
      assert.equal(await openDispute(database, again), "opened");
      deaf = 1;
      assert.equal(await stepDispute(database, { ...step, id: again.id, action: "lose" }), "lost");
      await tellAll();
      assert.deepEqual(
        told.map((one) => `${one.TrangThaiKhieuNai} ${one.SoTien}`).sort(),
        ["KEPT 8000", "LOST 5000", "OPEN 5000", "OPEN 8000", "OPEN 8000"],
        "the first answer was lost, and it was told again",
      );
      assert.deepEqual(await balances(database), {
        "clearing:momo": 0,
        "disputed:momo": 0,
        "payable:DVCQG_TAYNINH": -3_000,
        "suspense:returned-twice": 3_000,
      });
      assert.deepEqual(await checkLedger(database), WHOLE);
      assert.equal((await sql("select 1 from job where failed_at is not null")).length, 0);
    }));

  test("a success that is taken back is noticed by the provider's answer, its callback, its file and the bank's statement: once", () =>
    scene(async ({ hub, database, paid, sql, operators }) => {
      const byAnswer = await paid("vnpay-ncb");
      standIn.vnpay = { response: "00", status: "04", amount: 8_000, transactionNo: "1" };
      const { attempt } = await getAttempt(hub, byAnswer.id);
      assert.equal((await askProvider(hub, attempt, "sweep")).kind, "reversed");
      await askProvider(hub, attempt, "sweep");

      const byCallback = await paid("vnpay-ncb");
      const { attempt: other } = await getAttempt(hub, byCallback.id);
      const query = vnpayIpn(other.providerOrder, { vnp_TransactionStatus: "04", vnp_TransactionNo: "2" });
      const vnpay = hub.providers.get("vnpay");
      assert.equal(await receiveCallback(hub, vnpay, { query, body: null }), "recorded");
      assert.equal(await receiveCallback(hub, vnpay, { query, body: null }), "already");

      const byFile = await paid("momo");
      const { attempt: filed } = await getAttempt(hub, byFile.id);
      await sql(
        "insert into reconciliation_import (provider, file_hash, file_name, source) values ('momo', $1, 'f', 'test')",
        ["a".repeat(64)],
      );
      await sql(
        `insert into reconciliation_difference (import_id, kind, reference, is_refund, ours, theirs)
         select id, 'status', $1, false, '{"status":"success"}', '{"status":"reversed"}' from reconciliation_import`,
        [filed.providerOrder],
      );

      const byBank = await paid("vietqr");
      const { attempt: transfer } = await getAttempt(hub, byBank.id);
      bookLine("out", `HOAN TRA ${transfer.providerOrder}`);
      await readStatement(hub);
      await sql("delete from bank_statement_cursor");
      await readStatement(hub);

      const { open } = await listDisputes(database);
      assert.deepEqual(open.map((one) => one.source).sort(), ["bank", "callback", "reconciliation", "sweep"]);
      assert.ok(open.every((one) => one.kind === "reversal" && one.amount === 8_000));
      for (const { id } of [byAnswer, byCallback, byFile, byBank])
        assert.equal((await getAttempt(hub, id)).attempt.state, "succeeded", "until somebody decides");
      const now = await balances(database);
      assert.deepEqual([now["bank:collection"], now["transfers-unclear"], now["clearing:vietqr"]], [0, 0, 0]);
      assert.equal(now["disputed:vietqr"], 8_000);
      for (const { id } of open)
        assert.equal(await stepDispute(database, { id, action: "lose", note: "x", operatorId: operators[0] }), "lost");
      assert.equal((await getAttempt(hub, byBank.id)).attempt.dispute, "lost", "its page says so");
      assert.equal((await balances(database))["payable:DVCQG_TAYNINH"], 0);
      // What was lost is not paid on: of a fifth payment the agency gets what is left of all.
      await paid("momo");
      await sql(
        "insert into provider_payout (provider, settled_on, import_id, captured, refunded, fee) select p, '2999-01-01', i.id, 1, 0, 0 from reconciliation_import i, unnest(array['momo', 'vnpay', 'vietqr']) p",
      );
      await remitCollected(database, "2998-01-01");
      const [remitted] = await sql("select sum(amount)::int as n from remittance");
      assert.equal(remitted?.["n"], 8_000);
      assert.deepEqual(await checkLedger(database), WHOLE);
    }));

  test("successes are asked about again on each of three days, so that a reversal nobody told of is noticed; then no more", () =>
    scene(async ({ hub, database, paid, sql }) => {
      const card = await paid("vnpay-ncb");
      await paid("momo");
      assert.equal(await lookForReversals(hub), 0, "settled today");
      const days = async (n: number) => {
        await sql("update settlement set settled_at = now() - $1 * interval '1 day' - interval '1 minute'", [n]);
        await sql("update reversal_look set looked_at = now() - interval '1 day'");
      };
      standIn.vnpay = { response: "00", status: "00", amount: 8_000, transactionNo: "1" };
      await days(1);
      const looks = await Promise.all([lookForReversals(hub), lookForReversals(hub)]);
      assert.equal(looks[0] + looks[1], 1, "one provider can say it, and one process asks");
      assert.equal((await listDisputes(database)).open.length, 0);
      await days(2);
      standIn.vnpay = { response: "00", status: "04", amount: 8_000, transactionNo: "1" };
      assert.equal(await lookForReversals(hub), 1);
      const [dispute] = (await listDisputes(database)).open;
      assert.deepEqual([dispute?.kind, dispute?.source, dispute?.amount], ["reversal", "sweep", 8_000]);
      await days(3);
      assert.equal(await lookForReversals(hub), 0, "it is known");
      assert.equal((await getAttempt(hub, card.id)).attempt.state, "succeeded", "until somebody decides");
      const other = await paid("vnpay-ncb");
      standIn.vnpay = { response: "00", status: "00", amount: 8_000, transactionNo: "1" };
      for (const n of [1, 2, 3, 3.5]) {
        await days(n);
        assert.equal(await lookForReversals(hub), n === 3.5 ? 0 : 1, `after ${n} days`);
        standIn.vnpay = { response: "99", status: "99", amount: 0, transactionNo: "0" };
      }
      const [asked] = await sql("select next_ask_at from payment_attempt where id = $1", [other.id]);
      assert.equal(asked?.["next_ask_at"], null, "nothing of it goes to the urgent questions");
      assert.deepEqual(await checkLedger(database), WHOLE);
    }));

  test("a reversal of what we never had as a success is a failure, and one of another amount is not believed", () =>
    scene(async ({ hub, database, paid, sql }) => {
      const { id } = await paid("vnpay-ncb");
      const { attempt } = await getAttempt(hub, id);
      const query = vnpayIpn(attempt.providerOrder, { vnp_TransactionStatus: "04", vnp_Amount: "700000" });
      assert.equal(await receiveCallback(hub, hub.providers.get("vnpay"), { query, body: null }), "amount-differs");
      assert.equal((await listDisputes(database)).open.length, 0);
      await sql("update payment_attempt set state = 'redirected' where id = $1", [id]);
      const [row] = await sql("select verdict from payment_reversed('vnpay', $1, 8000, '00/04', 'sweep', null, '')", [
        attempt.providerOrder,
      ]);
      assert.equal(row?.["verdict"], "failed");
    }));

  test("the database lets exactly the printed edges through", () =>
    scene(async ({ paid, sql, operators, database }) => {
      const { transaction } = await paid("momo");
      const dispute = announced(transaction, operators[0]);
      await openDispute(database, dispute);
      for (const from of DISPUTE_STATES) {
        for (const to of DISPUTE_STATES) {
          if (from === to) continue;
          const ended = (state: string) => (["open", "answered"].includes(state) ? null : new Date());
          await sql("alter table dispute disable trigger dispute_guard");
          await sql("update dispute set state = $2, ended_at = $3 where id = $1", [dispute.id, from, ended(from)]);
          await sql("update refund_room set reserved = 8000");
          await sql("alter table dispute enable trigger dispute_guard");
          const move = sql("update dispute set state = $2, ended_at = $3 where id = $1", [dispute.id, to, ended(to)]);
          if (DISPUTE_EDGES.some((edge) => edge.from === from && edge.to === to)) await move;
          else await assert.rejects(move, /does not go from/, `${from} → ${to}`);
        }
      }
    }));
});
