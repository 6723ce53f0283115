/**
 * Filing on the portal: start, pages of the form, papers, delivery, check, send. Every POST saves first and judges after,
 * so that nothing typed is lost whatever is wrong with it.
 */
import type { FastifyInstance } from "fastify";
import { caseRoutes } from "./case-routes.ts";
import { declarationRoutes } from "./declaration-routes.ts";
import { draftRoutes } from "./draft-routes.ts";
import { filingFormRoutes } from "./filing-form-routes.ts";
import { filingPapersRoutes } from "./filing-papers-routes.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { filingSendRoutes } from "./filing-send-routes.ts";
import { filingStartRoutes } from "./filing-start-routes.ts";
import { uploadRoutes } from "./upload-routes.ts";

export function filingRoutes(site: FastifyInstance, deps: FilingDeps): void {
  caseRoutes(site, deps);
  filingStartRoutes(site, deps);
  draftRoutes(site, deps);
  filingFormRoutes(site, deps);
  filingPapersRoutes(site, deps);
  uploadRoutes(site, deps);
  filingSendRoutes(site, deps);
  if (deps.portalOrigin) declarationRoutes(site, { ...deps, portalOrigin: deps.portalOrigin });
}
