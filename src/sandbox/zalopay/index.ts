/** ZaloPay's gateway v2 and the payer's wallet. */
export { type ZalopayMerchant, zalopayHouse } from "./zalopay-house.ts";
export { zalopayRoutes } from "./zalopay-routes.ts";
