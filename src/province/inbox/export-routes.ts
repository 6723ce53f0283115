/** `/danh-sach.csv`, `/danh-sach.xlsx`: the list with its filters, streamed. */
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { contentDisposition } from "#kit/files.ts";
import { forOfficer } from "#province/officers/index.ts";
import { exportHead, toCsv, toXlsx } from "./export-list.ts";
import { exportPages } from "./export-pages.ts";
import { readInboxQuery } from "./inbox-query.ts";
import { type InboxDeps, lookingOf } from "./looking.ts";
import { messages } from "./messages.ts";

const KINDS = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

export function exportRoutes(site: FastifyInstance, deps: InboxDeps): void {
  for (const kind of ["csv", "xlsx"] as const) {
    site.get(
      `/danh-sach.${kind}`,
      forOfficer(deps.officerOf, async (officer, request, reply) => {
        const { lang } = request;
        const query = readInboxQuery(request.query as Record<string, unknown>);
        const looking = await lookingOf(deps, officer);
        const pages = exportPages(deps.database, looking, query, lang);
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
