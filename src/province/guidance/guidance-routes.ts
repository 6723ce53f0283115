import type { FastifyInstance, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import type { Html } from "#kit/html.ts";
import { sendPage } from "#kit/http/index.ts";
import {
  cataloguePaths,
  findProcedure,
  getProcedureForm,
  listCodes,
  listSome,
  pageHead,
} from "#province/catalogue/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { renderBlankForm } from "./blank-form.ts";
import { lifeEvents } from "./life-events.ts";
import { messages } from "./messages.ts";
import { guidePage } from "./pages/guide-page.ts";
import { lifeEventPage, lifeEventsPage } from "./pages/life-event-pages.ts";
import { guidancePaths } from "./paths.ts";
import { siteMap } from "./site-map.ts";

type Content = {
  readonly title: string;
  readonly description: string;
  readonly path: string;
  readonly head: Html;
  readonly body: Html;
  readonly width: "wide" | "narrow";
};

export type GuidanceDeps = {
  readonly tenant: Tenant;
  /** The tenant's: `database.forTenant(code)`. */
  readonly database: Database;
  readonly clock: Clock;
  readonly origin: string;
  /** The portal's shell around a page. */
  page(request: FastifyRequest, content: Content): Html;
};

/** Setting a page takes a tenth of a second in which nobody else is served; anybody may ask for it again and again. */
const BLANK_FORMS_KEPT = 60;

function createBlankForms(): (key: string, make: () => Uint8Array) => Uint8Array {
  const kept = new Map<string, Uint8Array>();
  return (key, make) => {
    const pdf = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, pdf);
    const [oldest] = kept.keys();
    if (kept.size > BLANK_FORMS_KEPT && oldest !== undefined) kept.delete(oldest);
    return pdf;
  };
}

export function guidanceRoutes(site: FastifyInstance, deps: GuidanceDeps): void {
  const { tenant, database, clock, origin } = deps;
  const framed = (
    request: FastifyRequest,
    content: Omit<Content, "head" | "width"> & { readonly width?: "wide" | "narrow" },
  ): Html => {
    const { title, description, path } = content;
    const head = pageHead({
      lang: request.lang,
      origin,
      path,
      title,
      description,
      siteName: tenant.portalName[request.lang],
    });
    return deps.page(request, { width: "wide", ...content, head });
  };

  const blankForm = createBlankForms();

  site.get(guidancePaths.guide(), (request, reply) => {
    const { lang } = request;
    const t = messages[lang].guide;
    const hours = tenant.hours.map(({ from, to }) => `${from}–${to}`).join(", ");
    const body = guidePage({ lang, events: lifeEvents(), contacts: tenant.contacts, agencies: tenant.agencies, hours });
    return sendPage(reply, framed(request, { title: t.title, description: t.lead, path: guidancePaths.guide(), body }));
  });

  site.get(guidancePaths.lifeEvents(), (request, reply) => {
    const t = messages[request.lang].events;
    const body = lifeEventsPage(request.lang, lifeEvents());
    return sendPage(
      reply,
      framed(request, { title: t.title, description: t.lead, path: guidancePaths.lifeEvents(), body }),
    );
  });

  site.get<{ Params: { slug: string } }>("/su-kien/:slug", async (request, reply) => {
    const event = lifeEvents().find(({ slug }) => slug === request.params.slug);
    if (!event) throw new AppError("not-found", { message: "no such life event" });
    const { lang } = request;
    const rows = await listSome(database, plainDateOf(clock.now()), event.codes);
    const body = lifeEventPage({ lang, event, rows, contacts: tenant.contacts });
    const path = guidancePaths.lifeEvent(event.slug);
    return sendPage(reply, framed(request, { title: event.name[lang], description: event.text[lang], path, body }));
  });

  site.get<{ Params: { code: string } }>("/thu-tuc/:code/mau-don.pdf", async (request, reply) => {
    const procedure = await findProcedure(database, request.params.code, clock);
    const form = procedure ? await getProcedureForm(database, procedure.code, procedure.version) : null;
    if (!procedure || form === null) throw new AppError("not-found", { message: "no form for this procedure" });
    const pdf = blankForm(`${procedure.code} ${procedure.version}`, () =>
      // The first day of its validity dates the paper, so that the same form gives the same bytes.
      renderBlankForm(form as FormDefinition, procedure, new Date(`${procedure.validFrom}T00:00:00+07:00`)),
    );
    return reply
      .header("cache-control", "public, max-age=3600")
      .header("content-disposition", contentDisposition("inline", `mau-don-${procedure.code}.pdf`))
      .type("application/pdf")
      .send(Buffer.from(pdf));
  });

  site.get(guidancePaths.siteMap(), async (_request, reply) => {
    const codes = await listCodes(database, plainDateOf(clock.now()));
    const paths = [
      cataloguePaths.home(),
      cataloguePaths.list(),
      ...tenant.era.levels.map((level) => cataloguePaths.list({ level })),
      guidancePaths.guide(),
      guidancePaths.lifeEvents(),
      ...lifeEvents().map(({ slug }) => guidancePaths.lifeEvent(slug)),
      ...codes.map((code) => cataloguePaths.procedure(code)),
    ];
    return reply
      .header("cache-control", "public, max-age=3600")
      .type("application/xml; charset=utf-8")
      .send(siteMap(origin, paths));
  });
}
