/** How long a citizen has to answer a supplement request, and what happens when nobody answers. Pure. */
import { dueTime, type TimeRule, type WorkingCalendar } from "#province/deadlines/index.ts";

export type SupplementRule = {
  /** The citizen's own limit, counted from the request. */
  readonly answer: TimeRule;
  /** Days of the calendar before the end on which the citizen is reminded; 0: never. */
  readonly remindDays: number;
  /** `stop`: the handling stops with a notice; `wait`: the officer decides. */
  readonly onExpiry: "stop" | "wait";
};

export interface SupplementTerm {
  /** The first instant that is too late. */
  readonly answerBy: Date;
  /** null when the limit is too short to remind anybody before it. */
  readonly remindAt: Date | null;
  readonly onExpiry: SupplementRule["onExpiry"];
}

const DAY_MS = 86_400_000;

/** The term of a round that is asked for at `at`: the province's rule, with what the procedure says otherwise. */
export function supplementTerm(
  province: SupplementRule,
  own: Partial<SupplementRule> | undefined,
  calendar: WorkingCalendar,
  at: Date,
): SupplementTerm {
  const rule = { ...province, ...own };
  const answerBy = dueTime(rule.answer, calendar, at).dueAt;
  const remindAt = new Date(answerBy.getTime() - rule.remindDays * DAY_MS);
  return { answerBy, remindAt: rule.remindDays > 0 && remindAt > at ? remindAt : null, onExpiry: rule.onExpiry };
}

/** What the index of Decision 766/QĐ-TTg (group 2, progress) makes of a dossier with so many supplement requests. */
export type IndexEffect = "none" | "counted-to-request" | "late";

/** One request: time counts up to it. More than one: the dossier counts as late, whenever it is answered. */
export function indexEffect(rounds: number): IndexEffect {
  if (rounds <= 0) return "none";
  return rounds === 1 ? "counted-to-request" : "late";
}
