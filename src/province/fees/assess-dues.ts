/**
 * What does this person owe? A pure function of (rules, answers, way of filing, day). Integer đồng only.
 *
 * Three different things never become one another: an amount, "free, and this is why", and "set by the province, and the
 * province has not told us" (which is no due, so that nobody is charged or promised zero).
 */
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import type { Text } from "#kit/i18n.ts";
import { DONG_MAX } from "#kit/money.ts";
import type { Answers, AnswerRow } from "#province/forms/index.ts";
import { answerAt, conditionHolds, rowsAt } from "#province/forms/index.ts";
import type { AmountRule, Channel, FeeRule, LocalAmount } from "#province/procedure/index.ts";
import { wayOf } from "#province/procedure/index.ts";
import type { Due, DueLine, UndeterminedDue } from "./fee-rule.ts";

export type AssessContext = {
  readonly channel: Channel;
  /** The moment of filing: picks the rules in force and counts days for exemptions. */
  readonly at: Date;
  /** What the province's council decided, by the rule's code. */
  readonly localAmounts?: Readonly<Record<string, LocalAmount>>;
};

export type Assessment = {
  readonly dues: readonly Due[];
  /** Due, but nobody has published how much. */
  readonly undetermined: readonly UndeterminedDue[];
  /** Sentences to show beside the amounts: who is exempt and why, what is not known yet. */
  readonly notes: readonly Text[];
  /** Sum of all dues in đồng. */
  readonly total: number;
};

/** More pages or copies than any counter sees; more is a slip of the finger, not an order. */
export const QUANTITY_MAX = 10_000;

/**
 * Answers are the pruned ones of the procedure's form. A quantity that was not answered counts as none; one that is not
 * a whole number from 0 to 10,000 throws `invalid` / `quantity` with the item, because it would make a wrong amount.
 */
export function assessDues(rules: readonly FeeRule[], answers: Answers, context: AssessContext): Assessment {
  const today = plainDateOf(context.at);
  const way = wayOf(context.channel);
  const dues: Due[] = [];
  const undetermined: UndeterminedDue[] = [];
  for (const rule of rules) {
    if (!isInForce(rule, today) || (rule.ways && !rule.ways.includes(way))) continue;
    if (rule.when !== undefined && !conditionHolds(rule.when, answers, { today })) continue;
    const head = {
      code: rule.code,
      kind: rule.kind,
      name: rule.name,
      basis: rule.basis,
      collect: rule.collect,
      ...(rule.refundable === false ? { refundable: false } : {}),
    };
    const exemption = rule.exemptions?.find(
      ({ when }) => when !== undefined && conditionHolds(when, answers, { today }),
    );
    if (exemption) {
      const { code, reason, basis } = exemption;
      dues.push({ ...head, amount: 0, exemption: { code, reason, basis } });
      continue;
    }
    const amount = amountOf(rule.amount, answers, context.localAmounts?.[rule.code]);
    if (amount === "unknown")
      undetermined.push({ code: rule.code, kind: rule.kind, name: rule.name, basis: rule.basis });
    else if (amount !== "nothing") dues.push({ ...head, ...amount });
  }
  return {
    dues,
    undetermined,
    notes: notesOn(dues, undetermined),
    total: dues.reduce((sum, due) => sum + due.amount, 0),
  };
}

function notesOn(dues: readonly Due[], undetermined: readonly UndeterminedDue[]): Text[] {
  const exempt = dues.flatMap(({ name, exemption }): Text[] =>
    exemption
      ? [{ vi: `${name.vi}: miễn. ${exemption.reason.vi}`, en: `${name.en}: free. ${exemption.reason.en}` }]
      : [],
  );
  const unknown = undetermined.map(
    ({ name }): Text => ({
      vi: `${name.vi}: do Hội đồng nhân dân tỉnh quy định; cơ quan tiếp nhận sẽ thông báo mức thu.`,
      en: `${name.en}: set by the Provincial People's Council; the office will tell you the amount.`,
    }),
  );
  return [...exempt, ...unknown];
}

function isInForce(rule: FeeRule, today: string): boolean {
  return rule.validFrom <= today && (rule.validTo === null || today <= rule.validTo);
}

type Amount = Pick<Due, "amount"> & Partial<Pick<Due, "quantity" | "unitAmount" | "breakdown" | "exemption" | "basis">>;

function amountOf(rule: AmountRule, answers: Answers, local: LocalAmount | undefined): Amount | "nothing" | "unknown" {
  switch (rule.type) {
    case "fixed":
      return { amount: rule.amount };
    case "free":
      return { amount: 0, exemption: { code: "free", reason: rule.reason, basis: "" } };
    case "per_unit": {
      const quantity = quantityAt(answers, rule.quantityItem);
      return quantity === 0 ? "nothing" : { amount: quantity * rule.amount, quantity, unitAmount: rule.amount };
    }
    case "per_page":
      return perPage(rule, answers);
    case "by_provincial_resolution":
      return local ? { amount: local.amount, basis: local.basis } : "unknown";
  }
}

type PerPage = Extract<AmountRule, { type: "per_page" }>;

function perPage(rule: PerPage, answers: Answers): Amount | "nothing" {
  const breakdown: DueLine[] = [];
  for (const row of rowsAt(answers, rule.rowsItem)) {
    const pages = quantityIn(row, rule.pagesItem);
    const copies = quantityIn(row, rule.copiesItem);
    if (pages === 0 || copies === 0) continue;
    const perCopy = amountPerCopy(rule, pages);
    const label = rule.labelItem === undefined ? undefined : row[rule.labelItem];
    breakdown.push({ label: typeof label === "string" ? label : "", pages, copies, perCopy, amount: perCopy * copies });
  }
  if (breakdown.length === 0) return "nothing";
  const quantity = breakdown.reduce((sum, line) => sum + line.copies, 0);
  const amount = checked(breakdown.reduce((sum, line) => sum + line.amount, 0));
  // One price only where every copy costs the same.
  const [unitAmount, ...others] = new Set(breakdown.map((line) => line.perCopy));
  return { amount, quantity, ...(unitAmount !== undefined && others.length === 0 ? { unitAmount } : {}), breakdown };
}

/** Each page costs what its tier says, counted from page 1 of the copy, and a copy never more than the cap. */
export function amountPerCopy(rule: Pick<PerPage, "tiers" | "capPerCopy">, pages: number): number {
  let amount = 0;
  rule.tiers.forEach((tier, index) => {
    const next = rule.tiers[index + 1];
    const until = next ? Math.min(pages, next.fromPage - 1) : pages;
    amount += Math.max(0, until - tier.fromPage + 1) * tier.amount;
  });
  return Math.min(amount, rule.capPerCopy);
}

function quantityAt(answers: Answers, item: string): number {
  return quantity(answerAt(answers, item), item);
}

function quantityIn(row: AnswerRow, item: string): number {
  return quantity(Object.hasOwn(row, item) ? row[item] : undefined, item);
}

function quantity(value: unknown, item: string): number {
  if (value === undefined || value === null || value === "") return 0;
  const count = typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : value;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= QUANTITY_MAX) return count;
  throw new AppError("invalid", { reason: "quantity", message: `answer ${item} is not a quantity`, details: { item } });
}

function checked(amount: number): number {
  if (amount > DONG_MAX) throw new AppError("invalid", { reason: "amount-too-large", message: "fee above the limit" });
  return amount;
}
