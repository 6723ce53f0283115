/** The forms of assignment: what was typed, and what of it can stand. Pure. */
import { checkDate } from "#kit/vietnamese.ts";
import { formList, formText, type FormValues } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import type { messages } from "./messages.ts";

/** A rule that gives new dossiers to officers; null means all. */
export interface RoutingRule {
  readonly id: string;
  readonly position: number;
  readonly procedureCode: string | null;
  readonly fieldCode: string | null;
  readonly agencyId: string | null;
  readonly officers: readonly string[];
}

export interface Absence {
  readonly id: string;
  readonly officer: string;
  readonly substitute: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

type Faults = (typeof messages)["vi"]["order"]["faults"];

export interface TypedRule {
  readonly position: string;
  readonly procedure: string;
  readonly field: string;
  readonly agency: string;
  readonly officers: readonly string[];
}

export interface TypedAbsence {
  readonly who: string;
  readonly substitute: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export const NO_RULE: TypedRule = { position: "", procedure: "", field: "", agency: "", officers: [] };
export const NO_ABSENCE: TypedAbsence = { who: "", substitute: "", from: "", to: "", reason: "" };

export function readRule(form: FormValues): TypedRule {
  return {
    position: formText(form, "position"),
    procedure: formText(form, "procedure"),
    field: formText(form, "field"),
    agency: formText(form, "agency"),
    officers: formList(form, "officers"),
  };
}

export function readAbsence(form: FormValues): TypedAbsence {
  const text = (name: string) => formText(form, name);
  return {
    who: text("who"),
    substitute: text("substitute"),
    from: text("from"),
    to: text("to"),
    reason: text("reason").slice(0, 200),
  };
}

/** Faults of a rule; `known` says whether there is such a procedure, and who may be chosen. */
export function checkRule(
  typed: TypedRule,
  known: { readonly procedure: boolean; readonly officers: ReadonlySet<string> },
  faults: Faults,
): PageError[] {
  return [
    ...(/^[1-9]\d{0,2}$/.test(typed.position) ? [] : [{ field: "position", message: faults.position }]),
    ...(typed.procedure === "" || known.procedure ? [] : [{ field: "procedure", message: faults.procedure }]),
    ...(typed.officers.length > 0 && typed.officers.every((one) => known.officers.has(one))
      ? []
      : [{ field: "officers", message: faults.officers }]),
  ];
}

export function checkAbsence(
  typed: TypedAbsence,
  officers: ReadonlySet<string>,
  faults: Faults,
): { readonly errors: readonly PageError[]; readonly from: string; readonly to: string } {
  const from = checkDate(typed.from);
  const to = checkDate(typed.to);
  const errors: PageError[] = [];
  if (!officers.has(typed.who)) errors.push({ field: "who", message: faults.who });
  if (!officers.has(typed.substitute) || typed.substitute === typed.who)
    errors.push({ field: "substitute", message: faults.substitute });
  if (!from.ok) errors.push({ field: "from", message: faults.from });
  if (!to.ok || (from.ok && to.value < from.value)) errors.push({ field: "to", message: faults.to });
  return { errors, from: from.ok ? from.value : "", to: to.ok ? to.value : "" };
}
