import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import {
  type ConfirmMessage,
  type InitMessage,
  signConfirm,
  signInit,
  signQueryAnswer,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import { checkLedger, listBalances } from "#province/ledger/index.ts";
import { citizenSub, extractDue, fileDossier, type FiledDossier } from "#tests/support/filed-dossier.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import type { Fees } from "./fee.ts";
import { feeJobs, sweepFees } from "./fee-jobs.ts";
import {
  findObligation,
  findPayableDossier,
  findUnfinishedRequest,
  listTransactions,
  listTransactionsOfDossier,
} from "./fee-view.ts";
import { openPayment } from "./open-payment.ts";
import { receiveConfirm } from "./receive-confirm.ts";

const SECRET = "merchant-secret-tayninh";

/** Plays the hub: takes INIT, and answers QUERY with the CONFIRMs that the test has put in. */
const hub = { inits: [] as InitMessage[], status: "0", confirms: [] as ConfirmMessage[], silent: false };
let server: Server;
let hubUrl = "";

before(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = JSON.parse(Buffer.concat(chunks).toString("utf8")) as InitMessage;
    if (hub.silent) {
      request.socket.destroy();
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(message.LoaiBanTin === "INIT" ? answerInit(message) : answerQuery(message)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  hubUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

function answerInit(message: InitMessage): object {
  hub.inits.push(message);
  const answer = {
    MaLoi: "00",
    MoTaLoi: "",
    MaDoiTac: message.MaDoiTac,
    MaThamChieu: message.MaThamChieu,
    UrlThanhToan: `http://hub.example/thanh-toan/${message.MaThamChieu}`,
  };
  return { error_code: "0", message: JSON.stringify(answer) };
}

function answerQuery({ MaDoiTac, MaThamChieu }: InitMessage): object {
  const answer = {
    LoaiBanTin: "QUERY",
    PhienBan: "1.0.6",
    MaLoi: "00",
    MoTaLoi: "",
    MaDoiTac,
    MaThamChieu,
    SoTien: "8000",
    MaTienTe: "VND",
    TrangThaiGD: hub.status,
    ThoiGianGD: "20200722082000",
    DSXacNhan: hub.confirms,
  } as const;
  return { ...answer, MaXacThuc: signQueryAnswer(answer, SECRET) };
}

interface Scene {
  readonly fees: Fees;
  readonly dossier: FiledDossier;
  open(requestId?: string): Promise<string>;
  count(sql: string): Promise<number>;
  runJobs(): Promise<number>;
}

async function scene(work: (scene: Scene) => Promise<void>, dues: readonly object[] = [extractDue]): Promise<void> {
  Object.assign(hub, { inits: [], status: "0", confirms: [], silent: false });
  await withDatabase("province", async (database, place) => {
    const log = createLog("test");
    const fees: Fees = {
      tenant: "tayninh",
      database,
      hub: { url: hubUrl, token: "t", partnerCode: "DVCQG_TAYNINH", secrets: [SECRET, "before"] },
      provinceName: "Tây Ninh",
      portalOrigin: "http://portal.example",
      clock: systemClock,
      log,
      payeeOf: () => ({
        holder: "KHO BAC",
        holderName: { vi: "Kho bạc", en: "Treasury" },
        bankCode: "NCB",
        bankName: "NCB",
        account: "1",
      }),
      collectorOf: ({ name }) => ({ name, taxCode: "3900000000", address: "Tây Ninh" }),
    };
    const dossier = await withAdmin(place, (client) => fileDossier(client, "tayninh", dues));
    await work({
      fees,
      dossier,
      async open(requestId = newSecretId()) {
        const payable = await findPayableDossier(database.forTenant("tayninh"), dossier.id);
        assert.ok(payable);
        await openPayment(fees, { dossier: payable, requestId, payerIp: "127.0.0.1" });
        return hub.inits.at(-1)?.MaThamChieu ?? "";
      },
      count: (sql) => withAdmin(place, async (client) => Number((await client.query(sql)).rows[0].n)),
      runJobs: () => createWorker({ database, log, handlers: feeJobs([fees]).handlers }).drain(),
    });
  });
}

function confirm(reference: string, change: Partial<ConfirmMessage> = {}, secret = SECRET): ConfirmMessage {
  const message = {
    LoaiBanTin: "CONFIRM",
    MaLoi: "00",
    MaDoiTac: "DVCQG_TAYNINH",
    MaThamChieu: reference,
    SoTien: "8000",
    MaTienTe: "VND",
    MaGiaoDich: "20072208194900000001",
    MaNganHang: "momo",
    ThoiGianGD: "20200722081949",
    ThongTinGiaoDich: "x",
    ...change,
  } as const;
  return { ...message, MaXacThuc: signConfirm(message, secret) };
}

test("INIT carries the order's words, the payee and every due, and is signed", () =>
  scene(async ({ open, dossier }) => {
    const reference = await open();
    const [init] = hub.inits;
    assert.ok(init);
    assert.match(reference, new RegExp(`^dvc${dossier.number}\\d{14}$`));
    assert.equal(verifyMac(init, signInit, [SECRET]), true);
    assert.equal(init.ThongTinGiaoDich, `Thanh toán lệ phí cho hồ sơ ${dossier.number}`);
    assert.deepEqual(
      init.ThongTinBienLai.PhiLePhi.map((due) => due.SoTien),
      ["8000"],
    );
    assert.equal(init.ThongTinBienLai.MaDVC, "1.001193.01");
  }));

test("a double click, two tabs and a return to the page lead to one order at the hub", () =>
  scene(async ({ open, count }) => {
    const id = newSecretId();
    await Promise.all([open(id), open(id), open()]);
    await open();
    assert.equal(new Set(hub.inits.map((init) => init.MaThamChieu)).size, 1);
    assert.equal(await count("select count(*) n from payment_request"), 1);
  }));

test("a failed attempt followed by a good one are two rows; the dossier is paid and only the success has a receipt", () =>
  scene(async ({ fees, dossier, open, count, runJobs }) => {
    const reference = await open();
    const db = fees.database.forTenant("tayninh");
    const failed = confirm(reference, { MaLoi: "01", MaGiaoDich: "1", ThoiGianGD: "20200722081821" });
    assert.equal((await receiveConfirm(fees, failed)).MaLoi, "00");
    assert.equal((await findObligation(db, dossier.id))?.state, "due");
    assert.equal((await receiveConfirm(fees, confirm(reference, { MaGiaoDich: "2" }))).MaLoi, "00");
    await runJobs();
    const rows = await listTransactionsOfDossier(db, dossier.id);
    assert.deepEqual(
      rows.map((row) => [row.state, row.receipts.length]),
      [
        ["failed", 0],
        ["succeeded", 1],
      ],
    );
    assert.equal(rows[0]?.at.toISOString(), "2020-07-22T01:18:21.000Z");
    assert.equal(await count(`select count(*) n from dossier where id = '${dossier.id}' and fee_state = 'paid'`), 1);
    assert.equal(await count("select count(*) n from dossier_history where action = 'mark-fee-paid'"), 1);
    assert.equal((await listTransactions(db, citizenSub, undefined)).rows.length, 2);
    assert.equal((await listTransactions(fees.database.forTenant("kontum"), citizenSub, undefined)).rows.length, 0);
  }));

test("fifty identical CONFIRMs at once settle once", () =>
  scene(async ({ fees, open, count, runJobs }) => {
    const message = confirm(await open());
    const answers = await Promise.all(Array.from({ length: 50 }, () => receiveConfirm(fees, message)));
    assert.ok(answers.every((answer) => answer.MaLoi === "00"));
    await runJobs();
    assert.equal(await count("select count(*) n from settlement"), 1);
    assert.equal(await count("select count(*) n from ledger_transaction where kind = 'settlement'"), 1);
    assert.equal(await count("select count(*) n from dossier_history where action = 'mark-fee-paid'"), 1);
    assert.equal(await count("select count(*) n from receipt"), 1);
    assert.equal(await count("select sum(amount) n from ledger_entry"), 0);
    assert.equal(await count("select coalesce(sum(amount), 0) n from ledger_entry where account = 'receivable'"), 0);
  }));

test("a CONFIRM with any field changed, another secret or another partner changes nothing and is kept as evidence", () =>
  scene(async ({ fees, open, count }) => {
    const reference = await open();
    const good = confirm(reference);
    let refused = 0;
    for (const field of Object.keys(good) as (keyof ConfirmMessage)[]) {
      const { MaLoi } = await receiveConfirm(fees, { ...good, [field]: `${good[field]}1` });
      assert.notEqual(MaLoi, "00", field);
      refused += 1;
    }
    const others = [
      confirm(reference, {}, "stolen"),
      confirm(reference, { MaDoiTac: "DVCQG_KONTUM" }),
      confirm(reference, { SoTien: "7999" }),
      confirm("dvc999"),
      null,
      "x",
      {},
    ];
    for (const message of others) {
      assert.notEqual((await receiveConfirm(fees, message)).MaLoi, "00");
      refused += 1;
    }
    assert.equal(await count("select count(*) n from payment_evidence"), refused);
    assert.equal(await count("select count(*) n from settlement"), 0);
    assert.equal(await count("select count(*) n from payment_attempt"), 0);
    assert.equal(
      (await receiveConfirm(fees, confirm(reference, {}, "before"))).MaLoi,
      "00",
      "the secret before is still valid",
    );
  }));

test("a success after a failure of the same attempt wins, in either order of arrival", () =>
  scene(async ({ fees, open, count }) => {
    const reference = await open();
    await receiveConfirm(fees, confirm(reference, { MaLoi: "01" }));
    await receiveConfirm(fees, confirm(reference));
    await receiveConfirm(fees, confirm(reference, { MaLoi: "01" }));
    assert.equal(await count("select count(*) n from payment_attempt where state = 'succeeded'"), 1);
    assert.equal(await count("select count(*) n from payment_attempt"), 1);
  }));

test("a second success goes to the refund queue and gets no receipt", () =>
  scene(async ({ fees, open, count, runJobs }) => {
    const reference = await open();
    await receiveConfirm(fees, confirm(reference, { MaGiaoDich: "1" }));
    await receiveConfirm(fees, confirm(reference, { MaGiaoDich: "2" }));
    await runJobs();
    assert.equal(await count("select count(*) n from settlement where kept"), 1);
    assert.equal(await count("select count(*) n from refund_due where amount = 8000"), 1);
    assert.equal(await count("select count(*) n from receipt"), 1);
    const db = fees.database.forTenant("tayninh");
    assert.deepEqual(await checkLedger(db), { total: 0, unbalanced: 0, unbooked: 0, receivableDrift: 0 });
    assert.deepEqual(
      (await listBalances(db)).map(({ account, balance }) => [account, balance]),
      [
        ["hub-clearing", 16_000],
        ["receivable", 0],
        ["refunds-payable", -8_000],
        ["revenue:charge", -8_000],
      ],
    );
  }));

test("money of a dossier that has ended goes to the refund queue, and nobody is sent to pay for it", () =>
  scene(async ({ fees, dossier, open, count }) => {
    const reference = await open();
    await count(
      `with ended as (update dossier set state = 'withdrawn' where id = '${dossier.id}' returning 1) select count(*) n from ended`,
    );
    assert.equal((await receiveConfirm(fees, confirm(reference))).MaLoi, "00");
    assert.equal(await count("select count(*) n from settlement where kept"), 0);
    assert.equal(await count("select count(*) n from refund_due where reason = 'dossier-over'"), 1);
    assert.equal(await count("select count(*) n from dossier where fee_state = 'paid'"), 0);
    const inits = hub.inits.length;
    await open();
    assert.equal(hub.inits.length, inits);
  }));

test("a CONFIRM that never came is made good by the sweep's QUERY; a forged one inside the answer is not", () =>
  scene(async ({ fees, dossier, open, count }) => {
    const reference = await open();
    hub.confirms = [confirm(reference, { MaGiaoDich: "9" }, "stolen")];
    await withDue(fees);
    assert.equal(await count("select count(*) n from settlement"), 0);
    hub.confirms = [confirm(reference)];
    hub.status = "1";
    await withDue(fees);
    assert.equal((await findObligation(fees.database.forTenant("tayninh"), dossier.id))?.state, "paid");
  }));

async function withDue(fees: Fees): Promise<void> {
  const { statement } = await import("#kit/db.ts");
  await fees.database
    .forTenant("tayninh")
    .run(statement<unknown, []>("test.make-due", "update payment_request set next_ask_at = now()"), []);
  await sweepFees(fees);
}

test("while the hub is undecided the citizen sees it being checked; a silent hub changes nothing", () =>
  scene(async ({ fees, dossier, open }) => {
    await open();
    const db = fees.database.forTenant("tayninh");
    hub.status = "3";
    await withDue(fees);
    assert.equal((await findUnfinishedRequest(db, dossier.id))?.state, "verifying");
    assert.deepEqual(
      (await listTransactionsOfDossier(db, dossier.id)).map((row) => row.state),
      ["verifying"],
    );
    hub.silent = true;
    await withDue(fees);
    assert.equal((await findUnfinishedRequest(db, dossier.id))?.state, "verifying");
  }));

test("an INIT without an answer is sent again with the same reference", () =>
  scene(async ({ open, count }) => {
    hub.silent = true;
    await open();
    hub.silent = false;
    const reference = await open();
    assert.notEqual(reference, "");
    assert.equal(
      await count(`select count(*) n from payment_request where reference = '${reference}' and state = 'open'`),
      1,
    );
    assert.equal(await count("select count(*) n from payment_request"), 1);
  }));

test("the history is read page by page, newest first, none twice and none left out", () =>
  scene(async ({ fees, open }) => {
    const reference = await open();
    for (let n = 1; n <= 7; n += 1)
      await receiveConfirm(fees, confirm(reference, { MaLoi: "01", MaGiaoDich: String(n) }));
    const db = fees.database.forTenant("tayninh");
    const seen: (string | null)[] = [];
    let after: { key: string; id: string } | undefined;
    do {
      const { rows, next } = await listTransactions(db, citizenSub, after, 3);
      seen.push(...rows.map((row) => row.hubTransaction));
      after = next;
    } while (after);
    assert.deepEqual(seen, ["7", "6", "5", "4", "3", "2", "1"]);
  }));

test("whoever is exempt from everything owes nothing, and the reason stands on the dossier", () =>
  scene(
    async ({ fees, dossier, open, count }) => {
      const exempt = await findObligation(fees.database.forTenant("tayninh"), dossier.id);
      assert.deepEqual([exempt?.state, exempt?.total, exempt?.lines[0]?.exemption?.reason.vi], ["exempt", 0, "Trẻ em"]);
      assert.equal(await open(), "");
      assert.equal(await count("select count(*) n from ledger_entry"), 0);
    },
    [{ ...extractDue, amount: 0, exemption: { code: "x", reason: { vi: "Trẻ em", en: "Child" }, basis: "" } }],
  ));

test("phí and lệ phí of one dossier are separate lines with separate receipts and revenue accounts", () =>
  scene(
    async ({ fees, open, count, runJobs }) => {
      const reference = await open();
      await receiveConfirm(fees, confirm(reference, { SoTien: "50000" }));
      await runJobs();
      assert.equal(await count("select count(distinct kind) n from receipt"), 2);
      assert.equal(await count("select sum(amount) n from ledger_entry where account = 'revenue:fee'"), -42_000);
      assert.equal(await count("select sum(amount) n from ledger_entry where account = 'revenue:charge'"), -8_000);
    },
    [extractDue, { ...extractDue, code: "x", kind: "fee", amount: 42_000, unitAmount: 42_000 }],
  ));
