import { createHash } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { buffer, OID } from "./cades.ts";
import { type CertificateSubject, certificateSubject } from "./signer.ts";

export type CmsProblem =
  | "bad-signature"
  | "digest-mismatch"
  | "certificate-not-bound"
  | "certificate-not-for-signing"
  | "cms-unreadable";

export interface CmsVerdict {
  readonly problems: readonly CmsProblem[];
  /** The chain ends at one of the trusted roots and was valid at the signing time */
  readonly trusted: boolean;
  readonly subject?: CertificateSubject;
  readonly issuer?: string;
}

/** Verifies a detached CMS signature over `data` (RFC 5652, RFC 5035). Revocation is not asked: this is level B. */
export async function verifyCms(
  cms: Uint8Array,
  data: Uint8Array,
  options: { readonly trustedRoots: readonly Uint8Array[]; readonly at: Date },
): Promise<CmsVerdict> {
  let signed: pkijs.SignedData;
  let certificate: pkijs.Certificate | undefined;
  try {
    const info = pkijs.ContentInfo.fromBER(buffer(withoutPadding(cms)));
    signed = new pkijs.SignedData({ schema: info.content });
    certificate = signerCertificate(signed);
  } catch {
    return { problems: ["cms-unreadable"], trusted: false };
  }
  if (!certificate || signed.signerInfos.length !== 1) return { problems: ["cms-unreadable"], trusted: false };
  const der = new Uint8Array(certificate.toSchema().toBER());
  const problems = [...boundProblems(signed, der, data), ...usageProblems(certificate)];
  if (!(await verifies(signed, data))) problems.push("bad-signature");
  const trusted = problems.length === 0 && (await chains(signed, data, options));
  const issuer = certificate.issuer.typesAndValues.find((item) => item.type === "2.5.4.3");
  return {
    problems,
    trusted,
    subject: certificateSubject(der),
    issuer: issuer ? String(issuer.value.valueBlock.value) : "",
  };
}

/** /Contents is filled up with zeros; the CMS ends where its own outer length says. */
function withoutPadding(cms: Uint8Array): Uint8Array {
  const parsed = asn1.fromBER(buffer(cms));
  if (parsed.offset === -1) throw new Error("not DER");
  if (cms.subarray(parsed.offset).some((byte) => byte !== 0)) throw new Error("bytes after the CMS");
  return cms.subarray(0, parsed.offset);
}

function signerCertificate(signed: pkijs.SignedData): pkijs.Certificate | undefined {
  const sid = signed.signerInfos[0]?.sid;
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return undefined;
  return signed.certificates?.find(
    (item): item is pkijs.Certificate =>
      item instanceof pkijs.Certificate &&
      item.serialNumber.isEqual(sid.serialNumber) &&
      item.issuer.isEqual(sid.issuer),
  );
}

function boundProblems(signed: pkijs.SignedData, certificateDer: Uint8Array, data: Uint8Array): CmsProblem[] {
  const attributes = signed.signerInfos[0]?.signedAttrs?.attributes ?? [];
  const value = (type: string): unknown => attributes.find((item) => item.type === type)?.values[0];
  const problems: CmsProblem[] = [];
  const digest = value(OID.messageDigest);
  const expected = createHash("sha256").update(data).digest();
  if (!(digest instanceof asn1.OctetString) || !expected.equals(octetsOf(digest))) problems.push("digest-mismatch");
  const certificateHash = createHash("sha256").update(certificateDer).digest();
  const bound = firstOctets(value(OID.signingCertificateV2));
  if (!bound || !certificateHash.equals(bound)) problems.push("certificate-not-bound");
  return problems;
}

/** ESSCertIDv2's hash is the first octet string of the attribute (SHA-256 is the default and not written). */
function firstOctets(value: unknown): Buffer | undefined {
  let current = value;
  for (let depth = 0; depth < 4 && current instanceof asn1.Sequence; depth += 1) current = current.valueBlock.value[0];
  return current instanceof asn1.OctetString ? octetsOf(current) : undefined;
}

function octetsOf(value: asn1.OctetString): Buffer {
  return Buffer.from(value.valueBlock.valueHexView);
}

/** KeyUsage, where stated, must allow signing: digitalSignature or nonRepudiation, and not a CA's certificate. */
function usageProblems(certificate: pkijs.Certificate): CmsProblem[] {
  const usage = certificate.extensions?.find((item) => item.extnID === "2.5.29.15")?.parsedValue;
  if (!(usage instanceof asn1.BitString)) return [];
  const bits = usage.valueBlock.valueHexView[0] ?? 0;
  return (bits & 0xc0) === 0 ? ["certificate-not-for-signing"] : [];
}

async function verifies(signed: pkijs.SignedData, data: Uint8Array): Promise<boolean> {
  try {
    return await signed.verify({ signer: 0, data: buffer(data) });
  } catch {
    // pkijs answers a wrong digest by throwing; for the reader both mean that it is not what was signed.
    return false;
  }
}

async function chains(
  signed: pkijs.SignedData,
  data: Uint8Array,
  options: { readonly trustedRoots: readonly Uint8Array[]; readonly at: Date },
): Promise<boolean> {
  try {
    const trustedCerts = options.trustedRoots.map((der) => pkijs.Certificate.fromBER(buffer(der)));
    const result = await signed.verify({
      signer: 0,
      data: buffer(data),
      trustedCerts,
      checkDate: options.at,
      checkChain: true,
      extendedMode: true,
    });
    return result.signatureVerified === true && result.signerCertificateVerified === true;
  } catch {
    return false;
  }
}
