import { createHash } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import type { Signer } from "./signer.ts";

/**
 * CAdES baseline B signatures (ETSI EN 319 122-1) in two phases, so that the key can be anywhere:
 * `signedAttributes` → the hash goes to the signer → `assembleCms`.
 */
export const OID = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha256WithRsa: "1.2.840.113549.1.1.11",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
} as const;

export interface SignedAttributes {
  readonly attributes: readonly pkijs.Attribute[];
  /** SHA-256 of the attributes' DER SET: the only thing that leaves for the key */
  readonly hash: Uint8Array;
}

/**
 * The attributes a PAdES B-B signature signs. Signing time stands in the PDF's own /M, as ETSI EN 319 142-1 asks.
 * signing-certificate-v2 (RFC 5035) binds the certificate, so that nobody can exchange it for another with the same key.
 */
export function signedAttributes(digest: Uint8Array, certificateDer: Uint8Array): SignedAttributes {
  const certificateHash = createHash("sha256").update(certificateDer).digest();
  const attributes = [
    attribute(OID.contentType, new asn1.ObjectIdentifier({ value: OID.data })),
    attribute(OID.messageDigest, octets(digest)),
    attribute(OID.signingCertificateV2, sequence(sequence(sequence(octets(certificateHash))))),
  ];
  // DER orders the members of a SET by their bytes; any other order breaks the signature elsewhere.
  attributes.sort((a, b) => Buffer.compare(ber(a.toSchema()), ber(b.toSchema())));
  const set = ber(new asn1.Set({ value: attributes.map((item) => item.toSchema()) }));
  return { attributes, hash: createHash("sha256").update(set).digest() };
}

/** The finished CMS SignedData, DER, with the signer's certificate and chain inside. */
export function assembleCms(signed: SignedAttributes, signature: Uint8Array, signer: Signer): Uint8Array {
  const certificate = pkijs.Certificate.fromBER(buffer(signer.certificateDer));
  const info = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 }),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: [...signed.attributes] }),
    signatureAlgorithm: new pkijs.AlgorithmIdentifier({
      algorithmId: signer.algorithm === "rsa-sha256" ? OID.sha256WithRsa : OID.ecdsaWithSha256,
    }),
    signature: octets(signature),
  });
  const data = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 })],
    certificates: [certificate, ...signer.chain.map((der) => pkijs.Certificate.fromBER(buffer(der)))],
    signerInfos: [info],
  });
  return ber(new pkijs.ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) }).toSchema());
}

function attribute(type: string, value: asn1.BaseBlock): pkijs.Attribute {
  return new pkijs.Attribute({ type, values: [value] });
}

function octets(bytes: Uint8Array): asn1.OctetString {
  return new asn1.OctetString({ valueHex: buffer(bytes) });
}

function sequence(...value: asn1.BaseBlock[]): asn1.Sequence {
  return new asn1.Sequence({ value });
}

function ber(block: asn1.BaseBlock): Buffer {
  return Buffer.from(block.toBER());
}

/** A copy as ArrayBuffer: Node's pooled Buffers share one with their neighbours. */
export function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer as ArrayBuffer;
}
