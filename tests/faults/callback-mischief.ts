/** What providers' callbacks and payers' transfers may do: never come, come twice, late, forged, with another amount. */
import assert from "node:assert/strict";
import { demoCollectingAccount } from "#kit/demo-money.ts";
import { CALLING } from "./crash-table.ts";
import { captures } from "./journals.ts";
import { FEE, fileDossiers, pay, type Walk } from "./patient-citizen.ts";
import { press, type Street } from "./payment-street.ts";
import { type chooser, count, type Kind } from "./tally.ts";

/** Not enough money in it (Sandbox: 0900000402 is refused everywhere). */
const REFUSED_WALLET = "0900000402";

interface Mischief {
  readonly kind: Kind;
  readonly order: Readonly<Record<string, unknown>>;
  /** The payer is refused; the callback says the contrary. */
  readonly refused?: boolean;
}

const MISCHIEF: readonly Mischief[] = [
  { kind: "drops", order: { behaviour: "callback-dropped" } },
  { kind: "duplicates", order: { behaviour: "callback-duplicated", times: 20 } },
  { kind: "reordered", order: { behaviour: "callback-late", ms: 3_000 } },
  { kind: "forged", order: { behaviour: "callback-forged", thenTrue: true } },
  { kind: "forged", order: { behaviour: "callback-other-amount", thenTrue: false } },
];
const REFUSED: Mischief = { kind: "forged", order: { behaviour: "callback-forged" }, refused: true };

/** Every mischief of every provider; answers how many have paid. */
export async function misbehave(street: Street, choose: ReturnType<typeof chooser>): Promise<number> {
  const lanes = CALLING.map(async (provider) => {
    // A card that is refused has no wallet; ZaloPay does not call back for what was refused.
    const refused = provider === "momo" || provider === "vnpt-pay" ? [REFUSED] : [];
    const acts = [...MISCHIEF, ...refused].map((act) => ({ act, at: choose.number() })).sort((a, b) => a.at - b.at);
    const dossiers = await fileDossiers(street, acts.length);
    for (const [index, { act }] of acts.entries()) {
      const dossier = dossiers[index];
      assert.ok(dossier);
      await street.behave({ standIn: provider, scope: "next", ...act.order });
      const walk: Walk = { with: provider, comesBack: choose.below(2) === 0 };
      await pay(street, dossier, act.refused ? { ...walk, wallet: REFUSED_WALLET } : walk);
      count(act.kind);
    }
    return MISCHIEF.length;
  });
  const paid = await Promise.all([...lanes, transferOddly(street)]);
  return paid.reduce((sum, one) => sum + one, 0);
}

/** Everything that was ever paid is told three times more, all at once, in whatever order it comes. */
export async function tellAgain(street: Street): Promise<void> {
  const known = captures(street).filter((one) => one.provider !== "vietqr");
  const again = known.flatMap(({ provider, name }) =>
    Array.from({ length: 3 }, () =>
      press(`${street.origins.sandbox}/control/callbacks`, { provider, order: name, variant: "true" }),
    ),
  );
  await Promise.all(again);
  count("duplicates", again.length);
}

/** One true transfer; the same again, one with too little, one under nobody's reference. Only the first pays. */
async function transferOddly(street: Street): Promise<number> {
  const [dossier] = await fileDossiers(street, 1);
  assert.ok(dossier);
  await pay(street, dossier, { with: "vietqr", comesBack: false });
  const first = captures(street)
    .filter((one) => one.provider === "vietqr")
    .at(-1);
  assert.ok(first);
  const odd = [
    { amount: FEE, content: first.name },
    { amount: FEE - 1, content: `chuyen tien ${first.name}` },
    { amount: FEE + 1_000, content: "DVC2222222222 nop le phi" },
    { amount: FEE, content: "nộp lệ phí" },
  ];
  for (const { amount, content } of odd) {
    const answer = await fetch(`${street.origins.sandbox}/bank/transfers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ account: demoCollectingAccount.account, amount, content }),
    });
    assert.equal(answer.status, 201, await answer.text());
  }
  count("duplicates");
  count("forged", odd.length - 1);
  return 1;
}
