/** The citizen's account on the province's portal: list, dossier, withdrawal, supplement, downloads. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { dueTime, RECEPTION_HOURS } from "#province/deadlines/index.ts";
import { findObligation } from "#province/fees/index.ts";
import { renderSummary, summarizeAnswers, type SummarySection } from "#province/forms/index.ts";
import { calendarOf, findTenant } from "#province/tenants/index.ts";
import type { AccountDeps } from "./account-deps.ts";
import type { Applicant, Dossier, Refusal } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { findDossierOf, listDossiersOf, listFiles, listHistory, listSupplements } from "./dossier-view.ts";
import { downloadRoutes } from "./download-routes.ts";
import { formContext } from "./filing-draft.ts";
import { filingPaths } from "./filing-paths.ts";
import { type FilingProcedure, findFilingVersion } from "./filing-procedure.ts";
import { liveRoutes } from "./live-routes.ts";
import { messages, refusalText } from "./messages.ts";
import { accountPage } from "./pages/account-page.ts";
import { type DossierPageProps, dossierPage } from "./pages/dossier-page.ts";
import { withdrawalPage } from "./pages/withdrawal-page.ts";
import { dossierPaths } from "./paths.ts";
import { supplementRoutes } from "./supplement-routes.ts";
import { withdrawDossier } from "./withdraw-dossier.ts";

export type { AccountDeps } from "./account-deps.ts";

type DossierRequest = FastifyRequest<{ Params: { id: string } }>;

/** Said once after a redirect. */
const SAID = "dossiers.said";
type Said = { readonly kind: "withdrawn" | "supplement-sent" } | { readonly kind: "refused"; readonly reason: Refusal };

export function accountRoutes(site: FastifyInstance, deps: AccountDeps): void {
  site.get<{ Querystring: Record<string, unknown> }>("/tai-khoan", async (request, reply) =>
    showAccount(deps, request, reply),
  );
  site.get("/ho-so/:id", async (request: DossierRequest, reply) => showDossier(deps, request, reply));
  site.get("/ho-so/:id/rut", async (request: DossierRequest, reply) => {
    const owned = await ownDossier(deps, request, reply);
    if (!owned) return reply;
    const { dossier } = owned;
    const decision = decide(dossier, "withdraw", "citizen");
    if (!decision.ok) return refuse(request, reply, dossier.id, decision.reason);
    const body = withdrawalPage({ lang: request.lang, dossier });
    return sendPage(
      reply,
      deps.page(request, { title: messages[request.lang].withdrawal.title, body, failed: false, width: "narrow" }),
    );
  });
  site.post("/ho-so/:id/rut", async (request: DossierRequest, reply) => {
    const owned = await ownDossier(deps, request, reply);
    if (!owned) return reply;
    const values = formValues(request);
    const outcome = await withdrawDossier(deps.database, {
      tenant: deps.tenant.code,
      dossierId: owned.dossier.id,
      applicantSub: owned.person.sub,
      expectedVersion: Number(formText(values, "phienBan")),
      text: formText(values, "lyDo"),
    });
    if (!outcome.ok) return refuse(request, reply, owned.dossier.id, outcome.reason);
    request.session.set(SAID, { kind: "withdrawn" } satisfies Said);
    return seeOther(reply, dossierPaths.dossier(owned.dossier.id));
  });
  supplementRoutes(site, deps, {
    ownDossier: (request, reply) => ownDossier(deps, request, reply),
    refuse,
    sent: (request) => request.session.set(SAID, { kind: "supplement-sent" } satisfies Said),
  });
  downloadRoutes(site, deps);
  liveRoutes(site, deps.database, (request, reply) => ownDossier(deps, request, reply));
}

async function showAccount(
  deps: AccountDeps,
  request: FastifyRequest<{ Querystring: Record<string, unknown> }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const person = deps.person(request);
  if (!person) return seeOther(reply, deps.signInPath(request.url));
  const after = isId(request.query["sau"]) ? request.query["sau"] : undefined;
  const query = { tenant: deps.tenant.code, applicantSub: person.sub };
  const [filed, drafts] = await Promise.all([
    listDossiersOf(deps.database, { ...query, ...(after ? { after } : {}) }),
    after ? { dossiers: [] } : listDossiersOf(deps.database, { ...query, drafts: true }),
  ]);
  const { lang } = request;
  const parts = await deps.partsOf?.(filed.dossiers, lang);
  const title = deps.tenant.labels.account[lang];
  const body = accountPage({
    lang,
    title,
    transactionsLabel: deps.tenant.labels.transactions[lang],
    drafts: drafts.dossiers,
    dossiers: filed.dossiers,
    parts: parts ?? new Map(),
    next: filed.next ? `${dossierPaths.account()}?sau=${filed.next}` : undefined,
    further: after !== undefined,
  });
  return sendPage(reply, deps.page(request, { title, body, failed: false, width: "wide" }));
}

async function showDossier(deps: AccountDeps, request: DossierRequest, reply: FastifyReply): Promise<FastifyReply> {
  const owned = await ownDossier(deps, request, reply);
  if (!owned) return reply;
  const { dossier } = owned;
  const filing = await findFilingVersion(deps, dossier.procedure.code, dossier.procedure.version);
  if (dossier.state === "draft") return seeOther(reply, draftPath(dossier, filing));
  const { lang } = request;
  const said = request.session.take<Said>(SAID);
  const [props, besides] = await Promise.all([
    dossierProps(deps, request, dossier, filing),
    deps.besides?.(dossier, lang) ?? null,
  ]);
  const body = dossierPage({
    ...props,
    besides,
    said:
      said?.kind === "withdrawn"
        ? messages[lang].withdrawal.done
        : said?.kind === "supplement-sent"
          ? messages[lang].supplement.sent
          : undefined,
    refused: said?.kind === "refused" ? refusalText(said.reason, lang) : undefined,
  });
  const title = `${messages[lang].dossier.title} ${dossier.number}`;
  return sendPage(reply, deps.page(request, { title, body, failed: false, width: "wide" }));
}

/** When an online filing that nobody has answered yet must be answered. */
function answerByOf({ tenant }: AccountDeps, dossier: Dossier): DossierPageProps["answerBy"] {
  const { state, channel, linkedHold } = dossier;
  const online = channel === "national-portal" || channel === "provincial-portal" || channel === "app";
  // A part that waited has come to its agency later than it was filed.
  const filedAt = dossier.linkedOpenedAt ?? dossier.filedAt;
  if (state !== "filed" || !online || !filedAt || linkedHold === "waits-for-part") return null;
  const rule = { type: "working_hours", hours: RECEPTION_HOURS } as const;
  const { dueAt, explanation } = dueTime(rule, calendarOf(findTenant(tenant.code)), filedAt);
  return { at: dueAt, lines: explanation };
}

async function dossierProps(
  deps: AccountDeps,
  request: FastifyRequest,
  dossier: Dossier,
  filing: FilingProcedure | undefined,
): Promise<DossierPageProps> {
  const key = { tenant: deps.tenant.code, dossierId: dossier.id };
  const { lang } = request;
  const now = deps.clock.now();
  const [history, files, rounds, obligation, slips, holders] = await Promise.all([
    listHistory(deps.database, key),
    listFiles(deps.database, key),
    listSupplements(deps.database, key),
    findObligation(deps.database.forTenant(key.tenant), dossier.id, "fees"),
    deps.slipsOf?.(dossier.id) ?? [],
    deps.holdersOf?.(dossier.id) ?? [],
  ]);
  const context = {
    today: plainDateOf(dossier.filedAt ?? now),
    ...formContext(dossier.applicant, dossier.agency.name, dossier.known),
  };
  // The stored answers were checked by the form that prints them.
  const answers = dossier.answers as Parameters<typeof summarizeAnswers>[1];
  return {
    lang,
    now,
    dossier,
    history,
    files: files.filter((file) => file.status === "active" || file.status === "dropping"),
    components: filing?.definition.components ?? [],
    rounds,
    answers: filing
      ? renderSummary(declared(summarizeAnswers(filing.form, answers, context, { lang })), { lang, heading: "h3" })
      : null,
    dues: obligation
      ? {
          total: obligation.total,
          refundable: obligation.lines.reduce((sum, line) => sum + (line.refundable ? line.amount : 0), 0),
          lines: obligation.lines.map((line) => ({
            name: line.name[lang],
            amount: line.amount,
            ...(line.exemption ? { exempt: line.exemption.reason[lang] } : {}),
          })),
        }
      : null,
    slips,
    holders,
    answerBy: answerByOf(deps, dossier),
    transactionsLabel: deps.tenant.labels.transactions[lang],
    payLabel: deps.tenant.labels.pay[lang],
    mayWithdraw: decide(dossier, "withdraw", "citizen").ok,
  };
}

/** What was said; the questions left empty are of no use to read again. */
function declared(sections: readonly SummarySection[]): readonly SummarySection[] {
  return sections.map((section) => ({ ...section, lines: section.lines.filter((line) => line.value !== "") }));
}

function draftPath(dossier: Dossier, filing: FilingProcedure | undefined): string {
  const pages = filing?.form.pages.map((page) => page.id) ?? [];
  const page = dossier.page && pages.includes(dossier.page) ? dossier.page : pages[0];
  return page ? filingPaths.form(dossier.id, page) : filingPaths.papers(dossier.id);
}

/** The signed-in person's own dossier; nobody signed in: sent to sign in (undefined); somebody else's: not found. */
async function ownDossier(
  deps: AccountDeps,
  request: DossierRequest,
  reply: FastifyReply,
): Promise<{ person: Applicant; dossier: Dossier } | undefined> {
  const person = deps.person(request);
  const { id } = request.params;
  if (!person) {
    seeOther(reply, deps.signInPath(request.method === "GET" ? request.url : dossierPaths.dossier(id)));
    return undefined;
  }
  const key = { tenant: deps.tenant.code, dossierId: id, applicantSub: person.sub };
  const dossier = isId(id) ? await findDossierOf(deps.database, key) : undefined;
  if (!dossier) throw new AppError("not-found", { message: "no such dossier of this person" });
  return { person, dossier };
}

/** Back to the dossier as it is now, with the reason in words. */
function refuse(request: FastifyRequest, reply: FastifyReply, dossierId: string, reason: Refusal): FastifyReply {
  request.session.set(SAID, { kind: "refused", reason } satisfies Said);
  return seeOther(reply, dossierPaths.dossier(dossierId));
}
