/** Reading the dossier index: one person's dossiers of all provinces. */
import { type Db, statement } from "#kit/db.ts";

export interface DossierListing {
  readonly province: string;
  readonly number: string;
  readonly code: string;
  readonly procedureName: string;
  readonly agencyName: string;
  /** 1–10 */
  readonly status: number;
  readonly link: string;
  readonly owed: number;
  readonly remark: string;
  readonly filedAt: Date;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly returnedAt: Date | null;
  /** Of a linked filing, in any province; empty for others. */
  readonly parts: readonly Omit<DossierListing, "parts">[];
}

type Row = Omit<DossierListing, "parts"> & {
  readonly wholeProvince: string | null;
  readonly wholeNumber: string | null;
};

const PAGE = 20;
const PARTS_MAX = 500;
const COLUMNS = `province, number, code, procedure_name as "procedureName", agency_name as "agencyName", status, link, owed, remark,
     filed_at as "filedAt", received_at as "receivedAt", due_at as "dueAt", returned_at as "returnedAt",
     whole_province as "wholeProvince", whole_number as "wholeNumber"`;

const ofPerson = statement<
  Row,
  [techId: string, text: string | null, beforeAt: Date | null, beforeKey: string | null, limit: number]
>(
  "dossier-index.list-of-person",
  // A part stands beneath its whole, unless the whole has not been told yet; words and codes of a part find the whole.
  `select ${COLUMNS} from dossier_index i
   where tech_id = $1
     and not exists (select from dossier_index w where w.tech_id = $1 and w.province = i.whole_province and w.number = i.whole_number)
     and ($2::text is null or code ilike '%' || $2 || '%' or number = $2 or fold(procedure_name) like '%' || fold($2) || '%'
       or exists (select from dossier_index p where p.tech_id = $1 and p.whole_province = i.province and p.whole_number = i.number
         and (p.code ilike '%' || $2 || '%' or p.number = $2 or fold(p.procedure_name) like '%' || fold($2) || '%')))
     and ($3::timestamptz is null or (filed_at, province || '/' || number) < ($3, $4))
   order by filed_at desc, province || '/' || number desc limit $5`,
);

const ofWholes = statement<Row, [techId: string, provinces: string[], numbers: string[], limit: number]>(
  "dossier-index.list-parts",
  `select ${COLUMNS} from dossier_index
   where tech_id = $1 and (whole_province, whole_number) in (select * from unnest($2::text[], $3::text[]))
   order by filed_at, province, number limit $4`,
);

export interface ListingPage {
  readonly dossiers: DossierListing[];
  /** key of the next page, null at the end */
  readonly next: string | null;
}

/** The person's dossiers, newest first. `text`: part of a code, a number, or words of the service's name without marks. */
export async function listIndexedDossiers(
  db: Db,
  query: { techId: string; text?: string; after?: string },
): Promise<ListingPage> {
  const key = readKey(query.after);
  const text =
    query.text
      ?.trim()
      .slice(0, 200)
      .replace(/[%_\\]/g, "\\$&") || null;
  const rows = await db.many(ofPerson, [query.techId, text, key?.at ?? null, key?.id ?? null, PAGE + 1]);
  const shown = rows.slice(0, PAGE);
  const parts =
    shown.length === 0
      ? []
      : await db.many(ofWholes, [
          query.techId,
          shown.map(({ province }) => province),
          shown.map(({ number }) => number),
          PARTS_MAX,
        ]);
  const dossiers = shown.map((row) => ({
    ...row,
    parts: parts.filter((part) => part.wholeProvince === row.province && part.wholeNumber === row.number),
  }));
  const last = dossiers.at(-1);
  const next = rows.length > PAGE && last ? `${last.filedAt.toISOString()}~${last.province}/${last.number}` : null;
  return { dossiers, next };
}

function readKey(key: string | undefined): { at: Date; id: string } | undefined {
  const match = /^([0-9TZ:.-]{20,30})~([\w.-]{1,60}\/[\w.-]{1,60})$/.exec(key ?? "");
  const at = new Date(match?.[1] ?? "");
  return match && !Number.isNaN(at.getTime()) ? { at, id: match[2] ?? "" } : undefined;
}
