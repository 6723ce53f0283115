/**
 * Fee rules as data. A rule says what is due, not how it is paid. Amounts are integer đồng.
 * The type `by_provincial_resolution` exists because "unknown" must never be printed as "free".
 */
import { formatDate } from "#kit/calendar.ts";
import type { Text } from "#kit/i18n.ts";
import type { Condition } from "#province/forms/index.ts";
import type { Way } from "./way.ts";

export type AmountRule =
  | { type: "fixed"; amount: number; unit?: Text }
  /** So many đồng for each copy, set, page… counted by one answer. */
  | { type: "per_unit"; amount: number; quantityItem: string; unit: Text }
  /**
   * By page of the original, for every row of a repeatable group: tiers are per copy, the cap too.
   * Circular 226/2016/TT-BTC art. 4: 2,000 đ a page, from the third page 1,000 đ, at most 200,000 đ a copy.
   */
  | {
      type: "per_page";
      rowsItem: string;
      pagesItem: string;
      copiesItem: string;
      labelItem?: string;
      tiers: { fromPage: number; amount: number }[];
      capPerCopy: number;
      unit: Text;
    }
  /** Free by law, for everyone it applies to. */
  | { type: "free"; reason: Text }
  /** The province's People's Council sets it; null until the province says how much. */
  | { type: "by_provincial_resolution" };

export type Exemption = {
  code: string;
  who: Text;
  reason: Text;
  basis: string;
  /** Absent = decided by the officer on papers shown; never applied by the machine. */
  when?: Condition;
};

export type FeeRule = {
  code: string;
  /** fee = phí, charge = lệ phí (Law on Fees and Charges 2015): separate lines, separate receipts. */
  kind: "fee" | "charge";
  name: Text;
  /** Absent = always. */
  when?: Condition;
  /** Absent = every way of filing. */
  ways?: Way[];
  amount: AmountRule;
  exemptions?: Exemption[];
  /** Local days, both inclusive; null = still in force. */
  validFrom: string;
  validTo: string | null;
  basis: string;
  collect: "on-filing" | "on-result";
  /** false: kept by the state when the request is refused; absent = given back. */
  refundable?: boolean;
  note?: Text;
};

/** What one province decided for a rule of type `by_provincial_resolution`. */
export type LocalAmount = { amount: number; basis: string };

/** One resolution of a province's council about one fee (Law on Fees and Charges 2015 art. 21). */
export type LocalResolution = {
  amount: number;
  /** "Nghị quyết 10/2020/NQ-HĐND" */
  resolution: string;
  issuedOn: string;
  /** Local days, both inclusive; null = still in force. */
  validFrom: string;
  validTo: string | null;
};

/**
 * What is in force on a local day, by fee code. A code without a resolution in force is absent: the amount is unknown, which
 * is never 0. Pure.
 */
export function localAmountsOn(
  all: Readonly<Record<string, readonly LocalResolution[]>>,
  day: string,
): Record<string, LocalAmount> {
  const found: Record<string, LocalAmount> = {};
  for (const [code, resolutions] of Object.entries(all)) {
    const now = resolutions.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));
    if (now) found[code] = { amount: now.amount, basis: `${now.resolution} (${formatDate(now.issuedOn)})` };
  }
  return found;
}
