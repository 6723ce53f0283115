/** What the public post costs, from a table that is data (`provinces/public-post.json`). Pure but for reading that file once. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPlainDate, type PlainDate } from "#kit/calendar.ts";
import { isDong } from "#kit/money.ts";

/** province: within the agency's province, as it is today. */
export type PostZone = "province" | "country";

/** When a result that goes by post counts as returned. */
export type ReturnedWhen = "handed-over" | "delivered";

interface Period {
  readonly validFrom: PlainDate;
  readonly validTo?: PlainDate | null;
  readonly basis: string;
}

export interface PostageTable extends Period {
  /** Upper ends of the steps of weight, rising. */
  readonly upToGrams: readonly number[];
  readonly zones: Readonly<Record<PostZone, readonly number[]>>;
  readonly eachFurther500Grams: Readonly<Record<PostZone, number>>;
}

export interface PublicPostRules {
  readonly returned: readonly (Period & { readonly when: ReturnedWhen })[];
  readonly tables: readonly PostageTable[];
}

export interface Postage {
  /** đồng */
  readonly amount: number;
  readonly basis: string;
}

const HEAVIEST_GRAMS = 30_000;

/** Postage of one item on a day; undefined when no table is in force or the item is too heavy for the post. */
export function postageOf(
  rules: PublicPostRules,
  item: { readonly on: PlainDate; readonly zone: PostZone; readonly grams: number },
): Postage | undefined {
  const table = inForce(rules.tables, item.on);
  const { grams, zone } = item;
  if (!table || !Number.isInteger(grams) || grams < 1 || grams > HEAVIEST_GRAMS) return undefined;
  const prices = table.zones[zone];
  const step = table.upToGrams.findIndex((upTo) => grams <= upTo);
  const most = table.upToGrams.at(-1) ?? 0;
  const amount =
    step >= 0 ? prices[step] : (prices.at(-1) ?? 0) + Math.ceil((grams - most) / 500) * table.eachFurther500Grams[zone];
  return amount === undefined ? undefined : { amount, basis: table.basis };
}

/** When what goes by post counts as returned on a day; at the door when no rule says anything else. */
export function returnedWhen(rules: PublicPostRules, on: PlainDate): ReturnedWhen {
  return inForce(rules.returned, on)?.when ?? "delivered";
}

function inForce<Rule extends Period>(rules: readonly Rule[], on: PlainDate): Rule | undefined {
  return rules.find((rule) => rule.validFrom <= on && (!rule.validTo || on <= rule.validTo));
}

/** What is wrong with a file of rules, in words; nothing when it can be used. */
export function postageProblems(rules: PublicPostRules): string[] {
  const problems: string[] = [];
  for (const [index, table] of rules.tables.entries()) {
    const where = `tables.${index}`;
    const { upToGrams, zones, eachFurther500Grams } = table;
    if (upToGrams.length === 0 || upToGrams.some((grams, at) => grams <= (upToGrams[at - 1] ?? 0)))
      problems.push(`${where}.upToGrams: must rise`);
    for (const zone of ["province", "country"] as const) {
      if (zones[zone].length !== upToGrams.length) problems.push(`${where}.zones.${zone}: one amount for each weight`);
      if (![...zones[zone], eachFurther500Grams[zone]].every(isDong))
        problems.push(`${where}.zones.${zone}: amounts are whole đồng`);
    }
  }
  for (const [name, periods] of Object.entries({ tables: rules.tables, returned: rules.returned })) {
    const inOrder = [...periods].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    inOrder.forEach((rule, index) => {
      const next = inOrder[index + 1];
      if (![rule.validFrom, rule.validTo ?? rule.validFrom].every(isPlainDate))
        problems.push(`${name}: ${rule.validFrom} is no day`);
      if (next && (!rule.validTo || next.validFrom <= rule.validTo))
        problems.push(`${name}: two are in force on ${next.validFrom}`);
    });
  }
  return problems;
}

let read: PublicPostRules | undefined;

/** The rules of `provinces/public-post.json`; throws when the file contradicts itself. */
export function publicPostRules(): PublicPostRules {
  if (read) return read;
  const file = join(import.meta.dirname, "../../../provinces/public-post.json");
  const rules = JSON.parse(readFileSync(file, "utf8")) as PublicPostRules;
  const problems = postageProblems(rules);
  if (problems.length > 0) throw new Error(`provinces/public-post.json: ${problems.join("; ")}`);
  read = rules;
  return rules;
}
