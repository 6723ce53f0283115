import type { Database } from "#kit/db.ts";
import type { Answers, Outcome, Stand } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { findDossierOf, findOpenSupplement, listFiles } from "./dossier-view.ts";
import { closeSupplement, saveSupplementBuffer } from "./supplement-store.ts";

export interface AnswerSupplement {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
  /** values of the opened fields only, by item id; any other key is refused with `not-opened` */
  readonly answers: Answers;
}

/** Keeps what the citizen has typed in the round's own buffer; the dossier's answers do not move yet. */
export async function saveSupplementAnswer(database: Database, input: AnswerSupplement): Promise<Outcome<Stand>> {
  const found = await openedFor(database, input);
  if (!found.ok) return found;
  return saveSupplementBuffer(database, input);
}

/**
 * Sends the answer: opened values and papers take the place of the old ones, and the history keeps what they displaced.
 * `incomplete-answer` when an opened field has no value or an opened component has no file left. The values themselves
 * are validated by the caller against the form before they come here.
 */
export async function answerSupplement(database: Database, input: AnswerSupplement): Promise<Outcome<Stand & { round: number }>> {
  const found = await openedFor(database, input);
  if (!found.ok) return found;
  const { dossier, round, opened } = found;
  const answers = { ...round.buffer, ...input.answers };
  if (opened.fields.some((id) => isEmpty(answers[id] ?? dossier.answers[id]))) return { ok: false, reason: "incomplete-answer" };
  const files = await listFiles(database, input);
  const present = (component: string) =>
    files.some((file) => file.component === component && (file.status === "active" || file.status === "pending"));
  if (opened.components.some((component) => !present(component))) return { ok: false, reason: "incomplete-answer" };
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

async function openedFor(database: Database, input: AnswerSupplement) {
  const dossier = await findDossierOf(database, input);
  if (!dossier) return { ok: false, reason: "not-found" } as const;
  const round = await findOpenSupplement(database, input);
  if (dossier.state !== "supplement-requested" || !round) return { ok: false, reason: "wrong-state" } as const;
  const fields = round.items.filter((item) => item.target === "field").map((item) => item.ref);
  const components = round.items.filter((item) => item.target === "component").map((item) => item.ref);
  if (Object.keys(input.answers).some((id) => !fields.includes(id))) return { ok: false, reason: "not-opened" } as const;
  return { ok: true, dossier, round, opened: { fields, components } } as const;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
