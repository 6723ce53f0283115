import { X509Certificate } from "node:crypto";
import { verifyXml } from "./xml-signature.ts";

/** What a signed XML document says of its one signature. */
export interface XmlSignature {
  /** Common name, organisation and unit of the certificate; empty when it cannot be read */
  readonly signer: string;
  readonly organisation: string;
  /** Common name of the authority that issued the certificate */
  readonly issuer: string;
  /** As the document states it, inside what is signed */
  readonly signingTime: Date | undefined;
  /** What was signed stands here unchanged, and nothing else stands beside it */
  readonly intact: boolean;
  readonly trusted: boolean;
}

const BYTES_MAX = 200_000;

/**
 * Reads the signature of an XML document whose root holds the signed element and the signature and nothing else.
 * undefined: not such text (too long, a DTD, not UTF-8), so that nothing is said of it; [] without a signature.
 * Never throws on hostile bytes: they are bounded, and no DTD is read.
 * @param element local name of the signed element; `signedAt` of the one in it that states the time (ISO 8601)
 */
export function readXmlSignatures(
  bytes: Uint8Array,
  options: { readonly trustedRoots: readonly Uint8Array[]; readonly element: string; readonly signedAt: string },
): XmlSignature[] | undefined {
  const xml = textOf(bytes);
  if (xml === undefined) return undefined;
  const begun = xml.match(/<(?:[A-Za-z]\w{0,20}:)?Signature[\s>]/g)?.length ?? 0;
  if (begun === 0) return [];
  const verdict = begun === 1 ? verifyXml(xml, options) : { intact: false, trusted: false };
  const intact = verdict.intact && isAlone(xml, options.element);
  const certificate = verdict.certificateDer && new X509Certificate(verdict.certificateDer);
  const stated = intact ? verdict.signedElement?.split(`<${options.signedAt}>`)[1]?.slice(0, 25) : undefined;
  const signingTime = stated === undefined ? undefined : new Date(stated);
  return [
    {
      signer: partOf(certificate?.subject, "CN"),
      organisation: partOf(certificate?.subject, "O"),
      issuer: partOf(certificate?.issuer, "CN"),
      signingTime: signingTime && !Number.isNaN(signingTime.getTime()) ? signingTime : undefined,
      intact,
      trusted: intact && verdict.trusted && wasValid(certificate, signingTime),
    },
  ];
}

function wasValid(certificate: X509Certificate | undefined, at: Date | undefined): boolean {
  return (
    certificate !== undefined && at !== undefined && at >= certificate.validFromDate && at <= certificate.validToDate
  );
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > BYTES_MAX) return undefined;
  try {
    const xml = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /<!(?:DOCTYPE|ENTITY)/i.test(xml) ? undefined : xml;
  } catch {
    return undefined;
  }
}

/** Root, signed element, signature: what a reader sees is what was signed. */
function isAlone(xml: string, element: string): boolean {
  const parts = [xml.indexOf(`<${element} `), xml.indexOf(`</${element}>`), xml.search(/<(?:\w+:)?Signature[\s>]/)];
  const [begin = -1, end = -1, signature = -1] = parts;
  if (begin < 0 || end < begin || signature < end || xml.indexOf(`<${element}`, begin + 1) >= 0) return false;
  const before = xml.slice(0, begin);
  const between = xml.slice(end + element.length + 3, signature);
  const after = xml.slice(xml.lastIndexOf("Signature>") + "Signature>".length);
  return (
    /^(<\?xml[^>]{0,200}\?>)?\s*<[A-Za-z]\w{0,40}( [^<>]{0,200})?>\s*$/.test(before) &&
    between.trim() === "" &&
    /^\s*<\/[A-Za-z]\w{0,40}>\s*$/.test(after)
  );
}

/** One attribute of a name as Node writes it: a line each. */
function partOf(name: string | undefined, attribute: string): string {
  const line = (name ?? "").split("\n").find((one) => one.startsWith(`${attribute}=`));
  return line?.slice(attribute.length + 1).replaceAll("\\", "") ?? "";
}
