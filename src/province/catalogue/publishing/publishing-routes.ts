/** `/quan-tri/cong-bo` and `/quan-tri/thu-tuc` on the desk: proposals, decisions, versions. Administrators only. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isPlainDate, plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type Officer, type OfficerOf } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { compareVersions, showProposal } from "./show-proposal.ts";
import { messages } from "./messages.ts";
import { proceduresPage } from "./pages/procedures-page.ts";
import { proposalPage } from "./pages/proposal-page.ts";
import { publishingPage } from "./pages/publishing-page.ts";
import { comparePage, versionsPage } from "./pages/versions-page.ts";
import { approveProposal, proposeWithdrawal, rejectProposal } from "./propose-version.ts";
import { listProposals, listProcedures, showVersions } from "./show-proposal.ts";

export interface PublishingDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock?: Clock;
}

type Work = (room: Room, officer: Officer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

interface Room extends PublishingDeps {
  readonly db: Database;
  today(): string;
}

const HOME = "/quan-tri/cong-bo";
const LEAST_REASON = 10;

export function publishingRoutes(site: FastifyInstance, deps: PublishingDeps): void {
  const clock = deps.clock ?? systemClock;
  const room: Room = {
    ...deps,
    db: deps.database.forTenant(deps.tenant.code),
    today: () => plainDateOf(clock.now()),
  };
  const only = (work: Work) =>
    forAdministrator(deps.officerOf, (officer, request, reply) => work(room, officer, request, reply));
  site.get(HOME, only(showList));
  site.get(
    `${HOME}/:id`,
    only((...all) => showOne(...all)),
  );
  site.post(`${HOME}/:id/cong-bo`, only(approve));
  site.post(`${HOME}/:id/tu-choi`, only(reject));
  site.get("/quan-tri/thu-tuc", only(showProcedures));
  site.get(
    "/quan-tri/thu-tuc/:code",
    only((...all) => showProcedure(...all)),
  );
  site.get("/quan-tri/thu-tuc/:code/so-sanh", only(showComparison));
  site.post("/quan-tri/thu-tuc/:code/bai-bo", only(withdraw));
}

const framedOf = (room: Room, officer: Officer, request: FastifyRequest) => adminFramed(room.shell, officer, request);

const showList: Work = async (room, officer, request, reply) => {
  const { sau } = request.query as Record<string, unknown>;
  const { open, decided, next } = await listProposals(room.db, typeof sau === "string" && isId(sau) ? sau : undefined);
  const page = publishingPage({
    ...framedOf(room, officer, request),
    open,
    decided,
    ...(next ? { next: `${HOME}?sau=${next}` } : {}),
  });
  return sendPage(reply, page);
};

interface Failed {
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

const NOTHING: Failed = { typed: {}, errors: [] };

async function showOne(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  { typed, errors }: Failed = NOTHING,
): Promise<unknown> {
  const { id } = request.params as { id: string };
  const shown = isId(id) ? await showProposal(room.db, id) : undefined;
  if (!shown) throw new AppError("not-found", { message: "no such proposal" });
  const page = proposalPage({
    ...framedOf(room, officer, request),
    ...shown,
    own: shown.proposal.proposedBy === actorOf(officer).by,
    reason: typed["ly-do"] ?? "",
    errors,
  });
  return sendPage(reply, page, errors.length > 0 ? 422 : 200);
}

const approve: Work = async (room, officer, request, reply) => {
  const { id } = request.params as { id: string };
  if (!isId(id)) throw new AppError("not-found", { message: "no such proposal" });
  const t = messages[request.lang];
  const decided = await approveProposal(room.database, room.tenant, { id, note: "", ...actorOf(officer) }, room.clock);
  if (decided.word !== "published") return refused(room, officer, request, reply, decided.word, "cong-bo");
  const told = decided.told ?? 0;
  const shown = await showProposal(room.db, id);
  const isWithdrawal = shown?.proposal.kind === "withdraw";
  sayNext(request, isWithdrawal ? t.said.withdrawn(told) : t.said.published(decided.version ?? 0));
  return seeOther(reply, HOME);
};

const reject: Work = async (room, officer, request, reply) => {
  const { id } = request.params as { id: string };
  if (!isId(id)) throw new AppError("not-found", { message: "no such proposal" });
  const t = messages[request.lang];
  const typed = { "ly-do": formText(formValues(request), "ly-do").slice(0, 1_000) };
  if (typed["ly-do"].length < LEAST_REASON)
    return showOne(room, officer, request, reply, { typed, errors: [{ field: "ly-do", message: t.errors.reason }] });
  const { word } = await rejectProposal(room.database, room.tenant, { id, note: typed["ly-do"], ...actorOf(officer) });
  if (word !== "rejected") return refused(room, officer, request, reply, word, "ly-do", typed);
  sayNext(request, t.said.rejected);
  return seeOther(reply, HOME);
};

function refused(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  word: "not-open" | "same-person" | "stale" | "published" | "rejected",
  field: string,
  typed: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const t = messages[request.lang].errors;
  const message = word === "published" || word === "rejected" ? t["not-open"] : t[word];
  return showOne(room, officer, request, reply, { typed, errors: [{ field, message }] });
}

const showProcedures: Work = async (room, officer, request, reply) => {
  const { q, sau } = request.query as Record<string, unknown>;
  const words = typeof q === "string" ? q.trim().slice(0, 100) : "";
  const after = typeof sau === "string" && CODE.test(sau) ? sau : undefined;
  const { rows, next } = await listProcedures(room.db, words, after);
  const query = new URLSearchParams({ ...(words ? { q: words } : {}), ...(next ? { sau: next } : {}) });
  const page = proceduresPage({
    ...framedOf(room, officer, request),
    words,
    rows,
    ...(next ? { next: `/quan-tri/thu-tuc?${query}` } : {}),
  });
  return sendPage(reply, page);
};

const CODE = /^[1-6]\.\d{6}$/;

function codeOf(request: FastifyRequest): string {
  const { code } = request.params as { code: string };
  if (!CODE.test(code)) throw new AppError("not-found", { message: "no such procedure" });
  return code;
}

async function showProcedure(
  room: Room,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  failed: Failed = NOTHING,
): Promise<unknown> {
  const today = room.today();
  const shown = await showVersions(room.db, codeOf(request), today);
  if (!shown) throw new AppError("not-found", { message: "no such procedure" });
  const page = versionsPage({ ...framedOf(room, officer, request), ...shown, today, ...failed });
  return sendPage(reply, page, failed.errors.length > 0 ? 422 : 200);
}

const showComparison: Work = async (room, officer, request, reply) => {
  const { tu, den } = request.query as Record<string, unknown>;
  const [from, to] = [versionOf(tu), versionOf(den)];
  const shown =
    from === undefined || to === undefined ? undefined : await compareVersions(room.db, codeOf(request), from, to);
  if (!shown) throw new AppError("not-found", { message: "no such versions" });
  return sendPage(reply, comparePage({ ...framedOf(room, officer, request), ...shown }));
};

function versionOf(value: unknown): number | undefined {
  return typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

const withdraw: Work = async (room, officer, request, reply) => {
  const code = codeOf(request);
  const t = messages[request.lang];
  const form = formValues(request);
  const typed = {
    "phien-ban": formText(form, "phien-ban"),
    ngay: formText(form, "ngay"),
    "ly-do": formText(form, "ly-do").slice(0, 1_000),
  };
  const version = versionOf(typed["phien-ban"]);
  const day = dayOf(typed.ngay);
  const errors: PageError[] = [];
  if (version === undefined) errors.push({ field: "phien-ban", message: t.errors.version });
  if (day === undefined) errors.push({ field: "ngay", message: t.errors.day });
  else if (day < room.today()) errors.push({ field: "ngay", message: t.errors.past });
  if (typed["ly-do"].length < LEAST_REASON) errors.push({ field: "ly-do", message: t.errors.reason });
  if (errors.length > 0 || version === undefined || day === undefined)
    return showProcedure(room, officer, request, reply, { typed, errors });
  const proposed = await proposeWithdrawal(room.database, room.tenant, {
    code,
    version,
    effectiveFrom: day,
    reason: typed["ly-do"],
    ...actorOf(officer),
  });
  if (!proposed.ok) {
    const message = t.errors[proposed.reason];
    return showProcedure(room, officer, request, reply, { typed, errors: [{ field: "phien-ban", message }] });
  }
  sayNext(request, t.said.proposed);
  return seeOther(reply, HOME);
};

/** As typed, 21/11/2026; undefined when it is no day of the calendar. */
function dayOf(text: string): string | undefined {
  const typed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day = typed ? `${typed[3]}-${typed[2]?.padStart(2, "0")}-${typed[1]?.padStart(2, "0")}` : text;
  return isPlainDate(day) ? day : undefined;
}

function actorOf(officer: Officer): { readonly by: string; readonly byName: string } {
  return { by: `officer:${officer.id}`, byName: officer.name };
}
