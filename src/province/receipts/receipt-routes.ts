import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { contentDisposition } from "#kit/files.ts";
import { seeOther } from "#kit/http/index.ts";
import { openReceiptFor, type ReceiptDependencies, type ReceiptFormat } from "./open-receipt.ts";

export const receiptPaths = { pattern: "/bien-lai/:file" } as const;

/** `/bien-lai/<id>.pdf`; `.xml` is the signed data in it. */
export function receiptPath(id: string, format: ReceiptFormat = "pdf"): string {
  return `/bien-lai/${id}.${format}`;
}

export interface ReceiptRouteDependencies extends ReceiptDependencies {
  /** Of the site's tenant */
  readonly db: Db;
  /** Who is signed in; undefined when nobody is */
  readonly personOf: (request: FastifyRequest) => { readonly sub: string } | undefined;
  /** Address of signing in that comes back to `back`. */
  readonly signInPath: (back: string) => string;
}

/** `GET /bien-lai/:id.pdf` and `.xml`: for the payer and the applicant only; to everybody else it does not exist. */
export function receiptRoutes(site: FastifyInstance, deps: ReceiptRouteDependencies): void {
  site.get<{ Params: { file: string } }>(receiptPaths.pattern, async (request, reply) => {
    const person = deps.personOf(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const format = request.params.file.endsWith(".xml") ? "xml" : "pdf";
    const id = request.params.file.replace(/\.(pdf|xml)$/, "");
    const { bytes, fileName } = await openReceiptFor(deps.db, deps, { id, sub: person.sub, format });
    return reply
      .type(format === "xml" ? "application/xml; charset=utf-8" : "application/pdf")
      .header("content-disposition", contentDisposition("attachment", fileName))
      .header("cache-control", "private, no-store")
      .send(bytes);
  });
}
