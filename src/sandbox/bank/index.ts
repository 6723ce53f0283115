/** A bank: accounts with a statement, and the app in which a payer sends a transfer. */
export { BankBook } from "./bank-book.ts";
export type { BankEvent } from "./bank-book.ts";
export { bankRoutes } from "./bank-routes.ts";
