/**
 * The hub's ledger: double entry, debits positive, credits negative, every transaction sums to zero (the database refuses
 * any other at COMMIT). Accounts: `clearing:<provider>` what a bank gateway or wallet owes the hub, `payable:<merchant>`
 * what the hub owes a collecting agency, `refunds-payable` what goes back to payers.
 *
 * Entries are written by the settle function of the payments room (`ledger_put`) and by nobody else; nothing is ever
 * changed. This room reads.
 */
export { checkLedger, type LedgerCheck, listBalances } from "./ledger-view.ts";
