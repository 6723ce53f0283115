import { type Db, statement } from "#kit/db.ts";
import type { OfficerActor } from "#province/dossiers/index.ts";
import type { DigitisedFile } from "./digitised-file.ts";

const COLUMNS = `file_id as "fileId", dossier_id as "dossierId", sha256, size, signed_by as "signedBy", signed_at as "signedAt"`;

const ofDossier = statement<DigitisedFile, [dossierId: string]>(
  "digitising.of-dossier",
  `select ${COLUMNS} from digitised_file where dossier_id = $1 order by signed_at limit 500`,
);
const byFile = statement<DigitisedFile, [fileId: string]>(
  "digitising.by-file",
  `select ${COLUMNS} from digitised_file where file_id = $1`,
);
const put = statement<{ count: number }, [tenant: string, dossierId: string, actor: string, at: Date, copies: string]>(
  "digitising.put",
  "select digitise_put($1, $2, $3::jsonb, $4, $5::jsonb) as count",
);

/** Signed copies of a dossier's papers. `db` is the tenant's. */
export function listCopies(db: Db, dossierId: string): Promise<DigitisedFile[]> {
  return db.many(ofDossier, [dossierId]);
}

export function findCopy(db: Db, fileId: string): Promise<DigitisedFile | undefined> {
  return db.maybe(byFile, [fileId]);
}

/** Keeps the copies of one "Ký số" with one history entry; answers how many are new. */
export async function putCopies(
  db: Db,
  input: {
    readonly tenant: string;
    readonly dossierId: string;
    readonly actor: OfficerActor;
    readonly at: Date;
    readonly copies: readonly { readonly fileId: string; readonly sha256: string; readonly size: number }[];
  },
): Promise<number> {
  const { tenant, dossierId, actor, at, copies } = input;
  return (await db.one(put, [tenant, dossierId, JSON.stringify(actor), at, JSON.stringify(copies)])).count;
}
