/** Reading dossiers: one dossier, lists with keyset pages, papers, history, supplement rounds. */
import { type Database, statement } from "#kit/db.ts";
import type {
  Answers,
  Dossier,
  DossierFile,
  DossierState,
  HistoryEntry,
  SupplementItem,
  SupplementRound,
} from "./dossier.ts";

export const DOSSIER_COLUMNS = `id, tenant, number, code, state, resume_state as "resumeState", ending, fee_state as "feeState", version,
  channel, procedure, agency, applicant_sub as "applicantSub", applicant, holder_name as "holderName", summary, answers,
  delivery, page, officer, unit, note, reason, due_at as "dueAt", due_explanation as "dueExplanation",
  result_id as "resultId", result_file as "resultFile", result_signed as "resultSigned", created_at as "createdAt",
  updated_at as "updatedAt", filed_at as "filedAt", received_at as "receivedAt", finished_at as "finishedAt",
  returned_at as "returnedAt", substate, closed_at as "closedAt", storage, carried_from as "carriedFrom", known, linked_whole as "linkedWhole",
  linked_hold as "linkedHold", linked_opened_at as "linkedOpenedAt", linked_from as "linkedFrom"`;

const byId = statement<Dossier, [id: string]>("dossiers.find", `select ${DOSSIER_COLUMNS} from dossier where id = $1`);

/** One dossier of the tenant, whoever asks: the caller has checked that they may. */
export function findDossier(
  database: Database,
  key: { tenant: string; dossierId: string },
): Promise<Dossier | undefined> {
  return database.forTenant(key.tenant).maybe(byId, [key.dossierId]);
}

const own = statement<Dossier, [tenant: string, id: string, sub: string]>(
  "dossiers.find-own",
  `select ${DOSSIER_COLUMNS} from dossier_find_own($1, $2, $3)`,
);

/** The person's own dossier; another's, and a draft that was thrown away, look as if they did not exist. */
export function findDossierOf(
  database: Database,
  key: { tenant: string; dossierId: string; applicantSub: string },
): Promise<Dossier | undefined> {
  return database.maybe(own, [key.tenant, key.dossierId, key.applicantSub]);
}

/** A page of a list; `next` is the key of the following page, null at the end. */
export interface DossierPage {
  readonly dossiers: Dossier[];
  readonly next: string | null;
}

export const PAGE_SIZE = 20;
const PAGE_MAX = 100;

const ofPerson = statement<Dossier, [sub: string, before: string | null, drafts: boolean, limit: number]>(
  "dossiers.list-of-person",
  `select ${DOSSIER_COLUMNS} from dossier
   where applicant_sub = $1 and discarded_at is null and ($2::uuid is null or id < $2::uuid) and (state = 'draft') = $3
     and (linked_whole is null or linked_whole = id)
   order by id desc limit $4`,
);

/** The person's filed dossiers (or, with `drafts`, the drafts), newest first; of a linked filing the whole alone. `after`: `next` of the page before. */
export async function listDossiersOf(
  database: Database,
  query: { tenant: string; applicantSub: string; drafts?: boolean; after?: string; limit?: number },
): Promise<DossierPage> {
  const limit = Math.min(query.limit ?? PAGE_SIZE, PAGE_MAX);
  const rows = await database
    .forTenant(query.tenant)
    .many(ofPerson, [query.applicantSub, query.after ?? null, query.drafts ?? false, limit + 1]);
  return page(rows, limit);
}

const ofWhole = statement<Dossier, [whole: string]>(
  "dossiers.list-of-whole",
  `select ${DOSSIER_COLUMNS} from dossier where linked_whole = $1 and id <> $1 order by number limit 20`,
);

/** The parts of a linked filing that are handled in this province, in their order. */
export function listPartDossiers(database: Database, key: { tenant: string; dossierId: string }): Promise<Dossier[]> {
  return database.forTenant(key.tenant).many(ofWhole, [key.dossierId]);
}

export interface DossierQuery {
  readonly tenant: string;
  /** empty or absent: every state but drafts */
  readonly states?: readonly DossierState[];
  readonly agencyIds?: readonly string[];
  readonly officerId?: string;
  /** part of the code, the number, or the applicant's or procedure's name, without marks */
  readonly text?: string;
  readonly after?: string;
  readonly limit?: number;
}

const forDesk = statement<
  Dossier,
  [
    states: string[] | null,
    agencies: string[] | null,
    officer: string | null,
    text: string | null,
    after: string | null,
    limit: number,
  ]
>(
  "dossiers.list-for-desk",
  `select ${DOSSIER_COLUMNS} from dossier
   where state <> 'draft' and ($1::text[] is null or state = any ($1)) and ($2::text[] is null or agency_id = any ($2))
     and ($3::text is null or officer_id = $3)
     and ($4::text is null or code ilike '%' || $4 || '%' or number::text = $4
       or fold(applicant ->> 'name') like '%' || fold($4) || '%' or fold(procedure -> 'name' ->> 'vi') like '%' || fold($4) || '%')
     and ($5::uuid is null or id > $5::uuid)
   order by id limit $6`,
);

/** The desk's list, oldest first. */
export async function listDossiers(database: Database, query: DossierQuery): Promise<DossierPage> {
  const limit = Math.min(query.limit ?? PAGE_SIZE, PAGE_MAX);
  const rows = await database
    .forTenant(query.tenant)
    .many(forDesk, [
      query.states && query.states.length > 0 ? [...query.states] : null,
      query.agencyIds ? [...query.agencyIds] : null,
      query.officerId ?? null,
      query.text?.trim().replace(/[%_\\]/g, "\\$&") || null,
      query.after ?? null,
      limit + 1,
    ]);
  return page(rows, limit);
}

function page(rows: Dossier[], limit: number): DossierPage {
  const dossiers = rows.slice(0, limit);
  return { dossiers, next: rows.length > limit ? (dossiers.at(-1)?.id ?? null) : null };
}

const FILE_COLUMNS = `id, dossier_id as "dossierId", component, name, sha256, size, media_type as "mediaType", status, round,
  added_at as "addedAt", thumb_sha256 as "thumbSha256"`;

const filesOf = statement<DossierFile, [dossierId: string]>(
  "dossiers.list-files",
  `select ${FILE_COLUMNS} from dossier_file where dossier_id = $1 and status <> 'removed' order by id limit 200`,
);

/** The papers that count now: active ones, and while a supplement is answered also pending and dropping ones. */
export function listFiles(database: Database, key: { tenant: string; dossierId: string }): Promise<DossierFile[]> {
  return database.forTenant(key.tenant).many(filesOf, [key.dossierId]);
}

const fileById = statement<DossierFile & { applicantSub: string }, [id: string]>(
  "dossiers.find-file",
  `select f.id, f.dossier_id as "dossierId", f.component, f.name, f.sha256, f.size, f.media_type as "mediaType", f.status,
     f.round, f.added_at as "addedAt", f.thumb_sha256 as "thumbSha256", d.applicant_sub as "applicantSub"
   from dossier_file f join dossier d on d.id = f.dossier_id where f.id = $1`,
);

/** A paper with the owner of its dossier, removed ones too (the history names them). */
export function findFile(
  database: Database,
  key: { tenant: string; fileId: string },
): Promise<(DossierFile & { applicantSub: string }) | undefined> {
  return database.forTenant(key.tenant).maybe(fileById, [key.fileId]);
}

const historyOf = statement<HistoryEntry, [dossierId: string]>(
  "dossiers.list-history",
  `select dossier_id as "dossierId", seq, at, actor, action, from_state as "from", to_state as "to", detail,
     encode(hash, 'hex') as hash
   from dossier_history where dossier_id = $1 order by seq limit 1000`,
);

export function listHistory(database: Database, key: { tenant: string; dossierId: string }): Promise<HistoryEntry[]> {
  return database.forTenant(key.tenant).many(historyOf, [key.dossierId]);
}

const historyBreak = statement<{ seq: number | null }, [dossierId: string]>(
  "dossiers.history-break",
  "select history_break($1) as seq",
);

/** First history entry whose hash does not fit the chain; null when the history is whole. */
export async function findHistoryBreak(
  database: Database,
  key: { tenant: string; dossierId: string },
): Promise<number | null> {
  return (await database.forTenant(key.tenant).one(historyBreak, [key.dossierId])).seq;
}

interface RoundRow {
  dossierId: string;
  round: number;
  text: string;
  requestedAt: Date;
  requestedBy: SupplementRound["requestedBy"];
  answeredAt: Date | null;
  answerBy: Date | null;
  onExpiry: "stop" | "wait";
  remindedAt: Date | null;
  expiredAt: Date | null;
  buffer: Answers;
  displaced: Answers;
  items: SupplementItem[];
}

const roundsOf = statement<RoundRow, [dossierId: string]>(
  "dossiers.list-supplements",
  `select r.dossier_id as "dossierId", r.round, r.text, r.requested_at as "requestedAt", r.requested_by as "requestedBy",
     r.answered_at as "answeredAt", r.answer_by as "answerBy", r.on_expiry as "onExpiry",
     r.reminded_at as "remindedAt", r.expired_at as "expiredAt", r.buffer, r.displaced,
     coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('target', i.target, 'ref', i.ref, 'label', i.label,
         'reason', i.reason, 'example', case when i.example_text <> '' or i.example_sha256 is not null then
           jsonb_build_object('text', nullif(i.example_text, ''), 'file', case when i.example_sha256 is not null then
             jsonb_build_object('sha256', i.example_sha256, 'name', i.example_name, 'size', i.example_size,
               'mediaType', i.example_type) end) end)) order by i.position) from supplement_item i where i.dossier_id = r.dossier_id and i.round = r.round), '[]') as items
   from supplement_round r where r.dossier_id = $1 order by r.round limit 100`,
);

export function listSupplements(
  database: Database,
  key: { tenant: string; dossierId: string },
): Promise<SupplementRound[]> {
  return database.forTenant(key.tenant).many(roundsOf, [key.dossierId]);
}

/** The round that waits for an answer. */
export async function findOpenSupplement(
  database: Database,
  key: { tenant: string; dossierId: string },
): Promise<SupplementRound | undefined> {
  return (await listSupplements(database, key)).find((round) => round.answeredAt === null);
}
