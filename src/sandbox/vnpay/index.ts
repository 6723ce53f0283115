/** VNPAY's payment gateway 2.1.0 and the pages of the payer's bank. */
export { reverseAtBank, settleSuspected, vnpayCallback } from "./vnpay-bank.ts";
export { VnpayBook } from "./vnpay-book.ts";
export type { VnpayEvent, VnpayPayment } from "./vnpay-book.ts";
export type { BankCard, VnpayGateway, VnpayMerchant } from "./vnpay-gateway.ts";
export { resumeVnpayCallbacks, tellVnpayMerchant, vnpayRoutes } from "./vnpay-routes.ts";
