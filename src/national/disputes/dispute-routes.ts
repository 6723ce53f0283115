import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isPlainDate, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { forOperator, type Operator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import type { PaymentHub } from "#national/payments/index.ts";
import { findDispute, listDisputeHistory, listDisputes } from "./dispute-view.ts";
import { messages } from "./messages.ts";
import { openDispute, stepDispute } from "./open-dispute.ts";
import { disputePage } from "./pages/dispute-page.ts";
import { disputesPage } from "./pages/disputes-page.ts";

const SAID = "dispute-said";

interface Failed {
  readonly errors: readonly PageError[];
  readonly typed: Readonly<Record<string, string>>;
}
const NOTHING: Failed = { errors: [], typed: {} };

/** The operators' disputes: list, one dispute, its steps. */
export function disputeRoutes(site: FastifyInstance, hub: PaymentHub): void {
  const { database } = hub;
  const done = (request: FastifyRequest, reply: FastifyReply, word: string, path: string = operatorPaths.disputes) => {
    request.session.set(SAID, word);
    return seeOther(reply, path);
  };

  const show = async (operator: Operator, request: FastifyRequest, reply: FastifyReply, failed = NOTHING) => {
    const { lang } = request;
    const body = disputesPage({
      lang,
      today: plainDateOf(hub.clock.now()),
      ...(await listDisputes(database)),
      ...namesOf(hub),
      ...saidOf(request),
      newId: newSecretId(),
      ...failed,
    });
    const wrong = failed.errors.length > 0;
    const page = { lang, title: messages[lang].title, body, operator, current: "disputes", width: "full" } as const;
    const whole = operatorPage({ ...page, failed: wrong, ...(wrong ? {} : { path: operatorPaths.disputes }) });
    return sendPage(reply, whole, wrong ? 422 : 200);
  };
  site.get(operatorPaths.disputes, forOperator(database, show));
  site.post(
    operatorPaths.disputes,
    forOperator(database, async (operator, request, reply) => {
      const form = formValues(request);
      const typed = typedOf(form, ["giao-dich", "loai", "so-tien", "vu-viec", "han", "ly-do"]);
      const amount = (typed["so-tien"] ?? "").replace(/[\s.,đ₫]/g, "");
      const word = await openDispute(database, {
        id: formText(form, "id"),
        hubTransaction: typed["giao-dich"] ?? "",
        kind: typed["loai"] ?? "",
        amount: amount === "" ? undefined : Number(amount),
        providerCase: typed["vu-viec"] ?? "",
        reason: typed["ly-do"] ?? "",
        dueOn: readDay(typed["han"] ?? ""),
        operatorId: operator.id,
      });
      if (word === "opened" || word === "replayed") return done(request, reply, "opened");
      const message = messages[request.lang].problems[word];
      return show(operator, request, reply, { errors: [{ field: FIELD_OF[word] ?? "giao-dich", message }], typed });
    }),
  );

  const showOne = async (operator: Operator, request: FastifyRequest, reply: FastifyReply, failed = NOTHING) => {
    const { dispute: id } = request.params as { dispute: string };
    const dispute = isId(id) ? await findDispute(database, id) : undefined;
    if (!dispute) return done(request, reply, "unknown");
    const { lang } = request;
    const { merchantName, providerName } = namesOf(hub);
    const body = disputePage({
      lang,
      today: plainDateOf(hub.clock.now()),
      dispute,
      history: await listDisputeHistory(database, dispute.id),
      merchantName: merchantName(dispute.merchant),
      providerName: providerName(dispute.provider),
      ...failed,
    });
    const wrong = failed.errors.length > 0;
    const title = messages[lang].oneTitle;
    return sendPage(
      reply,
      operatorPage({ lang, title, body, operator, current: "disputes", failed: wrong }),
      wrong ? 422 : 200,
    );
  };
  site.get(`${operatorPaths.disputes}/:dispute`, forOperator(database, showOne));
  site.post(
    `${operatorPaths.disputes}/:dispute`,
    forOperator(database, async (operator, request, reply) => {
      const { dispute: id } = request.params as { dispute: string };
      const form = formValues(request);
      const typed = typedOf(form, ["viec", "can-cu"]);
      const step = { id, action: typed["viec"] ?? "", note: typed["can-cu"] ?? "", operatorId: operator.id };
      const word = await stepDispute(database, step);
      if (word !== "no-note" && word !== "no-such-step") return done(request, reply, word);
      const field = word === "no-note" ? "can-cu" : "viec";
      const errors = [{ field, message: messages[request.lang].problems[word] }];
      return showOne(operator, request, reply, { errors, typed });
    }),
  );
}

const FIELD_OF: Readonly<Record<string, string>> = {
  kind: "loai",
  amount: "so-tien",
  "too-much": "so-tien",
  reason: "ly-do",
  day: "han",
};

function namesOf(hub: PaymentHub): { merchantName(code: string): string; providerName(id: string): string } {
  return {
    merchantName: (code) => hub.merchants.get(code)?.name ?? code,
    providerName: (id) => hub.providers.find(id)?.name ?? id,
  };
}

function saidOf(request: FastifyRequest): { said?: { tone: "success" | "warning"; text: string } } {
  const word = request.session.take<string>(SAID);
  if (!word) return {};
  const { said, problems } = messages[request.lang];
  if (Object.hasOwn(said, word)) return { said: { tone: "success", text: said[word as keyof typeof said] } };
  return { said: { tone: "warning", text: problems[word as keyof typeof problems] ?? problems.unknown } };
}

function typedOf(form: ReturnType<typeof formValues>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, formText(form, name)]));
}

/** `22/07/2020` or `2020-07-22`. */
function readDay(text: string): PlainDate | undefined {
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  const day = local ? `${local[3]}-${local[2]?.padStart(2, "0")}-${local[1]?.padStart(2, "0")}` : text.trim();
  return isPlainDate(day) ? day : undefined;
}
