/**
 * Money that goes back to payers. Words: a due is what must go back by itself (a second payment, one that came too late);
 * a refund is asked for by one operator and decided by another one, then sent to the provider.
 *
 * Promises, each kept by the database: nobody decides about a refund that they asked for; the refunds of a capture never
 * pass what was captured; one refund is at most one refund at the provider, whatever is killed in between; every step has
 * its ledger transaction.
 */
export { takeUpWish } from "./answer-wish.ts";
export { decideRefund } from "./decide-refund.ts";
export { refundDiagram } from "./refund-lifecycle.ts";
export { refundRoutes } from "./refund-routes.ts";
export { requestRefund } from "./request-refund.ts";
export { sendRefund } from "./send-refund.ts";
export { decideTransfer, recordTransfer } from "./transfer-by-hand.ts";
