/**
 * Kills processes at random while citizens pay, which finds the places that nobody named. Every citizen is patient: presses
 * again when nothing answers. At the end every book is compared with the wallet's own journal.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { newSecretId } from "#kit/ids.ts";
import { type FiledDossier, fileDossier } from "#tests/support/filed-dossier.ts";
import { look, press, type Role, type Street, startStreet, within60s } from "./payment-street.ts";

const CITIZENS = 12;
const KILLS = 14;
const VICTIMS: readonly Role[] = ["national-web", "national-worker", "province-web", "province-worker"];
const WALLET = { phone: "0900000101", password: "000000", otp: "000000" };

let street: Street;
before(async () => {
  street = await startStreet();
});
after(() => street.stop());

/** From the dossier to the confirmed wallet, however often the other side dies. */
async function pay(dossier: FiledDossier): Promise<void> {
  const { portal, national, sandbox } = street.origins;
  const requestId = newSecretId();
  const order = await within60s("the hub's page", async () => {
    const answer = await press(`${portal}/ho-so/${dossier.id}/thanh-toan`, { "yeu-cau": requestId });
    return answer?.location.startsWith(national) && answer.location;
  });
  let attempt = newSecretId();
  await within60s("a payment in the wallet", async () => {
    const answer = await press(`${order}/thanh-toan`, { lan: attempt, kenh: "momo" });
    if (!answer) return false;
    if (answer.location.startsWith(sandbox)) {
      const back = await press(answer.location, WALLET);
      if (back) await look(back.location);
      return back !== undefined;
    }
    if (answer.location.includes("/ket-qua/")) {
      await look(answer.location);
      const free = await press(`${answer.location.split("?")[0]}/chon-cach-khac`, {});
      if (free?.location === order) attempt = newSecretId();
    }
    return false;
  });
}

test(`${KILLS} blind kills while ${CITIZENS} citizens pay: everybody has paid once, and every book says so`, {
  timeout: 180_000,
}, async (context) => {
  const client = new pg.Client({ connectionString: street.province.adminUrl });
  await client.connect();
  const dossiers: FiledDossier[] = [];
  for (let n = 0; n < CITIZENS; n += 1) dossiers.push(await fileDossier(client, "tayninh"));
  await client.end();

  const killed: Role[] = [];
  const killing = (async () => {
    for (let n = 0; n < KILLS; n += 1) {
      await sleep(150 + Math.random() * 500);
      const role = VICTIMS[Math.floor(Math.random() * VICTIMS.length)] ?? "national-web";
      killed.push(role);
      await street.arm(role);
    }
  })();
  await Promise.all(dossiers.map((dossier, n) => sleep(n * 350).then(() => pay(dossier))));
  await killing;
  context.diagnostic(`killed: ${killed.join(", ")}`);

  await within60s("all dossiers are paid and have their receipts", async () => {
    const [row] = await street.rows<{ paid: number; receipts: number }>(
      "province",
      "select (select count(*)::int from dossier where fee_state = 'paid') as paid, (select count(*)::int from receipt) as receipts",
    );
    return row?.paid === CITIZENS && row.receipts === CITIZENS;
  });
  const captured = street.journal("momo").filter((event) => event["kind"] === "captured");
  const settled = await street.rows<{ provider_transaction: string }>(
    "national",
    "select provider_transaction from settlement",
  );
  assert.deepEqual(
    settled.map((row) => row.provider_transaction).sort(),
    captured.map((event) => String(event["transId"])).sort(),
    "the hub's settlements are the wallet's captures",
  );
  const [national] = await street.rows(
    "national",
    `select
    (select count(*)::int from settlement where kept) as kept,
    (select count(*)::int from settlement where not kept) - (select count(*)::int from refund_due) as unqueued,
    (select count(*)::int from ledger_transaction) - (select count(*)::int from settlement) as unbooked,
    (select coalesce(sum(amount), 0)::int from ledger_entry) as total`,
  );
  assert.deepEqual(national, { kept: CITIZENS, unqueued: 0, unbooked: 0, total: 0 });
  const [province] = await street.rows(
    "province",
    `select
    (select count(*)::int from settlement where kept) as kept,
    (select count(*)::int from settlement where not kept) as twice,
    (select count(*)::int from dossier_history where action = 'mark-fee-paid') as history,
    (select coalesce(sum(amount), 0)::int from ledger_entry where account = 'receivable') as receivable,
    (select coalesce(sum(amount), 0)::int from ledger_entry) as total`,
  );
  assert.deepEqual(province, { kept: CITIZENS, twice: 0, history: CITIZENS, receivable: 0, total: 0 });
});
