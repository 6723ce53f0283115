import assert from "node:assert/strict";
import { test } from "node:test";
import { newSecretId } from "#kit/ids.ts";
import type { Database } from "#kit/db.ts";
import { checkLedger, listBalances } from "#province/ledger/index.ts";
import { citizenSub, extractDue, fileDossier } from "#tests/support/filed-dossier.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import { recordCounterPayment } from "./desk-fees.ts";
import { putGroupRequest, putRequest, type SettleFee, settleInDatabase } from "./fee-store.ts";
import { findUnfinishedRequest, listObligations, listOwedBy, listTransactions } from "./fee-view.ts";

const tenant = "tayninh";
const firstAskAt = new Date(Date.now() + 60_000);

/** Dossiers that owe 8,000 đ each; answers their ids with the ids of what they owe. */
async function owing(
  database: Database,
  place: TestDatabase,
  count: number,
): Promise<{ dossier: string; due: string }[]> {
  const ids: { dossier: string; due: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await withAdmin(place, (client) => fileDossier(client, tenant, [extractDue]));
    const [due] = await listObligations(database.forTenant(tenant), id);
    assert.ok(due);
    ids.push({ dossier: id, due: due.id });
  }
  return ids;
}

const success = (reference: string, amount: number, hubTransaction = "1"): SettleFee => ({
  tenant,
  reference,
  hubTransaction,
  paid: true,
  amount,
  errorCode: "00",
  bank: "momo",
  occurredAt: new Date(),
  source: "confirm",
  raw: "{}",
});

const cash = (due: string, id = newSecretId()) => ({
  tenant,
  obligationId: due,
  id,
  method: "cash" as const,
  amount: 8_000,
  payerName: "An",
  reference: "",
  officer: { id: "o1", name: "Officer" },
  receivedAt: new Date(),
});

async function whole(database: Database): Promise<void> {
  assert.deepEqual(await checkLedger(database.forTenant(tenant)), {
    total: 0,
    unbalanced: 0,
    unbooked: 0,
    receivableDrift: 0,
  });
}

test("one payment of three dossiers settles each once, however often it is told", () =>
  withDatabase("province", async (database, place) => {
    const db = database.forTenant(tenant);
    const all = await owing(database, place, 3);
    const opened = await putGroupRequest(database, {
      tenant,
      obligations: all.map((one) => one.due),
      id: newSecretId(),
      reference: "dvcgroup1",
      firstAskAt,
    });
    assert.equal(opened.word, "started");
    const told = await Promise.all(
      Array.from({ length: 20 }, () => settleInDatabase(database, success("dvcgroup1", 24_000))),
    );
    assert.equal(told.filter((one) => one.verdict === "settled").length, 1);
    assert.equal(told.filter((one) => one.verdict === "already").length, 19);
    for (const { dossier } of all) assert.equal((await listObligations(db, dossier))[0]?.state, "paid");
    assert.equal((await listTransactions(db, citizenSub, undefined)).rows.length, 3, "a row for each dossier");
    assert.equal((await listBalances(db)).find((row) => row.account === "hub-clearing")?.balance, 24_000);
    await whole(database);
  }));

test("a sum that is not that of all parts is not believed", () =>
  withDatabase("province", async (database, place) => {
    const all = await owing(database, place, 2);
    await putGroupRequest(database, {
      tenant,
      obligations: all.map((one) => one.due),
      id: newSecretId(),
      reference: "dvcgroup2",
      firstAskAt,
    });
    assert.equal((await settleInDatabase(database, success("dvcgroup2", 8_000))).verdict, "amount-differs");
    await whole(database);
  }));

test("what was paid at the counter meanwhile goes back; the other dossier of the same payment is settled", () =>
  withDatabase("province", async (database, place) => {
    const db = database.forTenant(tenant);
    const [a, b] = await owing(database, place, 2);
    assert.ok(a && b);
    await putGroupRequest(database, {
      tenant,
      obligations: [a.due, b.due],
      id: newSecretId(),
      reference: "dvcgroup3",
      firstAskAt,
    });
    assert.equal(await recordCounterPayment(database, cash(a.due)), "settled");
    assert.equal((await settleInDatabase(database, success("dvcgroup3", 16_000))).verdict, "settled");
    const balances = Object.fromEntries((await listBalances(db)).map((row) => [row.account, row.balance]));
    assert.deepEqual(balances, {
      cash: 8_000,
      "hub-clearing": 16_000,
      receivable: 0,
      "refunds-payable": -8_000,
      "revenue:charge": -16_000,
    });
    await whole(database);
  }));

test("while a group is unfinished none of its dossiers starts another payment, alone or in another group", () =>
  withDatabase("province", async (database, place) => {
    const [a, b, c] = await owing(database, place, 3);
    assert.ok(a && b && c);
    const group = await putGroupRequest(database, {
      tenant,
      obligations: [a.due, b.due],
      id: newSecretId(),
      reference: "dvcgroup4",
      firstAskAt,
    });
    const alone = await putRequest(database, {
      tenant,
      dossierId: b.dossier,
      id: newSecretId(),
      reference: "dvcalone4",
      firstAskAt,
    });
    assert.deepEqual(alone, { word: "active", requestId: group.requestId });
    const other = await putGroupRequest(database, {
      tenant,
      obligations: [b.due, c.due],
      id: newSecretId(),
      reference: "dvcother4",
      firstAskAt,
    });
    assert.deepEqual(other, { word: "active", requestId: group.requestId });
    assert.equal((await findUnfinishedRequest(database.forTenant(tenant), b.dossier))?.id, group.requestId);
    // Twenty presses at once for the third: one request.
    const presses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        putGroupRequest(database, {
          tenant,
          obligations: [c.due],
          id: newSecretId(),
          reference: `dvcpress${index}`,
          firstAskAt,
        }),
      ),
    );
    assert.equal(presses.filter((one) => one.word === "started").length, 1);
    assert.equal(new Set(presses.map((one) => one.requestId)).size, 1);
  }));

test("cash and an online success at the same instant: one is kept, the other goes back, nothing is lost", () =>
  withDatabase("province", async (database, place) => {
    const db = database.forTenant(tenant);
    for (let round = 0; round < 8; round += 1) {
      const [one] = await owing(database, place, 1);
      assert.ok(one);
      await putRequest(database, {
        tenant,
        dossierId: one.dossier,
        id: newSecretId(),
        reference: `dvcrace${round}`,
        firstAskAt,
      });
      const [online, desk] = await Promise.all([
        settleInDatabase(database, success(`dvcrace${round}`, 8_000)),
        recordCounterPayment(database, cash(one.due)),
      ]);
      assert.ok(
        (online.verdict === "settled" && desk === "paid") || (online.verdict === "overpaid" && desk === "settled"),
        `${online.verdict} ${desk}`,
      );
    }
    assert.equal((await listBalances(db)).find((row) => row.account === "receivable")?.balance, 0);
    assert.deepEqual(await listOwedBy(db, citizenSub), []);
    await whole(database);
  }));

test("while the hub is undecided no cash is taken for the same fee", () =>
  withDatabase("province", async (database, place) => {
    const [one] = await owing(database, place, 1);
    assert.ok(one);
    await putRequest(database, {
      tenant,
      dossierId: one.dossier,
      id: newSecretId(),
      reference: "dvcunknown",
      firstAskAt,
    });
    await withAdmin(place, (client) => client.query("update payment_request set state = 'verifying'"));
    assert.equal(await recordCounterPayment(database, cash(one.due)), "under-way");
    assert.equal((await settleInDatabase(database, success("dvcunknown", 8_000))).verdict, "settled");
  }));
