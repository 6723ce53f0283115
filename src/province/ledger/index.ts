/**
 * A province's ledger: double entry, debits positive, credits negative, every transaction sums to zero (the database
 * refuses any other at COMMIT). Accounts: `receivable` what citizens owe, `revenue:fee` and `revenue:charge`, `hub-clearing`
 * what the national hub owes the province, `payable:post` postage that goes on to the post, `expense:post` postage that the agency bears,
 * `cash`, `cash-in-transit` and `bank` the way of cash, `refunds-payable` what goes
 * back to payers, `returns-payable` to whoever transferred by mistake, `transfers-unmatched` and `outgoing-unmatched` what the statement says and nobody knows.
 *
 * Entries are written by the SQL functions of fees, accounting and reconciliation, and by nobody else;
 * nothing is ever changed. This room reads.
 */
export { exportLedger } from "./export-ledger.ts";
export { checkLedger, type LedgerCheck, listBalances, listBalancesOf } from "./ledger-view.ts";
