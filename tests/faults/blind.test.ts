/**
 * Kills processes at random while citizens pay, which finds the places that nobody named: one process, both of a building,
 * or all at once. Short here; `motcua faults --minutes N --seed S` goes on for as long as asked (FAULTS_SECONDS, FAULTS_SEED).
 * The seed gives the same victims and pauses again; what they hit depends on the machine.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { compareBooks, untilQuiet } from "./books.ts";
import { fileDossiers, pay } from "./patient-citizen.ts";
import { type Role, type Street, startStreet } from "./payment-street.ts";
import { chooser, count, report, type Violation } from "./tally.ts";

const SECONDS = Number(process.env["FAULTS_SECONDS"] ?? 15);
const SEED = Number(process.env["FAULTS_SEED"] ?? Date.now() % 1_000_000);
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
  street = await startStreet({ supervised: true });
});
after(() => street.stop());

async function killUntil(end: number): Promise<void> {
  const choose = chooser(SEED);
  while (Date.now() < end) {
    await sleep(700 + choose.below(2_000));
    for (const role of choose.of(VICTIMS)) street.strike(role);
  }
}

async function payUntil(end: number, lane: number): Promise<number> {
  const choose = chooser(SEED + lane + 1);
  let paid = 0;
  while (Date.now() < end) {
    const [dossier] = await fileDossiers(street, 1);
    if (!dossier) break;
    await pay(street, dossier, {
      with: choose.below(3) === 0 ? "vnpay-ncb" : "momo",
      comesBack: choose.below(2) === 0,
    });
    paid += 1;
  }
  return paid;
}

test(`blind kills for ${SECONDS} s while ${AT_ONCE} citizens at a time pay: each has paid once, and every book says so`, {
  timeout: SECONDS * 1_000 + 180_000,
}, async (context) => {
  const end = Date.now() + SECONDS * 1_000;
  // A fifth of the callbacks of MoMo comes twice, late or never.
  const mischief = (async () => {
    const choose = chooser(SEED + 99);
    while (Date.now() < end) {
      const behaviour = choose.of(["callback-dropped", "callback-duplicated", "callback-late"]);
      const told = await street
        .behave({ standIn: choose.of(["momo", "vnpay"]), behaviour, scope: "next", ms: 2_000 })
        .then(
          () => true,
          () => false,
        );
      if (told)
        count(
          behaviour === "callback-dropped" ? "drops" : behaviour === "callback-duplicated" ? "duplicates" : "reordered",
        );
      await sleep(1_000 + choose.below(1_000));
    }
  })();
  const lanes = Array.from({ length: AT_ONCE }, (_, lane) => payUntil(end, lane));
  await killUntil(end);
  await mischief;
  const paid = (await Promise.all(lanes)).reduce((sum, one) => sum + one, 0);
  const violations: Violation[] = [];
  if (!(await untilQuiet(street))) violations.push({ promise: "P2", what: "not quiet 60 s after the last kill" });
  violations.push(...(await compareBooks(street)));
  const [paidDossiers] = await street.rows<{ n: number }>(
    "province",
    "select count(*)::int n from dossier where fee_state = 'paid'",
  );
  if (paidDossiers?.n !== paid)
    violations.push({ promise: "P2", what: `${paid} citizens paid, ${paidDossiers?.n} dossiers are paid` });
  context.diagnostic(`seed ${SEED}: ${paid} payments, ${street.deaths.length} deaths`);
  assert.ok(paid > 0 && street.deaths.length > 0, "nobody paid or nobody died");
  assert.equal(
    report(violations, { test: "blind", seed: SEED }),
    0,
    `seed ${SEED}\n${violations.map(({ promise, what }) => `${promise} ${what}`).join("\n")}`,
  );
});
