/** `/qua-han` for heads of units, `/quan-tri/nhac-han` for administrators. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { instantOf, plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formList, formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { momentsAt } from "#province/inbox/index.ts";
import {
  agenciesInScope,
  forAdministrator,
  forOfficer,
  type Officer,
  type OfficerOf,
} from "#province/officers/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import { messages } from "./messages.ts";
import { settingPage, type TypedSetting } from "./pages/setting-page.ts";
import { urgePage } from "./pages/urge-page.ts";
import { watchPage } from "./pages/watch-page.ts";
import { changeSetting, urgeDossier } from "./urge.ts";
import { DIGEST_EARLIEST, DIGEST_LATEST, SECTIONS } from "./watch.ts";
import { countWatched, listLoads, listWatched, readSetting } from "./watch-view.ts";

export interface WatchRouteDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
  /** The dossier when this officer may open it; else it looks as if it did not exist. */
  dossierOf(officer: Officer, dossierId: unknown): Promise<Dossier>;
}

const SAID = "escalation.said";
const SETTING = "/quan-tri/nhac-han";

export function watchRoutes(site: FastifyInstance, deps: WatchRouteDeps): void {
  site.get(
    "/qua-han",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireLeader(officer);
      return showWatch(deps, officer, request, reply);
    }),
  );
  site.get(
    "/qua-han/:id/don-doc",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireLeader(officer);
      const dossier = await deps.dossierOf(officer, (request.params as { id?: unknown }).id);
      return showUrge(deps, officer, request, reply, dossier);
    }),
  );
  site.post(
    "/qua-han/:id/don-doc",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireLeader(officer);
      const dossier = await deps.dossierOf(officer, (request.params as { id?: unknown }).id);
      const t = messages[request.lang];
      const typed = cleanLines(formText(formValues(request), "text"));
      const fault = typed.length < 10 ? t.textShort : typed.length > 500 ? t.textLong : undefined;
      const refused = (message: string, status: number) =>
        showUrge(deps, officer, request, reply, dossier, { typed, errors: [{ field: "text", message }], status });
      if (fault) return refused(fault, 422);
      const { id, name } = officer;
      const done = await urgeDossier(deps, {
        tenant: deps.tenant.code,
        dossierId: dossier.id,
        actor: { kind: "officer", id, name },
        text: typed,
      });
      if (!done.ok) return refused(t.refusals[done.reason], 409);
      request.session.set(SAID, t.done(dossier.code ?? String(dossier.number)));
      return seeOther(reply, "/qua-han");
    }),
  );
  settingRoutes(site, deps);
}

function settingRoutes(site: FastifyInstance, deps: WatchRouteDeps): void {
  const show = (
    officer: Officer,
    request: FastifyRequest,
    reply: FastifyReply,
    typed: TypedSetting,
    errors: PageError[],
  ) =>
    sendPage(
      reply,
      settingPage({ ...adminFramed(deps.shell, officer, request), typed, errors }),
      errors.length > 0 ? 422 : 200,
    );
  site.get(
    SETTING,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const setting = await readSetting(deps.database.forTenant(deps.tenant.code));
      const typed = {
        warn: [...(setting.warnHalf ? ["half"] : []), ...(setting.warnFifth ? ["fifth"] : [])],
        digest: setting.digest ? ["yes"] : [],
        digestAt: clockFace(setting.digestMinute),
      };
      return show(officer, request, reply, typed, []);
    }),
  );
  site.post(
    SETTING,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const form = formValues(request);
      const typed = {
        warn: formList(form, "warn"),
        digest: formList(form, "digest"),
        digestAt: formText(form, "digestAt").trim(),
      };
      const minute = minuteOf(typed.digestAt);
      const t = messages[request.lang];
      if (minute === undefined || minute < DIGEST_EARLIEST || minute > DIGEST_LATEST)
        return show(officer, request, reply, typed, [{ field: "digestAt", message: t.digestFault }]);
      const setting = {
        warnHalf: typed.warn.includes("half"),
        warnFifth: typed.warn.includes("fifth"),
        digest: typed.digest.includes("yes"),
        digestMinute: minute,
      };
      await changeSetting(deps.database, deps.tenant.code, setting, officer.id);
      sayNext(request, t.saved);
      return seeOther(reply, SETTING);
    }),
  );
}

function requireLeader(officer: Officer): void {
  if (officer.role !== "leader") throw new AppError("forbidden", { reason: "role", message: "only heads of units" });
}

async function showWatch(
  deps: WatchRouteDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { lang } = request;
  const query = request.query as Record<string, unknown>;
  const section = SECTIONS.find((one) => one === query.muc) ?? "late";
  const after = readAfter(query.sau);
  const now = deps.clock.now();
  const day = plainDateOf(now);
  const { filedLate } = momentsAt(calendarOf(deps.tenant), now, instantOf(day, 23, 59));
  const agencies = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  const db = deps.database.forTenant(deps.tenant.code);
  const moments = { now, filedLate, startOfDay: instantOf(day) };
  const [counts, loads, found] = await Promise.all([
    countWatched(db, agencies, moments),
    listLoads(db, agencies, now),
    listWatched(db, section, agencies, moments, after),
  ]);
  const said = request.session.take<string>(SAID);
  const body = watchPage({ lang, now, section, counts, loads, ...found, further: after !== undefined, said });
  const title = messages[lang].title;
  return sendPage(reply, deps.shell({ lang, title, viewer: officer, width: "wide", path: request.url, body }));
}

/** "1763692200000123.0199…": the moment in microseconds and the id of the last row seen. */
function readAfter(text: unknown): { micros: number; id: string } | undefined {
  if (typeof text !== "string") return undefined;
  const [micros = "", id] = text.split(".");
  return /^[0-9]{15,16}$/.test(micros) && isId(id) ? { micros: Number(micros), id } : undefined;
}

function showUrge(
  deps: WatchRouteDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  refused?: { readonly typed: string; readonly errors: readonly PageError[]; readonly status: number },
): FastifyReply {
  const { lang } = request;
  const body = urgePage({
    lang,
    dossierId: dossier.id,
    dossierName: dossier.code ?? String(dossier.number),
    procedure: dossier.procedure.name[lang],
    holder: dossier.officer?.name,
    typed: refused?.typed ?? "",
    errors: refused?.errors ?? [],
  });
  const failed = refused !== undefined;
  const page = { lang, title: messages[lang].urgeTitle, viewer: officer, width: "narrow", failed, body } as const;
  return sendPage(reply, deps.shell({ ...page, ...(failed ? {} : { path: request.url }) }), refused?.status ?? 200);
}

function minuteOf(text: string): number | undefined {
  const found = /^([01]?[0-9]|2[0-3])[:hg]([0-5][0-9])$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : undefined;
}

function clockFace(minute: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
