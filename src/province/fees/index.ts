/**
 * Fees (phí, lệ phí): what a dossier owes, and how it gets paid.
 *
 * Words: dues are assessed from a procedure's rules (pure) → an obligation is written when the dossier is filed → the
 * citizen opens a payment request towards the national hub → the hub reports attempts → a success makes a settlement,
 * which marks the dossier, the ledger and the receipts.
 *
 * Promises: one settlement per obligation is kept, every later success is queued for refund; nothing is believed without
 * the hub's signature; a lost CONFIRM is made good by asking; a failed attempt followed by a good one shows as two rows.
 */
export { assessDues, type AssessContext, type Assessment, QUANTITY_MAX } from "./assess-dues.ts";
export type { CollectingAgency, Fees, Obligation, PayeeAccount, PaymentRequest, Transaction } from "./fee.ts";
export { feeJobs, sweepFees } from "./fee-jobs.ts";
export { type FeeRouteDeps, feeRoutes } from "./fee-routes.ts";
export type { Due, DueLine, UndeterminedDue } from "./fee-rule.ts";
export { findObligation, listTransactions, listTransactionsOfDossier } from "./fee-view.ts";
export { owedOfFiling } from "./owed-of-filing.ts";
export { feePaths } from "./paths.ts";
export { feesFromConfig } from "./fees-from-config.ts";
export { openGroupPayment, openPayment } from "./open-payment.ts";
export { receiveConfirm } from "./receive-confirm.ts";
export { demandFee, exemptLine, mayTakeMoney, readDong, recordCounterPayment } from "./desk-fees.ts";
export type { CounterWord, DeskFeeRefusal, NewDue } from "./desk-fee-store.ts";
export { listObligations } from "./fee-view.ts";
export { keepEvidence } from "./fee-store.ts";
