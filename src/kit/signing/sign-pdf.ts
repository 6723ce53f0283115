import { assembleCms, signedAttributes } from "./cades.ts";
import { embedSignature, prepareSignature, type SignatureRequest } from "./prepare-signature.ts";
import type { Signer } from "./signer.ts";

/**
 * Signs a PDF visibly (PAdES B-B, ETSI EN 319 142-1) and returns the signed file, which begins with the given bytes.
 * Errors are those of `prepareSignature`; what the signer throws passes through, and nothing is signed then.
 */
export async function signPdf(document: Uint8Array, signer: Signer, request: SignatureRequest): Promise<Uint8Array> {
  const prepared = await prepareSignature(document, request);
  const attributes = signedAttributes(prepared.digest, signer.certificateDer);
  const signature = await signer.sign(attributes.hash);
  return embedSignature(prepared, assembleCms(attributes, signature, signer));
}
