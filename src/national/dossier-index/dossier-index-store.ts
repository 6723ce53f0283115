/** SQL of the dossier index. */
import { type Db, statement } from "#kit/db.ts";

const putSession = statement<unknown, [hash: string, province: string, seconds: number]>(
  "dossier-index.put-session",
  `with gone as (delete from sync_session where expires_at < now())
   insert into sync_session (token_hash, province, expires_at) values ($1, $2, now() + make_interval(secs => $3))`,
);

const provinceOfSession = statement<{ province: string }, [hash: string]>(
  "dossier-index.find-session",
  "select province from sync_session where token_hash = $1 and expires_at > now()",
);

export async function saveSyncSession(db: Db, tokenHash: string, province: string, seconds: number): Promise<void> {
  await db.run(putSession, [tokenHash, province, seconds]);
}

export async function findSyncSession(db: Db, tokenHash: string): Promise<string | undefined> {
  return (await db.maybe(provinceOfSession, [tokenHash]))?.province;
}

/** What is kept of a synchronised dossier; instants are ISO texts or null. */
export interface IndexedDossier {
  readonly number: string;
  readonly code: string;
  readonly techId: string;
  readonly holder: string;
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly fieldName: string;
  readonly agencyName: string;
  readonly status: number;
  readonly version: number;
  readonly link: string;
  readonly owed: number;
  readonly remark: string;
  readonly filedAt: string;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  readonly returnedAt: string | null;
  /** The linked filing that it is a part of. */
  readonly wholeProvince?: string;
  readonly wholeNumber?: string;
  readonly record: object;
}

const put = statement<
  { outcome: "done" | "exists" },
  [province: string, unit: string, updating: boolean, dossier: string]
>("dossier-index.put", "select dossier_index_put($1, $2, $3, $4::jsonb) as outcome");

export async function putIndexedDossier(
  db: Db,
  input: { province: string; unit: string; updating: boolean; dossier: IndexedDossier },
): Promise<"done" | "exists"> {
  const params = [input.province, input.unit, input.updating, JSON.stringify(input.dossier)] as const;
  return (await db.one(put, [...params])).outcome;
}

export interface IndexedStep {
  readonly dossier: string;
  readonly at: string;
  readonly status: number;
  readonly handler: string;
  readonly unit: string;
  readonly content: string;
  readonly dueAt: string | null;
}

const putStep = statement<{ outcome: "done" | "unknown" }, [province: string, step: string]>(
  "dossier-index.put-step",
  "select dossier_index_step($1, $2::jsonb) as outcome",
);

export async function putIndexedStep(db: Db, province: string, step: IndexedStep): Promise<"done" | "unknown"> {
  return (await db.one(putStep, [province, JSON.stringify(step)])).outcome;
}
