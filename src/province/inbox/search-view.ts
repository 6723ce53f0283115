import { type Database, oncePlanned, statement } from "#kit/db.ts";
import type { InboxRow } from "./inbox.ts";
import { type InboxOwner, ROW } from "./inbox-view.ts";
import type { SearchWords } from "./search-words.ts";

/** More than this is not a find: the page asks for another word. */
export const FOUND_MOST = 50;

/** Behind every key that begins so; the greatest character of collation "C". */
const END = "\u{10FFFF}";

/** Each lane reads at most $4 keys out of its index, in any scope and however common the name. */
const byName = oncePlanned<InboxRow, [agencies: string[], forth: string, back: string, limit: number, end: string]>(
  "inbox.by-name",
  `select ${ROW} from (
    select id from (
      select k.id from unnest($1::text[]) a (agency), lateral (select d.id from dossier d where d.agency_id = a.agency
        and d.desk_queue is not null and d.name_forth >= $2 and d.name_forth < $2 || $5 order by d.name_forth, d.id limit $4) k
      union
      select k.id from unnest($1::text[]) a (agency), lateral (select d.id from dossier d where d.agency_id = a.agency
        and d.desk_queue is not null and d.name_back >= $3 and d.name_back < $3 || $5 order by d.name_back, d.id limit $4) k
    ) keys order by id desc limit $4
  ) found join dossier d using (id) order by d.id desc`,
);

const DIGIT_KEYS = [
  ["code_back", "and d.code_back is not null"],
  ["phone_back", "and d.phone_back is not null and d.desk_queue is not null"],
  ["paper_back", "and d.desk_queue is not null"],
] as const;

const byDigits = oncePlanned<
  InboxRow,
  [agencies: string[], back: string, number: number | null, limit: number, end: string]
>(
  "inbox.by-digits",
  `select ${ROW} from (
    select id from dossier where number = $3
    union select p.id from dossier w join dossier p on p.linked_whole = w.id where w.number = $3
    ${DIGIT_KEYS.map(
      ([key, known]) => `union
    (select k.id from unnest($1::text[]) a (agency), lateral (select d.id from dossier d where d.agency_id = a.agency
      and d.${key} >= $2 and d.${key} < $2 || $5 ${known} order by d.${key}, d.id limit $4) k)`,
    ).join("")}
  ) found join dossier d using (id) where d.agency_id = any ($1) and d.desk_queue is not null order by d.id desc limit $4`,
);

const byDocument = statement<InboxRow, [agencies: string[], code: string, limit: number]>(
  "inbox.by-document",
  `select ${ROW} from dossier d where d.id in (
      select dossier_id from slip where code = $2
      union select dossier_id from receipt where code = $2
      union select dossier_id from result where code = $2)
    and d.agency_id = any ($1) and d.desk_queue is not null order by d.id desc limit $3`,
);

/** Dossiers of the officer's units in any state, newest first; at most FOUND_MOST and one more. */
export async function searchInbox(database: Database, owner: InboxOwner, words: SearchWords): Promise<InboxRow[]> {
  const db = database.forTenant(owner.tenant);
  const agencies = [...owner.agencyIds];
  if (words.document !== null) return db.many(byDocument, [agencies, words.document, FOUND_MOST + 1]);
  if (words.digitsBack !== null)
    return db.many(byDigits, [agencies, words.digitsBack, words.number, FOUND_MOST + 1, END]);
  const forth = words.name ?? "";
  return db.many(byName, [agencies, forth, forth.split(" ").reverse().join(" "), FOUND_MOST + 1, END]);
}
