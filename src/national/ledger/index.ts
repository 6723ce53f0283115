/**
 * The hub's ledger: double entry, debits positive, credits negative, every transaction sums to zero (the database refuses
 * any other at COMMIT). Accounts: `clearing:<provider>` what a bank gateway or wallet owes the hub, `payable:<merchant>`
 * what the hub owes a collecting agency, `refunds-payable` what goes back to payers, `bank:collection` the hub's own account
 * at the bank, `expense:fee:<provider>` what providers keep, `suspense:…` what reconciliation has not placed yet.
 *
 * Entries are written by the SQL functions of payments, refunds and reconciliation and by nobody else; nothing is ever
 * changed. This room reads: trial balance, takings, export.
 */
export { exportLedger } from "./export-ledger.ts";
export { ledgerRoutes } from "./ledger-routes.ts";
export { type AccountBalance, checkLedger, type LedgerCheck, listBalances } from "./ledger-view.ts";
