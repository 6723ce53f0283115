import { type Clock, systemClock } from "#kit/clock.ts";
import { crashPoint } from "#kit/crash-points.ts";
import type { Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import {
  approvalAppearance,
  certificateSubject,
  findSignaturePlace,
  signPdf,
  type Signer,
} from "#kit/signing/index.ts";
import type { Result } from "./result.ts";
import { findResult, putSignature } from "./result-store.ts";

export interface SignResultFile {
  readonly resultId: string;
  /** Printed beside the signer's name: "Phó Giám đốc" */
  readonly position?: string;
  /** For the audit: "officer:<id>" */
  readonly actor: string;
  /**
   * The agency's seal, put after the person's signature. With it the first signature allows exactly further signatures,
   * without it the first signature closes the document.
   */
  readonly seal?: Signer;
}

const RESULT_BYTES_MAX = 60_000_000;

/**
 * "Ký số" on a result: signs the entered file and keeps the signed one. The state goes from unsigned to signed once; a
 * second officer at the same moment, or a repeated click, gets the first signature. Killed at any point it is unsigned or
 * signed, never half. What was signed is what `openResultFile` gives, byte for byte.
 * Throws AppError `not-found` for an unknown result, and what the signer throws.
 * @param db of the tenant
 */
export async function signResultFile(
  db: Db,
  files: BlobStore,
  signer: Signer,
  input: SignResultFile,
  clock: Clock = systemClock,
): Promise<Result> {
  const result = await findResult(db, input.resultId);
  if (!result) throw new AppError("not-found", { message: `no result ${input.resultId}` });
  if (result.state === "signed") return result;
  const at = clock.now();
  const draft = await files.read(result.file.sha256);
  const signed = await sign(draft, signer, input, at);
  const stored = await files.put(signed, { maxBytes: RESULT_BYTES_MAX });
  crashPoint("F15");
  const subject = certificateSubject(signer.certificateDer);
  const kept = await putSignature(db, result.id, {
    baseSha256: result.file.sha256,
    sha256: stored.sha256,
    size: stored.size,
    signerName: subject.commonName,
    agency: subject.organisation,
    at,
    actor: input.actor,
  });
  if (!kept)
    throw new AppError("conflict", {
      reason: "result-changed",
      message: `result ${result.id} changed while it was being signed`,
    });
  return kept;
}

/** The file that citizens download: the signed bytes. AppError `not-found` when there is none yet. */
export async function openResultFile(
  db: Db,
  files: BlobStore,
  resultId: string,
): Promise<{ result: Result; bytes: Buffer; fileName: string }> {
  const result = await findResult(db, resultId);
  if (!result?.signed) throw new AppError("not-found", { message: `no signed result ${resultId}` });
  const fileName = result.file.name.replace(/\.pdf$/i, "").concat(".signed.pdf");
  return { result, bytes: await files.read(result.signed.sha256), fileName };
}

async function sign(draft: Uint8Array, signer: Signer, input: SignResultFile, at: Date): Promise<Uint8Array> {
  const person = certificateSubject(signer.certificateDer);
  const signed = await signPdf(draft, signer, {
    fieldName: "nguoi-ky",
    signingTime: at,
    reason: "Ký duyệt kết quả giải quyết thủ tục hành chính",
    place: await findSignaturePlace(draft, { name: person.commonName }),
    appearance: approvalAppearance({
      person: person.commonName,
      ...(input.position ? { position: input.position } : {}),
      agency: person.organisation,
      signingTime: at,
    }),
    ...(isUnsigned(draft) ? { certify: input.seal ? 2 : 1 } : {}),
  });
  if (!input.seal) return signed;
  const agency = certificateSubject(input.seal.certificateDer).commonName;
  return signPdf(signed, input.seal, {
    fieldName: "con-dau",
    signingTime: at,
    place: await findSignaturePlace(draft, { name: person.commonName, order: 1 }),
    appearance: approvalAppearance({ agency, signingTime: at }),
  });
}

/** Only a document's first signature may certify it; a file that came signed from elsewhere keeps its own rules. */
function isUnsigned(document: Uint8Array): boolean {
  return !Buffer.from(document).includes("/ByteRange");
}
