/**
 * Accounting (kế toán) of one province: day's takings, money that is neither applied to its dossier nor given back,
 * refunds by two people, receipts with their same-day summary and replacements, trial balance.
 *
 * Promises: everything here reads the ledger and the settlements as they are; nothing can be edited, only added to; a
 * refund needs two people, which the database enforces; what came through the hub goes back through it, once, and the
 * province follows by itself; a payment that a bank takes back is never lost sight of.
 */
export { accountingRoutes, type AccountingDeps } from "./accounting-routes.ts";
export { refundJobs, sweepRefunds } from "./ask-hub-for-refund.ts";
export { disputeRoutes } from "./receive-dispute.ts";
export { accountingFrame, type Framed } from "./pages/frame.ts";
export { summaryCsv } from "./summary-csv.ts";
