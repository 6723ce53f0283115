import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { formatDong } from "#kit/money.ts";
import type { PageError } from "#kit/ui/index.ts";
import { forOperator, type Operator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import type { PaymentHub } from "#national/payments/index.ts";
import { decideRefund } from "./decide-refund.ts";
import { listRecordedTransfers, listTransfersToMake } from "./hand-transfer-view.ts";
import { messages } from "./messages.ts";
import { refundsPage } from "./pages/refunds-page.ts";
import { refusePage } from "./pages/step-pages.ts";
import { findRefund, getRefundBoard } from "./refund-view.ts";
import { requestRefund } from "./request-refund.ts";
import { stepMessages } from "./step-messages.ts";
import { canRefundOf, STEP_SAID, stepRoutes } from "./step-routes.ts";

const SAID = "refund-said";
type Said = keyof (typeof messages)["vi"]["said"];

const NOTHING_TYPED = { transaction: "", amount: "", reason: "", payee: "", byHand: "" };

/** The operator's refund board: what must go back, what waits for the second person, what is on its way. */
export function refundRoutes(site: FastifyInstance, hub: PaymentHub): void {
  const { database } = hub;
  stepRoutes(site, hub);

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
    const [board, toMake, recorded] = await Promise.all([
      getRefundBoard(database),
      listTransfersToMake(database),
      listRecordedTransfers(database),
    ]);
    const body = refundsPage({
      lang,
      operatorId: operator.id,
      ...board,
      toMake,
      recorded,
      merchantName: (code) => hub.merchants.get(code)?.name ?? code,
      providerName: (id) => hub.providers.find(id)?.name ?? id,
      newId: newSecretId,
      ...(said ? { said: { tone, text: messages[lang].said[said] } } : stepSaid(request)),
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
        payee: formText(form, "payee"),
        byHand: formText(form, "by-hand"),
      };
      const asked = await requestRefund(database, {
        id: formText(form, "id"),
        hubTransaction: typed.transaction,
        amount: Number(typed.amount.replace(/[\s.,đ₫]/g, "") || "NaN"),
        reason: typed.reason,
        operatorId: operator.id,
        byHand: typed.byHand === "co",
        payee: typed.payee,
        canRefund: canRefundOf(hub),
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
      const form = formValues(request);
      const approve = formText(form, "duyet") === "co";
      const note = formText(form, "ly-do");
      const refund = !approve && note === "" && isId(refundId) ? await findRefund(database, refundId) : undefined;
      // An agency that asked for the refund must be told why not.
      if (refund?.wishId && refund.state === "requested" && refund.requestedBy !== operator.id) {
        const { lang } = request;
        const t = stepMessages[lang];
        const errors = [{ field: "ly-do", message: t.problems["no-reason"] }];
        const providerName = hub.providers.find(refund.provider)?.name ?? refund.provider;
        const body = refusePage({ lang, refund, providerName, errors, typed: {} });
        const page = operatorPage({ lang, title: t.decideTitle, body, operator, current: "refunds", failed: true });
        return sendPage(reply, page, 422);
      }
      request.session.set(SAID, await decideRefund(database, { refundId, approve, note, operatorId: operator.id }));
      return seeOther(reply, operatorPaths.refunds);
    }),
  );
}

/** What a step on a page of its own has said. */
function stepSaid(request: FastifyRequest): { said?: { tone: "success" | "warning"; text: string } } {
  const word = request.session.take<string>(STEP_SAID);
  if (!word) return {};
  const { said, problems } = stepMessages[request.lang];
  if (Object.hasOwn(said, word)) return { said: { tone: "success", text: said[word as keyof typeof said] } };
  return { said: { tone: "warning", text: problems[word as keyof typeof problems] ?? problems.unknown } };
}
