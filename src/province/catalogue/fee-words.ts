/** Fee rules in words, for people. Pure. What nobody has published is said in words and never printed as 0. */
import { isDong, formatDong } from "#kit/money.ts";
import type { Lang } from "#kit/i18n.ts";
import type { AmountRule, FeeRule, LocalAmount, Way } from "#province/procedure/index.ts";
import { messages } from "./messages.ts";

export type FeeContext = {
  readonly lang: Lang;
  /** Local day, YYYY-MM-DD. */
  readonly on: string;
  readonly localAmounts: Readonly<Record<string, LocalAmount>>;
};

export type FeeWords = { readonly kind: "amount" | "free" | "unknown" | "not-charged"; readonly text: string };

/** The rules in force on the day. */
export function feesInForce(fees: readonly FeeRule[], on: string): FeeRule[] {
  return fees.filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo));
}

/** Rules of one name are one row of a table: the same charge, less when filed online. */
export function feeRows(fees: readonly FeeRule[], on: string): (readonly FeeRule[])[] {
  const rows = Map.groupBy(feesInForce(fees, on), ({ name }) => name.vi);
  return [...rows.values()];
}

/** What a row takes from somebody who files this way. */
export function rowWords(row: readonly FeeRule[], way: Way, context: FeeContext): FeeWords {
  const rule = row.find(({ ways }) => ways === undefined || ways.includes(way));
  return rule ? feeWords(rule, way, context) : { kind: "not-charged", text: messages[context.lang].page.notThisWay };
}

/** What a rule takes from somebody who files this way. */
export function feeWords(rule: FeeRule, way: Way, context: FeeContext): FeeWords {
  const t = messages[context.lang].page;
  if (rule.ways && !rule.ways.includes(way)) return { kind: "not-charged", text: t.notCharged };
  return amountWords(rule.amount, context.localAmounts[rule.code], context.lang);
}

function amountWords(rule: AmountRule, local: LocalAmount | undefined, lang: Lang): FeeWords {
  const t = messages[lang].page;
  switch (rule.type) {
    case "fixed":
      return { kind: "amount", text: rule.unit ? t.per(dong(rule.amount), rule.unit[lang]) : dong(rule.amount) };
    case "per_unit":
      return { kind: "amount", text: t.per(dong(rule.amount), rule.unit[lang]) };
    case "per_page": {
      const [first, ...more] = rule.tiers;
      const parts = [
        ...(first ? [t.per(dong(first.amount), rule.unit[lang])] : []),
        ...more.map((tier) => t.tier(dong(tier.amount), tier.fromPage)),
        t.cap(dong(rule.capPerCopy)),
      ];
      return { kind: "amount", text: parts.join("; ") };
    }
    case "free":
      return { kind: "free", text: `${t.free}. ${rule.reason[lang]}` };
    case "by_provincial_resolution":
      return local ? { kind: "amount", text: dong(local.amount) } : { kind: "unknown", text: t.unknown };
  }
}

/** One short line a rule, for the box beside the page: who pays nothing first, else the amount online. */
export function feeLines(fees: readonly FeeRule[], context: FeeContext): string[] {
  const t = messages[context.lang].page;
  const rules = feesInForce(fees, context.on);
  const several = rules.length > 1 && new Set(rules.map(({ name }) => name.vi)).size > 1;
  const lines = rules.flatMap((rule) => {
    const way: Way = rule.ways?.[0] ?? "online";
    const automatic = rule.exemptions?.filter(({ when }) => when !== undefined) ?? [];
    const words = feeWords(rule, way, context);
    const own =
      words.kind === "unknown" && automatic.length > 0
        ? []
        : [`${several ? `${rule.name[context.lang]}: ` : ""}${rule.ways ? `${t.ways[way]}: ` : ""}${words.text}`];
    return [...automatic.map(({ who }) => `${who[context.lang]}: ${t.free.toLowerCase()}`), ...own];
  });
  return [...new Set(lines)];
}

function dong(amount: number): string {
  // A number never stands on another line than its unit.
  return isDong(amount) ? formatDong(amount).replace(" ", "\u00a0") : String(amount);
}
