import type { Database } from "#kit/db.ts";
import type { Answers, Outcome, Stand } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { findDossierOf, findOpenSupplement, listFiles } from "./dossier-view.ts";
import { closeSupplement, saveSupplementBuffer } from "./supplement-store.ts";

export interface SaveSupplementAnswer {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
  /** values of the opened fields only, by answer key; any other key is refused with `not-opened` */
  readonly answers: Answers;
  /** Answer keys that the round opens, when they are not the items' own ids (a row of a repeat, a dependent question). */
  readonly openedKeys?: readonly string[];
}

export interface AnswerSupplement extends SaveSupplementAnswer {
  /** Answers that follow from the opened ones by the form's own rules (worked out, hidden now: `null`). */
  readonly consequences?: Answers;
}

/** Keeps what the citizen has typed in the round's own buffer; the dossier's answers do not move yet. */
export async function saveSupplementAnswer(database: Database, input: SaveSupplementAnswer): Promise<Outcome<Stand>> {
  const found = await openedFor(database, input);
  if (!found.ok) return found;
  return saveSupplementBuffer(database, input);
}

/**
 * Sends the answer: opened values and papers take the place of the old ones, and the history keeps what they displaced.
 * `incomplete-answer` when an opened field has no value, or an opened component got no new file. The values themselves
 * are validated by the caller against the form before they come here.
 */
export async function answerSupplement(
  database: Database,
  input: AnswerSupplement,
): Promise<Outcome<Stand & { round: number }>> {
  const found = await openedFor(database, input);
  if (!found.ok) return found;
  const { dossier, round, opened } = found;
  const consequences = input.consequences ?? {};
  const answers: Answers = { ...round.buffer, ...input.answers, ...consequences };
  const after: Answers = { ...dossier.answers, ...answers };
  const hidden = (key: string) => Object.hasOwn(consequences, key) && consequences[key] === null;
  if (opened.fields.some((key) => !hidden(key) && isEmpty(after[key])))
    return { ok: false, reason: "incomplete-answer" };
  const files = await listFiles(database, input);
  const answered = (component: string) =>
    files.some((file) => file.component === component && file.status === "pending");
  if (!opened.components.every(answered)) return { ok: false, reason: "incomplete-answer" };
  const decision = decide(dossier, "answer-supplement", "citizen");
  if (!decision.ok) return decision;
  return closeSupplement(database, {
    tenant: input.tenant,
    dossierId: dossier.id,
    version: dossier.version,
    to: decision.to,
    round: round.round,
    actor: { kind: "citizen", sub: dossier.applicantSub, name: dossier.applicant.name },
    answers,
  });
}

async function openedFor(database: Database, input: SaveSupplementAnswer) {
  const dossier = await findDossierOf(database, input);
  if (!dossier) return { ok: false, reason: "not-found" } as const;
  const round = await findOpenSupplement(database, input);
  if (dossier.state !== "supplement-requested" || !round) return { ok: false, reason: "wrong-state" } as const;
  const refs = (target: "field" | "component") =>
    round.items.filter((item) => item.target === target).map((item) => item.ref);
  const keys = input.openedKeys ?? refs("field");
  if (Object.keys(input.answers).some((key) => !keys.includes(key)))
    return { ok: false, reason: "not-opened" } as const;
  const own = refs("field").filter((ref) => keys.includes(ref));
  return { ok: true, dossier, round, opened: { fields: own, components: refs("component") } } as const;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
