/** SQL that writes opinions, each change with its trace in one statement. */
import { type Database, statement } from "#kit/db.ts";
import type { DueExplanation, OfficerActor } from "#province/dossiers/index.ts";
import { type OpinionFile, type OpinionRefusal, OPINIONS_MAX, type Verdict } from "./opinion.ts";

export type OpinionOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: OpinionRefusal };

const ask = statement<{ outcome: OpinionOutcome }, [string, string, string, string[], string, number]>(
  "opinions.ask",
  "select opinion_ask($1, $2, $3::jsonb, $4::uuid[], $5::jsonb, $6) as outcome",
);

export interface NewOpinion {
  /** Made with the form: the same form sent twice is one question. */
  readonly id: string;
  readonly dossierId: string;
  readonly askedBy: OfficerActor;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly officerId: string | null;
  readonly officerName: string | null;
  readonly question: string;
  readonly dueAt: Date;
  readonly dueExplanation: DueExplanation;
  readonly papers: readonly string[];
  readonly files: readonly OpinionFile[];
}

export async function putOpinion(database: Database, tenant: string, opinion: NewOpinion): Promise<OpinionOutcome> {
  const { dossierId, papers, files, ...rest } = opinion;
  const fields = JSON.stringify(rest);
  return (await database.one(ask, [tenant, dossierId, fields, [...papers], JSON.stringify(files), OPINIONS_MAX]))
    .outcome;
}

const answer = statement<{ outcome: OpinionOutcome }, [string, string, string, string, string, string, string]>(
  "opinions.answer",
  "select opinion_answer($1, $2, $3::jsonb, $4, $5, $6, $7::jsonb) as outcome",
);

export interface OpinionAnswer {
  readonly tenant: string;
  readonly id: string;
  readonly actor: OfficerActor;
  /** The answering officer's unit. */
  readonly agencyId: string;
  readonly verdict: Verdict;
  readonly answer: string;
  readonly files: readonly OpinionFile[];
}

export async function putAnswer(database: Database, given: OpinionAnswer): Promise<OpinionOutcome> {
  const { tenant, id, actor, agencyId, verdict, files } = given;
  const params = [tenant, id, JSON.stringify(actor), agencyId, verdict, given.answer, JSON.stringify(files)] as const;
  return (await database.one(answer, [...params])).outcome;
}

const takeBack = statement<{ outcome: OpinionOutcome }, [string, string, string, string]>(
  "opinions.take-back",
  "select opinion_take_back($1, $2, $3, $4::jsonb) as outcome",
);

export async function takeOpinionBack(
  database: Database,
  input: { readonly tenant: string; readonly dossierId: string; readonly id: string; readonly actor: OfficerActor },
): Promise<OpinionOutcome> {
  const { tenant, dossierId, id, actor } = input;
  return (await database.one(takeBack, [tenant, dossierId, id, JSON.stringify(actor)])).outcome;
}

const overdue = statement<{ told: boolean }, [string, string]>(
  "opinions.overdue",
  "select opinion_overdue($1, $2) as told",
);

/** Whether it was late, unanswered and not told before. */
export async function markOverdue(database: Database, tenant: string, id: string): Promise<boolean> {
  return (await database.one(overdue, [tenant, id])).told;
}
