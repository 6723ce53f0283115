import type { PlainDate } from "#kit/calendar.ts";
import { type Db, statement } from "#kit/db.ts";
import { type IssuedDocument, maskName, SLIP_NAMES } from "./issued-document.ts";

/** One row for all three kinds; columns that a kind does not have are null. */
interface IssuedRow {
  readonly source: "slip" | "receipt" | "result";
  readonly code: string;
  readonly kind: string | null;
  readonly number: string;
  readonly year: number | null;
  readonly form: string | null;
  readonly series: string | null;
  readonly amount: number | null;
  readonly paid_at: Date | null;
  readonly issued_at: Date;
  readonly agency: string | null;
  readonly dossier: string | null;
  readonly procedure: string | null;
  readonly person: string | null;
  readonly signer: string | null;
  readonly summary: string | null;
  readonly effective_on: PlainDate | null;
  readonly expires_on: PlainDate | null;
  readonly sha256: string | null;
  /** Of a receipt: the number that took its place, and whether its money has gone back. */
  readonly replaced_by: string | null;
  readonly gone_back: "taken-back" | "returned" | null;
}

const SLIPS = `select 'slip' as source, s.code, s.kind, s.number::text as number, s.year, null::text as form, null::text as series,
    null::bigint as amount, null::timestamptz as paid_at, s.created_at as issued_at, s.content#>>'{agency,name}' as agency,
    coalesce(s.content#>>'{dossier,code}', s.content#>>'{dossier,number}') as dossier,
    s.content#>>'{dossier,procedureName}' as procedure, s.content#>>'{dossier,applicantName}' as person,
    s.content->>'officerName' as signer, null::text as summary, null::date as effective_on, null::date as expires_on, f.sha256,
    null::text as replaced_by, null::text as gone_back
  from slip s left join slip_file f on f.slip_id = s.id`;
/** By the file that people print, or by the data that counts for the tax authority. */
const RECEIPTS = (
  format: "pdf" | "xml",
) => `select 'receipt', r.code, r.kind, r.number::text, null, r.form, r.series, r.amount, r.paid_at, r.created_at,
    r.content#>>'{collector,name}', coalesce(r.content#>>'{dossier,code}', r.content#>>'{dossier,number}'),
    r.content#>>'{dossier,procedureName}', r.content#>>'{payer,name}', null, null, null, null, f.sha256,
    (select n.series || ' ' || lpad(n.number::text, 8, '0') from receipt n where n.replaces = r.id),
    case when exists (select 1 from settlement s join payment_dispute x on x.attempt_id = s.attempt_id
        where s.id = r.settlement_id and x.state = 'lost' and x.consequence <> 'by-hand') then 'taken-back'
      when exists (select 1 from settlement s join refund_due d on d.settlement_id = s.id
        join refund_decision q on q.refund_due_id = d.id
        where s.id = r.settlement_id and q.state = 'done' and d.amount >= s.amount) then 'returned' end
  from receipt r left join receipt_file f on f.receipt_id = r.id and f.format = '${format}'`;
// Results that nobody signed are drafts of the desk: they do not exist for the public.
const RESULTS = `select 'result', t.code, null, t.number, null, null, null, null, null, t.signed_at, t.signer_agency, null, null,
    null, t.signer_name, t.summary, t.effective_on, t.expires_on, t.signed_sha256, null, null
  from result t where t.state = 'signed'`;

const issuedByCode = statement<IssuedRow, [string]>(
  "verification.by-code",
  `${SLIPS} where s.code = $1 union all ${RECEIPTS("pdf")} where r.code = $1 union all ${RESULTS} and t.code = $1 limit 1`,
);
const issuedByFile = statement<IssuedRow, [string]>(
  "verification.by-file",
  `${SLIPS} where f.sha256 = $1 union all ${RECEIPTS("pdf")} where f.sha256 = $1
   union all ${RECEIPTS("xml")} where f.sha256 = $1 union all ${RESULTS} and t.signed_sha256 = $1 limit 1`,
);

/** The document of a code, within the tenant of `db`. */
export async function findIssuedByCode(db: Db, code: string): Promise<IssuedDocument | undefined> {
  const row = await db.maybe(issuedByCode, [code]);
  return row && toDocument(row);
}

/** The document whose file is exactly these bytes. */
export async function findIssuedByFile(db: Db, sha256: string): Promise<IssuedDocument | undefined> {
  const row = await db.maybe(issuedByFile, [sha256]);
  return row && toDocument(row);
}

function toDocument(row: IssuedRow): IssuedDocument {
  const base = {
    code: row.code,
    dossier: row.dossier ?? "",
    agency: row.agency ?? "",
    issuedAt: row.issued_at,
    fileSha256: row.sha256 ?? undefined,
  };
  const procedure = row.procedure ?? "";
  const person = maskName(row.person ?? "");
  if (row.source === "slip") {
    const slip = SLIP_NAMES.find((name) => name === row.kind) ?? "refusal";
    return {
      ...base,
      kind: "slip",
      slip,
      number: Number(row.number),
      year: row.year ?? 0,
      procedure,
      officer: row.signer ?? "",
      applicant: person,
    };
  }
  if (row.source === "receipt") {
    return {
      ...base,
      kind: "receipt",
      revenue: row.kind === "charge" ? "charge" : "fee",
      form: row.form ?? "",
      series: row.series ?? "",
      number: Number(row.number),
      amount: row.amount ?? 0,
      paidAt: row.paid_at ?? row.issued_at,
      procedure,
      payer: person,
      replacedBy: row.replaced_by ?? undefined,
      goneBack: row.gone_back ?? undefined,
    };
  }
  return {
    ...base,
    kind: "result",
    number: row.number,
    summary: row.summary ?? "",
    effectiveOn: row.effective_on ?? "",
    expiresOn: row.expires_on ?? undefined,
    signer: row.signer ?? "",
  };
}
