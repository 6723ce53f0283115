import { createHash, createVerify, X509Certificate } from "node:crypto";
import { SignedXml } from "xml-crypto";
import type { Signer } from "./signer.ts";

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/**
 * Signs one element of an XML document (XML-DSig, enveloped, RSA-SHA256, exclusive canonicalisation), the signature
 * becoming the last child of the root. The element carries `Id="…"`.
 * @param xml the document, with the element `element` (local name) inside its root
 */
export async function signXml(xml: string, signer: Signer, element: string): Promise<string> {
  const certificates = [signer.certificateDer].map((der) => Buffer.from(der).toString("base64"));
  const signed = new SignedXml({ signatureAlgorithm: RSA_SHA256, canonicalizationAlgorithm: EXCLUSIVE_C14N });
  signed.getKeyInfoContent = () =>
    `<X509Data>${certificates.map((text) => `<X509Certificate>${text}</X509Certificate>`).join("")}</X509Data>`;
  signed.SignatureAlgorithms = { [RSA_SHA256]: hashOutAlgorithm(signer) };
  // The algorithm above never reads it; the library only checks that there is one.
  signed.privateKey = "-";
  signed.addReference({
    xpath: `//*[local-name(.)='${element}']`,
    digestAlgorithm: SHA256,
    transforms: [ENVELOPED, EXCLUSIVE_C14N],
  });
  return await new Promise((resolve, reject) => {
    signed.computeSignature(xml, { location: { reference: "/*", action: "append" } }, (error, result) => {
      if (error || !result) reject(error ?? new Error("no signature"));
      else resolve(result.getSignedXml());
    });
  });
}

/** The library's algorithm contract, with only the hash leaving for the key. */
function hashOutAlgorithm(signer: Signer) {
  return class {
    getSignature(
      signedInfo: unknown,
      _key: unknown,
      callback?: (error: Error | null, signature?: string) => void,
    ): string {
      signer.sign(createHash("sha256").update(String(signedInfo), "utf8").digest()).then(
        (signature) => callback?.(null, Buffer.from(signature).toString("base64")),
        (error: unknown) => callback?.(error instanceof Error ? error : new Error(String(error))),
      );
      return "";
    }
    verifySignature(material: string, key: string | Buffer, signature: string): boolean {
      return createVerify("sha256").update(material, "utf8").verify(key, signature, "base64");
    }
    getAlgorithmName(): string {
      return RSA_SHA256;
    }
  };
}

export interface XmlVerdict {
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly certificateDer?: Uint8Array;
  /** The bytes that were signed, canonical: read these and nothing else of the file (signature wrapping) */
  readonly signedElement?: string;
}

/** Verifies what `signXml` made: exactly one signature with one reference. Never throws on hostile text. */
export function verifyXml(xml: string, options: { readonly trustedRoots: readonly Uint8Array[] }): XmlVerdict {
  try {
    const node = /<(?:\w+:)?Signature[\s>][\s\S]*<\/(?:\w+:)?Signature>/.exec(xml)?.[0];
    const encoded = node && /<(?:\w+:)?X509Certificate>([A-Za-z0-9+/=\s]+)</.exec(node)?.[1];
    if (!node || !encoded) return { intact: false, trusted: false };
    const certificate = new X509Certificate(Buffer.from(encoded, "base64"));
    const check = new SignedXml({ publicCert: certificate.toString(), getCertFromKeyInfo: () => null });
    check.loadSignature(node);
    const intact = check.checkSignature(xml) && check.getSignedReferences().length === 1;
    const trusted =
      intact &&
      options.trustedRoots.some((der) => {
        const root = new X509Certificate(der);
        return certificate.checkIssued(root) && certificate.verify(root.publicKey);
      });
    return {
      intact,
      trusted,
      certificateDer: new Uint8Array(certificate.raw),
      signedElement: intact ? check.getSignedReferences()[0] : undefined,
    };
  } catch {
    // Text that no parser takes, or a certificate that is none: not intact is the answer, whatever was wrong.
    return { intact: false, trusted: false };
  }
}
