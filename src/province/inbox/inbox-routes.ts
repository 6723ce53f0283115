import type { FastifyInstance } from "fastify";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { sendPage } from "#kit/http/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { agenciesInScope, forOfficer, type OfficerOf } from "#province/officers/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import { type Tab, TABS, urgencyOf } from "./inbox.ts";
import { COUNT_MOST, countInbox, listInbox } from "./inbox-view.ts";
import { inboxPage } from "./pages/inbox-page.ts";

export interface InboxDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock?: Clock;
}

/** `/?nhom=…&q=…&sau=…`: the officer's lists. */
export function inboxRoutes(site: FastifyInstance, deps: InboxDeps): void {
  const clock = deps.clock ?? systemClock;
  const calendar = calendarOf(deps.tenant);
  site.get(
    "/",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const query = request.query as Record<string, unknown>;
      const tab: Tab = TABS.find((one) => one === query.nhom) ?? "mine";
      const text = typeof query.q === "string" ? query.q.trim().slice(0, 100) : "";
      const after = typeof query.sau === "string" ? query.sau : undefined;
      const owner = {
        tenant: deps.tenant.code,
        officerId: officer.id,
        role: officer.role,
        agencyIds: agenciesInScope(deps.tenant.agencies, officer.agencyId),
      };
      const [page, counts] = await Promise.all([
        listInbox(deps.database, owner, { tab, ...(text ? { text } : {}), ...(after ? { after } : {}) }),
        countInbox(deps.database, owner),
      ]);
      const now = clock.now();
      const words = (count: number) => (count >= COUNT_MOST ? `${COUNT_MOST - 1}+` : String(count));
      return sendPage(
        reply,
        inboxPage({
          shell: deps.shell,
          lang: request.lang,
          viewer: officer,
          tab,
          text,
          counts: {
            mine: words(counts.mine),
            unit: words(counts.unit),
            waiting: words(counts.waiting),
            done: words(counts.done),
          },
          rows: page.rows.map((row) => ({ row, urgency: urgencyOf(row, calendar, now) })),
          next: page.next,
          isFirst: after === undefined,
        }),
      );
    }),
  );
}
