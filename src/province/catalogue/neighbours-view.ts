/** Procedures that a page leads to: only those that can be read here today. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";

export interface Neighbour {
  readonly code: string;
  readonly name: Text;
  readonly fileable: boolean;
}

const neighbours = statement<Neighbour, [codes: string[], day: string]>(
  "catalogue.list-neighbours",
  `select e.code, e.short_name as name, e.fileable from procedure_entry e
  where e.code = any ($1::text[]) and e.agency_count > 0
    and e.valid_from <= $2::date and (e.valid_to is null or $2::date <= e.valid_to)
  order by array_position($1::text[], e.code) limit 50`,
);

/** In the order asked; `db` is the tenant's, `day` a local day. No statement when nothing is asked. */
export async function listNeighbours(db: Db, codes: readonly string[], day: string): Promise<readonly Neighbour[]> {
  return codes.length === 0 ? [] : db.many(neighbours, [[...codes], day]);
}
