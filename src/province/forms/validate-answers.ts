/** The one check of answers, on the server and in the browser. */
import type { Text } from "#kit/i18n.ts";
import { holds, subjectsOf } from "./condition.ts";
import type { VisibleItem, VisiblePage } from "./evaluation.ts";
import { answersOn, evaluate, itemsOf } from "./evaluation.ts";
import { faultOf } from "./field-checks.ts";
import type { FieldReason } from "./field-messages.ts";
import { FIELD_MESSAGES, rowsMessage } from "./field-messages.ts";
import type { Answers, FieldError, FormContext, FormDefinition } from "./form.ts";
import { controlName, isEmptyAnswer, rowsAt } from "./form.ts";

export interface Validation {
  readonly errors: readonly FieldError[];
  /** The answers that count: pruned, with facts and worked-out answers in. Store these. */
  readonly answers: Answers;
}

/**
 * All errors in the order of the form. `page` limits the check to one page (a step of the filing); the last check before
 * filing has none. What the account says is not checked again: the person cannot change it here.
 */
export function validateAnswers(
  form: FormDefinition,
  answers: Answers,
  context: FormContext & { readonly page?: string },
): Validation {
  const evaluation = evaluate(form, answers, context);
  const pages = evaluation.pages.filter((page) => context.page === undefined || page.definition.id === context.page);
  const errors: FieldError[] = [];
  for (const page of pages) {
    errors.push(...rowErrors(page, answers));
    const items = itemsOf([page]);
    for (const item of items) {
      // In a row, an id of the same row comes first: a member's number is held against that member's birth date.
      const answerOf = (id: string): unknown =>
        (item.row &&
          items.find((other) => other.item === id && other.section === item.section && other.row === item.row)
            ?.value) ||
        evaluation.scope.value(id);
      const error = itemError(item, page.definition.id, context, answerOf);
      const place = error && placeOf(page, item);
      if (error) errors.push(place ? { ...error, place } : error);
    }
  }
  const faulty = new Set(errors.map((error) => error.item));
  for (const rule of form.rules ?? []) {
    const at = itemsOf(pages).find((item) => item.item === rule.at);
    // A rule that compares what is already refused would only confuse.
    if (!at || [rule.at, ...subjectsOf(rule.when)].some((id) => faulty.has(id)) || !holds(rule.when, evaluation.scope))
      continue;
    const page = pages.find((candidate) => itemsOf([candidate]).includes(at))?.definition.id ?? "";
    errors.push({ item: rule.at, field: rule.at, page, reason: `rule:${rule.id}`, message: rule.message });
  }
  return { errors: inOrder(errors, pages), answers: answersOn(evaluation.pages) };
}

function placeOf(page: VisiblePage, item: VisibleItem): Text | undefined {
  if (!item.row) return undefined;
  const section = page.sections.find(({ definition }) => definition.id === item.section);
  const number = (section?.rows.findIndex(({ row }) => row === item.row) ?? 0) + 1;
  const noun = section?.definition.repeat?.row;
  return noun && { vi: `${noun.vi} ${number}`, en: `${noun.en} ${number}` };
}

function itemError(
  item: VisibleItem,
  page: string,
  context: FormContext,
  answerOf: (id: string) => unknown,
): FieldError | undefined {
  if (item.source !== "asked") return undefined;
  const { definition, value } = item;
  const field = controlName(item);
  const at = { item: item.item, page, ...(item.row ? { section: item.section, row: item.row } : {}) };
  if (value === undefined || isEmptyAnswer(value)) {
    if (!item.required) return undefined;
    const reason = requiredReason(definition);
    const part = firstControl(definition);
    return { ...at, field: part ? `${field}.${part}` : field, reason, message: sentence(reason, item, context, "") };
  }
  const born = definition.born ? answerOf(definition.born) : undefined;
  const fault = faultOf(definition, value, { today: context.today, ...(typeof born === "string" ? { born } : {}) });
  if (!fault) return undefined;
  const message = sentence(fault.reason, item, context, fault.typed, fault.limit);
  return { ...at, field: fault.part ? `${field}.${fault.part}` : field, reason: fault.reason, message };
}

function sentence(reason: FieldReason, item: VisibleItem, context: FormContext, typed: string, limit?: string) {
  const short =
    typed.length > 60 && reason !== "text-too-long" && reason !== "name-too-long" ? `${typed.slice(0, 60)}…` : typed;
  return FIELD_MESSAGES[reason]({
    item: item.definition,
    typed: short,
    today: context.today,
    ...(limit ? { limit } : {}),
  });
}

/** The control an empty question with several of them points to. */
function firstControl(item: VisibleItem["definition"]): string | undefined {
  switch (item.type) {
    case "address":
      return item.units ? "province" : "detail";
    case "bankAccount":
      return "bank";
    case "mapPoint":
      return "lat";
    case "signature":
      return "typed";
    default:
      return undefined;
  }
}

function requiredReason(item: VisibleItem["definition"]): FieldReason {
  switch (item.type) {
    case "choice":
    case "choices":
    case "yesNo":
    case "ethnicGroup":
    case "nationality":
      return "required-choice";
    case "date":
    case "partialDate":
      return "required-date";
    case "address":
      return item.units ? "required-units" : "required-detail";
    case "bankAccount":
      return "required-bank";
    case "mapPoint":
      return "required-point";
    case "signature":
      return "required-signature";
    case "file":
      return "required-file";
    case "place":
      return "required-area";
    default:
      return "required-text";
  }
}

function rowErrors(page: VisiblePage, answers: Answers): FieldError[] {
  return page.sections.flatMap(({ definition }) => {
    if (!definition.repeat) return [];
    const { min, max, row } = definition.repeat;
    const count = rowsAt(answers, definition.id).length;
    // Too few never happens by itself: the rows that must be there are opened, and their empty items are errors.
    if (count <= max && (count >= min || min > 0)) return [];
    const kind = count > max ? "too-many" : "too-few";
    const message = rowsMessage(row, count > max ? max : min, kind);
    return [{ item: definition.id, field: definition.id, page: page.definition.id, reason: `rows-${kind}`, message }];
  });
}

function inOrder(errors: readonly FieldError[], pages: readonly VisiblePage[]): readonly FieldError[] {
  const order = new Map<string, number>();
  for (const page of pages) {
    for (const section of page.sections) {
      order.set(section.definition.id, order.size);
      for (const item of itemsOf([{ ...page, sections: [section] }])) order.set(controlName(item), order.size);
    }
  }
  const rank = (error: FieldError): number =>
    order.get(error.row ? controlName(error) : error.item) ?? Number.MAX_SAFE_INTEGER;
  return errors.toSorted((a, b) => rank(a) - rank(b));
}
