import type { Answer, AnswerRow, Answers, FormContext } from "#province/forms/index.ts";
import { answerAt, conditionHolds, isAddress, isEmptyAnswer } from "#province/forms/index.ts";
import type { LinkedPart, PartAnswer, PartValue } from "#province/procedure/index.ts";

/** A province as far as parts care: who it is, by the name that ends its addresses, and its units. */
export interface PartProvince {
  readonly code: string;
  readonly provinceName: { readonly vi: string };
  readonly agencies: readonly {
    readonly id: string;
    readonly identifier: string;
    readonly name: { readonly vi: string };
  }[];
}

export interface PartUnit {
  readonly id: string;
  readonly name: string;
  readonly identifier: string;
}

/** The signed result of a part, as later parts read it. */
export interface PartResult {
  readonly number: string;
  readonly summary: string;
  /** YYYY-MM-DD */
  readonly effectiveOn: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface PartPlan {
  readonly part: LinkedPart;
  /** Code of the province that handles it; null: this one. */
  readonly province: string | null;
  readonly agency: PartUnit;
  /** As far as they are known when the filing is sent. */
  readonly answers: Answers;
  /** Parts of this filing that it waits for. */
  readonly waitsFor: readonly string[];
}

export interface PlannedFiling {
  readonly parts: readonly LinkedPart[];
  /** Validated and pruned. */
  readonly answers: Answers;
  readonly context: FormContext;
  readonly agency: PartUnit;
  readonly here: PartProvince;
  /** All provinces that take part. */
  readonly provinces: readonly PartProvince[];
}

/** The parts that this filing has, in the definition's order. Throws when a unit does not exist: the definition was checked. */
export function planParts(filing: PlannedFiling): PartPlan[] {
  const kept = filing.parts.filter(({ when }) => isAsked(when, filing.answers, filing.context));
  const codes = new Set(kept.map(({ code }) => code));
  return kept.map((part) => ({
    part,
    ...handlerOf(part, filing),
    answers: partAnswers(part, filing.answers, filing.context, {}),
    waitsFor: (part.waitsFor ?? []).filter((code) => codes.has(code)),
  }));
}

export function isAsked(when: LinkedPart["when"], answers: Answers, context: FormContext): boolean {
  return when === undefined || conditionHolds(when, answers, context);
}

function handlerOf({ agency }: LinkedPart, filing: PlannedFiling): Pick<PartPlan, "province" | "agency"> {
  if ("of" in agency) return { province: null, agency: filing.agency };
  const there = agency.province ? provinceOf(answerAt(filing.answers, agency.province), filing) : filing.here;
  const unit = there.agencies.find(({ id }) => id === agency.id);
  if (!unit) throw new Error(`${there.code} has no unit ${agency.id}`);
  return {
    province: there.code === filing.here.code ? null : there.code,
    agency: { id: unit.id, name: unit.name.vi, identifier: unit.identifier },
  };
}

/** The province at the end of an address; one's own when it names none that takes part. */
function provinceOf(address: Answer | undefined, { here, provinces }: PlannedFiling): PartProvince {
  const last = isAddress(address) ? bare(address.area.split(",").at(-1) ?? "") : "";
  if (last === "" || last === bare(here.provinceName.vi)) return here;
  return provinces.find(({ provinceName }) => bare(provinceName.vi) === last) ?? here;
}

function bare(name: string): string {
  return name
    .normalize("NFC")
    .trim()
    .toLowerCase()
    .replace(/^(tỉnh|thành phố|tp\.?)\s+/, "");
}

/** Answers of a part: what the filing says, and what the results that are there say. Values nobody knows are left out. */
export function partAnswers(
  { answers: rules }: LinkedPart,
  filed: Answers,
  context: FormContext,
  results: Readonly<Record<string, PartResult | undefined>>,
): Answers {
  const made: Record<string, Answer> = {};
  const values = (list: readonly PartValue[]): Record<string, Answer> =>
    Object.fromEntries(
      list.flatMap((rule) => {
        const value = isAsked(rule.when, filed, context) ? valueFor(rule, filed, results) : undefined;
        return value === undefined || isEmptyAnswer(value) ? [] : [[rule.to, value]];
      }),
    );
  for (const rule of rules) {
    if (isTaking(rule)) Object.assign(made, taken(rule.take, filed));
    else if ("row" in rule) made[rule.to] = [{ row: "r1", ...values(rule.row) } as AnswerRow];
    else Object.assign(made, values([rule]));
  }
  return made;
}

function isTaking(rule: PartAnswer): rule is { take: string[] } {
  return "take" in rule;
}

function taken(names: readonly string[], filed: Answers): Record<string, Answer> {
  const fits = (id: string) =>
    names.some((name) => (name.endsWith("*") ? id.startsWith(name.slice(0, -1)) : id === name));
  return Object.fromEntries(
    Object.entries(filed).filter((entry): entry is [string, Answer] => entry[1] !== undefined && fits(entry[0])),
  );
}

function valueFor(
  rule: PartValue,
  filed: Answers,
  results: Readonly<Record<string, PartResult | undefined>>,
): Answer | undefined {
  if (rule.value !== undefined) return rule.value;
  if (rule.from !== undefined) {
    const value = answerAt(filed, rule.from);
    return typeof value === "string" ? (rule.words?.[value] ?? value) : value;
  }
  const result = rule.result && results[rule.result.part];
  if (!rule.result || !result) return undefined;
  const { field } = rule.result;
  const value =
    field === "number" || field === "summary" || field === "effectiveOn" ? result[field] : result.data[field];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

/** The field's own data of a part's result that other parts read: an officer must give them. */
export function neededFields(parts: readonly LinkedPart[], code: string): string[] {
  const own = new Set(["number", "summary", "effectiveOn"]);
  const values = parts.flatMap(({ answers }) =>
    answers.flatMap((rule): readonly PartValue[] => (isTaking(rule) ? [] : "row" in rule ? rule.row : [rule])),
  );
  const fields = values.flatMap(({ result }) =>
    result?.part === code && !own.has(result.field) ? [result.field] : [],
  );
  return [...new Set(fields)];
}
