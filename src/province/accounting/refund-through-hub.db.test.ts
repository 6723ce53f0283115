import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type pg from "pg";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import {
  type DisputeMessage,
  type RefundAnswer,
  type RefundMessage,
  signDispute,
  signRefund,
  signRefundAnswer,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import { type Fees, listTransactionsOfDossier } from "#province/fees/index.ts";
import { checkLedger, listBalances } from "#province/ledger/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { extractDue } from "#tests/support/filed-dossier.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, type DeskExample, deskExample } from "../handling/desk-example.ts";
import { sweepRefunds } from "./ask-hub-for-refund.ts";
import { receiveDispute } from "./receive-dispute.ts";

const SECRET = "merchant-secret";
const tenant = "tayninh";
const asked: RefundMessage[] = [];
/** What the hub answers; "silent": it has understood, and nobody hears its answer. */
let says: Partial<RefundAnswer> | "silent" | "not-spoken" = {};
const hub = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const message = JSON.parse(Buffer.concat(chunks).toString()) as RefundMessage;
  assert.ok(verifyMac(message, signRefund, [SECRET]));
  asked.push(message);
  if (says === "silent") return void request.socket.destroy();
  if (says === "not-spoken") return void response.end(JSON.stringify({ error_code: "30", message: "{}" }));
  const answer = {
    LoaiBanTin: "REFUND",
    PhienBan: "1.0.6",
    MaLoi: "00",
    MoTaLoi: "",
    MaDoiTac: message.MaDoiTac,
    MaYeuCauHoan: message.MaYeuCauHoan,
    SoTien: message.SoTien,
    TrangThaiHoan: "0",
    LyDo: "",
    MaGiaoDichHoan: "",
    ThoiGianGD: "20260302083000",
    ...says,
  } as const;
  response.end(JSON.stringify({ ...answer, MaXacThuc: signRefundAnswer(answer, SECRET) }));
});
before(() => new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve)));
after(() => void hub.close());

interface Scene {
  readonly fees: Fees;
  readonly desk: DeskExample;
  one(text: string, values?: unknown[]): Promise<Record<string, unknown>>;
  balances(): Promise<Record<string, number>>;
  /** A dossier whose 8,000 đ were paid through the hub. */
  paid(transaction: string): Promise<{ id: string; settlementId: string; reference: string }>;
  at(username: string): Promise<{
    get(url: string): Promise<string>;
    post(url: string, values?: Record<string, string>): Promise<number>;
  }>;
  /** Every refund is due to be asked about. */
  sweep(): Promise<void>;
}

async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
  asked.length = 0;
  says = {};
  await withProvince(async (database, place) => {
    const log = createLog("test");
    log.level = "silent";
    const { port } = hub.address() as AddressInfo;
    const fees = {
      tenant,
      database,
      hub: { url: `http://127.0.0.1:${port}/`, token: "t", partnerCode: "DVCQG_TAYNINH", secrets: [SECRET] },
      clock: systemClock,
      log,
    } as unknown as Fees;
    const desk = await deskExample(database);
    const one = async (text: string, values: unknown[] = []) => (await rowsOf(place, text, values))[0] ?? {};
    await work({
      fees,
      desk,
      one,
      async balances() {
        const rows = await listBalances(database.forTenant(tenant));
        return Object.fromEntries(rows.map((row) => [row.account, row.balance]));
      },
      async paid(transaction) {
        const { id } = await aDossierAtTheDesk(database, desk.files, { dues: [extractDue] });
        const reference = `dvc${transaction}0000`;
        await one("select word from fee_request($1, $2, $3, $4, now())", [tenant, id, newSecretId(), reference]);
        const row = await one(
          "select settlement_id from fee_settle($1, $2, $3, true, 8000, '00', 'momo', now(), 'test', '{}')",
          [tenant, reference, transaction],
        );
        return { id, settlementId: String(row["settlement_id"]), reference };
      },
      async at(username) {
        const cookie = await desk.signIn(username);
        const headers = {
          cookie,
          origin: "http://localhost:8083",
          "content-type": "application/x-www-form-urlencoded",
        };
        return {
          get: async (url) => (await desk.site.inject({ url, headers: { cookie } })).body,
          post: async (url, values = {}) => {
            const payload = new URLSearchParams(values).toString();
            return (await desk.site.inject({ method: "POST", url, headers, payload })).statusCode;
          },
        };
      },
      async sweep() {
        await one("update refund_decision set next_ask_at = now() where next_ask_at is not null");
        await sweepRefunds(fees);
      },
    });
    assert.deepEqual(await checkLedger(database.forTenant(tenant)), {
      total: 0,
      unbalanced: 0,
      unbooked: 0,
      receivableDrift: 0,
    });
  });
}

const rowsOf = (place: TestDatabase, text: string, values: unknown[]): Promise<Record<string, unknown>[]> =>
  withAdmin(place, async (client: pg.Client) => (await client.query(text, values)).rows as Record<string, unknown>[]);

const PROPOSAL = { "nguoi-nhan": "Nguyễn Văn An", "tai-khoan": "0123 NCB", "can-cu": "Công dân rút hồ sơ" };

test("an approved refund is asked for at the hub under one number, stays unknown while it is, and follows by itself", () =>
  scene(async ({ paid, one, at, sweep, balances }) => {
    const { id, settlementId } = await paid("T1");
    await one("update dossier set state = 'withdrawn' where id = $1", [id]);
    const accountant = await at("ketoan.tayninh");
    const leader = await at("lanhdao.tayninh");
    const path = `/ke-toan/cho-xu-ly/${settlementId}`;
    assert.equal(await accountant.post(`${path}/de-xuat`, PROPOSAL), 303);
    await sweep();
    assert.equal(asked.length, 0, "not before two persons have agreed");
    assert.equal(await leader.post(`${path}/duyet`), 303);
    assert.equal(await accountant.post(`${path}/da-tra`, { "chung-tu": "PC01" }), 422, "the hub does it");
    says = "silent";
    await sweep();
    assert.match(await accountant.get("/ke-toan/cho-xu-ly"), /Đang gửi tới cổng quốc gia/);
    says = { TrangThaiHoan: "3" };
    await sweep();
    assert.match(await accountant.get(path), /Không trả bằng cách khác trong lúc chờ/);
    says = { TrangThaiHoan: "2", LyDo: "Quá hạn hoàn của nhà cung cấp" };
    await sweep();
    assert.match(await accountant.get(path), /Quá hạn hoàn của nhà cung cấp/);
    assert.equal(new Set(asked.map((message) => message.MaYeuCauHoan)).size, 1);
    assert.equal((await balances())["refunds-payable"], -8_000, "the payer is still owed it");
    assert.equal(await leader.post(`${path}/gui-lai`), 403);
    assert.equal(await accountant.post(`${path}/gui-lai`), 303);
    assert.equal(await accountant.post(`${path}/gui-lai`), 422);
    says = { TrangThaiHoan: "1", MaGiaoDichHoan: "HT99" };
    await sweep();
    await sweep();
    assert.equal(new Set(asked.map((message) => message.MaYeuCauHoan)).size, 2);
    assert.match(await accountant.get("/ke-toan/cho-xu-ly"), /HT99/);
    assert.deepEqual(await balances(), { "hub-clearing": 0, receivable: 0, "refunds-payable": 0, "revenue:charge": 0 });
    const history = await one(
      "select count(*)::int n from dossier_history where dossier_id = $1 and action = 'refund-fee'",
      [id],
    );
    assert.equal(history["n"], 1);
  }));

test("a payment that is taken back is never silent: noted when disputed, due again when lost, once", () =>
  scene(async ({ fees, paid, one, at, balances }) => {
    const { id, reference } = await paid("T2");
    const told = (state: DisputeMessage["TrangThaiKhieuNai"], change: Partial<DisputeMessage> = {}) => {
      const message = {
        LoaiBanTin: "DISPUTE",
        PhienBan: "1.0.6",
        MaDoiTac: "DVCQG_TAYNINH",
        MaKhieuNai: "0190b0e0-0001",
        MaThamChieu: reference,
        MaGiaoDich: "T2",
        SoTien: "8000",
        TrangThaiKhieuNai: state,
        LyDo: "Chủ thẻ không nhận ra",
        ThoiGianGD: "20260302083000",
        ...change,
      } as const;
      return receiveDispute(fees, { ...message, MaXacThuc: signDispute(message, SECRET) });
    };
    const untouched = await balances();
    assert.equal((await receiveDispute(fees, { ...(await told("OPEN")), LoaiBanTin: "DISPUTE" })).MaLoi, "30");
    assert.equal((await told("LOST", { MaGiaoDich: "unknown" })).MaLoi, "02");
    assert.equal((await told("OPEN")).MaLoi, "00");
    assert.deepEqual(await balances(), untouched);
    const accountant = await at("ketoan.tayninh");
    assert.match(await accountant.get("/ke-toan/cho-xu-ly"), /Chủ thẻ không nhận ra/);
    const answers = await Promise.all([told("LOST"), told("LOST"), told("LOST"), told("OPEN")]);
    assert.ok(answers.every((answer) => answer.MaLoi === "00"));
    assert.match(await accountant.get("/ke-toan/cho-xu-ly"), /Bị thu hồi: phải nộp lại/);
    assert.deepEqual(await balances(), { "hub-clearing": 0, receivable: 8_000, "revenue:charge": -8_000 });
    assert.equal((await one("select fee_state from dossier where id = $1", [id]))["fee_state"], "due");
    const due = await one(
      "select count(*)::int n, max(reason) reason from obligation where dossier_id = $1 and state = 'due'",
      [id],
    );
    assert.equal(due["n"], 1);
    assert.match(String(due["reason"]), /thu hồi khoản đã nộp \(giao dịch T2\)/);
    const steps = await one(
      "select string_agg(action, ' ' order by seq) steps from dossier_history where dossier_id = $1 and action like 'payment-%'",
      [id],
    );
    assert.equal(steps["steps"], "payment-disputed payment-reversed");
    const rows = await listTransactionsOfDossier(fees.database.forTenant(tenant), id);
    assert.deepEqual(
      rows.map((row) => [row.state, row.dispute]),
      [["succeeded", "lost"]],
      "the citizen sees that it was taken back",
    );
    assert.equal((await one("select history_break($1) b", [id]))["b"], null);
  }));

test("what is taken back of money owed to the payer is not returned twice; a hub without refunds leaves them to people", () =>
  scene(async ({ fees, paid, one, at, sweep, balances }) => {
    const { id, settlementId, reference } = await paid("T3");
    await one("update dossier set state = 'withdrawn' where id = $1", [id]);
    const accountant = await at("ketoan.tayninh");
    await accountant.post(`/ke-toan/cho-xu-ly/${settlementId}/de-xuat`, PROPOSAL);
    await (await at("lanhdao.tayninh")).post(`/ke-toan/cho-xu-ly/${settlementId}/duyet`);
    const message = {
      LoaiBanTin: "DISPUTE",
      PhienBan: "1.0.6",
      MaDoiTac: "DVCQG_TAYNINH",
      MaKhieuNai: "0190b0e0-0003",
      MaThamChieu: reference,
      MaGiaoDich: "T3",
      SoTien: "8000",
      TrangThaiKhieuNai: "LOST",
      LyDo: "x",
      ThoiGianGD: "20260302083000",
    } as const;
    const answer = await receiveDispute(fees, { ...message, MaXacThuc: signDispute(message, SECRET) });
    assert.equal(answer.MaLoi, "00");
    await sweep();
    assert.equal(asked.length, 0, "the hub is not asked for it any more");
    const other = await paid("T4");
    await one("update dossier set state = 'withdrawn' where id = $1", [other.id]);
    await accountant.post(`/ke-toan/cho-xu-ly/${other.settlementId}/de-xuat`, PROPOSAL);
    await one("select refund_approve($1, refund_due_id, 'x', 'x') from refund_decision where state = 'proposed'", [
      tenant,
    ]);
    says = "not-spoken";
    await sweep();
    const path = `/ke-toan/cho-xu-ly/${other.settlementId}`;
    assert.match(await accountant.get(path), /không nhận đề nghị hoàn/, "a hub without refunds leaves it to people");
    assert.equal(await accountant.post(`${path}/da-tra`, { "chung-tu": "PC02" }), 303);
    const bank = { bank: -8_000, "hub-clearing": 8_000 };
    assert.deepEqual(await balances(), { ...bank, receivable: 0, "refunds-payable": 0, "revenue:charge": 0 });
  }));

test("an approval that comes after the bank has taken the money back returns nothing", () =>
  scene(async ({ fees, paid, one, at, balances }) => {
    const { id, settlementId, reference } = await paid("T5");
    await one("update dossier set state = 'withdrawn' where id = $1", [id]);
    await (await at("ketoan.tayninh")).post(`/ke-toan/cho-xu-ly/${settlementId}/de-xuat`, PROPOSAL);
    const message = {
      LoaiBanTin: "DISPUTE",
      PhienBan: "1.0.6",
      MaDoiTac: "DVCQG_TAYNINH",
      MaKhieuNai: "0190b0e0-0005",
      MaThamChieu: reference,
      MaGiaoDich: "T5",
      SoTien: "8000",
      TrangThaiKhieuNai: "LOST",
      LyDo: "x",
      ThoiGianGD: "20260302083000",
    } as const;
    assert.equal((await receiveDispute(fees, { ...message, MaXacThuc: signDispute(message, SECRET) })).MaLoi, "00");
    const approve = "select refund_approve($1, d.id, 'x', 'x') word from refund_due d where d.settlement_id = $2";
    assert.equal((await one(approve, [tenant, settlementId]))["word"], "already");
    const propose = "select refund_propose($1, $2, 'x', 'x', 'x', 'x', 'x') word";
    assert.equal((await one(propose, [tenant, settlementId]))["word"], "not-refundable");
    assert.deepEqual(await balances(), { "hub-clearing": 0, receivable: 0, "revenue:charge": 0 });
  }));
