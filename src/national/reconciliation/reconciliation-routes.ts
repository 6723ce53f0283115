import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { forOperator, type Operator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import type { PaymentHub } from "#national/payments/index.ts";
import { answerDifference, getDifference, getWorkList } from "./answer-difference.ts";
import { messages } from "./messages.ts";
import { differencePage } from "./pages/difference-page.ts";
import { workListPage } from "./pages/work-list-page.ts";
import { uploadRoutes } from "./upload-routes.ts";

const SAID = "reconciliation-said";
const TAKEN_IN = "reconciliation-taken-in";
type Said = keyof (typeof messages)["vi"]["said"];

/** The operator's work list of differences, and one difference with what can be done about it. */
export function reconciliationRoutes(site: FastifyInstance, hub: PaymentHub): void {
  const { database } = hub;
  const frame = { current: "reconciliation", width: "full" } as const;

  uploadRoutes(site, hub, (request, text) => request.session.set(TAKEN_IN, text));

  site.get(
    operatorPaths.reconciliation,
    forOperator(database, async (operator, request, reply) => {
      const { lang } = request;
      const t = messages[lang];
      const said = request.session.get<Said>(SAID);
      if (said) request.session.delete(SAID);
      const good = said === "settled" || said === "booked" || said === "explained" || said === "asked";
      const takenIn = request.session.take<string>(TAKEN_IN);
      const after = (request.query as Record<string, unknown>)["sau"];
      const body = workListPage({
        lang,
        ...(await getWorkList(hub, typeof after === "string" ? after : undefined)),
        ...(takenIn ? { said: { tone: "success", text: takenIn } } : {}),
        ...(said ? { said: { tone: good ? "success" : "warning", text: t.said[said] } } : {}),
      });
      const path = operatorPaths.reconciliation;
      return sendPage(reply, operatorPage({ lang, title: t.title, body, operator, path, ...frame }));
    }),
  );

  const showOne = async (
    operator: Operator,
    request: FastifyRequest,
    reply: FastifyReply,
    failed?: { message: string; note: string },
  ): Promise<FastifyReply> => {
    const { lang } = request;
    const { id } = request.params as { id: string };
    const found = await getDifference(hub, id);
    if (!found) throw new AppError("not-found", { message: "no such difference" });
    const errors = failed ? [{ field: "note", message: failed.message }] : [];
    const body = differencePage({ lang, ...found, note: failed?.note ?? "", errors });
    const title = messages[lang].kinds[found.difference.kind];
    const path = failed ? {} : { path: `${operatorPaths.reconciliation}/${id}` };
    const page = operatorPage({ lang, title, body, operator, current: "reconciliation", failed: !!failed, ...path });
    return sendPage(reply, page, failed ? 422 : 200);
  };

  site.get(
    `${operatorPaths.reconciliation}/:id`,
    forOperator(database, (operator, request, reply) => showOne(operator, request, reply)),
  );

  site.post(
    `${operatorPaths.reconciliation}/:id`,
    forOperator(database, async (operator, request, reply) => {
      const form = formValues(request);
      const asked = formText(form, "lam");
      const action = asked === "ask" || asked === "book" ? asked : "explain";
      const note = formText(form, "note");
      const { id } = request.params as { id: string };
      const said = await answerDifference(hub, { id, action, note, operatorId: operator.id });
      if (said === "no-note")
        return showOne(operator, request, reply, { message: messages[request.lang].said[said], note });
      request.session.set(SAID, said);
      return seeOther(reply, operatorPaths.reconciliation);
    }),
  );
}
