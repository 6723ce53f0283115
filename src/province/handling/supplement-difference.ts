/** The declared facts before and after the answer to a supplement request, line by line. Pure. */
import { plainDateOf } from "#kit/calendar.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  type Answers as StoredAnswers,
  type Dossier,
  factsOf,
  type SupplementRound,
} from "#province/dossiers/index.ts";
import { type Answers, type FormDefinition, summarizeAnswers } from "#province/forms/index.ts";

/** One question whose answer is another now; undefined where the question was not there at all. */
export interface DifferenceLine {
  readonly section: string;
  readonly label: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The answers as they stood before a round was answered and right after it, worked back from those of today. */
export function answersAround(
  rounds: readonly Pick<SupplementRound, "round" | "displaced" | "answeredAt">[],
  today: StoredAnswers,
  round: number,
): { readonly before: StoredAnswers; readonly after: StoredAnswers } {
  let answers: StoredAnswers = { ...today };
  let after = answers;
  const back = rounds.filter((one) => one.answeredAt && one.round >= round).toSorted((a, b) => b.round - a.round);
  for (const one of back) {
    if (one.round === round) after = answers;
    const gone = Object.keys(one.displaced).filter((id) => one.displaced[id] === null);
    const kept = Object.entries({ ...answers, ...one.displaced }).filter(([id]) => !gone.includes(id));
    answers = Object.fromEntries(kept);
  }
  return { before: answers, after };
}

/** Every line that differs, in the form's order; rows of a table by their number. */
export function supplementDifference(
  form: FormDefinition,
  dossier: Pick<Dossier, "applicant" | "agency" | "filedAt" | "createdAt">,
  around: { readonly before: StoredAnswers; readonly after: StoredAnswers },
  lang: Lang,
): readonly DifferenceLine[] {
  const context = {
    facts: factsOf(dossier.applicant, dossier.agency.name),
    today: plainDateOf(dossier.filedAt ?? dossier.createdAt),
  };
  const linesOf = (answers: StoredAnswers) =>
    new Map(
      summarizeAnswers(form, answers as Answers, context, { lang, full: true }).flatMap(({ title, lines }) =>
        lines.map((line) => [line.field, { section: title, label: line.label, value: line.value }] as const),
      ),
    );
  const before = linesOf(around.before);
  const after = linesOf(around.after);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((field): DifferenceLine[] => {
    const [old, now] = [before.get(field), after.get(field)];
    const about = now ?? old;
    if (!about || old?.value === now?.value) return [];
    return [{ section: about.section, label: about.label, before: old?.value, after: now?.value }];
  });
}
