/**
 * Programs (ứng dụng): organisations' own systems that file for a person through `/api/v1`, and the administrators who let
 * them. Words: a *client* is one program with an id and a secret that was shown once; its *owner* is whose dossiers it
 * files; a *filing* is one idempotency key and the dossier that came of it.
 *
 * Promises: the same checks and the same use cases as the pages; the same key is the same dossier, however often it is
 * sent; a client sees what it filed and nothing else; a revoked client is refused with its next call.
 */
export { type ClientDeps, clientRoutes } from "./client-routes.ts";
export { type ProgramDeps, programRoutes } from "./program-routes.ts";
