/**
 * One suite for every provider: the real hub on a real database, the real adapters, and the sandbox's stand-ins over HTTP,
 * whose callbacks are caught on their way and delivered as the test says: true, forged, over another amount, twice, on
 * another order, in every order of arrival.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { FastifyInstance } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { systemClock } from "#kit/clock.ts";
import { type Config, loadConfig } from "#kit/config.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { createSite } from "#kit/http/index.ts";
import { newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { checkLedger } from "#national/ledger/index.ts";
import {
  answerPlatform,
  askProvider,
  giveUpAttempt,
  hubFromConfig,
  type PaymentHub,
  platformRoutes,
  readStatement,
  startAttempt,
} from "#national/payments/index.ts";
import { nationalFailurePage } from "#national/portal/index.ts";
import { reconcileFile } from "#national/reconciliation/index.ts";
import { signInit } from "#protocols/payment-order/index.ts";
import { createSandbox, type Sandbox } from "#sandbox/app.ts";
import { freeFamily } from "#tests/support/ports.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { initMessage } from "#tests/support/hub.ts";

interface Sent {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body?: string;
}

let place: TestDatabase;
let database: Database;
let hub: PaymentHub;
let site: FastifyInstance;
let sandbox: Sandbox;
let config: Config;
let folder = "";
let sent: Sent[] = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "motcua-every-"));
  config = loadConfig({ PORT: String(await freeFamily()), MOTCUA_DATA: folder });
  place = await cloneDatabase("national");
  database = openDatabase({ url: place.appUrl, role: "test" });
  const log = createLog("test");
  hub = hubFromConfig(config, { database, clock: systemClock, log });
  site = await createSite({
    name: "national",
    origin: config.origins.national,
    cookie: "t",
    log,
    failurePage: nationalFailurePage,
  });
  platformRoutes(site, hub);
  await site.ready();
  sandbox = await createSandbox({
    config,
    log,
    callbackDelaysMs: [0],
    send: async (message) => {
      sent.push(message);
      return { status: 500, body: "" };
    },
  });
  await sandbox.start();
  await sandbox.site.listen({ host: "localhost", port: Number(new URL(config.origins.sandbox ?? "").port) });
});
after(async () => {
  await sandbox.close();
  await site.close();
  await database.close();
  await place.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Attempt {
  readonly id: string;
  readonly orderId: string;
  readonly name: string;
  readonly payUrl: string;
}

let orders = 0;

/** A new order over 8,000 đồng with one attempt over `channel`. */
async function open(channel: string): Promise<Attempt> {
  orders += 1;
  const merchant = [...hub.merchants.values()][0];
  assert.ok(merchant);
  const { MaXacThuc: _, ...init } = initMessage(`dvcevery${orders}`, { MaDoiTac: merchant.code });
  const message = { ...init, MaXacThuc: signInit(init, merchant.secrets[0]) };
  const { body } = await answerPlatform(hub, merchant.token, message);
  const { UrlThanhToan } = JSON.parse((body as { message: string }).message) as { UrlThanhToan: string };
  const orderId = UrlThanhToan.split("/").at(-1) ?? "";
  const id = newSecretId();
  const answer = await startAttempt(hub, { orderId, attemptId: id, channel, payerIp: "127.0.0.1", lang: "vi" });
  assert.ok(answer.kind === "redirect", JSON.stringify(answer));
  return { id, orderId, name: (await attemptOf(id)).providerOrder, payUrl: answer.payUrl };
}

async function attemptOf(id: string) {
  const { rows } = await withAdmin(place, (client) =>
    client.query<{ providerOrder: string; state: string; transaction: string | null; createdAt: Date }>(
      `select provider_order as "providerOrder", state, provider_transaction as transaction, created_at as "createdAt"
       from payment_attempt where id = $1`,
      [id],
    ),
  );
  const [row] = rows;
  assert.ok(row);
  return row;
}

async function count(sql: string): Promise<number> {
  const { rows } = await withAdmin(place, (client) => client.query<{ n: number }>(`select count(*)::int as n ${sql}`));
  return rows[0]?.n ?? -1;
}

const settlementsOf = (orderId: string) => count(`from settlement where order_id = '${orderId}'`);
const evidence = () => count("from payment_evidence");

async function press(url: string, fields: Record<string, string>): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: config.origins.sandbox ?? "" },
    redirect: "manual",
  });
  return new URL(response.headers.get("location") ?? url, url).href;
}

const WALLET = { phone: "0900000101", password: "000000", otp: "000000", action: "pay" };
const CARD = { bank: "NCB", name: "NGUYEN VAN A", number: "9704198526191432198", month: "07", year: "2015" };

/** How a payer pays at each provider, and what its callbacks are called in the control panel. */
const payers: readonly {
  readonly channel: string;
  readonly pay: (attempt: Attempt) => Promise<unknown>;
  readonly panel?: string;
}[] = [
  ...["momo", "zalopay", "vnpt-pay"].map((channel) => ({
    channel,
    panel: channel,
    pay: (attempt: Attempt) => press(attempt.payUrl, WALLET),
  })),
  {
    channel: "vnpay-ncb",
    panel: "vnpay",
    async pay(attempt) {
      const opened = await fetch(attempt.payUrl, { redirect: "manual" });
      const otp = await press(new URL(opened.headers.get("location") ?? "", attempt.payUrl).href, {
        ...CARD,
        action: "pay",
      });
      await press(otp, { otp: "123456", action: "pay" });
    },
  },
  { channel: "vietqr", pay: (attempt) => transfer(attempt.name) },
];

function transfer(content: string, amount = 8_000): Promise<unknown> {
  return fetch(`${config.origins.sandbox}/bank/transfers`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account: hub.collecting?.account, amount, content }),
  });
}

/** The callbacks that leave while `work` runs. */
async function caught(work: () => Promise<unknown>): Promise<Sent[]> {
  sent = [];
  await work();
  await sandbox.quiet();
  return sent;
}

/** The control panel sends one more callback of a payment. */
async function variant(panel: string, attempt: Attempt, kind: "forged" | "other-amount"): Promise<Sent> {
  const { payments } = (await sandbox.site.inject("/control")).json<{
    payments: { provider: string; order: string }[];
  }>();
  const order = payments.find((one) => one.provider === panel && one.order.endsWith(attempt.name))?.order;
  const payload = { provider: panel, order, variant: kind };
  const [one] = await caught(() => sandbox.site.inject({ method: "POST", url: "/control/callbacks", payload }));
  assert.ok(one, `no ${kind} callback of ${panel}`);
  return one;
}

/** Brings a callback to the hub as the provider would, over its route. */
async function deliver({ method, url, body }: Sent) {
  const { pathname, search } = new URL(url);
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  return site.inject({ method, url: pathname + search, headers, ...(body === undefined ? {} : { payload: body }) });
}

async function ask(attempt: Attempt, change: { readonly expiresAt?: Date } = {}) {
  const { rows } = await withAdmin(place, (client) =>
    client.query(
      `select id, order_id as "orderId", provider, channel, provider_order as "providerOrder", amount::int, state,
         pay_url as "payUrl", ask_count as "askCount", created_at as "createdAt", expires_at as "expiresAt",
         changed_at as "changedAt" from payment_attempt where id = $1`,
      [attempt.id],
    ),
  );
  return askProvider(hub, { ...rows[0], ...change }, "sweep");
}

for (const { channel, pay, panel } of payers) {
  describe(channel, () => {
    /** What tells the hub of a payment without its asking. */
    const tell = async (callbacks: readonly Sent[]) => {
      if (panel) for (const one of callbacks) await deliver(one);
      else await readStatement(hub);
    };

    test("opened, paid, told, asked: all say the same, and it is settled once", async () => {
      const attempt = await open(channel);
      assert.equal((await ask(attempt)).kind, "untouched");
      const callbacks = await caught(() => pay(attempt));
      assert.equal(callbacks.length, panel ? 1 : 0);
      await tell(callbacks);
      const { state, transaction } = await attemptOf(attempt.id);
      assert.equal(state, "succeeded");
      const report = await ask(attempt);
      assert.ok(report.kind === "captured" && report.amount === 8_000 && report.transaction === transaction);
      assert.equal(await settlementsOf(attempt.orderId), 1);
    });

    test("fifty at once are one settlement", async () => {
      const attempt = await open(channel);
      const callbacks = await caught(() => pay(attempt));
      await Promise.all(Array.from({ length: 50 }, () => tell(callbacks)));
      assert.equal(await settlementsOf(attempt.orderId), 1);
      assert.equal((await attemptOf(attempt.id)).state, "succeeded");
    });

    test("a payment after the payer had given up still counts", async () => {
      const attempt = await open(channel);
      assert.equal(await giveUpAttempt(hub, attempt.id), "free");
      assert.equal((await attemptOf(attempt.id)).state, "failed");
      await tell(await caught(() => pay(attempt)));
      assert.equal((await attemptOf(attempt.id)).state, "succeeded");
    });

    if (panel) {
      test("forged, over another amount, put on another order, of an order that is not ours: nothing changes, all is kept", async () => {
        const attempt = await open(channel);
        const other = await open(channel);
        const [callback] = await caught(() => pay(attempt));
        assert.ok(callback);
        const before = await evidence();
        await deliver(await variant(panel, attempt, "forged"));
        await deliver(await variant(panel, attempt, "other-amount"));
        const swap = (text: string) => text.replaceAll(attempt.name, other.name);
        const { body } = callback;
        await deliver({ ...callback, url: swap(callback.url), ...(body === undefined ? {} : { body: swap(body) }) });
        assert.equal((await attemptOf(attempt.id)).state, "redirected");
        assert.equal((await attemptOf(other.id)).state, "redirected");
        assert.equal(await evidence(), before + 3);
        await withAdmin(place, (client) =>
          client.query("update payment_attempt set provider_order = 'x' || provider_order where id = $1", [attempt.id]),
        );
        await deliver(callback);
        assert.equal(await settlementsOf(attempt.orderId), 0);
        assert.equal(await evidence(), before + 4);
      });
    }

    if (panel && channel !== "vnpt-pay") {
      test("a refund goes back once under its id, never more than was paid, and the provider says the same when asked", async () => {
        const provider = hub.providers.findChannel(channel)?.provider;
        assert.ok(provider?.refund && provider.askRefund);
        const attempt = await open(channel);
        await tell(await caught(() => pay(attempt)));
        const { transaction, createdAt } = await attemptOf(attempt.id);
        const facts = { id: attempt.id, providerOrder: attempt.name, amount: 8_000, createdAt, expiresAt: createdAt };
        const input = (refundId: string, amount: number) => ({
          attempt: facts,
          transaction: transaction ?? "",
          refundId,
          amount,
          reason: "Hoan phi",
          requestedBy: "0a1b2c3d4e5f",
          requestedAt: new Date(),
        });
        const refunds = async () =>
          (await sandbox.site.inject(`/journal/${panel}`)).body
            .split("\n")
            .filter((line) => line.includes('"kind":"refunded"'));
        const before = (await refunds()).length;
        const first = input(newSecretId(), 3_000);
        assert.equal((await provider.askRefund(first)).kind, "absent");
        assert.equal((await provider.refund(first)).kind, "refunded");
        assert.notEqual((await provider.refund(first)).kind, "refused");
        assert.equal((await provider.askRefund(first)).kind, "refunded");
        assert.notEqual((await provider.refund(input(newSecretId(), 6_000))).kind, "refunded");
        assert.equal((await refunds()).length, before + 1);
      });
    }

    test("the provider's settlement file agrees with what was told, and what it took back without a word becomes a dispute", async () => {
      const paid = async () => {
        const attempt = await open(channel);
        await tell(await caught(() => pay(attempt)));
        const { transaction } = await attemptOf(attempt.id);
        return { ...attempt, name: panel ? attempt.name : (transaction ?? "") };
      };
      const days = [plainDateOf(new Date())];
      const [kept, takenBack] = [await paid(), await paid()];
      days.push(plainDateOf(new Date()));
      if (panel) {
        const { payments } = (await sandbox.site.inject("/control")).json<{ payments: { order: string }[] }>();
        const order = payments.find((one) => one.order.endsWith(takenBack.name))?.order;
        const payload = { provider: panel, order };
        await caught(() => sandbox.site.inject({ method: "POST", url: "/control/reverse", payload }));
      }
      const files = await Promise.all(
        [...new Set(days)].map((day) => sandbox.site.inject(`/settlement/${panel ?? channel}/${day}.csv`)),
      );
      const text = files
        .map((one, index) => (index === 0 ? one.body : one.body.slice(one.body.indexOf("\n") + 1)))
        .join("");
      const { differences } = await reconcileFile(database, {
        provider: panel ?? channel,
        name: "file.csv",
        source: "command",
        open: async function* () {
          yield Buffer.from(text);
        },
      });
      const ofThese = differences.filter(({ reference }) => [kept.name, takenBack.name].includes(reference));
      assert.match(text, new RegExp(kept.name));
      assert.deepEqual(
        ofThese.map(({ kind, reference, theirs }) => [kind, reference, theirs?.status]),
        panel ? [["status", takenBack.name, "reversed"]] : [],
      );
      const disputed = `from dispute d join settlement s on s.id = d.settlement_id where s.order_id =`;
      assert.equal(await count(`${disputed} '${takenBack.orderId}'`), panel ? 1 : 0);
      assert.equal(await count(`${disputed} '${kept.orderId}'`), 0);
    });

    test("whatever the order of arrival of telling, asking, forging, other amounts and time over: settled once", async () => {
      const names = [
        "tell",
        "tell again",
        "ask",
        "time over",
        ...(panel ? (["forged", "other-amount"] as const) : (["wrong transfer"] as const)),
      ] as const;
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([...names], { minLength: names.length }),
          fc.boolean(),
          async (sequence, gaveUp) => {
            const attempt = await open(channel);
            if (gaveUp) await giveUpAttempt(hub, attempt.id);
            const callbacks = await caught(() => pay(attempt));
            for (const step of sequence) {
              if (step === "tell" || step === "tell again") await tell(callbacks);
              else if (step === "ask") await ask(attempt);
              else if (step === "time over") await ask(attempt, { expiresAt: new Date(0) });
              else if (step === "wrong transfer") await transfer(attempt.name, 7_000);
              else if (panel) await deliver(await variant(panel, attempt, step));
            }
            assert.equal((await attemptOf(attempt.id)).state, "succeeded", sequence.join(" → "));
            assert.equal(await settlementsOf(attempt.orderId), 1);
          },
        ),
        { numRuns: 20 },
      );
      assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
    });
  });
}
