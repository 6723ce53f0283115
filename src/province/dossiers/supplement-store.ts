/** Writing supplement rounds: asked, answered in a buffer, merged. */
import { type Database, statement } from "#kit/db.ts";
import type { Actor, Answers, DossierState, Outcome, Stand, SupplementItem } from "./dossier.ts";
import type { SupplementTerm } from "#province/procedure/index.ts";
import { json } from "./dossier-store.ts";

interface Answered<Done> {
  readonly outcome: Outcome<Done>;
}

const askStatement = statement<
  Answered<Stand & { round: number }>,
  [string, string, string, number, string | null, string, string, string, string | null]
>(
  "dossiers.ask-supplement",
  "select dossier_ask_supplement($1, $2, $3, $4, $5, $6::jsonb, $7, $8::jsonb, $9::jsonb) as outcome",
);

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
    terms: SupplementTerm | null;
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
    asked.terms && json(asked.terms),
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

const remindStatement = statement<Answered<Stand>, [string, string, number, Date]>(
  "dossiers.remind-supplement",
  "select dossier_remind_supplement($1, $2, $3, $4) as outcome",
);

interface RoundAt {
  readonly tenant: string;
  readonly dossierId: string;
  readonly round: number;
  readonly now: Date;
}

/** `wrong-state` when the round is over or was reminded: nothing to do. */
export async function writeReminder(database: Database, at: RoundAt): Promise<Outcome<Stand>> {
  return (await database.one(remindStatement, [at.tenant, at.dossierId, at.round, at.now])).outcome;
}

const expireStatement = statement<Answered<Stand>, [string, string, number, Date, string]>(
  "dossiers.expire-supplement",
  "select dossier_expire_supplement($1, $2, $3, $4, $5) as outcome",
);

/** `wrong-state` when the round is over or its end was written: nothing to do. */
export async function writeExpiry(database: Database, at: RoundAt & { reason: string }): Promise<Outcome<Stand>> {
  return (await database.one(expireStatement, [at.tenant, at.dossierId, at.round, at.now, at.reason])).outcome;
}
