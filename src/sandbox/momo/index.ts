/** MoMo's payment gateway v2 and the payer's wallet. */
export { MomoBook } from "./momo-book.ts";
export type { MomoEvent, MomoPayment } from "./momo-book.ts";
export type { MomoGateway, MomoMerchant } from "./momo-gateway.ts";
export { momoRoutes, resumeMomoCallbacks, tellMomoMerchant } from "./momo-routes.ts";
export { momoCallback, reverseInWallet, settlePending } from "./momo-wallet.ts";
export type { Wallet } from "./momo-wallet.ts";
