import { type Db, statement } from "#kit/db.ts";

export interface KeptDeclaration {
  readonly seq: number;
  readonly sha256: string;
  readonly size: number;
  readonly madeAt: Date;
}

const COLUMNS = `seq, sha256, size::int as size, made_at as "madeAt"`;

const latest = statement<KeptDeclaration, [string]>(
  "declarations.latest",
  `select ${COLUMNS} from declaration where dossier_id = $1 order by seq desc limit 1`,
);

/** The declaration as it stands now. */
export function findDeclaration(db: Db, dossierId: string): Promise<KeptDeclaration | undefined> {
  return db.maybe(latest, [dossierId]);
}

const keep = statement<{ done: number }, [string, number, string, number]>(
  "declarations.keep",
  `insert into declaration (dossier_id, seq, sha256, size) values ($1, $2, $3, $4) on conflict do nothing returning 1 as done`,
);

/** The first one counts. */
export async function keepDeclaration(
  db: Db,
  dossierId: string,
  made: { readonly seq: number; readonly sha256: string; readonly size: number },
): Promise<void> {
  await db.maybe(keep, [dossierId, made.seq, made.sha256, made.size]);
}
