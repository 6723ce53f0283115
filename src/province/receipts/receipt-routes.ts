import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { contentDisposition } from "#kit/files.ts";
import { seeOther } from "#kit/http/index.ts";
import { openReceiptFor, type ReceiptDependencies } from "./open-receipt.ts";

export const receiptPaths = { pattern: "/bien-lai/:file" } as const;

/** `/bien-lai/<id>.pdf` */
export function receiptPath(id: string): string {
  return `/bien-lai/${id}.pdf`;
}

export interface ReceiptRouteDependencies extends ReceiptDependencies {
  /** Of the site's tenant */
  readonly db: Db;
  /** Who is signed in; undefined when nobody is */
  readonly personOf: (request: FastifyRequest) => { readonly sub: string } | undefined;
  /** Address of signing in that comes back to `back`. */
  readonly signInPath: (back: string) => string;
}

/** `GET /bien-lai/:id.pdf`: for the payer and the applicant only; to everybody else it does not exist. */
export function receiptRoutes(site: FastifyInstance, deps: ReceiptRouteDependencies): void {
  site.get<{ Params: { file: string } }>(receiptPaths.pattern, async (request, reply) => {
    const person = deps.personOf(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const id = request.params.file.replace(/\.pdf$/, "");
    const { bytes, fileName } = await openReceiptFor(deps.db, deps, { id, sub: person.sub });
    return reply
      .type("application/pdf")
      .header("content-disposition", contentDisposition("attachment", fileName))
      .header("cache-control", "private, no-store")
      .send(bytes);
  });
}
