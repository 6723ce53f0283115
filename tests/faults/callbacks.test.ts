/**
 * What a provider's callbacks may do (never come, come twice, late, forged, with another amount) and what clocks may do
 * (every process ten minutes off, each building in both directions): the books agree with the journals all the same
 * (promises P2, P3, P4, P20).
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareBooks, untilQuiet } from "./books.ts";
import { fileDossiers, pay, type Walk } from "./patient-citizen.ts";
import { press, type Street, type StreetOptions, startStreet } from "./payment-street.ts";
import { chooser, count, type Kind, report } from "./tally.ts";

const SEED = Number(process.env["FAULTS_SEED"] ?? Date.now() % 1_000_000);
/** Not enough money in it (Sandbox: 0900000402 and 403 are refused). */
const REFUSED_WALLET = "0900000403";

async function onStreet(options: StreetOptions, work: (street: Street) => Promise<void>): Promise<void> {
  const street = await startStreet({ supervised: true, ...options });
  try {
    await work(street);
  } finally {
    await street.stop();
  }
}

async function judge(street: Street, paid: number, name: string): Promise<void> {
  const violations = (await untilQuiet(street))
    ? []
    : [{ promise: "P2", what: "not quiet 60 s after the last payment" }];
  violations.push(...(await compareBooks(street)));
  const [row] = await street.rows<{ n: number }>(
    "province",
    "select count(*)::int n from dossier where fee_state = 'paid'",
  );
  if (row?.n !== paid)
    violations.push({ promise: row && row.n > paid ? "P3" : "P2", what: `${paid} paid, ${row?.n} dossiers are paid` });
  assert.equal(
    report(violations, { test: name, seed: SEED }),
    0,
    `seed ${SEED}\n${violations.map(({ promise, what }) => `${promise} ${what}`).join("\n")}`,
  );
}

interface Mischief {
  readonly kind: Kind;
  readonly with: "momo" | "vnpay";
  readonly order: Readonly<Record<string, unknown>>;
  /** The payer is refused; the callback says the contrary. */
  readonly refused?: boolean;
}

const MISCHIEF: readonly Mischief[] = (["momo", "vnpay"] as const).flatMap((provider) => [
  { kind: "drops" as const, with: provider, order: { behaviour: "callback-dropped" } },
  { kind: "drops" as const, with: provider, order: { behaviour: "callback-dropped" } },
  { kind: "duplicates" as const, with: provider, order: { behaviour: "callback-duplicated", times: 20 } },
  { kind: "reordered" as const, with: provider, order: { behaviour: "callback-late", ms: 3_000 } },
  { kind: "forged" as const, with: provider, order: { behaviour: "callback-forged", thenTrue: true } },
  { kind: "forged" as const, with: provider, order: { behaviour: "callback-other-amount", thenTrue: false } },
]);
const REFUSED: Mischief = { kind: "forged", with: "momo", order: { behaviour: "callback-forged" }, refused: true };

describe("what callbacks and clocks may do", { concurrency: 2 }, () => {
  test(
    "callbacks dropped, twenty times, late, forged, with another amount: the journals and the books agree",
    { timeout: 200_000 },
    async () =>
      onStreet({}, async (street) => {
        const choose = chooser(SEED);
        const acts = [...MISCHIEF, REFUSED].map((act) => ({ act, at: choose.number() })).sort((a, b) => a.at - b.at);
        const dossiers = await fileDossiers(street, acts.length);
        for (const [index, { act }] of acts.entries()) {
          const dossier = dossiers[index];
          assert.ok(dossier);
          await street.behave({ standIn: act.with, scope: "next", ...act.order });
          const walk: Walk = { with: act.with === "momo" ? "momo" : "vnpay-ncb", comesBack: choose.below(2) === 0 };
          await pay(street, dossier, act.refused ? { ...walk, wallet: REFUSED_WALLET } : walk);
          count(act.kind);
        }
        // Everything once more, in whatever order the answers come.
        const again = await Promise.all(
          street
            .journal("momo")
            .filter((event) => event["kind"] === "captured")
            .flatMap((event) =>
              Array.from({ length: 3 }, () =>
                press(`${street.origins.sandbox}/control/callbacks`, {
                  provider: "momo",
                  order: String(event["orderId"]),
                  variant: "true",
                }),
              ),
            ),
        );
        count("duplicates", again.length);
        await judge(street, MISCHIEF.length, "callbacks");
      }),
  );

  test("clocks ten minutes fast and slow, no callback at all: known as soon as with right clocks", {
    timeout: 200_000,
  }, async () => {
    const off = 600_000;
    const clocks = { "national-web": off, "national-worker": -off, "province-web": -off, "province-worker": off };
    await onStreet({ clocks }, async (street) => {
      for (const standIn of ["momo", "vnpay"])
        await street.behave({ standIn, behaviour: "callback-dropped", scope: "always" });
      const dossiers = await fileDossiers(street, 4);
      await Promise.all(
        dossiers.map((dossier, n) => pay(street, dossier, { with: n % 2 ? "vnpay-ncb" : "momo", comesBack: false })),
      );
      count("drops", dossiers.length);
      await judge(street, dossiers.length, "clocks");
    });
  });
});
