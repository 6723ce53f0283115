import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { contentDisposition } from "#kit/files.ts";
import { isId } from "#kit/ids.ts";
import { openReceiptPdf, type ReceiptDependencies } from "./open-receipt.ts";
import { findReceipt } from "./receipt-store.ts";

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
}

/** `GET /bien-lai/:id.pdf`: for the payer and the applicant only; to everybody else it does not exist. */
export function receiptRoutes(site: FastifyInstance, deps: ReceiptRouteDependencies): void {
  site.get<{ Params: { file: string } }>(receiptPaths.pattern, async (request, reply) => {
    const person = deps.personOf(request);
    if (!person) throw new AppError("unauthenticated");
    const id = request.params.file.replace(/\.pdf$/, "");
    const receipt = isId(id) ? await findReceipt(deps.db, id) : undefined;
    const allowed = receipt && (receipt.payerSub === person.sub || receipt.content.applicantSub === person.sub);
    if (!allowed) throw new AppError("not-found", { message: "no such receipt for this person" });
    const { bytes, fileName } = await openReceiptPdf(deps.db, deps, id);
    return reply
      .type("application/pdf")
      .header("content-disposition", contentDisposition("attachment", fileName))
      .header("cache-control", "private, no-store")
      .send(bytes);
  });
}
