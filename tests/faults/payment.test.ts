/**
 * Kills the processes of a payment at named points and asks the stand-in's journal what really happened to the money:
 * nothing may be lost, nothing doubled, and nobody has to help (promises P1, P2, P7, P12).
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { newSecretId } from "#kit/ids.ts";
import { fileDossier, type FiledDossier } from "#tests/support/filed-dossier.ts";
import { look, press, type Role, type Street, startStreet, within60s } from "./payment-street.ts";

const WALLET = { phone: "0900000101", password: "000000", otp: "000000" };

let street: Street;
before(async () => {
  street = await startStreet();
});
after(() => street.stop());

async function newDossier(): Promise<FiledDossier> {
  const client = new pg.Client({ connectionString: street.province.adminUrl });
  await client.connect();
  try {
    return await fileDossier(client, "tayninh");
  } finally {
    await client.end();
  }
}

/** Presses again while the process is dead, as a patient citizen does; the ids on the page stay the same. */
function pressUntilAnswered(url: string, fields: Record<string, string>, revive: () => Promise<void>): Promise<string> {
  return within60s(`an answer from ${url}`, async () => {
    const answer = await press(url, fields);
    if (!answer) await revive();
    return answer?.location;
  });
}

/** One citizen pays one dossier with MoMo while `role` is armed; whoever dies is started again, as the supervisor does. */
async function payWhileArmed(role: Role, crashAt: string): Promise<{ dossier: FiledDossier; order: string }> {
  const dossier = await newDossier();
  await street.arm(role, crashAt);
  // Of the armed process, not of the one that follows it.
  const death = street.died(role);
  let revival: Promise<void> | undefined;
  const revive = () => (revival ??= death.then(() => street.arm(role)));
  const { portal, national } = street.origins;
  const order = await pressUntilAnswered(
    `${portal}/ho-so/${dossier.id}/thanh-toan`,
    { "yeu-cau": newSecretId() },
    revive,
  );
  assert.match(order, /\/thanh-toan\/[0-9a-f-]{36}$/);
  const wallet = await toWallet(order, national, revive);
  const back = await press(wallet, WALLET);
  assert.equal(back?.status, 303);
  if (!(await look(back.location))) {
    await revive();
    assert.ok(await look(back.location));
  }
  await Promise.race([
    revive(),
    sleep(60_000, undefined, { ref: false }).then(() => assert.fail(`${crashAt} was not reached`)),
  ]);
  return { dossier, order };
}

/** Chooses MoMo; when an attempt was lost on the way the citizen follows the page and tries once more. */
function toWallet(order: string, national: string, revive: () => Promise<void>): Promise<string> {
  let attempt = newSecretId();
  return within60s("the wallet's page", async () => {
    const location = await pressUntilAnswered(`${order}/thanh-toan`, { lan: attempt, kenh: "momo" }, revive);
    if (!location.startsWith(national)) return location;
    // The hub does not know what became of the attempt: its page asks the provider; then another way is allowed.
    const id = location.split("/").at(-1) ?? "";
    if (location.includes("/ket-qua/")) {
      await look(location);
      await press(`${national}/thanh-toan/ket-qua/${id}/chon-cach-khac`, {});
      attempt = newSecretId();
    }
    return undefined;
  });
}

/** What the wallet captured for this order, and that every book agrees with it. */
async function assertBooksAgree(dossier: FiledDossier, order: string): Promise<void> {
  const orderId = order.split("/").at(-1) ?? "";
  const owed = await within60s("the province knows that the dossier is paid and has its receipt", async () => {
    const [row] = await street.rows<{ fee_state: string; receipts: number }>(
      "province",
      "select fee_state, (select count(*)::int from receipt r where r.dossier_id = d.id) as receipts from dossier d where id = $1",
      [dossier.id],
    );
    return row?.fee_state === "paid" && row.receipts > 0 ? row : undefined;
  });
  assert.equal(owed.receipts, 1, "one receipt");
  const attempts = await street.rows<{ provider_order: string; state: string }>(
    "national",
    "select provider_order, state from payment_attempt where order_id = $1",
    [orderId],
  );
  const ours = new Set(attempts.map((attempt) => attempt.provider_order));
  const captured = street
    .journal("momo")
    .filter((event) => event["kind"] === "captured" && ours.has(String(event["orderId"])));
  assert.equal(captured.length, 1, "the wallet took the money once");
  const settlements = await street.rows<{
    provider_transaction: string;
    kept: boolean;
    entries: number;
    total: number;
  }>(
    "national",
    `select s.provider_transaction, s.kept, count(e.id)::int as entries, coalesce(sum(e.amount), 0)::int as total
     from settlement s left join ledger_transaction t on t.subject = s.id left join ledger_entry e on e.transaction_id = t.id
     where s.order_id = $1 group by s.id`,
    [orderId],
  );
  assert.deepEqual(settlements, [
    { provider_transaction: String(captured[0]?.["transId"]), kept: true, entries: 2, total: 0 },
  ]);
  const [province] = await street.rows<{ settlements: number; history: number; ledger: number; refunds: number }>(
    "province",
    `select (select count(*)::int from settlement s join obligation o on o.id = s.obligation_id where o.dossier_id = $1) as settlements,
       (select count(*)::int from dossier_history where dossier_id = $1 and action = 'mark-fee-paid') as history,
       (select coalesce(sum(amount), 0)::int from ledger_entry) as ledger,
       (select count(*)::int from refund_due) as refunds`,
    [dossier.id],
  );
  assert.deepEqual(province, { settlements: 1, history: 1, ledger: 0, refunds: 0 });
}

const POINTS: readonly { role: Role; at: string; what: string }[] = [
  { role: "province-web", at: "F1-province", what: "the province has written its request and not called the hub" },
  {
    role: "province-web",
    at: "F2-province",
    what: "the hub has opened the order and the province has not stored its page",
  },
  { role: "national-web", at: "F1", what: "the attempt is committed and the wallet has not been called" },
  { role: "national-web", at: "F2", what: "the wallet has taken the order and the hub has not stored its page" },
  { role: "national-web", at: "F3", what: "the page is stored and the browser has not been sent there" },
  { role: "national-web", at: "F4", what: "the wallet's message was believed and nothing is written" },
  { role: "national-web", at: "F6", what: "the settlement is committed and the caller has not heard of it" },
  { role: "national-web", at: "F7", what: "everything is committed and the wallet has not been answered" },
  { role: "national-worker", at: "F8", what: "the job is claimed and the province has not been told" },
  { role: "national-worker", at: "F9", what: "the province has settled and the job is not marked done" },
  { role: "province-web", at: "F4-province", what: "CONFIRM was believed and nothing is written" },
  { role: "province-web", at: "F6-province", what: "the province has settled and the hub has not been answered" },
];

for (const { role, at, what } of POINTS) {
  test(`${role} killed at ${at} (${what}): paid once, known everywhere`, { timeout: 150_000 }, async () => {
    const { dossier, order } = await payWhileArmed(role, at);
    await assertBooksAgree(dossier, order);
  });
}

test("killed inside the settling transaction (F5): nothing of it remains, and the next message settles it", {
  timeout: 150_000,
}, async () => {
  const dossier = await newDossier();
  const { portal, national } = street.origins;
  const nothing = async () => undefined;
  const order = await pressUntilAnswered(
    `${portal}/ho-so/${dossier.id}/thanh-toan`,
    { "yeu-cau": newSecretId() },
    nothing,
  );
  const wallet = await toWallet(order, national, nothing);
  const holder = new pg.Client({ connectionString: street.national.adminUrl });
  await holder.connect();
  try {
    // Whoever settles has updated the attempt and now waits for the ledger.
    await holder.query("begin");
    await holder.query("lock table ledger_transaction in exclusive mode");
    await press(wallet, WALLET);
    const waiting = await within60s("a settlement that waits for the ledger", async () => {
      // Not through the holder: inside a transaction the activity is seen as it was at first sight.
      const rows = await street.rows<{ pid: number }>(
        "national",
        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ 'from payment_settle'",
      );
      return rows.length > 0 ? rows : undefined;
    });
    await street.kill("national-web");
    for (const { pid } of waiting) await holder.query("select pg_terminate_backend($1)", [pid]);
    const orderId = order.split("/").at(-1);
    const [before] = await street.rows<{ settlements: number; paid: number }>(
      "national",
      `select (select count(*)::int from settlement where order_id = $1) as settlements,
         (select count(*)::int from payment_attempt where order_id = $1 and state = 'succeeded') as paid`,
      [orderId],
    );
    assert.deepEqual(before, { settlements: 0, paid: 0 });
    await holder.query("rollback");
  } finally {
    await holder.end();
  }
  await street.arm("national-web");
  await assertBooksAgree(dossier, order);
});

test("the hub is dead while the citizen pays and the callbacks are lost: known within 60 s of its return", {
  timeout: 150_000,
}, async () => {
  const dossier = await newDossier();
  const { portal, national } = street.origins;
  const nothing = async () => undefined;
  const order = await pressUntilAnswered(
    `${portal}/ho-so/${dossier.id}/thanh-toan`,
    { "yeu-cau": newSecretId() },
    nothing,
  );
  const wallet = await toWallet(order, national, nothing);
  await street.kill("national-web");
  await street.kill("national-worker");
  await press(wallet, WALLET);
  // The wallet dies too before it can repeat its callback; its journal keeps the capture.
  await street.kill("sandbox");
  await street.arm("sandbox");
  await street.arm("national-web");
  await street.arm("national-worker");
  await assertBooksAgree(dossier, order);
});
