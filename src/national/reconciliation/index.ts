/**
 * Reconciliation ("đối soát"): a provider's settlement file against the hub's books. Words: an import is one file taken in;
 * a difference is a line (or a payment of ours) on which the two disagree; an answer to it only ever adds rows.
 *
 * Promises: every difference is found and named by one of six kinds; the same file twice says the same and adds nothing; a
 * file cut half-way goes on; what agrees is booked as paid out, once per provider and day, corrections as differences.
 */
export { answerDifference } from "./answer-difference.ts";
export { fetchSettlementFiles, reconciliationJobs } from "./fetch-files.ts";
export { reconciliationRoutes } from "./reconciliation-routes.ts";
export { reconcileFile, type SettlementFile } from "./import-file.ts";
export type { Difference, DifferenceKind, Reconciled } from "./reconciliation.ts";
export { remitCollected } from "./remit-collected.ts";
