/** `db` is the tenant's; the caller has checked that this person may see the dossier. */
import { type Db, statement } from "#kit/db.ts";
import type { Letter, LetterFile, Side } from "./letter.ts";

const ofDossier = statement<Letter, [dossierId: string]>(
  "letters.list",
  `select l.id, l.side, l.author_name as "authorName", l.body, l.at, l.read_at as "readAt",
     coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'sha256', f.sha256, 'size', f.size,
       'mediaType', f.media_type) order by f.position) from letter_file f where f.letter_id = l.id), '[]') as files
   from letter l where l.dossier_id = $1 order by l.id limit 200`,
);

/** Oldest first. */
export function listLetters(db: Db, dossierId: string): Promise<Letter[]> {
  return db.many(ofDossier, [dossierId]);
}

const counts = statement<{ all: number; unread: number }, [dossierId: string, writtenBy: string]>(
  "letters.count",
  `select count(*)::int as all, count(*) filter (where side = $2 and read_at is null)::int as unread
   from letter where dossier_id = $1`,
);

/** How many there are, and how many of `writtenBy` the other side has not seen. */
export function countLetters(db: Db, dossierId: string, writtenBy: Side): Promise<{ all: number; unread: number }> {
  return db.one(counts, [dossierId, writtenBy]);
}

const file = statement<LetterFile, [dossierId: string, id: string]>(
  "letters.find-file",
  `select f.id, f.name, f.sha256, f.size, f.media_type as "mediaType"
   from letter_file f join letter l on l.id = f.letter_id where l.dossier_id = $1 and f.id = $2`,
);

export function findLetterFile(db: Db, dossierId: string, id: string): Promise<LetterFile | undefined> {
  return db.maybe(file, [dossierId, id]);
}
