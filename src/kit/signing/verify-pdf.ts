import { PDF, PdfDict, PdfNumber, type PdfObject, PdfRef, PdfString } from "@libpdf/core";
import { laterRevisionProblems, type RevisionProblem } from "./pdf-revisions.ts";
import { type CmsProblem, verifyCms } from "./verify-cms.ts";

export type SignatureProblem =
  | CmsProblem
  | RevisionProblem
  /** ByteRange is not [0, a, b, end] around exactly this signature's Contents */
  | "byte-range"
  /** Contents missing, empty or only zeros */
  | "empty-signature"
  /** bytes follow the last revision, or the file does not end as a PDF ends */
  | "trailing-bytes"
  /** a signature dictionary lies in the file that no field shows */
  | "stray-signature"
  /** something was added although the first signature forbade every change */
  | "changed-after-certification"
  /** a later signature that cannot be relied on was put over this one */
  | "covered-by-bad-signature";

/** One signature of a document, as a reader should be told. */
export interface PdfSignature {
  readonly fieldName: string;
  /** Common name, organisation and unit of the certificate; empty when it cannot be read */
  readonly signer: string;
  readonly organisation: string;
  readonly unit: string;
  /** Common name of the authority that issued the certificate */
  readonly issuer: string;
  /** As the signer stated it; protected by the signature, but not proven by a time stamp */
  readonly signingTime: Date | undefined;
  readonly reason: string | undefined;
  /** Nothing follows the signed bytes. False for all but the last of several signatures */
  readonly coversWholeFile: boolean;
  /** What was signed is what stands here now, and what was added since is nothing but further good signatures */
  readonly intact: boolean;
  /** The certificate comes from a trusted root and was valid at the signing time */
  readonly trusted: boolean;
  /** Length in bytes of the revision that was signed */
  readonly signedLength: number;
  readonly problems: readonly SignatureProblem[];
}

interface RawSignature {
  readonly fieldName: string;
  readonly byteRange: readonly number[];
  readonly contents: Uint8Array;
  readonly signingTime: Date | undefined;
  readonly reason: string | undefined;
  readonly certifies: number | undefined;
}

/** Reads and judges in this thread. Only for the process of `hostile-pdf.ts`, whose `verifyPdfSignatures` tells the rules. */
export async function verifyPdfSignaturesHere(
  bytes: Uint8Array,
  options: { readonly trustedRoots: readonly Uint8Array[] },
): Promise<PdfSignature[]> {
  let raw: RawSignature[];
  try {
    raw = readSignatures(await PDF.load(bytes));
  } catch {
    return [];
  }
  raw.sort((a, b) => endOf(a) - endOf(b));
  const shared = documentProblems(bytes, raw);
  const verdicts: PdfSignature[] = [];
  // From the last to the first: an earlier signature stands only when those over it do.
  for (const item of raw.toReversed()) {
    const later = verdicts[0];
    const verdict = await judge(bytes, item, raw, options.trustedRoots, shared);
    const weak = later !== undefined && !(later.intact && later.trusted);
    const problems: SignatureProblem[] = weak
      ? [...verdict.problems, "covered-by-bad-signature"]
      : [...verdict.problems];
    verdicts.unshift({ ...verdict, problems, intact: problems.length === 0 });
  }
  return verdicts;
}

async function judge(
  bytes: Uint8Array,
  item: RawSignature,
  all: readonly RawSignature[],
  trustedRoots: readonly Uint8Array[],
  shared: readonly SignatureProblem[],
): Promise<PdfSignature> {
  const problems: SignatureProblem[] = [...shared, ...rangeProblems(bytes, item)];
  const signedLength = endOf(item);
  const at = item.signingTime ?? new Date();
  let cms: Awaited<ReturnType<typeof verifyCms>> = { problems: [], trusted: false };
  if (problems.length === 0) {
    const [, start = 0, end = 0] = item.byteRange;
    const data = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end, signedLength)]);
    cms = await verifyCms(item.contents, data, { trustedRoots, at });
    problems.push(...cms.problems);
    if (signedLength < bytes.length) problems.push(...(await laterRevisionProblems(bytes, signedLength)));
    if (signedLength < bytes.length && all[0]?.certifies === 1) problems.push("changed-after-certification");
  }
  return {
    fieldName: item.fieldName,
    signer: cms.subject?.commonName ?? "",
    organisation: cms.subject?.organisation ?? "",
    unit: cms.subject?.unit ?? "",
    issuer: cms.issuer ?? "",
    signingTime: item.signingTime,
    reason: item.reason,
    coversWholeFile: signedLength === bytes.length,
    intact: problems.length === 0,
    trusted: cms.trusted,
    signedLength,
    problems,
  };
}

function endOf(item: RawSignature): number {
  return (item.byteRange[2] ?? 0) + (item.byteRange[3] ?? 0);
}

function rangeProblems(bytes: Uint8Array, item: RawSignature): SignatureProblem[] {
  const [zero, start = 0, end = 0, length = 0] = item.byteRange;
  const whole =
    item.byteRange.length === 4 && item.byteRange.every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!whole || zero !== 0 || start <= 0 || end <= start || length <= 0 || end + length > bytes.length)
    return ["byte-range"];
  if (item.contents.every((byte) => byte === 0)) return ["empty-signature"];
  const gap = Buffer.from(bytes.subarray(start, end)).toString("latin1");
  // The gap must be the hex string that the reader took as Contents, and nothing else (signature wrapping).
  if (!/^<[0-9A-Fa-f]+>$/.test(gap) || !Buffer.from(gap.slice(1, -1), "hex").equals(item.contents))
    return ["byte-range"];
  const tail = Buffer.from(bytes.subarray(Math.max(end, end + length - 16), end + length)).toString("latin1");
  return /%%EOF(\r\n|\r|\n)?$/.test(tail) ? [] : ["byte-range"];
}

function documentProblems(bytes: Uint8Array, raw: readonly RawSignature[]): SignatureProblem[] {
  const problems: SignatureProblem[] = [];
  const text = Buffer.from(bytes).toString("latin1");
  const ranges = new Set(raw.map((item) => item.byteRange.join(" ")));
  for (const match of text.matchAll(/\/ByteRange\s*\[([^\]]{0,200})\]/g)) {
    if (!ranges.has((match[1] ?? "").trim().split(/\s+/).join(" "))) problems.push("stray-signature");
  }
  const last = raw.at(-1);
  const covered = last ? endOf(last) : 0;
  const ending = /startxref\s+(\d{1,12})\s+%%EOF(\r\n|\r|\n)?$/.exec(text.slice(-64));
  // Bytes after the last signature must at least be a revision of their own, whose cross references lie in them.
  if (!ending || (covered < bytes.length && Number(ending[1]) < covered)) problems.push("trailing-bytes");
  return [...new Set(problems)];
}

function readSignatures(pdf: PDF): RawSignature[] {
  const resolve = (ref: PdfRef): PdfObject | null => pdf.context.resolve(ref);
  const form = pdf.getCatalog().getDict("AcroForm", resolve);
  const found: RawSignature[] = [];
  const queue = [...(form?.getArray("Fields", resolve)?.toArray() ?? [])].map((item) => ({ item, type: "" }));
  for (let steps = 0; queue.length > 0 && steps < 10_000; steps += 1) {
    const next = queue.pop();
    const field = next?.item instanceof PdfRef ? resolve(next.item) : next?.item;
    if (!(field instanceof PdfDict)) continue;
    const type = field.getName("FT", resolve)?.value ?? next?.type ?? "";
    for (const item of field.getArray("Kids", resolve)?.toArray() ?? []) queue.push({ item, type });
    const value = field.getDict("V", resolve);
    if (type === "Sig" && value) found.push(rawSignature(field, value, resolve));
  }
  return found;
}

function rawSignature(field: PdfDict, value: PdfDict, resolve: (ref: PdfRef) => PdfObject | null): RawSignature {
  const range = value.getArray("ByteRange", resolve)?.toArray() ?? [];
  const contents = value.get("Contents", resolve);
  const reference = value.getArray("Reference", resolve)?.at(0, resolve);
  const certification =
    reference instanceof PdfDict && reference.getName("TransformMethod", resolve)?.value === "DocMDP"
      ? reference
      : undefined;
  return {
    fieldName: field.getString("T", resolve)?.asString() ?? "",
    byteRange: range.map((item) => (item instanceof PdfNumber ? item.value : Number.NaN)),
    contents: contents instanceof PdfString ? contents.bytes : new Uint8Array(),
    signingTime: parsePdfDate(value.getString("M", resolve)?.asString() ?? ""),
    reason: value.getString("Reason", resolve)?.asString(),
    // P is 2 when it is not written (ISO 32000-1 table 254).
    certifies:
      certification && (certification.getDict("TransformParams", resolve)?.getNumber("P", resolve)?.value ?? 2),
  };
}

/** `D:YYYYMMDDHHmmSS` with `Z` or an offset such as `+07'00'` (ISO 32000-1 §7.9.4). */
function parsePdfDate(text: string): Date | undefined {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})?)?/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = match;
  const offset = sign ? `${sign}${hours}:${minutes ?? "00"}` : "Z";
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
