import { isPlainDate } from "#kit/calendar.ts";
import type { Db } from "#kit/db.ts";
import { type BlobStore, cleanFileName } from "#kit/files.ts";
import { newId, newReadableCode } from "#kit/ids.ts";
import { inspectPdf, type UnsignableReason } from "#kit/signing/index.ts";
import type { Result, ResultFields, ResultRefusal } from "./result.ts";
import { putResult } from "./result-store.ts";

export interface EnterResult {
  readonly dossierId: string;
  readonly fields: ResultFields;
  /** The uploaded file, already in the store */
  readonly file: { readonly sha256: string; readonly name: string };
  /** For the audit: "officer:<id>" */
  readonly enteredBy: string;
}

const FILE_REFUSAL: Readonly<Record<UnsignableReason, ResultRefusal>> = {
  unreadable: "file-not-pdf",
  encrypted: "file-encrypted",
  "no-pages": "file-broken",
  "broken-structure": "file-broken",
  "active-content": "file-active-content",
  "embedded-files": "file-active-content",
  layers: "file-active-content",
  "form-fields": "file-active-content",
};

/**
 * Enters a result that is ready to be signed: checks its fields and refuses a file that could change after signing.
 * Entering again makes another result; the dossier names the one that counts.
 * @param db of the tenant
 */
export async function enterResult(
  db: Db,
  files: BlobStore,
  input: EnterResult,
): Promise<
  { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly reasons: readonly ResultRefusal[] }
> {
  const bytes = await files.read(input.file.sha256);
  const unfit = (await inspectPdf(bytes)).map((reason) => FILE_REFUSAL[reason]);
  const reasons = [...checkResultFields(input.fields), ...new Set(unfit)];
  if (reasons.length > 0) return { ok: false, reasons };
  const { fields } = input;
  const result = await putResult(db, {
    id: newId(),
    dossierId: input.dossierId,
    number: tidy(fields.number),
    summary: tidy(fields.summary),
    effectiveOn: fields.effectiveOn,
    expiresOn: fields.expiresOn || undefined,
    data: fields.data ?? {},
    fileSha256: input.file.sha256,
    fileName: cleanFileName(input.file.name),
    code: newReadableCode(),
    enteredBy: input.enteredBy,
  });
  return { ok: true, result };
}

/** What is wrong with the fields; nothing when they can be kept. Pure. */
export function checkResultFields(fields: ResultFields): ResultRefusal[] {
  const reasons: ResultRefusal[] = [];
  const number = tidy(fields.number);
  const summary = tidy(fields.summary);
  if (number === "") reasons.push("number-missing");
  if (number.length > 100) reasons.push("number-too-long");
  if (summary === "") reasons.push("summary-missing");
  if (summary.length > 2000) reasons.push("summary-too-long");
  if (!isPlainDate(fields.effectiveOn)) reasons.push("effective-on-wrong");
  const expires = fields.expiresOn || undefined;
  if (expires !== undefined && !isPlainDate(expires)) reasons.push("expires-on-wrong");
  else if (expires !== undefined && isPlainDate(fields.effectiveOn) && expires < fields.effectiveOn)
    reasons.push("expires-before-effective");
  return reasons;
}

function tidy(text: string): string {
  return text.normalize("NFC").trim().replaceAll(/\s+/g, " ");
}
