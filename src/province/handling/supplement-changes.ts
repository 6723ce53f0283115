/** What a citizen changed when answering a supplement request, for the officer to see at a glance. Pure. */
import type { Lang } from "#kit/i18n.ts";
import type { Dossier, HistoryEntry, SupplementRound } from "#province/dossiers/index.ts";
import { type Answer, answerWords, type FormDefinition, type FormItem } from "#province/forms/index.ts";

export interface FieldChange {
  readonly label: string;
  /** In words; "" when nothing stood there. Undefined when it cannot be said in one line (rows of a table). */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface FileChange {
  readonly fileId: string;
  readonly component: string;
  readonly change: "added" | "removed";
}

export interface RoundChanges {
  readonly fields: readonly FieldChange[];
  readonly files: readonly FileChange[];
}

/** Changes by round; rounds that wait for an answer have none. */
export function supplementChanges(
  input: {
    readonly form: FormDefinition | undefined;
    readonly rounds: readonly SupplementRound[];
    readonly answers: Dossier["answers"];
    readonly history: readonly Pick<HistoryEntry, "action" | "detail">[];
  },
  lang: Lang,
): ReadonlyMap<number, RoundChanges> {
  const items = new Map<string, FormItem>(
    (input.form?.pages ?? []).flatMap((page) =>
      page.sections.flatMap((section) => section.items.map((item) => [item.id, item] as const)),
    ),
  );
  const changes = new Map<number, RoundChanges>();
  for (const round of input.rounds) {
    if (!round.answeredAt) continue;
    const fields = Object.keys(round.displaced).map((id): FieldChange => {
      const item = items.get(id);
      const words = (value: unknown) =>
        item ? answerWords(item, (value ?? undefined) as Answer | undefined, lang) : undefined;
      const label = item?.label[lang] ?? round.items.find((one) => one.ref === id)?.label ?? id;
      return { label, before: words(round.displaced[id]), after: words(answerAfter(input, round.round, id)) };
    });
    changes.set(round.round, { fields, files: filesOf(input.history, round.round) });
  }
  return changes;
}

/** What stood there when the round ended: what the next round replaced, else what stands there now. */
function answerAfter(
  input: { readonly rounds: readonly SupplementRound[]; readonly answers: Dossier["answers"] },
  round: number,
  id: string,
): unknown {
  const later = input.rounds.find((one) => one.round > round && id in one.displaced);
  return later ? later.displaced[id] : input.answers[id];
}

function filesOf(history: readonly Pick<HistoryEntry, "action" | "detail">[], round: number): readonly FileChange[] {
  const entry = history.find((one) => one.action === "answer-supplement" && one.detail.round === round);
  const files = Array.isArray(entry?.detail.files) ? (entry.detail.files as readonly Record<string, unknown>[]) : [];
  return files.map((file) => ({
    fileId: String(file.id),
    component: String(file.component),
    change: file.change === "removed" ? "removed" : "added",
  }));
}
