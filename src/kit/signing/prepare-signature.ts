import { createHash } from "node:crypto";
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfString, type PdfObject } from "@libpdf/core";
import { AppError } from "../errors.ts";
import { type Appearance, drawAppearance, numbers, type Rectangle } from "./signature-appearance.ts";

type RefResolver = (ref: PdfRef) => PdfObject | null;

/** Where a visible signature stands: page 0 is the first, -1 the last. */
export interface SignaturePlace {
  readonly page: number;
  readonly rect: Rectangle;
}

export interface SignatureRequest {
  /** Unique in the document; the second signature needs another name */
  readonly fieldName: string;
  readonly signingTime: Date;
  readonly reason?: string;
  readonly location?: string;
  readonly place: SignaturePlace;
  readonly appearance: Appearance;
  /**
   * Certifies the document (ISO 32000-1 §12.8.2.2): 1 = nothing may change any more, 2 = only forms and further
   * signatures. Only a document's first signature can do it.
   */
  readonly certify?: 1 | 2;
}

export interface PreparedSignature {
  /** The document with the signature's room still empty */
  readonly bytes: Uint8Array;
  /** [0, end of the first part, start of the second, its length] */
  readonly byteRange: readonly [number, number, number, number];
  /** SHA-256 of both parts: the message digest of the CMS */
  readonly digest: Uint8Array;
}

// Room for the CMS in bytes: RSA 2048 with a chain of two is 4 KB, a time stamp would add 6.
const CONTENTS_SIZE = 16_384;
const UNKNOWN = 9_999_999_999;

/**
 * Phase 1 of signing: appends a revision with the visible field and an empty signature. Never rewrites a byte of the
 * given document, so signatures already in it stay valid.
 * Throws AppError `invalid`, reason `pdf-unreadable`, `pdf-encrypted`, `pdf-not-appendable`, `pdf-page-missing`,
 * `pdf-field-exists` or `pdf-already-signed` (certifying a signed document).
 */
export async function prepareSignature(document: Uint8Array, request: SignatureRequest): Promise<PreparedSignature> {
  const pdf = await loadForSigning(document);
  const pages = pdf.getPages();
  const page = pages.at(request.place.page);
  if (!page) throw refusal("pdf-page-missing", `no page ${request.place.page} of ${pages.length}`);
  const resolve: RefResolver = (ref) => pdf.context.resolve(ref);
  const form = interactiveForm(pdf, resolve);
  const fields = form.getArray("Fields", resolve) ?? new PdfArray();
  form.set("Fields", fields);
  refuseTakenName(fields, request, resolve);
  const appearance = drawAppearance(pdf, request.place.rect, request.appearance);
  const signature = pdf.register(signatureDictionary(request));
  const field = pdf.register(
    PdfDict.of({
      Type: PdfName.of("Annot"),
      Subtype: PdfName.of("Widget"),
      FT: PdfName.of("Sig"),
      T: PdfString.fromString(request.fieldName),
      // What a screen reader says for the mark on the page.
      TU: PdfString.fromString(`Chữ ký số: ${request.appearance.lines.map((line) => line.text).join(", ")}`),
      V: signature,
      // Print + Locked: the mark is printed and cannot be moved.
      F: PdfNumber.of(132),
      P: page.ref,
      Rect: numbers(...request.place.rect),
      AP: PdfDict.of({ N: appearance }),
    }),
  );
  fields.push(field);
  form.set("SigFlags", PdfNumber.of(3));
  markChanged(pdf, form, fields);
  const annotations = page.dict.getArray("Annots", resolve) ?? new PdfArray();
  annotations.push(field);
  if (!page.dict.getRef("Annots")) page.dict.set("Annots", annotations);
  if (request.certify) pdf.getCatalog().set("Perms", PdfDict.of({ DocMDP: signature }));
  const saved = Buffer.from(await pdf.save({ incremental: true, subsetFonts: true }));
  if (Buffer.compare(saved.subarray(0, document.length), document) !== 0) {
    throw refusal("pdf-not-appendable", "the file can only be rewritten, which would break what it already carries");
  }
  return fillByteRange(saved, document.length);
}

/** Phase 3: puts the CMS into the room. The document is signed after this. */
export function embedSignature(prepared: PreparedSignature, cms: Uint8Array): Uint8Array {
  const [, start, end] = prepared.byteRange;
  const hex = Buffer.from(cms).toString("hex");
  if (hex.length > end - start - 2) throw new RangeError(`a CMS of ${cms.length} bytes does not fit`);
  const signed = Buffer.from(prepared.bytes);
  signed.write(hex, start + 1, "latin1");
  return signed;
}

async function loadForSigning(document: Uint8Array): Promise<PDF> {
  let pdf: PDF;
  try {
    pdf = await PDF.load(document);
  } catch (cause) {
    throw new AppError("invalid", { reason: "pdf-unreadable", cause });
  }
  if (pdf.isEncrypted) throw refusal("pdf-encrypted", "an encrypted file cannot be signed");
  const blocker = pdf.canSaveIncrementally();
  if (blocker) throw refusal("pdf-not-appendable", blocker);
  return pdf;
}

function interactiveForm(pdf: PDF, resolve: RefResolver): PdfDict {
  const catalog = pdf.getCatalog();
  const existing = catalog.getDict("AcroForm", resolve);
  if (existing) return existing;
  const form = new PdfDict();
  catalog.set("AcroForm", pdf.register(form));
  return form;
}

function markChanged(pdf: PDF, form: PdfDict, fields: PdfArray): void {
  fields.dirty = true;
  form.dirty = true;
  // A form written inside the catalog is saved with the catalog.
  if (!pdf.getCatalog().getRef("AcroForm")) pdf.getCatalog().dirty = true;
}

function refuseTakenName(fields: PdfArray, request: SignatureRequest, resolve: RefResolver): void {
  for (const item of fields) {
    const field = item instanceof PdfRef ? resolve(item) : item;
    if (!(field instanceof PdfDict)) continue;
    if (field.getString("T", resolve)?.asString() === request.fieldName) {
      throw refusal("pdf-field-exists", `a field ${request.fieldName} exists`);
    }
    if (request.certify && field.getName("FT", resolve)?.value === "Sig" && field.has("V")) {
      throw refusal("pdf-already-signed", "only the first signature can certify");
    }
  }
}

function signatureDictionary(request: SignatureRequest): PdfDict {
  const dictionary = PdfDict.of({
    Type: PdfName.of("Sig"),
    Filter: PdfName.of("Adobe.PPKLite"),
    SubFilter: PdfName.of("ETSI.CAdES.detached"),
    ByteRange: numbers(0, UNKNOWN, UNKNOWN, UNKNOWN),
    Contents: PdfString.fromBytes(new Uint8Array(CONTENTS_SIZE)),
    M: new PdfString(Buffer.from(pdfDate(request.signingTime), "latin1"), "literal"),
  });
  if (request.reason) dictionary.set("Reason", PdfString.fromString(request.reason));
  if (request.location) dictionary.set("Location", PdfString.fromString(request.location));
  if (request.certify) {
    const parameters = PdfDict.of({
      Type: PdfName.of("TransformParams"),
      P: PdfNumber.of(request.certify),
      V: PdfName.of("1.2"),
    });
    const reference = PdfDict.of({
      Type: PdfName.of("SigRef"),
      TransformMethod: PdfName.of("DocMDP"),
      TransformParams: parameters,
    });
    dictionary.set("Reference", new PdfArray([reference]));
  }
  return dictionary;
}

/** Writes the true ByteRange over the widest possible one, which keeps every offset where it is. */
function fillByteRange(saved: Buffer, appendedFrom: number): PreparedSignature {
  const start = saved.indexOf(`<${"0".repeat(64)}`, appendedFrom);
  const end = saved.indexOf(">", start) + 1;
  const marker = saved.indexOf(`${UNKNOWN} ${UNKNOWN}`, appendedFrom);
  const open = saved.lastIndexOf("[", marker);
  const close = saved.indexOf("]", marker) + 1;
  if (start < appendedFrom || end - start < 2 * CONTENTS_SIZE || open < appendedFrom) {
    throw new Error("the signature's room is not where it was written");
  }
  const byteRange = [0, start, end, saved.length - end] as const;
  saved.write(`[${byteRange.join(" ")}]`.padEnd(close - open, " "), open, "latin1");
  const digest = createHash("sha256").update(saved.subarray(0, start)).update(saved.subarray(end)).digest();
  return { bytes: saved, byteRange, digest };
}

/** `D:20200610011900Z` (ISO 32000-1 §7.9.4) */
function pdfDate(at: Date): string {
  return `D:${at.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}Z`;
}

function refusal(reason: string, message: string): AppError {
  return new AppError("invalid", { reason, message });
}
