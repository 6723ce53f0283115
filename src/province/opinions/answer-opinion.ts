import type { Database } from "#kit/db.ts";
import { decideOpinion } from "./opinion-lifecycle.ts";
import { type OpinionAnswer, type OpinionOutcome, putAnswer, takeOpinionBack } from "./opinion-store.ts";
import { findOpinion } from "./opinion-view.ts";

/** The named officer, or one of the unit, answers; a late answer is taken and marked as late. */
export async function answerOpinion(database: Database, input: OpinionAnswer): Promise<OpinionOutcome> {
  const opinion = await findOpinion(database.forTenant(input.tenant), input.id);
  if (!opinion) return { ok: false, reason: "not-found" };
  const decision = decideOpinion(opinion.state, "answer", "asked");
  return decision.ok ? putAnswer(database, input) : decision;
}

/** Whoever may ask on the dossier says that the answer is no longer needed. */
export async function takeBackOpinion(
  database: Database,
  input: Parameters<typeof takeOpinionBack>[1],
): Promise<OpinionOutcome> {
  const opinion = await findOpinion(database.forTenant(input.tenant), input.id);
  if (opinion?.dossierId !== input.dossierId) return { ok: false, reason: "not-found" };
  const decision = decideOpinion(opinion.state, "take-back", "asker");
  return decision.ok ? takeOpinionBack(database, input) : decision;
}
