/** The register of dossiers (sổ theo dõi hồ sơ): printed for a unit and a period by the form of the circular. */
export { type RegisterDeps, registerRoutes } from "./register-routes.ts";
export { listReceived } from "./register-view.ts";
