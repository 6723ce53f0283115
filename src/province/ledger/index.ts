/**
 * A province's ledger: double entry, debits positive, credits negative, every transaction sums to zero (the database
 * refuses any other at COMMIT). Accounts: `receivable` what citizens owe, `revenue:fee` and `revenue:charge`, `hub-clearing`
 * what the national hub owes the province, `refunds-payable` what goes back to payers.
 *
 * Entries are written by the fees room's functions when an obligation is made and when it is settled, and by nobody else;
 * nothing is ever changed. This room reads.
 */
export { exportLedger } from "./export-ledger.ts";
export { checkLedger, type LedgerCheck, listBalances } from "./ledger-view.ts";
