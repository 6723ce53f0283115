/** The words of the digitising room. */
import type { UnsignableReason } from "#kit/signing/index.ts";

/** An electronic copy of a paper, signed by an officer; the citizen's own file stays beside it. */
export interface DigitisedFile {
  readonly fileId: string;
  readonly dossierId: string;
  readonly sha256: string;
  readonly size: number;
  readonly signedBy: { readonly id: string; readonly name: string };
  readonly signedAt: Date;
}

/** Why a paper got no copy: it is no PDF, the citizen signed it already, or it must not be signed as it is. */
export type SkipReason = "not-pdf" | "already-signed" | UnsignableReason;

export interface SkippedFile {
  readonly fileId: string;
  readonly name: string;
  readonly reason: SkipReason;
}
