/**
 * Kills processes at random while citizens pay with every provider and some get their money back, which finds the places
 * that nobody named: one process, both of a building, or all at once. Short here; `motcua faults --minutes N --seed S` goes on for as long as asked (FAULTS_SECONDS, FAULTS_SEED).
 * The seed gives the same victims and pauses again; what they hit depends on the machine.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { BY_HAND, CALLING, type Provider, PROVIDERS, REFUNDING } from "./crash-table.ts";
import { hireOperators, type Operators } from "./give-back.ts";
import { judge } from "./judge.ts";
import { FEE, fileDossiers, pay } from "./patient-citizen.ts";
import { type Role, ROLES, type Street, startStreet } from "./payment-street.ts";
import { chooser, count, SEED } from "./tally.ts";

const SECONDS = Number(process.env["FAULTS_SECONDS"] ?? 15);
/** Citizens at the same time. */
const AT_ONCE = 4;

const VICTIMS: readonly [readonly Role[], ...(readonly Role[])[]] = [
  ["national-web"],
  ["national-worker"],
  ["province-web"],
  ["province-worker"],
  ["sandbox"],
  ["national-web", "national-worker"],
  ["province-web", "province-worker"],
  ["national-web", "national-worker", "province-web", "province-worker"],
];

let street: Street;
before(async () => {
  street = await startStreet();
});
after(() => street.stop());

async function killUntil(end: number): Promise<void> {
  const choose = chooser(SEED);
  while (Date.now() < end) {
    await sleep(700 + choose.below(2_000));
    for (const role of choose.of(VICTIMS)) street.strike(role);
    // Mostly all are back before the next blow, however slow this machine is: otherwise nobody ever pays.
    const back = choose.below(4) === 0 ? 0 : Date.now() + 20_000;
    while (!ROLES.every((role) => street.isUp(role)) && Date.now() < back) await sleep(50);
  }
}

async function payUntil(end: number, lane: number): Promise<number> {
  const choose = chooser(SEED + lane + 1);
  let paid = 0;
  while (Date.now() < end) {
    const [dossier] = await fileDossiers(street, 1);
    if (!dossier) break;
    // Every provider has its turn; VNPAY oftener, because its payers take one step more.
    const provider = choose.of<Provider>([...PROVIDERS, "vnpay"] as unknown as [Provider, ...Provider[]]);
    await pay(street, dossier, { with: provider, comesBack: choose.below(2) === 0 });
    paid += 1;
  }
  return paid;
}

/** Two operators give back parts of what was paid, sometimes all of it. */
async function giveBackUntil(end: number, operators: Operators): Promise<number> {
  const choose = chooser(SEED + 98);
  let given = 0;
  while (Date.now() < end) {
    await sleep(600 + choose.below(1_000));
    const byHand = choose.below(3) === 0;
    const amount = choose.below(4) === 0 ? FEE : 1_000 * (1 + choose.below(7));
    const [payment] = await operators.refundable(byHand ? BY_HAND : REFUNDING);
    if (!payment) continue;
    if (byHand) await operators.transferBack(await operators.promiseByHand(payment.hubTransaction, amount), amount);
    else await operators.giveBack(payment.hubTransaction, amount);
    given += 1;
  }
  return given;
}

/** Callbacks come twice, late or never. */
async function disturbUntil(end: number): Promise<void> {
  const choose = chooser(SEED + 99);
  const kinds = {
    "callback-dropped": "drops",
    "callback-duplicated": "duplicates",
    "callback-late": "reordered",
  } as const;
  while (Date.now() < end) {
    const behaviour = choose.of<keyof typeof kinds>(["callback-dropped", "callback-duplicated", "callback-late"]);
    const told = await street.behave({ standIn: choose.of(CALLING), behaviour, scope: "next", ms: 2_000 }).then(
      () => true,
      () => false,
    );
    if (told) count(kinds[behaviour]);
    await sleep(1_000 + choose.below(1_000));
  }
}

test(`blind kills for ${SECONDS} s while ${AT_ONCE} citizens at a time pay and some are paid back: each has paid once, and every book says so`, {
  timeout: SECONDS * 1_000 + 180_000,
}, async (context) => {
  const end = Date.now() + SECONDS * 1_000;
  const operators = await hireOperators(street);
  try {
    const mischief = disturbUntil(end);
    const refunds = giveBackUntil(end, operators);
    const lanes = Array.from({ length: AT_ONCE }, (_, lane) => payUntil(end, lane));
    await killUntil(end);
    await mischief;
    const given = await refunds;
    const paid = (await Promise.all(lanes)).reduce((sum, one) => sum + one, 0);
    const { length: deaths } = street.deaths;
    context.diagnostic(`seed ${SEED}: ${paid} payments, ${given} refunds, ${deaths} deaths`);
    assert.ok(paid > 0 && deaths > 0, "nobody paid or nobody died");
    await judge(street, "blind", { paid, seed: SEED });
    const undone = "select id from refund where state <> 'refunded'";
    assert.deepEqual(await street.rows("national", undone), [], `seed ${SEED}: refunds that have not gone back`);
  } finally {
    await operators.close();
  }
});
