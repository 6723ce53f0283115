import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { demoOperators, demoSecrets } from "#kit/demo.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger, listBalances } from "#national/ledger/index.ts";
import { seedOperators } from "#national/operators/index.ts";
import {
  answerPlatform,
  decideLine,
  getAttempt,
  listOpenLines,
  makeRegistry,
  type PaymentHub,
  proposeLine,
  readStatement,
  startAttempt,
  vietqrProvider,
} from "#national/payments/index.ts";
import {
  type RefundAnswer,
  type RefundMessage,
  signRefund,
  signRefundAnswer,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, type StandIn, startStandIn } from "#tests/support/hub.ts";
import { refuseWish, takeUpWish } from "./answer-wish.ts";
import { listRecordedTransfers, listTransfersToMake } from "./hand-transfer-view.ts";
import { decideRefund, requestRefund } from "./index.ts";
import { getRefundBoard } from "./refund-view.ts";
import { decideTransfer, recordTransfer } from "./transfer-by-hand.ts";

const ACCOUNT = "0900000800001";
let lines: { id: string; account: string; direction: string; amount: number; content: string; bookedAt: string }[] = [];
const bank = createServer((request, response) => {
  const since = new URL(request.url ?? "/", "http://x").searchParams.get("since") ?? "";
  response.end(
    lines
      .filter((line) => line.id > since)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(""),
  );
});
let standIn: StandIn;
let url = "";
before(async () => {
  standIn = await startStandIn();
  await new Promise<void>((resolve) => bank.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(bank.address() as AddressInfo).port}/statement`;
});
after(async () => {
  await standIn.close();
  bank.close();
});
beforeEach(() => {
  lines = [];
});

function book(direction: "in" | "out", content: string, amount = 8_000): string {
  const id = `FT${String(lines.length + 1).padStart(6, "0")}`;
  lines.push({ id, account: ACCOUNT, direction, amount, content, bookedAt: new Date().toISOString() });
  return id;
}

interface Scene {
  readonly hub: PaymentHub;
  readonly database: Database;
  readonly first: string;
  readonly second: string;
  newOrder(): Promise<{ id: string; reference: string }>;
  start(orderId: string, channel?: string): Promise<string>;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
  await withDatabase("national", async (database, place) => {
    const plain = makeHub(database, standIn, systemClock);
    plain.log.level = "silent";
    const collecting = { url, key: "k", account: ACCOUNT, bankBin: "970415", bankName: "V", holder: "H" };
    const vietqr = vietqrProvider({
      feed: collecting,
      pageOf: (id) => `http://n.example/${id}`,
      origin: "http://n.example",
    });
    const hub: PaymentHub = { ...plain, collecting, providers: makeRegistry([...plain.providers.all, vietqr]) };
    await seedOperators(database, demoOperators, demoSecrets.dataKeys.national);
    const sql = (text: string, values: unknown[] = []) =>
      withAdmin(place, async (client) => (await client.query(text, values)).rows as Record<string, unknown>[]);
    const [first, second] = (await sql("select id from operator order by username")).map((row) => String(row["id"]));
    let orders = 0;
    await work({
      hub,
      database,
      first: first ?? "",
      second: second ?? "",
      sql,
      async newOrder() {
        orders += 1;
        const reference = `dvcbyhand${orders}`;
        const { body } = await answerPlatform(hub, merchant.token, initMessage(reference));
        const { UrlThanhToan } = JSON.parse((body as { message: string }).message) as { UrlThanhToan: string };
        return { id: UrlThanhToan.split("/").at(-1) ?? "", reference };
      },
      async start(orderId, channel = "vietqr") {
        const attemptId = newSecretId();
        await startAttempt(hub, { orderId, attemptId, channel, payerIp: "127.0.0.1", lang: "vi" });
        return attemptId;
      },
    });
  });
}

const balances = async (database: Database) =>
  Object.fromEntries((await listBalances(database)).map(({ account, balance }) => [account, balance]));
const WHOLE = { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 };

function refundMessage(reference: string, transaction: string, change: Partial<RefundMessage> = {}): RefundMessage {
  const message = {
    LoaiBanTin: "REFUND",
    PhienBan: "1.0.6",
    MaDoiTac: merchant.code,
    MaYeuCauHoan: "0190b0e0-1",
    MaThamChieu: reference,
    MaGiaoDich: transaction,
    SoTien: "8000",
    MaTienTe: "VND",
    LyDo: "Rút hồ sơ",
    NguoiNhan: "Nguyễn Văn An",
    TaiKhoanNhan: "0123 VietinBank",
    ThoiGianGD: "20260302083000",
    ...change,
  } as const;
  return { ...message, MaXacThuc: signRefund(message, merchant.secrets[0]) };
}

describe("refunds by hand and asked for by agencies", () => {
  test("an agency's request is one refund however often it is sent; two decide, a third step is the transfer, and the statement shows it", () =>
    scene(async ({ hub, database, first, second, newOrder, start, sql }) => {
      const order = await newOrder();
      const attempt = await start(order.id);
      book("in", (await getAttempt(hub, attempt)).attempt.providerOrder);
      await readStatement(hub);
      const transaction = (await getAttempt(hub, attempt)).attempt.hubTransaction;
      const send = async (message: RefundMessage) => {
        const answer = (await answerPlatform(hub, merchant.token, message)).body as RefundAnswer;
        assert.ok(verifyMac(answer, signRefundAnswer, merchant.secrets));
        return `${answer.MaLoi}/${answer.TrangThaiHoan}`;
      };
      const wish = refundMessage(order.reference, transaction);
      const many = await Promise.all(Array.from({ length: 8 }, () => send(wish)));
      assert.deepEqual(new Set(many), new Set(["00/0"]));
      assert.equal(await send({ ...wish, LyDo: "forged" }), "97/");
      assert.equal(await send(refundMessage(order.reference, transaction, { SoTien: "7000" })), "07/");
      const other = { MaYeuCauHoan: "0190b0e0-2" };
      assert.equal(await send(refundMessage(order.reference, "nothing", other)), "02/");
      assert.equal(await send(refundMessage(order.reference, transaction, { ...other, SoTien: "9000" })), "04/");

      const [asked] = (await getRefundBoard(database)).wishes;
      assert.ok(asked);
      const canRefund = () => false;
      const refundId = newSecretId();
      const take = (operatorId: string, id: string) =>
        takeUpWish(database, { wishId: asked.id, refundId: id, operatorId, byHand: false, canRefund });
      const taken = await Promise.all([take(first, refundId), take(first, newSecretId())]);
      assert.equal(taken.filter((one) => one.ok).length, 1);
      const [requested] = (await getRefundBoard(database)).open;
      assert.ok(requested?.byHand);
      assert.equal(await send(wish), "00/0");
      assert.equal(
        await decideRefund(database, { refundId: requested.id, approve: true, operatorId: first }),
        "same-person",
      );
      assert.equal(
        await decideRefund(database, { refundId: requested.id, approve: true, operatorId: second }),
        "approved",
      );
      assert.equal(await send(wish), "00/3");
      assert.equal((await sql("select 1 from job where queue = 'send-refund'")).length, 0, "no provider is asked");

      const [toMake] = await listTransfersToMake(database);
      assert.equal(toMake?.payee, "Nguyễn Văn An · 0123 VietinBank");
      const reference = book("out", "hoan tien", 8_000);
      const now = new Date();
      const record = {
        id: newSecretId(),
        what: "refund",
        of: requested.id,
        bankReference: reference,
        operatorId: second,
        now,
      } as const;
      assert.equal(await recordTransfer(database, { ...record, transferredOn: undefined }), "day");
      assert.equal(await recordTransfer(database, { ...record, transferredOn: "2999-01-01" }), "day-future");
      assert.equal(await recordTransfer(database, { ...record, transferredOn: "2026-03-02" }), "recorded");
      const again = { ...record, id: newSecretId(), transferredOn: "2026-03-02" };
      assert.equal(await recordTransfer(database, again), "taken");
      assert.equal(
        await decideTransfer(database, { transferId: record.id, confirm: true, operatorId: second }),
        "same-person",
      );
      assert.equal(
        await decideTransfer(database, { transferId: record.id, confirm: false, operatorId: first }),
        "rejected",
      );
      assert.equal(await recordTransfer(database, again), "recorded");
      const decisions = await Promise.all(
        [1, 2, 3].map(() => decideTransfer(database, { transferId: again.id, confirm: true, operatorId: first })),
      );
      assert.deepEqual(decisions.sort(), ["already", "already", "confirmed"]);
      assert.equal(await send(wish), "00/1");
      assert.equal((await balances(database))["transfers-out"], -8_000);
      await readStatement(hub);
      assert.deepEqual(await balances(database), {
        "bank:collection": 0,
        "clearing:vietqr": 0,
        "payable:DVCQG_TAYNINH": 0,
        "refunds-payable": 0,
        "transfers-out": 0,
        "transfers-unclear": 0,
      });
      assert.equal((await listRecordedTransfers(database))[0]?.matched, true);
      assert.deepEqual(await checkLedger(database), WHOLE);
    }));

  test("a refusal says why, whoever of the two refuses", () =>
    scene(async ({ hub, database, first, second, newOrder, start }) => {
      const order = await newOrder();
      const attempt = await start(order.id);
      book("in", (await getAttempt(hub, attempt)).attempt.providerOrder);
      await readStatement(hub);
      const transaction = (await getAttempt(hub, attempt)).attempt.hubTransaction;
      const send = async (request: string) =>
        (
          await answerPlatform(
            hub,
            merchant.token,
            refundMessage(order.reference, transaction, { MaYeuCauHoan: request }),
          )
        ).body as RefundAnswer;
      await send("asked-1");
      const wishOf = async () => (await getRefundBoard(database)).wishes[0]?.id ?? "";
      assert.equal(await refuseWish(database, { wishId: await wishOf(), operatorId: first, reason: " " }), "no-reason");
      assert.equal(
        await refuseWish(database, { wishId: await wishOf(), operatorId: first, reason: "Sai tài khoản" }),
        "refused",
      );
      assert.deepEqual([(await send("asked-1")).TrangThaiHoan, (await send("asked-1")).LyDo], ["2", "Sai tài khoản"]);
      await send("asked-2");
      const refundId = newSecretId();
      const wishId = await wishOf();
      await takeUpWish(database, { wishId, refundId, operatorId: first, byHand: true, canRefund: () => true });
      await decideRefund(database, { refundId, approve: false, operatorId: second, note: "Chưa đủ căn cứ" });
      const answer = await send("asked-2");
      assert.deepEqual([answer.TrangThaiHoan, answer.LyDo], ["2", "Chưa đủ căn cứ"]);
      const input = { id: newSecretId(), hubTransaction: transaction, amount: 1_000, reason: "x", operatorId: first };
      assert.deepEqual(await requestRefund(database, { ...input, canRefund: () => false }), {
        ok: false,
        reason: "payee",
      });
    }));
});

describe("lines of the statement that fit nothing", () => {
  test("one proposes the order, another approves, and the order settles once; the rest goes back to its sender", () =>
    scene(async ({ hub, database, first, second, newOrder, start, sql }) => {
      const order = await newOrder();
      const paidElsewhere = await newOrder();
      book("in", "nop le phi ho so 363815");
      book("in", "chuyen nham", 5_000);
      book("out", "phi quan ly tai khoan", 1_100);
      await readStatement(hub);
      const [right, wrong] = await listOpenLines(database, false, 10);
      const [fee] = await listOpenLines(database, true, 10);
      assert.ok(right && wrong && fee);
      const propose = (lineId: string, kind: string, more: { order?: string; payee?: string; by?: string } = {}) =>
        proposeLine(database, {
          id: newSecretId(),
          lineId,
          kind,
          order: more.order ?? "",
          payee: more.payee ?? "",
          note: "Đơn ngày 02/3",
          operatorId: more.by ?? first,
        });
      assert.equal(await propose(wrong.id, "assign", { order: order.reference }), "amount-differs");
      assert.equal(await propose(right.id, "assign", { order: "dvckhongco" }), "unknown-order");
      assert.equal(await propose(right.id, "bank-fee"), "wrong-kind");
      assert.equal(await propose(wrong.id, "return"), "payee");
      assert.equal(await propose(right.id, "assign", { order: order.reference }), "proposed");
      assert.equal(await propose(right.id, "return", { payee: "x" }), "taken");
      const proposalOf = async (line: string) =>
        String(
          (await sql("select id from statement_proposal where line_id = $1 and state = 'proposed'", [line]))[0]?.["id"],
        );
      const proposalId = await proposalOf(right.id);
      assert.equal(await decideLine(database, { proposalId, approve: true, operatorId: first }), "same-person");
      // Another way of paying is undecided: the money waits.
      const busy = await start(order.id, "momo");
      assert.equal(await decideLine(database, { proposalId, approve: true, operatorId: second }), "under-way");
      await sql("update payment_attempt set state = 'failed', reason = 'cancelled' where id = $1", [busy]);
      const words = await Promise.all(
        [1, 2, 3].map(() => decideLine(database, { proposalId, approve: true, operatorId: second })),
      );
      assert.deepEqual(words.sort(), ["already", "already", "approved"]);
      assert.equal((await sql("select 1 from settlement where order_id = $1 and kept", [order.id])).length, 1);
      assert.equal(
        (await sql("select 1 from job where queue = 'confirm-merchant' and payload ->> 'paid' = 'true'")).length,
        1,
      );
      assert.equal(await propose(right.id, "assign", { order: paidElsewhere.reference }), "taken");

      assert.equal(await propose(wrong.id, "return", { payee: "Trần B · 0456 NCB" }), "proposed");
      await decideLine(database, { proposalId: await proposalOf(wrong.id), approve: false, operatorId: second });
      assert.equal(await propose(wrong.id, "return", { payee: "Trần B · 0456 NCB", by: second }), "proposed");
      const returning = await proposalOf(wrong.id);
      await decideLine(database, { proposalId: returning, approve: true, operatorId: first });
      const id = newSecretId();
      const transfer = { id, what: "return", of: returning, operatorId: first, now: new Date() } as const;
      await recordTransfer(database, { ...transfer, bankReference: "FT 000004", transferredOn: "2026-03-02" });
      assert.equal(await decideTransfer(database, { transferId: id, confirm: true, operatorId: second }), "confirmed");
      book("out", "tra lai tien chuyen nham", 5_000);
      assert.equal(await propose(fee.id, "bank-fee"), "proposed");
      await decideLine(database, { proposalId: await proposalOf(fee.id), approve: true, operatorId: second });
      await readStatement(hub);
      assert.deepEqual(await balances(database), {
        "bank:collection": 8_000 - 1_100,
        "clearing:vietqr": 0,
        "expense:fee:bank": 1_100,
        "payable:DVCQG_TAYNINH": -8_000,
        "refunds-payable": 0,
        "transfers-out": 0,
        "transfers-unclear": 0,
        "transfers-unmatched": 0,
      });
      assert.deepEqual([...(await listOpenLines(database, false, 9)), ...(await listOpenLines(database, true, 9))], []);
      assert.deepEqual(await checkLedger(database), WHOLE);
    }));
});
