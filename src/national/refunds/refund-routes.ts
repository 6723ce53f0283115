import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { newSecretId } from "#kit/ids.ts";
import { formatDong } from "#kit/money.ts";
import type { PageError } from "#kit/ui/index.ts";
import { forOperator, type Operator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import { decideRefund } from "./decide-refund.ts";
import { messages } from "./messages.ts";
import { refundsPage } from "./pages/refunds-page.ts";
import { getRefundBoard } from "./refund-view.ts";
import { requestRefund } from "./request-refund.ts";

const SAID = "refund-said";
type Said = keyof (typeof messages)["vi"]["said"];

const NOTHING_TYPED = { transaction: "", amount: "", reason: "" };

/** The operator's refund board: what must go back, what waits for the second person, what is on its way. */
export function refundRoutes(site: FastifyInstance, deps: { readonly database: Database }): void {
  const { database } = deps;

  const show = async (
    operator: Operator,
    request: FastifyRequest,
    reply: FastifyReply,
    failed: { errors: PageError[]; typed: typeof NOTHING_TYPED } = { errors: [], typed: NOTHING_TYPED },
  ): Promise<FastifyReply> => {
    const { lang } = request;
    const said = request.session.get<Said>(SAID);
    if (said) request.session.delete(SAID);
    const tone = said === "requested" || said === "approved" || said === "refused" ? "success" : "warning";
    const body = refundsPage({
      lang,
      operatorId: operator.id,
      ...(await getRefundBoard(database)),
      newId: newSecretId,
      ...(said ? { said: { tone, text: messages[lang].said[said] } } : {}),
      ...failed,
    });
    const page = operatorPage({
      lang,
      title: messages[lang].title,
      body,
      operator,
      current: "refunds",
      width: "full",
      failed: failed.errors.length > 0,
      ...(failed.errors.length > 0 ? {} : { path: operatorPaths.refunds }),
    });
    return sendPage(reply, page, failed.errors.length > 0 ? 422 : 200);
  };

  site.get(operatorPaths.refunds, forOperator(database, show));

  site.post(
    operatorPaths.refunds,
    forOperator(database, async (operator, request, reply) => {
      const form = formValues(request);
      const typed = {
        transaction: formText(form, "transaction"),
        amount: formText(form, "amount"),
        reason: formText(form, "reason"),
      };
      const asked = await requestRefund(database, {
        id: formText(form, "id"),
        hubTransaction: typed.transaction,
        amount: Number(typed.amount.replace(/[\s.,đ₫]/g, "") || "NaN"),
        reason: typed.reason,
        operatorId: operator.id,
      });
      if (asked.ok) {
        request.session.set(SAID, "requested");
        return seeOther(reply, operatorPaths.refunds);
      }
      const t = messages[request.lang];
      const message = asked.reason === "too-much" ? t.tooMuch(formatDong(asked.room ?? 0)) : t.problems[asked.reason];
      const field = asked.reason === "too-much" ? "amount" : asked.reason === "again" ? "transaction" : asked.reason;
      return show(operator, request, reply, { errors: [{ field, message }], typed });
    }),
  );

  site.post<{ Params: { refund: string } }>(
    `${operatorPaths.refunds}/:refund`,
    forOperator(database, async (operator, request, reply) => {
      const { refund: refundId } = request.params as { refund: string };
      const approve = formText(formValues(request), "duyet") === "co";
      request.session.set(SAID, await decideRefund(database, { refundId, approve, operatorId: operator.id }));
      return seeOther(reply, operatorPaths.refunds);
    }),
  );
}
