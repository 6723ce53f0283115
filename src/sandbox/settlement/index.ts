/** Settlement files of the stand-ins: one CSV a provider and day, made from the books that the journals rebuild. */
export { settlementRoutes } from "./settlement-routes.ts";
