/** What is new in a version of a form, for somebody whose draft was begun under another one. Pure. */
import type { Text } from "#kit/i18n.ts";
import type { Answers, FormDefinition, FormItem } from "./form.ts";
import { answerAt, isEmptyAnswer, rowsAt } from "./form.ts";

export interface FormChanges {
  /** Labels of questions that were not there before. */
  readonly added: readonly Text[];
  /** Labels of questions that are gone although they had been answered; their answers stay with the draft. */
  readonly gone: readonly Text[];
  /** Labels of questions that mean something else now or have other choices. */
  readonly changed: readonly Text[];
}

export function formChanges(before: FormDefinition, now: FormDefinition, answers: Answers): FormChanges {
  const [old, fresh] = [itemsById(before), itemsById(now)];
  const added: Text[] = [];
  const changed: Text[] = [];
  for (const [id, { item }] of fresh) {
    const was = old.get(id)?.item;
    if (item.quiet) continue;
    if (!was) added.push(item.label);
    else if (isDifferent(was, item)) changed.push(item.label);
  }
  const gone = [...old]
    .filter(([id, { section }]) => !fresh.has(id) && wasAnswered(id, section, answers))
    .map(([, { item }]) => item.label);
  return { added, gone, changed };
}

function itemsById(form: FormDefinition): ReadonlyMap<string, { readonly item: FormItem; readonly section: string }> {
  return new Map(
    form.pages.flatMap((page) =>
      page.sections.flatMap((section) =>
        section.items.map((item) => [item.id, { item, section: section.repeat ? section.id : "" }] as const),
      ),
    ),
  );
}

function isDifferent(was: FormItem, now: FormItem): boolean {
  const values = (item: FormItem): string => (item.choices ?? []).map((choice) => choice.value).join();
  return was.type !== now.type || values(was) !== values(now) || was.label.vi !== now.label.vi;
}

function wasAnswered(id: string, section: string, answers: Answers): boolean {
  if (!section) return !isEmptyAnswer(answerAt(answers, id));
  return rowsAt(answers, section).some((row) => !isEmptyAnswer(row[id]));
}
