import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger, listBalances } from "#national/ledger/index.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, momoIpn, type StandIn, startStandIn } from "#tests/support/hub.ts";
import { answerPlatform } from "./answer-platform.ts";
import { askProvider } from "./ask-provider.ts";
import { giveUpAttempt } from "./give-up-attempt.ts";
import type { PaymentHub } from "./payment.ts";
import { paymentJobs } from "./payment-jobs.ts";
import { findAttempt } from "./payment-store.ts";
import { makeRegistry } from "./providers/registry.ts";
import { vietqrProvider } from "./providers/vietqr/vietqr.ts";
import { readStatement } from "./read-statement.ts";
import { receiveCallback } from "./receive-callback.ts";
import { startAttempt } from "./start-attempt.ts";
import { listUnmatchedTransfers } from "./statement-view.ts";

const ACCOUNT = "0900000800001";
/** The bank's booked lines; `down` makes it silent. */
let lines: { id: string; account: string; direction: string; amount: number; content: string; bookedAt: string }[] = [];
let down = false;
const bank = createServer((request, response) => {
  const query = new URL(request.url ?? "/", "http://bank").searchParams;
  if (down) return void request.socket.destroy();
  assert.equal(request.headers.authorization, "Bearer feed-key");
  const since = query.get("since") ?? "";
  const from = query.get("from") ?? "";
  const fit = lines.filter((line) => line.id > since && line.bookedAt >= from).slice(0, Number(query.get("limit")));
  response.end(fit.map((line) => `${JSON.stringify(line)}\n`).join(""));
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
  down = false;
});

function hubOf(database: Database): PaymentHub {
  const collecting = {
    url,
    key: "feed-key",
    account: ACCOUNT,
    bankBin: "970415",
    bankName: "VietinBank",
    holder: "CONG DICH VU CONG QUOC GIA",
  };
  const hub = makeHub(database, standIn, systemClock);
  const pageOf = (attemptId: string) => `http://national.example/thanh-toan/chuyen-khoan/${attemptId}`;
  const provider = vietqrProvider({ feed: collecting, pageOf, origin: "http://national.example" });
  return { ...hub, collecting, providers: makeRegistry([...hub.providers.all, provider]) };
}

let orders = 0;
async function newOrder(hub: PaymentHub): Promise<string> {
  orders += 1;
  const { body } = await answerPlatform(hub, merchant.token, initMessage(`dvcqr${orders}`));
  const { UrlThanhToan } = JSON.parse((body as { message: string }).message) as { UrlThanhToan: string };
  return UrlThanhToan.split("/").at(-1) ?? "";
}

/** An attempt by transfer, over 8,000 đồng; its content. */
async function newTransfer(
  hub: PaymentHub,
  orderId?: string,
): Promise<{ id: string; orderId: string; content: string }> {
  const order = orderId ?? (await newOrder(hub));
  const id = newSecretId();
  const outcome = await startAttempt(hub, {
    orderId: order,
    attemptId: id,
    channel: "vietqr",
    payerIp: "127.0.0.1",
    lang: "vi",
  });
  assert.equal(outcome.kind, "redirect");
  return { id, orderId: order, content: (await findAttempt(hub.database, id))?.providerOrder ?? "" };
}

function credit(content: string, amount = 8_000, direction = "in"): void {
  const id = `FT${String(lines.length + 1).padStart(6, "0")}`;
  lines.push({ id, account: ACCOUNT, direction, amount, content, bookedAt: new Date().toISOString() });
}

async function stateOf(hub: PaymentHub, id: string): Promise<string | undefined> {
  return (await findAttempt(hub.database, id))?.state;
}

const reasons = async (hub: PaymentHub) => (await listUnmatchedTransfers(hub.database, 50)).map((one) => one.reason);

async function count(place: TestDatabase, sql: string): Promise<number> {
  const { rows } = await withAdmin(place, (client) => client.query<{ n: number }>(`select count(*)::int as n ${sql}`));
  return rows[0]?.n ?? -1;
}

test("a transfer of the exact amount with the content settles, whatever words the bank puts around it", () =>
  withDatabase("national", async (database) => {
    const hub = hubOf(database);
    const plain = await newTransfer(hub);
    const wordy = await newTransfer(hub);
    credit(plain.content);
    credit(`MBVCB.771.${wordy.content.toLowerCase()}.CT tu 0123 toi 0900`);
    assert.equal(await readStatement(hub), 2);
    assert.equal(await stateOf(hub, plain.id), "succeeded");
    assert.equal(await stateOf(hub, wordy.id), "succeeded");
    assert.deepEqual(await reasons(hub), []);
  }));

test("another amount, another content, a second transfer and money going out settle nothing and stay as evidence", () =>
  withDatabase("national", async (database, place) => {
    const hub = hubOf(database);
    const { id, content } = await newTransfer(hub);
    credit(content, 7_000);
    credit("nop le phi ho so 363815");
    credit(`${content} ${(await newTransfer(hub)).content}`);
    credit("chuyen ve kho bac", 500_000, "out");
    await readStatement(hub);
    assert.equal(await stateOf(hub, id), "redirected");
    assert.deepEqual(await reasons(hub), ["amount-differs", "unknown-content", "several-references"]);
    credit(content);
    credit(content);
    await readStatement(hub);
    assert.equal(await stateOf(hub, id), "succeeded");
    assert.equal((await reasons(hub)).at(-1), "paid-twice");
    assert.equal(await count(place, "from settlement"), 1);
    assert.equal(await count(place, "from bank_statement_line"), 6);
    assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
    const balances = new Map((await listBalances(database)).map((one) => [one.account, one.balance]));
    // What went out and nobody has explained stands apart, so that the account's balance is the statement's.
    assert.equal(balances.get("bank:collection"), 39_000 - 500_000);
    assert.equal(balances.get("transfers-unclear"), 500_000);
    assert.equal(balances.get("clearing:vietqr"), 0);
    assert.equal(balances.get("transfers-unmatched"), -31_000);
  }));

test("a statement read again from its beginning, and by several readers at once, changes nothing", () =>
  withDatabase("national", async (database, place) => {
    const hub = hubOf(database);
    const transfers = [];
    for (let index = 0; index < 5; index += 1) transfers.push(await newTransfer(hub));
    for (const { content } of transfers) credit(content);
    credit("khac");
    await Promise.all([readStatement(hub), readStatement(hub), readStatement(hub)]);
    await withAdmin(place, (client) => client.query("delete from bank_statement_cursor"));
    await readStatement(hub);
    assert.equal(await count(place, "from settlement where kept"), 5);
    assert.equal(await count(place, "from bank_statement_line"), 6);
    assert.equal(await count(place, "from refund_due"), 0);
  }));

test("a transfer that comes after the time is over still counts; after another payment it goes to the refunds", () =>
  withDatabase("national", async (database, place) => {
    const hub = hubOf(database);
    const late = await newTransfer(hub);
    const attempt = await findAttempt(database, late.id);
    assert.ok(attempt);
    await askProvider(hub, { ...attempt, expiresAt: new Date(0) }, "sweep");
    assert.equal(await stateOf(hub, late.id), "failed");
    credit(late.content);
    await readStatement(hub);
    assert.equal(await stateOf(hub, late.id), "succeeded");

    const second = await newTransfer(hub);
    assert.equal(await giveUpAttempt(hub, second.id), "free");
    const wallet = newSecretId();
    const { orderId } = second;
    await startAttempt(hub, { orderId, attemptId: wallet, channel: "momo", payerIp: "127.0.0.1", lang: "vi" });
    const body = momoIpn(wallet.replaceAll("-", ""));
    assert.equal(await receiveCallback(hub, hub.providers.get("momo"), { query: {}, body }), "recorded");
    credit(second.content);
    await readStatement(hub);
    assert.equal(await count(place, "from refund_due"), 1);
    assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
  }));

test("the worker follows the statement by itself, and a bank that is silent for a while stops nothing", () =>
  withDatabase("national", async (database) => {
    const hub = hubOf(database);
    const follow = paymentJobs(hub).periodic.find((one) => one.name === "bank-statement");
    assert.ok(follow);
    const { id, content } = await newTransfer(hub);
    credit(content);
    down = true;
    await follow.run();
    await follow.run();
    assert.equal(await stateOf(hub, id), "redirected");
    down = false;
    await follow.run();
    assert.equal(await stateOf(hub, id), "succeeded");
  }));

test("a process that dies after settling and before writing the line down settles nothing twice", () =>
  withDatabase("national", async (database, place) => {
    const hub = hubOf(database);
    const { id, content } = await newTransfer(hub);
    credit(content);
    await readStatement(hub);
    // As if it had died in between: the settlement stands, the line and the cursor do not.
    await withAdmin(place, (client) =>
      client.query("delete from bank_statement_line; delete from bank_statement_cursor; delete from job"),
    );
    await readStatement(hub);
    assert.equal(await count(place, "from settlement"), 1);
    assert.equal(await count(place, "from bank_statement_line where outcome = 'matched'"), 1);
    assert.equal(await count(place, "from job where queue = 'confirm-merchant'"), 0);
    assert.equal(await stateOf(hub, id), "succeeded");
  }));

test("while the bank gives no statement the payer cannot change to another way; afterwards the transfer is found", () =>
  withDatabase("national", async (database) => {
    const hub = hubOf(database);
    const { id, content } = await newTransfer(hub);
    down = true;
    credit(content);
    await assert.rejects(readStatement(hub), { code: "unavailable" });
    assert.equal(await giveUpAttempt(hub, id), "wait");
    down = false;
    assert.equal(await giveUpAttempt(hub, id), "free");
    assert.equal(await stateOf(hub, id), "succeeded");
    await readStatement(hub);
    assert.deepEqual(await reasons(hub), []);
  }));
