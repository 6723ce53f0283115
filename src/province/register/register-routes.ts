/** `/so-theo-doi`: the statutory register, printed from what the system holds. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addDays, formatDate, instantOf, isPlainDate, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { checkDate } from "#kit/vietnamese.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { stateText } from "#province/dossiers/index.ts";
import { agenciesInScope, forOfficer, mayDo, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { renderRegister, type RegisterRow } from "#province/slips/index.ts";
import { agencyOf, type Tenant } from "#province/tenants/index.ts";
import { messages } from "./messages.ts";
import { registerPage } from "./pages/register-page.ts";
import { listReceived, REGISTER_MAX, type RegisterEntry } from "./register-view.ts";

export interface RegisterDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

const DAYS_MAX = 366;

export function registerRoutes(site: FastifyInstance, deps: RegisterDeps): void {
  site.get(
    "/so-theo-doi",
    forOfficer(deps.officerOf, (officer, request, reply) => {
      if (!mayDo(officer, "forward")) throw new AppError("forbidden", { reason: "role", message: "not at a dossier" });
      return answer(deps, officer, request, reply);
    }),
  );
}

async function answer(
  deps: RegisterDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const { lang } = request;
  const text = (name: string) => (typeof query[name] === "string" ? query[name].slice(0, 40) : "");
  const scope = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  const agency = scope.find((id) => id === text("don-vi")) ?? officer.agencyId;
  const today = plainDateOf(deps.clock.now());
  const typed = { agency, from: text("tu") || formatDate(today), to: text("den") || formatDate(today) };
  const page = (errors: readonly PageError[]) => {
    const agencies = deps.tenant.agencies
      .filter(({ id }) => scope.includes(id))
      .map(({ id, name }) => ({ id, name: name[lang] }));
    const props = { shell: deps.shell, lang, viewer: officer, agencies, typed, errors };
    return sendPage(reply, registerPage(props), errors.length > 0 ? 422 : 200);
  };
  if (text("in") !== "1") return page([]);
  const period = readPeriod(typed, lang);
  if (!period.ok) return page(period.errors);
  const { from, to } = period;
  const entries = await listReceived(deps.database.forTenant(deps.tenant.code), {
    agency,
    from: instantOf(from, 0),
    until: instantOf(addDays(to, 1), 0),
  });
  if (entries.length > REGISTER_MAX) return page([{ field: "den", message: messages[lang].errors.many(REGISTER_MAX) }]);
  const printed = renderRegister(entries.map(rowOf), {
    agency: agencyOf(deps.tenant, agency)?.name.vi ?? agency,
    from,
    to,
    ruleSet: deps.tenant.era.slips,
    at: deps.clock.now(),
  });
  return reply
    .type("application/pdf")
    .header("content-disposition", contentDisposition("inline", printed.fileName))
    .header("cache-control", "private, no-store")
    .send(Buffer.from(printed.bytes));
}

type Period =
  | { readonly ok: true; readonly from: PlainDate; readonly to: PlainDate }
  | { readonly ok: false; readonly errors: readonly PageError[] };

function readPeriod(typed: { readonly from: string; readonly to: string }, lang: "vi" | "en"): Period {
  const t = messages[lang].errors;
  const [first, last] = [checkDate(typed.from), checkDate(typed.to)];
  const errors: PageError[] = [];
  if (!first.ok) errors.push({ field: "tu", message: t.date });
  if (!last.ok) errors.push({ field: "den", message: t.date });
  if (!first.ok || !last.ok || !isPlainDate(first.value) || !isPlainDate(last.value)) return { ok: false, errors };
  const [from, to] = [first.value, last.value];
  if (to < from) return { ok: false, errors: [{ field: "den", message: t.order }] };
  if (to >= addDays(from, DAYS_MAX)) return { ok: false, errors: [{ field: "den", message: t.long }] };
  return { ok: true, from, to };
}

const WAYS = {
  online: "Trực tuyến",
  home: "Bưu chính, tại nhà",
  post: "Bưu chính",
  desk: "Tại bộ phận một cửa",
} as const;

function rowOf(entry: RegisterEntry): RegisterRow {
  const day = (at: Date | null) => (at ? formatDate(at) : "");
  return {
    code: entry.code,
    procedure: entry.procedure,
    applicant: entry.applicant,
    contact: [entry.address, entry.phone].filter(Boolean).join(", "),
    receivedOn: day(entry.receivedAt),
    dueOn: day(entry.dueAt),
    returnedOn: day(entry.returnedAt),
    way: entry.receive ? WAYS[entry.receive] : "",
    note: stateText(entry, "vi"),
  };
}
