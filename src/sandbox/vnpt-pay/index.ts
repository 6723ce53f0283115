/** VNPT Pay: the payer's wallet behind the national platform's messages (its own protocol is not public). */
export { vnptPayHouse, type VnptPayMerchant } from "./vnpt-pay-house.ts";
export { vnptPayRoutes } from "./vnpt-pay-routes.ts";
