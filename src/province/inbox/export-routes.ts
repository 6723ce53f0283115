/** `/danh-sach.csv`, `/danh-sach.xlsx`: the list with its filters, streamed. */
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { contentDisposition } from "#kit/files.ts";
import type { Lang } from "#kit/i18n.ts";
import { forOfficer } from "#province/officers/index.ts";
import { EXPORT_MOST, exportCells, exportHead, toCsv, toXlsx } from "./export-list.ts";
import { type InboxQuery, readInboxQuery } from "./inbox-query.ts";
import { type InboxDeps, type Looking, lookingOf } from "./looking.ts";
import { listInbox } from "./inbox-view.ts";
import { messages } from "./messages.ts";

const KINDS = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
const PAGE = 1_000;

export function exportRoutes(site: FastifyInstance, deps: InboxDeps): void {
  for (const kind of ["csv", "xlsx"] as const) {
    site.get(
      `/danh-sach.${kind}`,
      forOfficer(deps.officerOf, async (officer, request, reply) => {
        const { lang } = request;
        const query = readInboxQuery(request.query as Record<string, unknown>);
        const looking = await lookingOf(deps, officer);
        const pages = pagesOf(deps, looking, query, lang);
        const head = exportHead(lang);
        const body = kind === "csv" ? toCsv(head, pages) : toXlsx(messages[lang].exporting.sheet, head, pages);
        const name = `ho-so-${query.tab}-${plainDateOf(looking.moments.now)}.${kind}`;
        return reply
          .headers({
            "cache-control": "private, no-store",
            "content-disposition": contentDisposition("attachment", name),
          })
          .type(KINDS[kind])
          .send(Readable.from(body));
      }),
    );
  }
}

async function* pagesOf(
  deps: InboxDeps,
  { owner, moments }: Looking,
  query: InboxQuery,
  lang: Lang,
): AsyncGenerator<readonly (readonly string[])[]> {
  let after: string | undefined;
  for (let rows = 0; rows < EXPORT_MOST; rows += PAGE) {
    const page = await listInbox(deps.database, owner, { ...query, moments, limit: PAGE, after });
    yield page.rows.map((row) => exportCells(row, lang));
    if (!page.next) return;
    after = page.next;
  }
}
