import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { seeOther } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { findDossierOf } from "./dossier-view.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { type DeclarationPlace, openDeclaration } from "./open-declaration.ts";

export type DeclarationRoutesDeps = DeclarationPlace & Pick<FilingDeps, "person" | "signInPath">;

/** `GET /ho-so/:id/to-khai.pdf`: for the owner, of a draft too. */
export function declarationRoutes(site: FastifyInstance, deps: DeclarationRoutesDeps): void {
  site.get("/ho-so/:id/to-khai.pdf", async (request: FastifyRequest<{ Params: { id: string } }>, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const key = { tenant: deps.tenant.code, dossierId: request.params.id, applicantSub: person.sub };
    const dossier = isId(request.params.id) ? await findDossierOf(deps.database, key) : undefined;
    if (!dossier) throw new AppError("not-found", { message: "no such dossier of this person" });
    const { bytes, name } = await openDeclaration(deps, dossier);
    return reply
      .headers({
        "content-disposition": contentDisposition("attachment", name),
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store",
      })
      .type("application/pdf")
      .send(Buffer.from(bytes));
  });
}
