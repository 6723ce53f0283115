/** `/phan-anh…` on the desk: for one-stop officers and leaders. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { agenciesInScope, forOfficer, type Officer, type OfficerOf } from "#province/officers/index.ts";
import type { Agency } from "#province/tenants/index.ts";
import { answerFeedback } from "./answer-feedback.ts";
import { type Feedback, type FeedbackUnits, findFeedback, listAnswered, listOpen } from "./feedback-view.ts";
import { messages } from "./messages.ts";
import { feedbackAnswerPage, feedbackListPage } from "./pages/desk-pages.ts";

export type FeedbackDeskDeps = {
  /** The tenant's. */
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
  readonly agencies: readonly Agency[];
};

const SAID = "feedback-said";
const LIMIT = 30;
const ANSWER_MAX = 5_000;

export function feedbackDeskRoutes(site: FastifyInstance, deps: FeedbackDeskDeps): void {
  const { database } = deps;
  const only = (work: (officer: Officer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      if (officer.role !== "one-stop" && officer.role !== "leader")
        throw new AppError("forbidden", { reason: "role", message: `${officer.role} answers no feedback` });
      return work(officer, request, reply);
    });

  site.get(
    "/phan-anh",
    only(async (officer, request, reply) => {
      const query = request.query as Record<string, unknown>;
      const own = unitsOf(deps, officer);
      const asked = own.agencies.find((id) => id === query["don-vi"]);
      const units = asked ? { agencies: [asked], province: false } : own;
      const [open, answered] = await Promise.all([
        listOpen(database, units, cursorOf(query["sau"]), LIMIT + 1),
        listAnswered(database, units, 20),
      ]);
      const nameOf = new Map(deps.agencies.map(({ id, name }) => [id, name[request.lang]]));
      const page = open.slice(0, LIMIT);
      const last = page.at(-1);
      const body = feedbackListPage({
        lang: request.lang,
        open: page,
        answered,
        next:
          open.length > LIMIT && last
            ? `/phan-anh?${asked ? `don-vi=${asked}&` : ""}sau=${last.dueOn}~${last.id}`
            : undefined,
        units: own.agencies.map((id) => ({ id, name: nameOf.get(id) ?? id })),
        unit: asked ?? "",
        nameOf: (id) => (id === null ? undefined : nameOf.get(id)),
        today: plainDateOf(deps.clock.now()),
        said: request.session.take<string>(SAID),
      });
      const title = messages[request.lang].desk.title;
      return sendPage(
        reply,
        deps.shell({ lang: request.lang, viewer: officer, title, body, path: "/phan-anh", width: "wide" }),
      );
    }),
  );

  site.get(
    "/phan-anh/:id",
    only(async (officer, request, reply) =>
      sendOne(deps, officer, request, reply, await oneOf(deps, officer, request), "", []),
    ),
  );

  site.post(
    "/phan-anh/:id/tra-loi",
    only(async (officer, request, reply) => {
      const t = messages[request.lang].desk;
      const feedback = await oneOf(deps, officer, request);
      const typed = cleanLines(formText(formValues(request), "answer"));
      if (typed === "" || typed.length > ANSWER_MAX) {
        const message = typed === "" ? t.empty : messages[request.lang].bodyLong;
        return sendOne(deps, officer, request, reply, feedback, typed, [{ field: "answer", message }]);
      }
      const done = await answerFeedback(database, feedback.id, typed, officer.id);
      request.session.set(SAID, done ? t.done : t.already);
      return seeOther(reply, "/phan-anh");
    }),
  );
}

/** The officer's units; what names none is for those who serve the whole province. */
function unitsOf(deps: FeedbackDeskDeps, officer: Officer): FeedbackUnits {
  const agencies = agenciesInScope(deps.agencies, officer.agencyId);
  return { agencies, province: agencies.length === deps.agencies.length };
}

async function oneOf(deps: FeedbackDeskDeps, officer: Officer, request: FastifyRequest): Promise<Feedback> {
  const { id } = request.params as { id: string };
  const feedback = isId(id) ? await findFeedback(deps.database, id) : undefined;
  const units = unitsOf(deps, officer);
  const theirs = feedback && (feedback.agencyId === null ? units.province : units.agencies.includes(feedback.agencyId));
  if (!theirs) throw new AppError("not-found", { message: "no such feedback" });
  return feedback;
}

function sendOne(
  deps: FeedbackDeskDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  feedback: Feedback,
  typed: string,
  errors: readonly PageError[],
): FastifyReply {
  const { lang } = request;
  const body = feedbackAnswerPage({ lang, feedback, errors, typed });
  const failed = errors.length > 0;
  const page = { lang, viewer: officer, title: messages[lang].desk.title, body, width: "narrow" as const, failed };
  return sendPage(reply, deps.shell(page), failed ? 422 : 200);
}

function cursorOf(text: unknown): { dueOn: string; id: string } | undefined {
  const [, dueOn, id] = /^(\d{4}-\d{2}-\d{2})~([0-9a-f-]{36})$/.exec(String(text ?? "")) ?? [];
  return dueOn !== undefined && id !== undefined && isId(id) ? { dueOn, id } : undefined;
}
