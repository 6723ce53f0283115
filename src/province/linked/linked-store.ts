/** Writing: each statement is one transaction by one SQL function of migration 0115. */
import { type Database, statement } from "#kit/db.ts";
import type { Answers, DossierState, DueExplanation, Ending } from "#province/dossiers/index.ts";

type Done = { done: boolean };

const open = statement<Done, [string, string, string, string, string, boolean, string]>(
  "linked.open",
  "select linked_open($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7::jsonb) as done",
);

export interface OpenPart {
  readonly tenant: string;
  readonly wholeId: string;
  readonly code: string;
  readonly answers: Answers;
  readonly papers: readonly { component: string; name: string; sha256: string; size: number }[];
  readonly together: boolean;
  readonly detail: object;
}

/** False when it was opened, or ended, before. */
export async function openPart(database: Database, part: OpenPart): Promise<boolean> {
  const { tenant, wholeId, code, answers, papers, together, detail } = part;
  const params = [tenant, wholeId, code, JSON.stringify(answers), JSON.stringify(papers), together] as const;
  return (await database.one(open, [...params, JSON.stringify(detail)])).done;
}

const end = statement<Done, [string, string, string, string, boolean, string]>(
  "linked.end",
  "select linked_end($1, $2, $3, $4, $5, $6) as done",
);

export async function endPart(
  database: Database,
  part: { tenant: string; wholeId: string; code: string; because: string; withdrawn: boolean; reason: string },
): Promise<boolean> {
  const { tenant, wholeId, code, because, withdrawn, reason } = part;
  return (await database.one(end, [tenant, wholeId, code, because, withdrawn, reason])).done;
}

const release = statement<Done, [string, string]>("linked.release", "select linked_release($1, $2) as done");

export async function releasePart(database: Database, tenant: string, dossierId: string): Promise<boolean> {
  return (await database.one(release, [tenant, dossierId])).done;
}

const follow = statement<
  Done,
  [string, string, number, string, string | null, boolean, Date | null, Date | null, string | null, string]
>("linked.follow", "select linked_follow($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb) as done");

export interface FollowParts {
  readonly tenant: string;
  readonly wholeId: string;
  readonly version: number;
  readonly to: DossierState;
  readonly ending: Ending | null;
  readonly signed: boolean;
  readonly receivedAt: Date | null;
  readonly due: { readonly at: Date; readonly explanation: DueExplanation } | null;
  readonly detail: object;
}

/** False when the whole has moved since it was read. */
export async function followParts(database: Database, whole: FollowParts): Promise<boolean> {
  const { tenant, wholeId, version, to, ending, signed, receivedAt, due, detail } = whole;
  const params = [tenant, wholeId, version, to, ending, signed, receivedAt, due?.at ?? null] as const;
  const explanation = due ? JSON.stringify(due.explanation) : null;
  return (await database.one(follow, [...params, explanation, JSON.stringify(detail)])).done;
}
