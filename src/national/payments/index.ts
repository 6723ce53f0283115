/**
 * The national payment hub ("Thanh toán trực tuyến").
 *
 * Words: a merchant opens an order (INIT); the payer makes attempts at it, each at one provider (bank gateway or wallet)
 * over one channel (a bank, a wallet); a provider's report ends an attempt; a success makes a settlement.
 *
 * Promises: one success per order is kept, every further one is queued for refund; nothing is believed without the
 * provider's signature or its own answer; unknown stays unknown until the provider says; the browser's return proves
 * nothing; the merchant hears of every ended attempt, in order, until it says that it did.
 */
export { attemptDiagram } from "./payment-lifecycle.ts";
export { askProvider } from "./ask-provider.ts";
export { answerPlatform } from "./answer-platform.ts";
export { examineHistories } from "./history-view.ts";
export { hubFromConfig } from "./hub-from-config.ts";
export { giveUpAttempt } from "./give-up-attempt.ts";
export type { Merchant, PaymentHub } from "./payment.ts";
export { paymentRoutes } from "./payment-routes.ts";
export { platformRoutes } from "./platform-routes.ts";
export { paymentJobs, sweepPayments } from "./payment-jobs.ts";
export { getAttempt } from "./payment-view.ts";
export { paymentPaths } from "./paths.ts";
export { lookForReversals } from "./look-for-reversals.ts";
export { momoProvider } from "./providers/momo/momo.ts";
export type { RefundInput, RefundReport } from "./providers/provider.ts";
export { formActionsOf, makeRegistry, registryFromConfig } from "./providers/registry.ts";
export { vnpayProvider } from "./providers/vnpay/vnpay.ts";
export { vnptPayProvider } from "./providers/vnpt-pay/vnpt-pay.ts";
export { zalopayProvider } from "./providers/zalopay/zalopay.ts";
export { vietqrProvider } from "./providers/vietqr/vietqr.ts";
export { decideLine, proposeLine } from "./decide-line.ts";
export { listOpenLines } from "./proposal-view.ts";
export { readStatement } from "./read-statement.ts";
export { listUnmatchedTransfers, type UnmatchedTransfer } from "./statement-view.ts";
export { receiveCallback } from "./receive-callback.ts";
export { settleAttempt } from "./settle-attempt.ts";
export { startAttempt } from "./start-attempt.ts";
