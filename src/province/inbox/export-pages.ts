/** The rows of a list for its export, a page at a time: the next one is read when the one before has been taken. */
import type { Database } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import { type Cell, EXPORT_MOST, exportCells } from "./export-list.ts";
import type { InboxQuery } from "./inbox-query.ts";
import { listInbox } from "./inbox-view.ts";
import type { Looking } from "./looking.ts";

const PAGE = 1_000;

export async function* exportPages(
  database: Database,
  { owner, moments }: Pick<Looking, "owner" | "moments">,
  query: InboxQuery,
  lang: Lang,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  let after: string | undefined;
  for (let rows = 0; rows < EXPORT_MOST; rows += PAGE) {
    const page = await listInbox(database, owner, { ...query, moments, limit: PAGE, after });
    yield page.rows.map((row) => exportCells(row, lang));
    if (!page.next) return;
    after = page.next;
  }
}
