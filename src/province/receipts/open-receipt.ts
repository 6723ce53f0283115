import type { Database, Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { isId } from "#kit/ids.ts";
import { type JobHandler, JobRefused } from "#kit/jobs.ts";
import { approvalAppearance, signaturePlaceBelow, signPdf, type Signer, signXml } from "#kit/signing/index.ts";
import { type Receipt, receiptNumber } from "./receipt.ts";
import { findReceipt, isOwnDossier, listReceiptsOfSettlement, putReceiptFile } from "./receipt-store.ts";
import { RECEIPT_XML_ELEMENT, receiptXml } from "./receipt-xml.ts";
import { renderReceipt } from "./render-receipt.ts";

export interface ReceiptDependencies {
  readonly files: BlobStore;
  /** The collector's key, of `content.collector` */
  readonly signerOf: (collector: { readonly name: string; readonly taxCode: string }) => Promise<Signer>;
  /** Origin of the province's portal, where the QR code leads */
  readonly portalOrigin: string;
}

/** pdf: for people, with the XML inside · xml: the signed data, which is what the law calls the receipt. */
export type ReceiptFormat = "pdf" | "xml";

const FILE_BYTES_MAX = 5_000_000;

/** The receipt's file, made and signed by the first reader if the job has not done so yet. AppError `not-found`. */
export async function openReceiptFile(
  db: Db,
  deps: ReceiptDependencies,
  id: string,
  format: ReceiptFormat = "pdf",
): Promise<{ receipt: Receipt; bytes: Buffer; fileName: string }> {
  const receipt = await findReceipt(db, id);
  if (!receipt) throw new AppError("not-found", { message: `no receipt ${id}` });
  const made = await makeReceiptFiles(db, deps, receipt);
  return {
    receipt,
    bytes: await deps.files.read(made[format]),
    fileName: `bien-lai-${receipt.series}-${receiptNumber(receipt.number)}.${format}`,
  };
}

/** The receipt's file for a person: payer, applicant, or whose dossier it has become. To everybody else it does not exist: AppError `not-found`. */
export async function openReceiptFor(
  db: Db,
  deps: ReceiptDependencies,
  input: { readonly id: string; readonly sub: string; readonly format?: ReceiptFormat },
): Promise<{ bytes: Buffer; fileName: string }> {
  const receipt = isId(input.id) ? await findReceipt(db, input.id) : undefined;
  const allowed =
    receipt &&
    (receipt.payerSub === input.sub ||
      receipt.content.applicantSub === input.sub ||
      (await isOwnDossier(db, receipt.dossierId, input.sub)));
  if (!allowed) throw new AppError("not-found", { message: "no such receipt for this person" });
  return openReceiptFile(db, deps, receipt.id, input.format);
}

/** Makes what is missing of the receipt's files and answers the hashes that count for ever. */
export async function makeReceiptFiles(
  db: Db,
  deps: ReceiptDependencies,
  receipt: Receipt,
): Promise<{ xml: string; pdf: string }> {
  const known = receipt.files;
  if (known.xml && known.pdf) return { xml: known.xml, pdf: known.pdf };
  const signer = await deps.signerOf(receipt.content.collector);
  const xmlHash =
    known.xml ??
    (await keep(
      db,
      deps,
      receipt,
      "xml",
      Buffer.from(await signXml(receiptXml(receipt), signer, RECEIPT_XML_ELEMENT)),
    ));
  // The PDF carries the XML that counts, which may be another process's.
  const xml = (await deps.files.read(xmlHash)).toString("utf8");
  const pdfHash = await keep(db, deps, receipt, "pdf", await signedPdf(receipt, xml, signer, deps.portalOrigin));
  return { xml: xmlHash, pdf: pdfHash };
}

async function keep(
  db: Db,
  deps: ReceiptDependencies,
  receipt: Receipt,
  format: "xml" | "pdf",
  bytes: Uint8Array,
): Promise<string> {
  const stored = await deps.files.put(bytes, { maxBytes: FILE_BYTES_MAX });
  return putReceiptFile(db, receipt.id, format, stored);
}

async function signedPdf(receipt: Receipt, xml: string, signer: Signer, portalOrigin: string): Promise<Uint8Array> {
  const draft = await renderReceipt(receipt, xml, portalOrigin);
  const place = await signaturePlaceBelow(draft, "(Ký số)");
  if (!place) throw new AppError("internal", { message: "the receipt's template has no place for the signature" });
  return signPdf(draft, signer, {
    fieldName: "to-chuc-thu",
    signingTime: receipt.createdAt,
    reason: "Phát hành biên lai điện tử",
    place,
    appearance: approvalAppearance({ agency: receipt.content.collector.name, signingTime: receipt.createdAt }),
    certify: 1,
  });
}

/** Handlers for the province's worker: makes the files of receipts that were just issued. */
export function receiptJobs(deps: {
  readonly database: Database;
  readonly of: (tenant: string) => ReceiptDependencies;
}): Readonly<Record<"receipt-documents", JobHandler>> {
  return {
    "receipt-documents": async (job) => {
      const { settlementId } = job.payload as { settlementId?: unknown };
      if (job.tenant === undefined || typeof settlementId !== "string")
        throw new JobRefused("receipt-documents needs a tenant and a settlement");
      const db = deps.database.forTenant(job.tenant);
      for (const receipt of await listReceiptsOfSettlement(db, settlementId))
        await makeReceiptFiles(db, deps.of(job.tenant), receipt);
    },
  };
}
