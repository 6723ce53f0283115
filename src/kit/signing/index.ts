/**
 * Digital signatures: PAdES on PDF, XML-DSig on e-receipts, and the verifier that any page may ask.
 *
 * Words: a *signer* signs a hash, wherever its key lies; an *appearance* is the mark on the page; a *revision* is one
 * appended part of a PDF. It promises: signing appends and never rewrites, so earlier signatures stay valid; only a
 * hash reaches the key; the verifier counts as changed whatever it cannot explain, and never throws on hostile bytes.
 */
export { type DemoAuthority, type DemoSubject, openDemoAuthority } from "./demo-authority.ts";
export { copyMarkPlace, findSignaturePlace, signaturePlaceBelow } from "./find-signature-place.ts";
export { inspectPdf, readPdfSignatures, verifyPdfSignatures } from "./hostile-pdf.ts";
export type { UnsignableReason } from "./inspect-pdf.ts";
export {
  embedSignature,
  type PreparedSignature,
  prepareSignature,
  type SignaturePlace,
  type SignatureRequest,
} from "./prepare-signature.ts";
export { type CopyToSign, signCopy } from "./sign-copy.ts";
export { readXmlSignatures } from "./read-xml-signature.ts";
export { signPdf } from "./sign-pdf.ts";
export { type Appearance, approvalAppearance, copyAppearance, type Rectangle } from "./signature-appearance.ts";
export { type CertificateSubject, certificateSubject, keySigner, type Signer } from "./signer.ts";
export { openSigners, type SignerSource } from "./signer-source.ts";
export type { PdfSignature, SignatureProblem } from "./verify-pdf.ts";
export { signXml, verifyXml, type XmlVerdict } from "./xml-signature.ts";
