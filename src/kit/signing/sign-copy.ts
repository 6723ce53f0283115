import { pictureDocument } from "../pdf/index.ts";
import { AppError } from "../errors.ts";
import { inspectPdf, verifyPdfSignatures } from "./hostile-pdf.ts";
import { copyMarkPlace } from "./find-signature-place.ts";
import { copyAppearance } from "./signature-appearance.ts";
import { signPdf } from "./sign-pdf.ts";
import type { Signer } from "./signer.ts";

export interface CopyToSign {
  /** A PDF, or a JPEG or PNG picture, which is put on an A4 page first */
  readonly content: Uint8Array;
  readonly mediaType: string;
  /** Name in the new document's metadata */
  readonly title: string;
  /** "SAO Y", "SAO LỤC", "TRÍCH SAO", or "BẢN SỐ HÓA" for a paper that the desk scanned */
  readonly form: string;
  readonly agency: string;
  readonly signingTime: Date;
}

/**
 * Signs a digitised paper or an electronic copy: the mark of Decree 30/2020/NĐ-CP Annex I at the top right of the first
 * page, signed by officer or seal. Signatures that the file already carries stay valid.
 * Throws AppError `invalid` with a reason of `inspectPdf` (prefixed `pdf-`) for a file that must not be signed, and
 * `unsupported`, reason `copy-type`, for what is neither PDF nor picture.
 */
export async function signCopy(copy: CopyToSign, signer: Signer): Promise<Uint8Array> {
  const document = asPdf(copy);
  const [reason] = await inspectPdf(document);
  if (reason) throw new AppError("invalid", { reason: `pdf-${reason}` });
  const earlier = await verifyPdfSignatures(document, { trustedRoots: [] });
  return signPdf(document, signer, {
    fieldName: `ban-sao-${earlier.length + 1}`,
    signingTime: copy.signingTime,
    reason: copy.form,
    place: await copyMarkPlace(document),
    appearance: copyAppearance(copy.form, copy.agency, copy.signingTime),
  });
}

function asPdf(copy: CopyToSign): Uint8Array {
  if (copy.mediaType === "application/pdf") return copy.content;
  if (copy.mediaType !== "image/jpeg" && copy.mediaType !== "image/png")
    throw new AppError("unsupported", { reason: "copy-type" });
  return pictureDocument({
    content: copy.content,
    mediaType: copy.mediaType,
    title: copy.title,
    author: copy.agency,
    date: copy.signingTime,
  });
}
