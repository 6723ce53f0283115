/** "Dịch vụ công của tôi": one person's dossiers of all provinces, found by code or name, each with a way to its province. */
export { feeProvincesFromConfig } from "./pay-unpaid-fee.ts";
export { type MyServicesDeps, myServicesRoutes } from "./my-services-routes.ts";
