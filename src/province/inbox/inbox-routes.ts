import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formList, formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { newId } from "#kit/ids.ts";
import { agenciesInScope, forOfficer, listOfficers, type Officer } from "#province/officers/index.ts";
import { countWaitingSteps } from "#province/steps/index.ts";
import { calendarOf } from "#province/tenants/index.ts";
import { batchActionsOf } from "./batch.ts";
import { batchRoutes } from "./batch-routes.ts";
import { exportRoutes } from "./export-routes.ts";
import { type InboxRow, urgencyOf } from "./inbox.ts";
import { type InboxQuery, readInboxQuery, writeInboxQuery } from "./inbox-query.ts";
import { takeSaid, sayNext } from "./inbox-said.ts";
import { COUNT_MOST, countInbox, findNeighbour, type InboxOwner, type InboxPage, listInbox } from "./inbox-view.ts";
import { type InboxDeps, keepSettingOf, lookingOf, settingOf } from "./looking.ts";
import { messages } from "./messages.ts";
import { inboxPage } from "./pages/inbox-page.ts";
import { placeOf, rowHref } from "./place.ts";
import { stepListRoutes } from "./step-list-routes.ts";
import { readSearch } from "./search-words.ts";
import { FOUND_MOST, searchInbox } from "./search-view.ts";

/** `/?nhom=…&q=…&sau=…`: the officer's lists, and what is done from them. */
export function inboxRoutes(site: FastifyInstance, deps: InboxDeps): void {
  site.get(
    "/",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const asked = request.query as Record<string, unknown>;
      const setting = await settingOf(deps, officer);
      // Without a question the list opens as the officer keeps it.
      if (Object.keys(asked).length === 0 && setting.opens !== "") {
        const kept = readInboxQuery(Object.fromEntries(new URLSearchParams(setting.opens)));
        return showList(deps, officer, request, reply, kept);
      }
      return showList(deps, officer, request, reply, readInboxQuery(asked));
    }),
  );

  site.post(
    "/danh-sach/luu",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const form = formValues(request);
      const picked = formList(form, "cot");
      const opens = writeInboxQuery(readInboxQuery(Object.fromEntries(new URLSearchParams(formText(form, "mo")))));
      await keepSettingOf(deps, officer, { columns: picked, opens });
      sayNext(request, { tone: "success", text: messages[request.lang].filters.saved });
      return seeOther(reply, `/?${opens}`);
    }),
  );

  site.get(
    "/ho-so/:id/ke-tiep",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const place = placeOf(request, (request.params as { id?: string }).id);
      if (!place) return seeOther(reply, "/");
      const list = new URLSearchParams(place.list);
      const towards = (request.query as Record<string, unknown>).huong === "truoc" ? "previous" : "next";
      const { owner, moments } = await lookingOf(deps, officer);
      const query = readInboxQuery(Object.fromEntries(list));
      const beside = await findNeighbour(deps.database, owner, { ...query, moments, key: place.key, towards });
      if (beside) return seeOther(reply, rowHref(beside.id, place.list, beside.key));
      sayNext(request, { tone: "success", text: messages[request.lang].ends });
      return seeOther(reply, `/?${list.toString()}`);
    }),
  );

  stepListRoutes(site, deps);
  batchRoutes(site, deps);
  exportRoutes(site, deps);
}

async function showList(
  deps: InboxDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  query: InboxQuery,
): Promise<FastifyReply> {
  const typed = (request.query as Record<string, unknown>).q;
  const text = typeof typed === "string" ? typed.trim().slice(0, 400) : "";
  const { owner, moments, standsInFor } = await lookingOf(deps, officer);
  const [found, counts, setting, officers, steps] = await Promise.all([
    text ? findRows(deps, owner, text) : listInbox(deps.database, owner, { ...query, moments }),
    countInbox(deps.database, owner, moments),
    settingOf(deps, officer),
    listOfficers(deps.database, deps.tenant.code, ["one-stop", "specialist", "leader", "accountant"]),
    countWaitingSteps(deps.database.forTenant(deps.tenant.code), owner, COUNT_MOST),
  ]);
  const calendar = calendarOf(deps.tenant);
  const address = writeInboxQuery(query);
  const words = (count: number) => (count >= COUNT_MOST ? `${COUNT_MOST - 1}+` : String(count));
  const inScope = new Set(owner.agencyIds);
  const rows = found.rows.slice(0, FOUND_MOST).map((row) => ({
    row,
    urgency: urgencyOf(row, calendar, moments.now),
    href: row.key ? rowHref(row.id, address, row.key) : `/ho-so/${row.id}`,
  }));
  return sendPage(
    reply,
    inboxPage({
      shell: deps.shell,
      lang: request.lang,
      viewer: officer,
      query,
      text,
      moreFound: text && found.rows.length > FOUND_MOST ? FOUND_MOST : null,
      counts: {
        mine: words(counts.mine),
        unit: words(counts.unit),
        waiting: words(counts.waiting),
        today: words(counts.today),
        late: words(counts.late),
        done: words(counts.done),
      },
      steps: words(steps),
      rows,
      columns: setting.columns,
      choices: {
        agencies: deps.tenant.agencies
          .filter(({ id }) => inScope.has(id))
          .map(({ id, name }) => ({ id, name: name[request.lang] })),
        // Whoever shares a unit with this officer; dossiers of other units are not theirs.
        officers: officers.filter((one) =>
          agenciesInScope(deps.tenant.agencies, one.agencyId).some((agency) => inScope.has(agency)),
        ),
      },
      batchId: newId(),
      actions: query.tab === "done" && !text ? [] : batchActionsOf(officer),
      standsInFor,
      next: found.next,
      said: takeSaid(request),
    }),
  );
}

async function findRows(
  deps: InboxDeps,
  owner: InboxOwner,
  text: string,
): Promise<{ readonly rows: readonly (InboxRow & { readonly key?: string })[]; readonly next: InboxPage["next"] }> {
  const words = readSearch(text);
  return { rows: words ? await searchInbox(deps.database, owner, words) : [], next: null };
}
