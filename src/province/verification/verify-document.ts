import { sha256 } from "#kit/crypto.ts";
import type { Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { type PdfSignature, readPdfSignatures, readXmlSignatures } from "#kit/signing/index.ts";
import type { IssuedDocument } from "./issued-document.ts";
import { findIssuedByCode, findIssuedByFile } from "./verification-view.ts";

export interface VerificationDependencies {
  /** Of the site's tenant */
  readonly db: Db;
  readonly files: BlobStore;
  /** DER certificates that signatures must chain to */
  readonly trustedRoots: readonly Uint8Array[];
}

/**
 * What can be said of a document:
 * `good` every signature holds and comes from a trusted authority; `changed` something was altered after signing;
 * `untrusted` unaltered, but by somebody whom no trusted authority vouches for; `unsigned` there is no signature;
 * `unreadable` the file could not be read to the end, so nothing is said of its signatures;
 * `pending` registered, its file is being made; `missing` registered, but the stored file is not what was issued.
 */
export type Verdict = "good" | "changed" | "untrusted" | "unsigned" | "unreadable" | "pending" | "missing";

/** What a reader is told of one signature, whatever kind of file carries it. */
export type DocumentSignature = Pick<
  PdfSignature,
  "signer" | "organisation" | "issuer" | "signingTime" | "intact" | "trusted" | "coversWholeFile"
>;

export interface VerificationReport {
  readonly verdict: Verdict;
  /** The province's own record of the document; undefined for a file it did not issue */
  readonly document: IssuedDocument | undefined;
  readonly signatures: readonly DocumentSignature[];
  /** SHA-256 of the verified bytes */
  readonly fileSha256: string | undefined;
}

/** Verifies the document of a code: the stored file, with the same verifier that strangers' files meet. */
export async function verifyByCode(
  deps: VerificationDependencies,
  code: string,
): Promise<VerificationReport | undefined> {
  const document = await findIssuedByCode(deps.db, code);
  if (!document) return undefined;
  if (!document.fileSha256) return { verdict: "pending", document, signatures: [], fileSha256: undefined };
  const bytes = await readStored(deps.files, document.fileSha256);
  // The store names files by content; a file that no longer has its name's content was tampered with on the disk.
  if (!bytes || sha256(bytes) !== document.fileSha256)
    return { verdict: "missing", document, signatures: [], fileSha256: document.fileSha256 };
  return { document, fileSha256: document.fileSha256, ...(await judge(deps, bytes)) };
}

/** Names in the receipt's XML, as `receipts/receipt-xml.ts` writes them. */
const RECEIPT_XML = { element: "DuLieu", signedAt: "NgayKy" } as const;

/** Verifies a PDF, or a receipt's XML, that somebody brings, and says whether it is byte for byte one that this province issued. */
export async function verifyFile(deps: VerificationDependencies, bytes: Uint8Array): Promise<VerificationReport> {
  const hash = sha256(bytes);
  const [judged, document] = await Promise.all([judge(deps, bytes), findIssuedByFile(deps.db, hash)]);
  return { document, fileSha256: hash, ...judged };
}

async function judge(
  deps: VerificationDependencies,
  bytes: Uint8Array,
): Promise<{ verdict: Verdict; signatures: DocumentSignature[] }> {
  const { trustedRoots } = deps;
  const signatures: DocumentSignature[] | undefined = isPdf(bytes)
    ? await readPdfSignatures(bytes, { trustedRoots, queue: "street" })
    : readXmlSignatures(bytes, { trustedRoots, ...RECEIPT_XML })?.map((one) => ({
        ...one,
        coversWholeFile: one.intact,
      }));
  if (!signatures) return { verdict: "unreadable", signatures: [] };
  return { verdict: verdictOf(signatures), signatures };
}

export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-";
}

/** Text that begins with an element or an XML declaration. */
export function isXml(bytes: Uint8Array): boolean {
  return /^(\u00ef\u00bb\u00bf)?\s*<[?A-Za-z]/.test(Buffer.from(bytes.subarray(0, 100)).toString("latin1"));
}

/** One bad signature decides: a reader must not have to weigh them. */
export function verdictOf(signatures: readonly DocumentSignature[]): Verdict {
  if (signatures.length === 0) return "unsigned";
  if (signatures.some((item) => !item.intact)) return "changed";
  return signatures.every((item) => item.trusted) ? "good" : "untrusted";
}

async function readStored(files: BlobStore, hash: string): Promise<Buffer | undefined> {
  try {
    return await files.read(hash);
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return undefined;
    throw error;
  }
}
