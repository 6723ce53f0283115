/** The words of the digitising room. */

/** An electronic copy of a paper, signed by an officer; the citizen's own file stays beside it. */
export interface DigitisedFile {
  readonly fileId: string;
  readonly dossierId: string;
  readonly sha256: string;
  readonly size: number;
  readonly signedBy: { readonly id: string; readonly name: string };
  readonly signedAt: Date;
}

/** Types that can become a signed PDF: pictures are put on a page of A4. */
export const COPYABLE: ReadonlySet<string> = new Set(["application/pdf", "image/jpeg", "image/png"]);

export const SKIP_REASONS = [
  "other-type",
  "already-signed",
  "unreadable",
  "encrypted",
  "no-pages",
  "active-content",
  "embedded-files",
  "layers",
  "form-fields",
  "broken-structure",
] as const;

/** Why a paper got no copy: of another type, signed by the citizen already, or it must not be signed as it is. */
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface SkippedFile {
  readonly fileId: string;
  readonly name: string;
  readonly reason: SkipReason;
}
