/** Writing supplement rounds: asked, answered in a buffer, merged. */
import { type Database, statement } from "#kit/db.ts";
import type { Actor, Answers, DossierState, Outcome, Stand, SupplementItem } from "./dossier.ts";
import { json } from "./dossier-store.ts";

interface Answered<Done> {
  readonly outcome: Outcome<Done>;
}

const askStatement = statement<
  Answered<Stand & { round: number }>,
  [string, string, string, number, string | null, string, string, string]
>("dossiers.ask-supplement", "select dossier_ask_supplement($1, $2, $3, $4, $5, $6::jsonb, $7, $8::jsonb) as outcome");

export async function openSupplement(
  database: Database,
  asked: {
    tenant: string;
    dossierId: string;
    from: DossierState;
    version: number;
    resumeState: DossierState | null;
    actor: Actor;
    text: string;
    items: readonly SupplementItem[];
  },
): Promise<Outcome<Stand & { round: number }>> {
  const { outcome } = await database.one(askStatement, [
    asked.tenant,
    asked.dossierId,
    asked.from,
    asked.version,
    asked.resumeState,
    json(asked.actor),
    asked.text,
    json(asked.items),
  ]);
  return outcome;
}

const bufferStatement = statement<Answered<Stand>, [string, string, string, string]>(
  "dossiers.save-supplement",
  "select dossier_save_supplement($1, $2, $3, $4::jsonb) as outcome",
);

export async function saveSupplementBuffer(
  database: Database,
  saved: { tenant: string; dossierId: string; applicantSub: string; answers: Answers },
): Promise<Outcome<Stand>> {
  const params = [saved.tenant, saved.dossierId, saved.applicantSub, json(saved.answers)] as const;
  return (await database.one(bufferStatement, [...params])).outcome;
}

const answerStatement = statement<
  Answered<Stand & { round: number }>,
  [string, string, number, string, number, string, string]
>(
  "dossiers.answer-supplement",
  "select dossier_answer_supplement($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb) as outcome",
);

export async function closeSupplement(
  database: Database,
  answered: {
    tenant: string;
    dossierId: string;
    version: number;
    to: DossierState;
    round: number;
    actor: Actor;
    answers: Answers;
  },
): Promise<Outcome<Stand & { round: number }>> {
  const { outcome } = await database.one(answerStatement, [
    answered.tenant,
    answered.dossierId,
    answered.version,
    answered.to,
    answered.round,
    json(answered.actor),
    json(answered.answers),
  ]);
  return outcome;
}
