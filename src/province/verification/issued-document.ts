import type { PlainDate } from "#kit/calendar.ts";

/** What the province has on record about a document of its own, as far as whoever holds its code may know. */
export type IssuedDocument = IssuedSlip | IssuedReceipt | IssuedResult;

interface Issued {
  readonly code: string;
  /** Official code or internal number of the dossier; empty when it had none at issue */
  readonly dossier: string;
  readonly agency: string;
  readonly issuedAt: Date;
  /** SHA-256 of the file that counts; missing while it is being made */
  readonly fileSha256: string | undefined;
}

/** Kinds of slips; the slips room makes them, this room only names them. */
export const SLIP_NAMES = ["receipt", "supplement", "refusal", "apology", "stop", "control"] as const;
export type SlipName = (typeof SLIP_NAMES)[number];

export interface IssuedSlip extends Issued {
  readonly kind: "slip";
  readonly slip: SlipName;
  readonly number: number;
  readonly year: number;
  readonly procedure: string;
  readonly officer: string;
  readonly applicant: string;
}

export interface IssuedReceipt extends Issued {
  readonly kind: "receipt";
  readonly revenue: "fee" | "charge";
  readonly form: string;
  readonly series: string;
  readonly number: number;
  readonly amount: number;
  readonly paidAt: Date;
  readonly procedure: string;
  readonly payer: string;
  /** Series and number of the receipt that took its place. */
  readonly replacedBy: string | undefined;
  /** The document is as it was issued, and its money is not there any more. */
  readonly goneBack: "taken-back" | "returned" | undefined;
}

export interface IssuedResult extends Issued {
  readonly kind: "result";
  readonly number: string;
  readonly summary: string;
  readonly effectiveOn: PlainDate;
  readonly expiresOn: PlainDate | undefined;
  readonly signer: string;
}

/**
 * "Nguyễn Thị Ngọc Ẩn" → "N••• T••• N••• Ẩn": enough to compare with a paper in the hand, too little to learn a name
 * from a code that was photographed.
 */
export function maskName(name: string): string {
  const words = name.normalize("NFC").trim().split(/\s+/);
  return words.map((word, index) => (index === words.length - 1 ? word : `${[...word][0] ?? ""}•••`)).join(" ");
}
