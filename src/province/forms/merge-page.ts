/** Two people, or one on two devices, at one page of a draft: whose answer is kept. Pure. */
import { type Marks, markOf, shownAnswers } from "./answer-marks.ts";
import type { Answer, Answers, FormContext, FormDefinition, FormItem, FormPage, FormSection } from "./form.ts";
import { answerAt } from "./form.ts";

/** Both changed the same question; nobody but the person can say which is right. */
export interface MergeConflict {
  /** An item's id, or a repeat's section id. */
  readonly id: string;
  readonly mine: Answer | undefined;
  readonly theirs: Answer | undefined;
}

export interface Merged {
  /** To be stored: everything that could be decided; where both changed, still what was stored. */
  readonly answers: Answers;
  readonly conflicts: readonly MergeConflict[];
  /** Questions whose stored answer stays: another device changed what this page only showed, or it was chosen. */
  readonly taken: readonly string[];
}

export interface PageSave {
  readonly form: FormDefinition;
  readonly page: FormPage;
  readonly context: FormContext;
  /** As they are in the draft now. */
  readonly stored: Answers;
  /** The stored answers with the posted page laid over them. */
  readonly posted: Answers;
  /** What the page showed; empty = not known, and what was posted counts. */
  readonly shown: Marks;
  /** What this page sent before without hearing whether it arrived. */
  readonly sent?: Marks;
  /** What the person chose where both had changed. */
  readonly choices?: ReadonlyMap<string, "mine" | "theirs">;
  /** Conflicts the page already showed: they stay until something is chosen. */
  readonly open?: ReadonlySet<string>;
}

export function mergePage(save: PageSave): Merged {
  const { stored, posted, shown, sent, choices } = save;
  const answers: Record<string, Answer | undefined> = { ...posted };
  const conflicts: MergeConflict[] = [];
  const taken: string[] = [];
  if (shown.size === 0) return { answers, conflicts, taken };
  for (const [id, theirs] of shownAnswers(save.form, save.page, stored, save.context)) {
    const mine = answerAt(posted, id);
    const [own, other, before] = [markOf(mine), markOf(theirs), shown.get(id)];
    if (before === undefined) continue;
    if (own === other) {
      // Nothing was posted for it (no box ticked), and it is another answer than the page shows: the page must hear of it.
      if (other !== before && other !== sent?.get(id)) taken.push(id);
      continue;
    }
    const chosen = choices?.get(id);
    const keepTheirs = (): void => {
      const value = answerAt(stored, id);
      if (value === undefined) delete answers[id];
      else answers[id] = value;
    };
    if (chosen === "mine") continue;
    if (chosen === "theirs") {
      keepTheirs();
      taken.push(id);
    } else if (own === before && !save.open?.has(id)) {
      keepTheirs();
      taken.push(id);
    } else if (save.open?.has(id)) {
      keepTheirs();
      conflicts.push({ id, mine, theirs });
    } else if (other !== before && other !== sent?.get(id)) {
      keepTheirs();
      conflicts.push({ id, mine, theirs });
    }
  }
  return { answers, conflicts, taken };
}

/** The question or repeat of that id on the page. */
export function partOfPage(page: FormPage, id: string): FormItem | FormSection | undefined {
  for (const section of page.sections) {
    if (section.id === id) return section;
    const item = section.items.find((one) => one.id === id);
    if (item) return item;
  }
  return undefined;
}
