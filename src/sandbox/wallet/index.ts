/**
 * What every e-wallet has behind its protocol: a book of payments rebuilt from a journal, the page on which the payer
 * confirms, and callbacks. ZaloPay and VNPT Pay put their own messages and signatures around it.
 */
export { WalletBook } from "./wallet-book.ts";
export type { WalletEvent, WalletPayment, WalletRefund } from "./wallet-book.ts";
export { walletDesk } from "./wallet-desk.ts";
export { isOver, newTransaction, reversePayment, settlePending } from "./pay-with-wallet.ts";
export { type CallbackRequest, type WalletHouse, walletCallback } from "./wallet-house.ts";
export { resumeWalletCallbacks, tellMerchant, type WalletDeps, walletRoutes } from "./wallet-routes.ts";
