/** `/quay/so-thu-tu` for the officer, `/so-thu-tu/:agency` for the wall of the hall. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { cleanText } from "#kit/vietnamese.ts";
import type { DeskShell } from "#province/desk/index.ts";
import {
  agenciesInScope,
  forOfficer,
  mayDo,
  type Officer,
  type OfficerHandler,
  type OfficerOf,
} from "#province/officers/index.ts";
import { agencyOf, type Tenant } from "#province/tenants/index.ts";
import { messages } from "./messages.ts";
import { boardPage, boardWords, queuePage } from "./pages/queue-pages.ts";
import { callAgain, callNext, currentOf, endNumber, listCalled, listWaiting, takeNumber } from "./call-numbers.ts";
import { SERVICES } from "./queue.ts";

export interface QueueDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

const WINDOW = "queue-window";
const FLASH = "queue-said";
const ADDRESS = "/quay/so-thu-tu";
/** Without JavaScript the board loads itself again; with it this is only a safety net. */
const REFRESH_SECONDS = "30";

export function queueRoutes(site: FastifyInstance, deps: QueueDeps): void {
  const only = (work: OfficerHandler) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      if (!mayDo(officer, "receive"))
        throw new AppError("forbidden", { reason: "role", message: "not at the counter" });
      return work(officer, request, reply);
    });
  site.get(
    ADDRESS,
    only((officer, request, reply) => {
      const { "don-vi": unit } = request.query as { "don-vi"?: unknown };
      return show(deps, officer, request, reply, { agency: unit, windowError: undefined });
    }),
  );
  site.post(
    ADDRESS,
    only((officer, request, reply) => act(deps, officer, request, reply)),
  );
  site.get("/so-thu-tu/:agency", async (request, reply) => {
    const { agency, board } = await boardOf(deps, request);
    void reply.header("refresh", REFRESH_SECONDS);
    return sendPage(reply, boardPage({ shell: deps.shell, lang: request.lang, agency, board }));
  });
  site.get("/so-thu-tu/:agency/hien-tai", async (request, reply) => {
    const { board } = await boardOf(deps, request);
    return reply.header("cache-control", "no-store").send(board);
  });
}

async function boardOf(deps: QueueDeps, request: FastifyRequest) {
  const { agency: id } = request.params as { agency: string };
  const agency = agencyOf(deps.tenant, id);
  if (!agency) throw new AppError("not-found", { message: "no such unit" });
  const db = deps.database.forTenant(deps.tenant.code);
  const called = await listCalled(db, { agency: agency.id, day: plainDateOf(deps.clock.now()) });
  return { agency: { id: agency.id, name: agency.name[request.lang] }, board: boardWords(called, request.lang) };
}

/** The unit asked for when the officer works for it, else the officer's own. */
function unitOf(deps: QueueDeps, officer: Officer, asked: unknown): string {
  const scope = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  return scope.find((id) => id === asked) ?? officer.agencyId;
}

async function show(
  deps: QueueDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  props: { readonly agency: unknown; readonly windowError: string | undefined },
): Promise<FastifyReply> {
  const { lang } = request;
  const agency = unitOf(deps, officer, props.agency);
  const place = { agency, day: plainDateOf(deps.clock.now()) };
  const db = deps.database.forTenant(deps.tenant.code);
  const [now, waiting] = await Promise.all([currentOf(db, { ...place, officer: officer.id }), listWaiting(db, place)]);
  const scope = new Set(agenciesInScope(deps.tenant.agencies, officer.agencyId));
  const page = queuePage({
    shell: deps.shell,
    lang,
    viewer: officer,
    agencies: deps.tenant.agencies.filter(({ id }) => scope.has(id)).map(({ id, name }) => ({ id, name: name[lang] })),
    agency,
    window: request.session.get<string>(WINDOW) ?? "1",
    now,
    waiting,
    said: request.session.take<string>(FLASH),
    windowError: props.windowError,
  });
  return sendPage(reply, page, props.windowError ? 422 : 200);
}

async function act(
  deps: QueueDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = formValues(request);
  const t = messages[request.lang];
  const agency = unitOf(deps, officer, formText(form, "agency"));
  const at = deps.clock.now();
  const own = { agency, day: plainDateOf(at), officer: officer.id };
  const db = deps.database.forTenant(deps.tenant.code);
  const action = formText(form, "action");
  const service = SERVICES.find((one) => action === `take-${one}`);
  if (service) {
    const { number } = await takeNumber(db, { ...own, service, at });
    request.session.set(FLASH, t.taken(number));
  } else if (action === "call") {
    const window = cleanText(formText(form, "window"));
    if (window === "" || window.length > 10)
      return show(deps, officer, request, reply, { agency, windowError: t.wrongWindow });
    request.session.set(WINDOW, window);
    if (!(await callNext(db, { ...own, window, at }))) request.session.set(FLASH, t.noneLeft);
  } else if (action === "again") await callAgain(db, own);
  else if (action === "missed" || action === "served") await endNumber(db, { ...own, state: action, at });
  return seeOther(reply, `${ADDRESS}?don-vi=${encodeURIComponent(agency)}`);
}
