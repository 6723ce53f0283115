import { type Db, statement } from "#kit/db.ts";
import type { Receipt, ReceiptContent, ReceiptKind } from "./receipt.ts";

interface ReceiptRow {
  readonly id: string;
  readonly settlement_id: string;
  readonly dossier_id: string;
  readonly kind: ReceiptKind;
  readonly form: string;
  readonly series: string;
  readonly number: number;
  readonly payer_sub: string;
  readonly content: ReceiptContent;
  readonly amount: number;
  readonly paid_at: Date;
  readonly created_at: Date;
  readonly code: string;
  readonly xml: string | null;
  readonly pdf: string | null;
}

const SELECT = `select r.id, r.settlement_id, r.dossier_id, r.kind, r.form, r.series, r.number, r.payer_sub, r.content,
  r.amount, r.paid_at, r.created_at, r.code, x.sha256 as xml, p.sha256 as pdf`;
const FILES = `left join receipt_file x on x.receipt_id = r.id and x.format = 'xml'
  left join receipt_file p on p.receipt_id = r.id and p.format = 'pdf'`;

const issueReceipts = statement<ReceiptRow, [string, string, string, Date, string, string]>(
  "receipts.issue",
  `${SELECT} from receipt_issue($1, $2, $3, $4, $5, $6::jsonb) r ${FILES}`,
);
const receiptById = statement<ReceiptRow, [string]>(
  "receipts.find",
  `${SELECT} from receipt r ${FILES} where r.id = $1`,
);
const ofOwnDossier = statement<{ own: boolean }, [dossierId: string, sub: string]>(
  "receipts.of-own-dossier",
  "select exists (select from dossier where id = $1 and applicant_sub = $2) as own",
);
const receiptByCode = statement<ReceiptRow, [string]>(
  "receipts.by-code",
  `${SELECT} from receipt r ${FILES} where r.code = $1`,
);
const receiptsOfSettlement = statement<ReceiptRow, [string]>(
  "receipts.of-settlement",
  `${SELECT} from receipt r ${FILES} where r.settlement_id = $1 order by r.kind desc, r.created_at limit 40`,
);
const receiptsOfDossier = statement<ReceiptRow, [string]>(
  "receipts.of-dossier",
  `${SELECT} from receipt r ${FILES} where r.dossier_id = $1 order by r.created_at desc, r.id desc limit 100`,
);
const replaceReceipt = statement<ReceiptRow, [string, string, string, string, string, Date, string]>(
  "receipts.replace",
  `${SELECT} from receipt_replace($1, $2::jsonb, $3, $4, $5, $6, $7) r ${FILES}`,
);
// The first file written wins; whoever comes second reads the first one's.
const keepReceiptFile = statement<{ sha256: string }, [string, "xml" | "pdf", string, number]>(
  "receipts.keep-file",
  `with mine as (
     insert into receipt_file (receipt_id, format, sha256, size) values ($1, $2, $3, $4)
     on conflict (receipt_id, format) do nothing returning sha256)
   select sha256 from mine union all select sha256 from receipt_file where receipt_id = $1 and format = $2 limit 1`,
);

export interface NewReceiptPart {
  readonly kind: ReceiptKind;
  readonly amount: number;
  readonly code: string;
  readonly content: ReceiptContent;
}

export interface NewReceipts {
  readonly settlementId: string;
  readonly dossierId: string;
  readonly payerSub: string;
  readonly paidAt: Date;
  /** Two letters of the series */
  readonly seriesLetters: string;
  readonly parts: readonly NewReceiptPart[];
}

/** Issues once for a settlement; a repeated call answers the rows of the first. Fees first. */
export async function putReceipts(db: Db, receipts: NewReceipts): Promise<Receipt[]> {
  const { settlementId, dossierId, payerSub, paidAt, seriesLetters, parts } = receipts;
  const rows = await db.many(issueReceipts, [
    settlementId,
    dossierId,
    payerSub,
    paidAt,
    seriesLetters,
    JSON.stringify(parts),
  ]);
  return rows.map(toReceipt);
}

export interface NewReplacement {
  readonly id: string;
  readonly content: ReceiptContent;
  readonly code: string;
  readonly officer: string;
  readonly reason: string;
  readonly at: Date;
  readonly seriesLetters: string;
}

/** undefined: the receipt is not there or was replaced before. */
export async function putReplacement(db: Db, input: NewReplacement): Promise<Receipt | undefined> {
  const { id, content, code, officer, reason, at, seriesLetters } = input;
  const row = await db.maybe(replaceReceipt, [id, JSON.stringify(content), code, officer, reason, at, seriesLetters]);
  return row && toReceipt(row);
}

export async function findReceipt(db: Db, id: string): Promise<Receipt | undefined> {
  const row = await db.maybe(receiptById, [id]);
  return row && toReceipt(row);
}

/** Is it this person's dossier now? One that was filed at a counter joins an account later than its receipts. */
export async function isOwnDossier(db: Db, dossierId: string, sub: string): Promise<boolean> {
  return (await db.one(ofOwnDossier, [dossierId, sub])).own;
}

export async function findReceiptByCode(db: Db, code: string): Promise<Receipt | undefined> {
  const row = await db.maybe(receiptByCode, [code]);
  return row && toReceipt(row);
}

/** phí and lệ phí, each with its replacements after it. */
export async function listReceiptsOfSettlement(db: Db, settlementId: string): Promise<Receipt[]> {
  return (await db.many(receiptsOfSettlement, [settlementId])).map(toReceipt);
}

/** Newest first, at most 100. */
export async function listReceiptsOfDossier(db: Db, dossierId: string): Promise<Receipt[]> {
  return (await db.many(receiptsOfDossier, [dossierId])).map(toReceipt);
}

/** Keeps a rendered file unless the receipt has one of that format; answers the hash of the file that counts. */
export async function putReceiptFile(
  db: Db,
  receiptId: string,
  format: "xml" | "pdf",
  file: { readonly sha256: string; readonly size: number },
): Promise<string> {
  return (await db.one(keepReceiptFile, [receiptId, format, file.sha256, file.size])).sha256;
}

function toReceipt(row: ReceiptRow): Receipt {
  return {
    id: row.id,
    settlementId: row.settlement_id,
    dossierId: row.dossier_id,
    kind: row.kind,
    form: row.form,
    series: row.series,
    number: row.number,
    payerSub: row.payer_sub,
    content: row.content,
    amount: row.amount,
    paidAt: row.paid_at,
    createdAt: row.created_at,
    code: row.code,
    files: { ...(row.xml ? { xml: row.xml } : {}), ...(row.pdf ? { pdf: row.pdf } : {}) },
  };
}
