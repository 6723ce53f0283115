import type { PlainDate } from "#kit/calendar.ts";
import { type Db, statement } from "#kit/db.ts";
import type { Result } from "./result.ts";

interface ResultRow {
  readonly id: string;
  readonly dossier_id: string;
  readonly number: string;
  readonly summary: string;
  readonly effective_on: PlainDate;
  readonly expires_on: PlainDate | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: "unsigned" | "signed";
  readonly file_sha256: string;
  readonly file_name: string;
  readonly signed_sha256: string | null;
  readonly signed_size: number | null;
  readonly signer_name: string | null;
  readonly signer_agency: string | null;
  readonly signed_at: Date | null;
  readonly code: string;
  readonly entered_by: string;
  readonly entered_at: Date;
}

const COLUMNS = `id, dossier_id, number, summary, effective_on, expires_on, data, state, file_sha256, file_name, signed_sha256,
  signed_size, signer_name, signer_agency, signed_at, code, entered_by, entered_at`;

const insertResult = statement<
  ResultRow,
  [string, string, string, string, string, string | null, string, string, string, string, string]
>(
  "results.insert",
  `with made as (
     insert into result (id, dossier_id, number, summary, effective_on, expires_on, data, file_sha256, file_name, code, entered_by)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11) returning *),
   noted as (select audit_put($11, 'result.enter', 'result:' || $1, jsonb_build_object('sha256', $8::text)))
   select ${COLUMNS} from made, noted`,
);
const resultById = statement<ResultRow, [string]>("results.find", `select ${COLUMNS} from result where id = $1`);
const latestOfDossier = statement<ResultRow, [string]>(
  "results.latest-of-dossier",
  `select ${COLUMNS} from result where dossier_id = $1 order by (state = 'signed') desc, entered_at desc, id desc limit 1`,
);
const signResult = statement<ResultRow, [string, string, string, number, string, string, Date, string]>(
  "results.sign",
  `select ${COLUMNS} from result_sign($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export interface NewResult {
  readonly id: string;
  readonly dossierId: string;
  readonly number: string;
  readonly summary: string;
  readonly effectiveOn: PlainDate;
  readonly expiresOn: PlainDate | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  readonly fileSha256: string;
  readonly fileName: string;
  readonly code: string;
  readonly enteredBy: string;
}

export async function putResult(db: Db, result: NewResult): Promise<Result> {
  const { id, dossierId, number, summary, effectiveOn, expiresOn, fileSha256, fileName, code, enteredBy } = result;
  const data = JSON.stringify(result.data);
  return toResult(
    await db.one(insertResult, [
      id,
      dossierId,
      number,
      summary,
      effectiveOn,
      expiresOn ?? null,
      data,
      fileSha256,
      fileName,
      code,
      enteredBy,
    ]),
  );
}

export async function findResult(db: Db, id: string): Promise<Result | undefined> {
  const row = await db.maybe(resultById, [id]);
  return row && toResult(row);
}

/** The signed result of a dossier, or the one entered last. */
export async function findResultOfDossier(db: Db, dossierId: string): Promise<Result | undefined> {
  const row = await db.maybe(latestOfDossier, [dossierId]);
  return row && toResult(row);
}

export interface SignedFile {
  readonly baseSha256: string;
  readonly sha256: string;
  readonly size: number;
  readonly signerName: string;
  readonly agency: string;
  readonly at: Date;
  readonly actor: string;
}

/** From unsigned to signed, once; answers the signed row whoever signed it, undefined when the file changed meanwhile. */
export async function putSignature(db: Db, id: string, signed: SignedFile): Promise<Result | undefined> {
  const { baseSha256, sha256, size, signerName, agency, at, actor } = signed;
  const row = await db.maybe(signResult, [id, baseSha256, sha256, size, signerName, agency, at, actor]);
  return row && toResult(row);
}

function toResult(row: ResultRow): Result {
  const { signed_sha256: sha256, signed_size: size, signer_name: signerName, signed_at: at } = row;
  return {
    id: row.id,
    dossierId: row.dossier_id,
    number: row.number,
    summary: row.summary,
    effectiveOn: row.effective_on,
    expiresOn: row.expires_on ?? undefined,
    data: row.data,
    state: row.state,
    file: { sha256: row.file_sha256, name: row.file_name },
    signed:
      sha256 && size && signerName && at
        ? { sha256, size, signerName, agency: row.signer_agency ?? "", at }
        : undefined,
    code: row.code,
    enteredBy: row.entered_by,
    enteredAt: row.entered_at,
  };
}
