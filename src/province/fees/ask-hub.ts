import { formatCompact } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { type QueryAnswer, RESULT_CODE, sendQuery, TRANSACTION_STATUS } from "#protocols/payment-order/index.ts";
import { nextAskAt } from "./ask-hub-schedule.ts";
import type { Fees, PaymentRequest, RequestState } from "./fee.ts";
import { findRequest, markAsked } from "./fee-store.ts";
import { settleConfirm } from "./receive-confirm.ts";
import { type RequestAction, requestAfter } from "./request-lifecycle.ts";

/**
 * Asks the hub where a request stands (QUERY) and settles every attempt it reports, as if their CONFIRMs had come.
 * Silence changes nothing. Answers the request as it is afterwards.
 */
export async function askHub(fees: Fees, request: PaymentRequest): Promise<PaymentRequest | undefined> {
  const db = fees.database.forTenant(fees.tenant);
  const now = fees.clock.now();
  const next = nextAskAt(now, request.askCount, request.createdAt);
  try {
    const answer = await sendQuery(fees.hub, request.reference, formatCompact(now));
    for (const confirm of answer.DSXacNhan ?? []) {
      if (confirm.MaThamChieu === request.reference) await settleConfirm(fees, confirm, "query");
    }
    const state = stateAfter(request, answer, now);
    await markAsked(db, request.id, state, state === "closed" ? undefined : next);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
    fees.log.warn({ reference: request.reference, reason: error.reason }, "the hub does not answer QUERY");
    await markAsked(db, request.id, request.state, next);
  }
  return findRequest(db, request.id);
}

/**
 * An INIT that the hub never saw is closed after an hour: nobody can have paid it, and the citizen may press again (which
 * makes a new one). Until then the same INIT may still be on its way.
 */
const NEVER_SEEN_MS = 3_600_000;

function stateAfter(request: PaymentRequest, answer: QueryAnswer, now: Date): RequestState {
  const action = actionOf(request, answer, now);
  return action ? requestAfter(request.state, action) : request.state;
}

/** What the hub's answer means for the request; settling is done by the CONFIRMs in it. */
function actionOf(request: PaymentRequest, answer: QueryAnswer, now: Date): RequestAction | undefined {
  if (answer.MaLoi === RESULT_CODE.orderNotFound) {
    return now.getTime() - request.createdAt.getTime() > NEVER_SEEN_MS ? "close" : undefined;
  }
  if (answer.MaLoi !== RESULT_CODE.ok) return undefined;
  switch (answer.TrangThaiGD) {
    case TRANSACTION_STATUS.verifying:
      return "doubt";
    case TRANSACTION_STATUS.closed:
      return "close";
    case TRANSACTION_STATUS.untried:
    case TRANSACTION_STATUS.failed:
      return "clear";
    default:
      return undefined;
  }
}
