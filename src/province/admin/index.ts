/**
 * Administration (quản trị) of one province: the frame of every page under `/quan-tri` and the way to them. Each room mounts
 * its own pages there with `forAdministrator`, draws them with `adminFrame` and has a row in `places.ts`.
 *
 * Promises: nobody but an administrator enters, and nothing of a dossier stands here.
 */
export { adminRoutes } from "./admin-routes.ts";
export { type AdminFramed, adminFrame, adminFramed, sayNext } from "./pages/frame.ts";
