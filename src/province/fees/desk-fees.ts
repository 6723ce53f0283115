/** What officers do about a dossier's money: take it at the desk, ask for more, exempt. */
import type { Database } from "#kit/db.ts";
import { isDong } from "#kit/money.ts";
import {
  type CounterPayment,
  type CounterWord,
  type DeskFeeAnswer,
  demandInDatabase,
  exemptInDatabase,
  type FeeDemand,
  type LineExemption,
  settleAtCounter,
} from "./desk-fee-store.ts";

/** Roles that handle cash. */
const CASHIERS = new Set(["one-stop", "accountant"]);

export function mayTakeMoney(officer: { readonly role: string }): boolean {
  return CASHIERS.has(officer.role);
}

/**
 * Cash at the desk, or a transfer seen on the statement: settles the obligation in one transaction (ledger, dossier,
 * receipts as a job). The amount must be exact; while an online payment of it is undecided the answer is `under-way`.
 */
export async function recordCounterPayment(database: Database, payment: CounterPayment): Promise<CounterWord> {
  return (await settleAtCounter(database, payment)).word;
}

/** "Yêu cầu nộp phí, lệ phí": a new obligation with its lines and its reason. */
export function demandFee(database: Database, demand: FeeDemand): Promise<DeskFeeAnswer> {
  if (demand.dues.length > 20 || demand.dues.some((due) => !isDong(due.amount) || due.amount === 0))
    return Promise.resolve({ ok: false, reason: "amount" });
  return demandInDatabase(database, demand);
}

/** An exemption or a reduction on papers shown; the obligation is replaced, never changed. */
export function exemptLine(database: Database, exemption: LineExemption): Promise<DeskFeeAnswer> {
  return exemptInDatabase(database, exemption);
}

/** "800.000", "800 000 đ", "800000" → 800000; undefined for anything else. */
export function readDong(text: string): number | undefined {
  const bare = text.replace(/[\s.đ₫]/gu, "");
  const amount = /^\d{1,12}$/.test(bare) ? Number(bare) : Number.NaN;
  return isDong(amount) ? amount : undefined;
}
