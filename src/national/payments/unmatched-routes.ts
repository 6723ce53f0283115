import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { forOperator, type Operator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import { decideLine, proposeLine } from "./decide-line.ts";
import { linePage } from "./pages/line-page.ts";
import { unmatchedPage } from "./pages/unmatched-page.ts";
import type { PaymentHub } from "./payment.ts";
import { findOpenLine } from "./proposal-view.ts";
import { unmatchedMessages } from "./unmatched-messages.ts";
import { viewUnmatched } from "./unmatched-view.ts";

const SAID = "unmatched-said";
const FIELDS = ["loai", "don-hang", "nguoi-nhan", "can-cu"] as const;
const FIELD_OF: Readonly<Record<string, (typeof FIELDS)[number]>> = {
  kind: "loai",
  "wrong-kind": "loai",
  order: "don-hang",
  "unknown-order": "don-hang",
  "amount-differs": "don-hang",
  "order-paid": "don-hang",
  payee: "nguoi-nhan",
  note: "can-cu",
  again: "can-cu",
};

/** Lines of the statement that nothing explains: one operator proposes, another one decides. */
export function unmatchedRoutes(site: FastifyInstance, hub: PaymentHub): void {
  const { database } = hub;
  const done = (request: FastifyRequest, reply: FastifyReply, word: string) => {
    request.session.set(SAID, word);
    return seeOther(reply, operatorPaths.transfers);
  };
  site.get(
    operatorPaths.transfers,
    forOperator(database, async (operator, request, reply) => {
      const { lang } = request;
      const t = unmatchedMessages[lang];
      const { sau } = request.query as { sau?: unknown };
      const view = await viewUnmatched(hub, typeof sau === "string" ? sau : undefined);
      const body = unmatchedPage({ lang, operatorId: operator.id, ...view, ...saidOf(request) });
      const path = operatorPaths.transfers;
      return sendPage(
        reply,
        operatorPage({ lang, title: t.title, body, operator, path, current: "transfers", width: "full" }),
      );
    }),
  );

  const show = async (
    operator: Operator,
    request: FastifyRequest,
    reply: FastifyReply,
    failed: { errors: readonly PageError[]; typed: Readonly<Record<string, string>> } = { errors: [], typed: {} },
  ) => {
    const { line: id } = request.params as { line: string };
    const line = isId(id) ? await findOpenLine(database, id) : undefined;
    if (!line) return done(request, reply, "unknown-line");
    const { lang } = request;
    const body = linePage({ lang, operatorId: operator.id, line, newId: newSecretId(), ...failed });
    const title = unmatchedMessages[lang].lineTitle;
    const wrong = failed.errors.length > 0;
    const page = operatorPage({ lang, title, body, operator, current: "transfers", failed: wrong });
    return sendPage(reply, page, wrong ? 422 : 200);
  };
  site.get(`${operatorPaths.transfers}/:line`, forOperator(database, show));
  site.post(
    `${operatorPaths.transfers}/:line`,
    forOperator(database, async (operator, request, reply) => {
      const { line: lineId } = request.params as { line: string };
      const form = formValues(request);
      const typed = Object.fromEntries(FIELDS.map((name) => [name, formText(form, name)]));
      const word = await proposeLine(database, {
        id: formText(form, "id"),
        lineId,
        kind: typed["loai"] ?? "",
        order: typed["don-hang"] ?? "",
        payee: typed["nguoi-nhan"] ?? "",
        note: typed["can-cu"] ?? "",
        operatorId: operator.id,
      });
      const field = FIELD_OF[word];
      if (!field) return done(request, reply, word === "replayed" ? "proposed" : word);
      const { problems } = unmatchedMessages[request.lang];
      const message = problems[word as keyof typeof problems];
      return show(operator, request, reply, { errors: [{ field, message }], typed });
    }),
  );
  site.post(
    `${operatorPaths.transfers}/:line/quyet-dinh`,
    forOperator(database, async (operator, request, reply) => {
      const form = formValues(request);
      const approve = formText(form, "duyet") === "co";
      const proposalId = formText(form, "de-xuat");
      return done(request, reply, await decideLine(database, { proposalId, approve, operatorId: operator.id }));
    }),
  );
}

function saidOf(request: FastifyRequest): { said?: { tone: "success" | "warning"; text: string } } {
  const word = request.session.take<string>(SAID);
  if (!word) return {};
  const { said, problems } = unmatchedMessages[request.lang];
  if (Object.hasOwn(said, word)) return { said: { tone: "success", text: said[word as keyof typeof said] } };
  return { said: { tone: "warning", text: problems[word as keyof typeof problems] ?? problems.unknown } };
}
