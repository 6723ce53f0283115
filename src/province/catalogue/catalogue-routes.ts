import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { Html } from "#kit/html.ts";
import { sendPage } from "#kit/http/index.ts";
import type { Lang } from "#kit/i18n.ts";
import { FEED_PATH, type FeedPage, ITEMS_MAX } from "#protocols/catalogue-feed/index.ts";
import { localAmountsOn, type ProcedureDefinition, type ServiceRegime } from "#province/procedure/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { listAgencies, listAgenciesOffering, listChanges, listPopular } from "./catalogue-view.ts";
import { findProcedure } from "./find-procedure.ts";
import { messages } from "./messages.ts";
import { listNeighbours } from "./neighbours-view.ts";
import { createPageCache } from "./page-cache.ts";
import { governmentService } from "./government-service.ts";
import { homePage } from "./pages/home-page.ts";
import { listPage } from "./pages/list-page.ts";
import { pageHead } from "./pages/page-head.ts";
import { titleOf } from "./pages/parts.ts";
import { procedurePage } from "./pages/procedure-page.ts";
import { cataloguePaths, readListQuery } from "./paths.ts";
import { searchElsewhere, searchProcedures } from "./search-procedures.ts";

export type CatalogueContent = {
  readonly title: string;
  readonly body: Html;
  readonly description?: string;
  readonly path: string;
  readonly current: "home" | "catalogue";
  readonly head?: Html;
};

export type CatalogueDeps = {
  readonly tenant: Tenant;
  /** The tenant's: `database.forTenant(code)`. */
  readonly database: Database;
  readonly clock: Clock;
  /** The portal's own: canonical addresses and previews name it. */
  readonly origin: string;
  /** Is somebody signed in? Then the page carries their name and is not kept. */
  isSignedIn(request: FastifyRequest): boolean;
  /** The portal's shell around a page; wide. */
  page(request: FastifyRequest, content: CatalogueContent): Html;
};

const SERVICE_LEVELS = {
  "decree-43-2011": ["4", "3", "2"],
  "decree-42-2022": ["full", "partial", "information"],
  "decree-224-2026": ["full", "partial", "information"],
} as const satisfies Record<ServiceRegime, readonly string[]>;

export function catalogueRoutes(site: FastifyInstance, deps: CatalogueDeps): void {
  const cache = createPageCache<CatalogueContent>();
  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    load: () => Promise<CatalogueContent>,
  ) => {
    const key = `${request.lang} ${path}`;
    if (deps.isSignedIn(request)) return sendPage(reply, deps.page(request, await cache.content(key, load)));
    return cache.send(request, reply, key, load, (content) => deps.page(request, content));
  };

  site.get("/", (request, reply) => send(request, reply, "/", () => loadHome(deps, request.lang)));

  site.get<{ Querystring: Record<string, unknown> }>("/thu-tuc", (request, reply) => {
    const query = readListQuery(request.query);
    return send(request, reply, cataloguePaths.list(query, query.after), () => loadList(deps, request.lang, query));
  });

  site.get<{ Querystring: Record<string, unknown> }>(cataloguePaths.suggest(), async (request, reply) => {
    const { words } = readListQuery(request.query);
    const found =
      words === undefined ? undefined : await searchProcedures(deps.database, { words, limit: 7 }, deps.clock);
    return reply.header("cache-control", "private, max-age=60").send({
      suggestions: (found?.rows ?? []).map((row) => ({
        name: titleOf(row, request.lang),
        field: row.fieldName[request.lang],
        href: cataloguePaths.procedure(row.code),
      })),
    });
  });

  site.get<{ Querystring: Record<string, unknown> }>(FEED_PATH, { config: { api: true } }, async (request, reply) => {
    const asked = request.query["sau"];
    const since = typeof asked === "string" && /^\d{1,15}$/.test(asked) ? Number(asked) : 0;
    const rows = await listChanges(deps.database, since, ITEMS_MAX + 1);
    const page = rows.slice(0, ITEMS_MAX);
    const feed: FeedPage = {
      province: deps.tenant.code,
      items: page.map(({ changed: _changed, ...item }) => item),
      cursor: String(page.at(-1)?.changed ?? since),
      more: rows.length > ITEMS_MAX,
    };
    return reply.header("cache-control", "no-cache").send(feed);
  });

  site.get<{ Params: { code: string } }>("/thu-tuc/:code", (request, reply) =>
    send(request, reply, cataloguePaths.procedure(request.params.code), () =>
      loadProcedure(deps, request.lang, request.params.code),
    ),
  );
}

async function loadHome(deps: CatalogueDeps, lang: Lang): Promise<CatalogueContent> {
  const { tenant } = deps;
  const [popular, found] = await Promise.all([
    listPopular(deps.database, plainDateOf(deps.clock.now()), 5),
    searchProcedures(deps.database, { limit: 1 }, deps.clock),
  ]);
  // "Tỉnh Tây Ninh" stands inside a sentence here.
  const provinceName = tenant.provinceName[lang].replace(/^Tỉnh/, "tỉnh");
  const body = homePage({ lang, provinceName, levels: tenant.era.levels, counts: found.counts, popular });
  return {
    title: messages[lang].home.title,
    description: messages[lang].home.lead(provinceName),
    path: "/",
    current: "home",
    head: headOf(deps, lang, "/", messages[lang].home.title, messages[lang].home.lead(provinceName)),
    body,
  };
}

/** Imported, not between state bodies (codes 5. and 6.): nobody here offers it; who looks for it learns what is known. */
function isOfMinistry({ source, code }: ProcedureDefinition): boolean {
  return source !== undefined && !/^[56]\./.test(code);
}

async function loadList(
  deps: CatalogueDeps,
  lang: Lang,
  query: ReturnType<typeof readListQuery>,
): Promise<CatalogueContent> {
  const { after, ...filter } = query;
  const [found, elsewhere, agencies] = await Promise.all([
    searchProcedures(deps.database, query, deps.clock),
    searchElsewhere(deps.database, query, deps.clock),
    listAgencies(deps.database),
  ]);
  const body = listPage({
    lang,
    filter,
    later: after !== undefined,
    found,
    elsewhere,
    levels: deps.tenant.era.levels,
    serviceLevels: SERVICE_LEVELS[deps.tenant.era.serviceRegime],
    agencies,
  });
  const t = messages[lang].list;
  return {
    title: filter.words === undefined ? t.title : `${filter.words} – ${t.title}`,
    description: t.description,
    path: cataloguePaths.list(filter, after),
    current: "catalogue",
    // Every narrowed list is the one catalogue to a search engine.
    head: headOf(deps, lang, cataloguePaths.list(filter.level ? { level: filter.level } : {}), t.title, t.description),
    body,
  };
}

async function loadProcedure(deps: CatalogueDeps, lang: Lang, code: string): Promise<CatalogueContent> {
  const { tenant, database, clock } = deps;
  const [procedure, agencies] = await Promise.all([
    findProcedure(database, code, clock),
    listAgenciesOffering(database, code),
  ]);
  if (!procedure || (agencies.length === 0 && !isOfMinistry(procedure)))
    throw new AppError("not-found", { reason: "procedure", message: `no procedure ${code.slice(0, 40)} here` });
  const { linked = [], related = [] } = procedure;
  const body = procedurePage({
    lang,
    procedure,
    neighbours: await listNeighbours(database, [...linked, ...related], plainDateOf(clock.now())),
    serviceLevel: String(procedure.serviceLevels[tenant.era.serviceRegime]),
    agencies,
    contacts: tenant.contacts,
    localAmounts: localAmountsOn(tenant.localAmounts, plainDateOf(clock.now())),
    on: plainDateOf(clock.now()),
  });
  return {
    title: procedure.shortName[lang],
    description: procedure.summary[lang],
    path: cataloguePaths.procedure(code),
    current: "catalogue",
    head: headOf(
      deps,
      lang,
      cataloguePaths.procedure(code),
      procedure.shortName[lang],
      procedure.summary[lang],
      governmentService(procedure, { lang, origin: deps.origin, provinceName: tenant.provinceName[lang], agencies }),
    ),
    body,
  };
}

function headOf(
  { origin, tenant }: CatalogueDeps,
  lang: Lang,
  path: string,
  title: string,
  description: string,
  thing?: Readonly<Record<string, unknown>>,
): Html {
  const siteName = tenant.portalName[lang];
  return pageHead({ lang, origin, path, title, description, siteName, ...(thing ? { thing } : {}) });
}
