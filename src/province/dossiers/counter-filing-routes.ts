/**
 * The same form, papers, delivery and last look as on the portal, at the desk: an officer types for the person who stands
 * there, or whose letter lies there. Only dossiers that came in at a counter or by post, in the officer's own units.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { UNITS_PATH } from "#province/forms/index.ts";
import { wayOf } from "#province/procedure/index.ts";
import type { Applicant, Dossier } from "./dossier.ts";
import { findDossier, findFile } from "./dossier-view.ts";
import { draftRoutes } from "./draft-routes.ts";
import type { CounterFiling, FilingDeps } from "./filing-deps.ts";
import { filingFormRoutes } from "./filing-form-routes.ts";
import { filingPapersRoutes } from "./filing-papers-routes.ts";
import { filingSendRoutes } from "./filing-send-routes.ts";
import { uploadRoutes } from "./upload-routes.ts";
import { findUploadDossier } from "./upload-paper.ts";

export interface CounterFilingDeps extends Omit<FilingDeps, "person" | "ownPapers" | "counter"> {
  readonly counter: CounterFiling;
  /**
   * May whoever asks work on this dossier (undefined: there is none)? Refusals are AppErrors; `false` when nobody is signed
   * in and the reply already leads to the sign-in.
   */
  mayServe(request: FastifyRequest, reply: FastifyReply, dossier: Dossier | undefined): Promise<boolean>;
}

export function counterFilingRoutes(site: FastifyInstance, deps: CounterFilingDeps): void {
  const served = new WeakMap<FastifyRequest, Applicant>();
  const filing: FilingDeps = { ...deps, person: (request) => served.get(request) };
  void site.register(async (routes) => {
    routes.addHook("onRequest", async (request, reply) => {
      // Names of the country's communes: the same for everybody.
      if (request.routeOptions.url === UNITS_PATH) return undefined;
      const found = await dossierOfRequest(filing, request);
      const dossier = found && wayOf(found.channel) !== "online" ? found : undefined;
      if (!(await deps.mayServe(request, reply, dossier))) return reply;
      if (!dossier) throw new AppError("not-found", { message: "no such dossier at this counter" });
      served.set(request, dossier.applicant);
      return undefined;
    });
    draftRoutes(routes, filing);
    filingFormRoutes(routes, filing);
    filingPapersRoutes(routes, filing);
    uploadRoutes(routes, filing);
    filingSendRoutes(routes, filing);
  });
}

/** By the address: the dossier itself, a paper on its way to it, or one that is there. */
async function dossierOfRequest(deps: FilingDeps, request: FastifyRequest): Promise<Dossier | undefined> {
  const { id } = request.params as { id?: string };
  if (!isId(id)) return undefined;
  const tenant = deps.tenant.code;
  const { pathname } = new URL(request.url, "http://desk");
  const dossierId = pathname.startsWith("/tai-len/")
    ? await findUploadDossier(deps.database, { tenant, id })
    : pathname.startsWith("/tep/")
      ? (await findFile(deps.database, { tenant, fileId: id }))?.dossierId
      : id;
  return dossierId ? findDossier(deps.database, { tenant, dossierId }) : undefined;
}
