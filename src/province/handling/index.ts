/**
 * Handling (thụ lý): the officer's page of one dossier and everything that can be done there. Promises: exactly the buttons
 * that would work; what was typed survives every refusal; of two officers at once the second one reads why nothing changed;
 * every reading of a person's papers leaves a trace.
 */
import type { FastifyInstance } from "fastify";
import { assignRoutes } from "./assign-routes.ts";
import { askRoutes } from "./ask-routes.ts";
import { clickRoutes } from "./click-routes.ts";
import { closingRoutes } from "./closing-routes.ts";
import { feeDeskRoutes } from "./fee-desk-routes.ts";
import { fileRoutes } from "./file-routes.ts";
import type { HandlingDeps } from "./handling.ts";
import { letterRoutes } from "./letter-routes.ts";
import { pagedRoutes } from "./paged-routes.ts";
import { putOffRoutes } from "./put-off-routes.ts";
import { resultRoutes } from "./result-routes.ts";
import { slipRoutes } from "./slip-routes.ts";
import { stepRoutes } from "./step-routes.ts";

export { actorOf, type DeskSigners, dossierFor, dossierOf, type HandlingDeps, requireRole } from "./handling.ts";
export { openDeskFile } from "./file-routes.ts";
export { createDeskActs } from "./desk-acts.ts";
export { receiveWithSlip } from "./receive-with-slip.ts";

export type { Issuing } from "./issue-slips.ts";
export { slipJobs } from "./slip-jobs.ts";

export function handlingRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  clickRoutes(site, deps);
  assignRoutes(site, deps);
  askRoutes(site, deps);
  pagedRoutes(site, deps);
  putOffRoutes(site, deps);
  closingRoutes(site, deps);
  resultRoutes(site, deps);
  slipRoutes(site, deps);
  fileRoutes(site, deps);
  letterRoutes(site, deps);
  feeDeskRoutes(site, deps);
  stepRoutes(site, deps);
}
