import { type Db, statement } from "#kit/db.ts";
import type { Slip, SlipContents, SlipKind } from "./slip.ts";

interface SlipRow {
  readonly id: string;
  readonly dossier_id: string;
  readonly kind: SlipKind;
  readonly occasion: string;
  readonly year: number;
  readonly number: number;
  readonly rule_set: string;
  readonly content: SlipContents[SlipKind];
  readonly code: string;
  readonly issued_by: string;
  readonly created_at: Date;
  readonly form: string | null;
  readonly sha256: string | null;
}

const COLUMNS = `s.id, s.dossier_id, s.kind, s.occasion, s.year, s.number, s.rule_set, s.content, s.code, s.issued_by,
  s.created_at, s.form, f.sha256`;

const issueSlipRow = statement<
  SlipRow,
  [string, SlipKind, string, string, string, string, string, Date, string | null]
>(
  "slips.issue",
  `select ${COLUMNS} from slip_issue($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9) s left join slip_file f on f.slip_id = s.id`,
);
const slipById = statement<SlipRow, [string]>(
  "slips.find",
  `select ${COLUMNS} from slip s left join slip_file f on f.slip_id = s.id where s.id = $1`,
);
const slipOf = statement<SlipRow, [string, SlipKind, string]>(
  "slips.find-of",
  `select ${COLUMNS} from slip s left join slip_file f on f.slip_id = s.id
   where s.dossier_id = $1 and s.kind = $2 and s.occasion = $3`,
);
const slipsOfDossier = statement<SlipRow, [string]>(
  "slips.of-dossier",
  `select ${COLUMNS} from slip s left join slip_file f on f.slip_id = s.id where s.dossier_id = $1
   order by s.created_at desc, s.id desc limit 100`,
);
const slipByCode = statement<SlipRow, [string]>(
  "slips.by-code",
  `select ${COLUMNS} from slip s left join slip_file f on f.slip_id = s.id where s.code = $1`,
);
// The first file written wins; whoever comes second reads the first one's.
const keepSlipFile = statement<{ sha256: string }, [string, string, number]>(
  "slips.keep-file",
  `with mine as (
     insert into slip_file (slip_id, sha256, size) values ($1, $2, $3) on conflict (slip_id) do nothing returning sha256)
   select sha256 from mine union all select sha256 from slip_file where slip_id = $1 limit 1`,
);

export interface NewSlip {
  readonly dossierId: string;
  readonly kind: SlipKind;
  readonly occasion: string;
  readonly ruleSet: string;
  readonly content: SlipContents[SlipKind];
  readonly code: string;
  readonly issuedBy: string;
  readonly createdAt: Date;
  /** A sector's form and its generation, where it takes the place of the circular's */
  readonly form?: string;
}

/** Issues once; a repeated call answers the row of the first. */
export async function putSlip(db: Db, slip: NewSlip): Promise<Slip> {
  const content = JSON.stringify(slip.content);
  return toSlip(
    await db.one(issueSlipRow, [
      slip.dossierId,
      slip.kind,
      slip.occasion,
      slip.ruleSet,
      content,
      slip.code,
      slip.issuedBy,
      slip.createdAt,
      slip.form ?? null,
    ]),
  );
}

export async function findSlip(db: Db, id: string): Promise<Slip | undefined> {
  const row = await db.maybe(slipById, [id]);
  return row && toSlip(row);
}

/** The slip of one thing that happened to a dossier. */
export async function findSlipOf(
  db: Db,
  dossierId: string,
  kind: SlipKind,
  occasion: string,
): Promise<Slip | undefined> {
  const row = await db.maybe(slipOf, [dossierId, kind, occasion]);
  return row && toSlip(row);
}

/** Newest first, at most 100. */
export async function listSlips(db: Db, dossierId: string): Promise<Slip[]> {
  return (await db.many(slipsOfDossier, [dossierId])).map(toSlip);
}

export async function findSlipByCode(db: Db, code: string): Promise<Slip | undefined> {
  const row = await db.maybe(slipByCode, [code]);
  return row && toSlip(row);
}

/** Keeps a rendered file as the slip's file unless it has one; answers the hash of the file that counts. */
export async function putSlipFile(
  db: Db,
  slipId: string,
  file: { readonly sha256: string; readonly size: number },
): Promise<string> {
  return (await db.one(keepSlipFile, [slipId, file.sha256, file.size])).sha256;
}

function toSlip(row: SlipRow): Slip {
  return {
    id: row.id,
    dossierId: row.dossier_id,
    kind: row.kind,
    occasion: row.occasion,
    year: row.year,
    number: row.number,
    ruleSet: row.rule_set,
    content: row.content,
    code: row.code,
    issuedBy: row.issued_by,
    createdAt: row.created_at,
    ...(row.form === null ? {} : { form: row.form }),
    fileSha256: row.sha256 ?? undefined,
  };
}
