/**
 * Reconciliation of a province: the statement of the payee's account against the province's ledger, and the way of cash to
 * that account. Words: a line is one booking of the bank's; a closing is a cashier's count; a handover is cash brought to the
 * bank under a slip; an answer is what a person said about a line that fitted nothing.
 *
 * Promises: a line is booked once, whoever brings it and however often; what the hub pays on, cash and counter transfers are
 * recognised, everything else waits in an account of its own for a person; nothing is changed, only added.
 */
export { bankJobs } from "./fetch-statement.ts";
export { reconciliationRoutes } from "./reconciliation-routes.ts";
