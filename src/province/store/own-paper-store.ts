/** Writing of migration 0027: one SQL function a change. */
import { type Database, statement } from "#kit/db.ts";
import type { Outcome } from "#province/dossiers/index.ts";
import type { Source } from "./own-paper.ts";

type Added = { ok: true; id: string; known: boolean } | { ok: false; reason: "store-limit" };

const addStatement = statement<{ outcome: Added }, [string, string, string, number, number]>(
  "store.add",
  "select own_paper_add($1, $2, $3::jsonb, $4, $5) as outcome",
);

export async function addOwnPaper(
  database: Database,
  owner: { tenant: string; applicantSub: string },
  paper: { id: string; name: string; sha256: string; size: number; mediaType: string },
  limits: { papers: number; bytes: number },
): Promise<Added> {
  const params = [owner.tenant, owner.applicantSub, JSON.stringify(paper), limits.papers, limits.bytes] as const;
  return (await database.one(addStatement, [...params])).outcome;
}

const deleteStatement = statement<{ deleted: boolean }, [string, string, string]>(
  "store.delete",
  "select own_paper_delete($1, $2, $3) as deleted",
);

export async function deleteOwnPaper(
  database: Database,
  key: { tenant: string; applicantSub: string; id: string },
): Promise<boolean> {
  return (await database.one(deleteStatement, [key.tenant, key.applicantSub, key.id])).deleted;
}

type Used = Outcome<{ fileId: string; sameAs?: string | null }>;

const reuseStatement = statement<
  { outcome: Used },
  [string, string, string, string, string, string, string, string, number]
>("store.reuse", "select paper_reuse_put($1, $2, $3, $4, $5, $6, $7, $8, $9) as outcome");

export async function putReuse(
  database: Database,
  use: {
    tenant: string;
    applicantSub: string;
    dossierId: string;
    component: string;
    source: Source;
    sourceId: string;
    fileId: string;
    /** Name of the words that were agreed to. */
    consent: string;
    limit: number;
  },
): Promise<Used> {
  const { tenant, applicantSub, dossierId, component, source, sourceId, fileId, consent, limit } = use;
  const params = [tenant, applicantSub, dossierId, component, source, sourceId, fileId, consent, limit] as const;
  return (await database.one(reuseStatement, [...params])).outcome;
}
