/**
 * Opinions (lấy ý kiến): another unit or officer of the province is asked about a dossier that stays where it is. Words:
 * question, asked, verdict, limit, taken back. Promises: the asked sees the question and the papers shown, nothing else; each
 * question has its own limit that says why; a late one is found, written down and told once; nothing typed is lost.
 */
import type { FastifyInstance } from "fastify";
import { askedRoutes } from "./asked-routes.ts";
import { dossierOpinionRoutes } from "./dossier-opinion-routes.ts";
import type { OpinionRouteDeps } from "./opinion-room.ts";

export type { Opinion } from "./opinion.ts";
export { messages as opinionMessages } from "./messages.ts";
export { opinionJobs } from "./opinion-jobs.ts";
export { opinionSection } from "./opinion-section.ts";
export { listOpinions } from "./opinion-view.ts";

export function opinionRoutes(site: FastifyInstance, deps: OpinionRouteDeps): void {
  dossierOpinionRoutes(site, deps);
  askedRoutes(site, deps);
}
