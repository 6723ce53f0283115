/**
 * Disputes about captured payments: chargebacks, complaints, and reversals that a provider's answer, callback, settlement file
 * or the bank's statement shows. Promises: the money in dispute stands apart and cannot be refunded as well; how it ended is
 * in the ledger; the agency is told of every turn until it says that it knows; a reversal is never silent.
 */
export { disputeDiagram } from "./dispute-lifecycle.ts";
export { disputeRoutes } from "./dispute-routes.ts";
export { tellDispute } from "./tell-dispute.ts";
