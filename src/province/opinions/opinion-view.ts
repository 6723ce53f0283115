/** Reading opinions. `db` is the tenant's; the caller has checked who may see what. */
import { type Db, statement } from "#kit/db.ts";
import type { AskedOpinion, Opinion } from "./opinion.ts";

const FILE = `'id', f.id, 'name', f.name, 'sha256', f.sha256, 'size', f.size, 'mediaType', f.media_type`;
const FILES_OF = (side: "question" | "answer") =>
  `coalesce((select jsonb_agg(jsonb_build_object(${FILE}) order by f.position) from opinion_file f
     where f.opinion_id = o.id and f.side = '${side}'), '[]')`;
const COLUMNS = `o.id, o.dossier_id as "dossierId", o.state, o.asked_by as "askedBy", o.asked_at as "askedAt",
  o.agency_id as "agencyId", o.agency_name as "agencyName", o.officer_id as "officerId", o.officer_name as "officerName",
  o.question, o.due_at as "dueAt", o.due_explanation as "dueExplanation", o.late_told_at as "lateToldAt", o.verdict, o.answer,
  o.answered_by as "answeredBy", o.answered_at as "answeredAt",
  coalesce((select jsonb_agg(jsonb_build_object(${FILE}) order by f.id) from opinion_paper p join dossier_file f on f.id = p.file_id
     where p.opinion_id = o.id), '[]') as papers,
  ${FILES_OF("question")} as "questionFiles", ${FILES_OF("answer")} as "answerFiles"`;
const OF_DOSSIER = `d.code as "dossierCode", d.procedure -> 'name' as "procedureName",
  d.state in ('returned', 'declined', 'stopped', 'withdrawn') as "dossierOver"`;

const ofDossier = statement<Opinion, [dossierId: string]>(
  "opinions.of-dossier",
  `select ${COLUMNS} from opinion o where o.dossier_id = $1 order by o.id desc limit 50`,
);

/** Newest first. */
export function listOpinions(db: Db, dossierId: string): Promise<Opinion[]> {
  return db.many(ofDossier, [dossierId]);
}

const find = statement<AskedOpinion, [id: string]>(
  "opinions.find",
  `select ${COLUMNS}, ${OF_DOSSIER} from opinion o join dossier d on d.id = o.dossier_id where o.id = $1`,
);

export function findOpinion(db: Db, id: string): Promise<AskedOpinion | undefined> {
  return db.maybe(find, [id]);
}

const MINE = "o.agency_id = $1 and (o.officer_id is null or o.officer_id = $2)";
const open = statement<AskedOpinion, [agencyId: string, officerId: string]>(
  "opinions.open-for",
  `select ${COLUMNS}, ${OF_DOSSIER} from opinion o join dossier d on d.id = o.dossier_id
   where ${MINE} and o.state = 'asked' order by o.due_at, o.id limit 100`,
);
const past = statement<AskedOpinion, [agencyId: string, officerId: string, before: string | null, limit: number]>(
  "opinions.past-for",
  `select ${COLUMNS}, ${OF_DOSSIER} from opinion o join dossier d on d.id = o.dossier_id
   where ${MINE} and o.state <> 'asked' and ($3::uuid is null or o.id < $3::uuid) order by o.id desc limit $4`,
);

const PAGE = 20;

/** What an officer is asked: open ones by their limit, then a page of those that are over. */
export async function listAsked(
  db: Db,
  officer: { readonly id: string; readonly agencyId: string },
  before: string | undefined,
): Promise<{ open: readonly AskedOpinion[]; past: readonly AskedOpinion[]; next: string | undefined }> {
  const [waiting, over] = await Promise.all([
    db.many(open, [officer.agencyId, officer.id]),
    db.many(past, [officer.agencyId, officer.id, before ?? null, PAGE + 1]),
  ]);
  const rows = over.slice(0, PAGE);
  return { open: waiting, past: rows, next: over.length > PAGE ? rows.at(-1)?.id : undefined };
}
