/** "Answer three questions, see only your papers": which questions decide, and what the answers mean. Pure. */
import {
  type Answers,
  conditionHolds,
  decidingItems,
  type Facts,
  type FormDefinition,
  type FormItem,
  pruneAnswers,
  replacementOf,
} from "#province/forms/index.ts";
import { type Component, isForWay, type ProcedureDefinition, type Replacement } from "#province/procedure/index.ts";

/** Only what anybody may ask without knowing who answers; the rest is asked in the form itself. */
const ASKABLE = new Set<FormItem["type"]>(["choice", "choices", "yesNo", "integer", "date"]);

/** The deciding questions as a form of one page; undefined when every case needs the same papers. */
export function caseQuestions(definition: ProcedureDefinition, form: FormDefinition): FormDefinition | undefined {
  const conditions = definition.components
    .filter(({ kind }) => kind === "paper")
    .flatMap(({ asked, required, replacedBy }) => [
      ...(asked === undefined ? [] : [asked]),
      required,
      ...(replacedBy ?? []).flatMap(({ when }) => (when === undefined ? [] : [when])),
    ]);
  const wanted = new Set(
    decidingItems(form, conditions)
      .filter((item) => ASKABLE.has(item.type) && !item.derive && !item.quiet)
      .map(({ id }) => id),
  );
  const items = form.pages.flatMap((page) =>
    page.sections.flatMap((section) =>
      section.items.filter(({ id }) => wanted.has(id)).map((item): FormItem => questionOf(item, section.when)),
    ),
  );
  if (items.length === 0) return undefined;
  const section = { id: "cases", title: form.title, items };
  return { ...form, pages: [{ id: "cases", title: form.title, sections: [section] }], rules: [] };
}

/** Nothing is refused here: an unanswered question leaves its papers open, and is not called optional either. */
function questionOf(item: FormItem, section: FormItem["when"]): FormItem {
  const { prefill: _prefill, ...kept } = item;
  const rest: FormItem = { ...kept, required: true };
  const when = section === undefined ? item.when : item.when === undefined ? section : { and: [section, item.when] };
  return when === undefined ? rest : { ...rest, when };
}

export interface CasePapers {
  readonly needed: readonly Component[];
  readonly optional: readonly Component[];
  /** Shown to the officer, not handed in. */
  readonly shown: readonly Component[];
  readonly replaced: readonly { readonly component: Component; readonly by: Replacement }[];
  /** Asked in other cases only. */
  readonly otherwise: readonly Component[];
}

/** Filing online, on a day, by somebody of whom `facts` are known. */
export function papersOfCase(
  definition: ProcedureDefinition,
  form: FormDefinition,
  answers: Answers,
  context: { readonly today: string; readonly facts: Facts },
): CasePapers {
  const pruned = pruneAnswers(form, answers, context);
  const papers = definition.components.filter(
    (component) => component.kind === "paper" && isForWay(component, "online"),
  );
  const result = {
    needed: [] as Component[],
    optional: [] as Component[],
    shown: [] as Component[],
    replaced: [] as { component: Component; by: Replacement }[],
    otherwise: [] as Component[],
  };
  for (const component of papers) {
    const by = replacementOf(component, pruned, context);
    if (component.asked !== undefined && !conditionHolds(component.asked, pruned, context))
      result.otherwise.push(component);
    else if (by) result.replaced.push({ component, by });
    else if (component.presentOnly) result.shown.push(component);
    else if (conditionHolds(component.required, pruned, context)) result.needed.push(component);
    else result.optional.push(component);
  }
  return result;
}
