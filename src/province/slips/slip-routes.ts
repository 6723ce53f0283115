import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { isId } from "#kit/ids.ts";
import { openSlip, type SlipDependencies } from "./issue-slip.ts";
import { findSlip } from "./slip-store.ts";

export interface SlipRouteDependencies extends Pick<SlipDependencies, "files" | "portalOrigin"> {
  /** Of the site's tenant */
  readonly db: Db;
  /** Is the slip's dossier one that the reader of this request may see? */
  readonly mayRead: (request: FastifyRequest, dossierId: string) => Promise<boolean>;
}

/** `/phieu/<id>.pdf` */
export function slipPath(id: string): string {
  return `/phieu/${id}.pdf`;
}

/** `GET /phieu/:id.pdf`: for the applicant on the portal, for officers in scope on the desk; to others it does not exist. */
export function slipRoutes(site: FastifyInstance, deps: SlipRouteDependencies): void {
  site.get("/phieu/:file", async (request: FastifyRequest<{ Params: { file: string } }>, reply: FastifyReply) => {
    const id = request.params.file.replace(/\.pdf$/, "");
    const slip = isId(id) ? await findSlip(deps.db, id) : undefined;
    if (!slip || !(await deps.mayRead(request, slip.dossierId))) throw new AppError("not-found", { message: "no such slip for this reader" });
    const { bytes, fileName } = await openSlip(deps.db, deps, slip.id);
    return reply
      .type("application/pdf")
      .header("content-disposition", contentDisposition("attachment", fileName))
      .header("cache-control", "private, no-store")
      .send(bytes);
  });
}
