/** What may be known of a dossier without signing in. Nothing that identifies a person is read. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { DossierState, Ending } from "#province/dossiers/index.ts";

export interface FoundDossier {
  readonly id: string;
  readonly number: number;
  readonly code: string | null;
  readonly state: DossierState;
  readonly ending: Ending | null;
  readonly filedAt: Date;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly finishedAt: Date | null;
  readonly returnedAt: Date | null;
  /** Why it is due then; says nothing of a person. */
  readonly dueLines: readonly Text[];
  readonly procedureName: Text;
  readonly agencyName: string;
  /** Does the paper number that was given belong to the applicant? */
  readonly paperFits: boolean;
}

const find = statement<FoundDossier, [code: string | null, number: number | null, paper: string]>(
  "lookup.find",
  `select id, number, code, state, ending, filed_at as "filedAt", received_at as "receivedAt", due_at as "dueAt",
     finished_at as "finishedAt", returned_at as "returnedAt", procedure -> 'name' as "procedureName",
     agency ->> 'name' as "agencyName", coalesce(due_explanation -> 'lines', '[]') as "dueLines",
     ($3 <> '' and (applicant ->> 'identityNumber' = $3 or (length($3) = 4 and right(applicant ->> 'identityNumber', 4) = $3)))
       as "paperFits"
   from dossier where state <> 'draft' and (code = $1 or number = $2) limit 1`,
);

/** By the official code or the internal number. `paper`: the whole paper number or its last four digits. `db`: the tenant's. */
export function findByCode(
  db: Db,
  asked: { readonly code?: string; readonly number?: number },
  paper: string,
): Promise<FoundDossier | undefined> {
  return db.maybe(find, [asked.code ?? null, asked.number ?? null, paper]);
}
