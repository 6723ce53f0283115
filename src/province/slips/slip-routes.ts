import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { contentDisposition } from "#kit/files.ts";
import { seeOther } from "#kit/http/index.ts";
import type { SlipDependencies } from "./issue-slip.ts";
import { openSlipFor } from "./open-slip-for.ts";

export interface SlipRouteDependencies extends Pick<SlipDependencies, "files" | "portalOrigin"> {
  /** Of the site's tenant */
  readonly db: Db;
  /** Who is signed in; undefined when nobody is */
  readonly personOf: (request: FastifyRequest) => { readonly sub: string } | undefined;
  /** Address of signing in that comes back to `back`. */
  readonly signInPath: (back: string) => string;
  /** Is the dossier one that this person may see? The control slip is the offices' own. */
  readonly mayRead: (sub: string, dossierId: string) => Promise<boolean>;
}

/** `/phieu/<id>.pdf` */
export function slipPath(id: string): string {
  return `/phieu/${id}.pdf`;
}

/** `GET /phieu/:id.pdf` on the portal: for the applicant; to others it does not exist. The desk has a route of its own. */
export function slipRoutes(site: FastifyInstance, deps: SlipRouteDependencies): void {
  site.get("/phieu/:file", async (request: FastifyRequest<{ Params: { file: string } }>, reply: FastifyReply) => {
    const person = deps.personOf(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const id = request.params.file.replace(/\.pdf$/, "");
    const mayRead = (dossierId: string) => deps.mayRead(person.sub, dossierId);
    const { bytes, fileName } = await openSlipFor(deps.db, deps, { id, mayRead });
    return reply
      .type("application/pdf")
      .header("content-disposition", contentDisposition("attachment", fileName))
      .header("cache-control", "private, no-store")
      .send(bytes);
  });
}
