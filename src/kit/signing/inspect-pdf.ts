import { PDF, PdfArray, PdfDict, PdfName, type PdfObject, PdfRef } from "@libpdf/core";

/**
 * Why a PDF must not be signed as it is: content that acts, hides or changes after signing (the shadow attacks are
 * prepared BEFORE signing, so no verifier sees them), or that cannot be appended to.
 */
export type UnsignableReason =
  | "unreadable"
  | "encrypted"
  | "no-pages"
  | "active-content"
  | "embedded-files"
  | "layers"
  | "form-fields"
  | "broken-structure";

const ACTIVE_KEYS = new Set(["JS", "JavaScript", "AA", "XFA", "RichMediaContent", "Launch"]);
const ACTIVE_ACTIONS = new Set([
  "JavaScript",
  "Launch",
  "SubmitForm",
  "ImportData",
  "GoToR",
  "GoToE",
  "Rendition",
  "Movie",
  "Sound",
]);
const MAX_STEPS = 400_000;

/** The reasons against signing, none when it can be signed. Only for the process of `hostile-pdf.ts`. */
export async function inspectPdfHere(bytes: Uint8Array): Promise<UnsignableReason[]> {
  // A PDF that begins elsewhere may be something else at the same time (polyglot).
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") !== "%PDF-") return ["unreadable"];
  let pdf: PDF;
  try {
    pdf = await PDF.load(bytes);
  } catch {
    return ["unreadable"];
  }
  if (pdf.isEncrypted) return ["encrypted"];
  const reasons = new Set<UnsignableReason>();
  try {
    if (pdf.getPageCount() === 0) reasons.add("no-pages");
    if (pdf.recoveredViaBruteForce || pdf.canSaveIncrementally() !== null) reasons.add("broken-structure");
    if (!walk(pdf, (object) => collect(object, reasons))) reasons.add("broken-structure");
  } catch {
    reasons.add("broken-structure");
  }
  return [...reasons];
}

function collect(object: PdfDict, reasons: Set<UnsignableReason>): void {
  for (const [key, value] of object) {
    if (ACTIVE_KEYS.has(key.value)) reasons.add("active-content");
    if (key.value === "S" && value instanceof PdfName && ACTIVE_ACTIONS.has(value.value)) reasons.add("active-content");
    if (key.value === "EmbeddedFiles" || key.value === "EF") reasons.add("embedded-files");
    if (key.value === "OCProperties") reasons.add("layers");
    // Fields can be filled after signing; a signature field is the one that may stand there.
    if (key.value === "FT" && value instanceof PdfName && value.value !== "Sig") reasons.add("form-fields");
  }
}

/** Visits every dictionary reachable from the catalog; false when there are more than any real document has. */
function walk(pdf: PDF, visit: (object: PdfDict) => void): boolean {
  const seen = new Set<string>();
  const queue: (PdfObject | undefined)[] = [pdf.getCatalog()];
  for (let steps = 0; queue.length > 0; steps += 1) {
    if (steps > MAX_STEPS) return false;
    let item = queue.pop();
    if (item instanceof PdfRef) {
      if (seen.has(item.toString())) continue;
      seen.add(item.toString());
      item = pdf.context.resolve(item) ?? undefined;
    }
    if (item instanceof PdfDict) {
      visit(item);
      for (const [, value] of item) queue.push(value);
    } else if (item instanceof PdfArray) queue.push(...item.toArray());
  }
  return true;
}
