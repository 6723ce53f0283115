/** The end of a fault test: quiet first, then every book against the journals. */
import assert from "node:assert/strict";
import { compareBooks, untilQuiet } from "./books.ts";
import type { Street } from "./payment-street.ts";
import { report, type Violation } from "./tally.ts";

export async function paidDossiers(street: Street): Promise<number> {
  const [row] = await street.rows<{ n: number }>(
    "province",
    "select count(*)::int n from dossier where fee_state = 'paid'",
  );
  return row?.n ?? 0;
}

/** `paid`: how many dossiers must be paid by now, on the whole street. */
export async function judge(
  street: Street,
  name: string,
  more: { readonly found?: readonly Violation[]; readonly paid?: number; readonly seed?: number } = {},
): Promise<void> {
  const violations = [...(more.found ?? [])];
  if (!(await untilQuiet(street))) violations.push({ promise: "P2", what: "not quiet after 60 s" });
  violations.push(...(await compareBooks(street)));
  const paid = await paidDossiers(street);
  if (more.paid !== undefined && paid !== more.paid)
    violations.push({ promise: paid > more.paid ? "P3" : "P2", what: `${more.paid} paid, ${paid} dossiers are paid` });
  assert.equal(
    report(violations, { test: name, ...(more.seed === undefined ? {} : { seed: more.seed }) }),
    0,
    `${more.seed === undefined ? "" : `seed ${more.seed}\n`}${violations.map(({ promise, what }) => `${promise} ${what}`).join("\n")}`,
  );
}
