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
}

const PAGE = 20;

const ofPerson = statement<
  DossierListing,
  [techId: string, text: string | null, beforeAt: Date | null, beforeKey: string | null, limit: number]
>(
  "dossier-index.list-of-person",
  `select province, number, code, procedure_name as "procedureName", agency_name as "agencyName", status, link, owed, remark,
     filed_at as "filedAt", received_at as "receivedAt", due_at as "dueAt", returned_at as "returnedAt"
   from dossier_index
   where tech_id = $1
     and ($2::text is null or code ilike '%' || $2 || '%' or number = $2 or fold(procedure_name) like '%' || fold($2) || '%')
     and ($3::timestamptz is null or (filed_at, province || '/' || number) < ($3, $4))
   order by filed_at desc, province || '/' || number desc limit $5`,
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
  const dossiers = rows.slice(0, PAGE);
  const last = dossiers.at(-1);
  const next = rows.length > PAGE && last ? `${last.filedAt.toISOString()}~${last.province}/${last.number}` : null;
  return { dossiers, next };
}

function readKey(key: string | undefined): { at: Date; id: string } | undefined {
  const match = /^([0-9TZ:.-]{20,30})~([\w.-]{1,60}\/[\w.-]{1,60})$/.exec(key ?? "");
  const at = new Date(match?.[1] ?? "");
  return match && !Number.isNaN(at.getTime()) ? { at, id: match[2] ?? "" } : undefined;
}
