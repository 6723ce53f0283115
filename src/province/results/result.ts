import type { PlainDate } from "#kit/calendar.ts";

/** The fields of a result (TT 01/2023/TT-VPCP Đ9 k4) as entered by the officer. */
export interface ResultFields {
  /** số, ký hiệu: "1635/GCN-SNN" */
  readonly number: string;
  /** trích yếu */
  readonly summary: string;
  /** ngày hiệu lực */
  readonly effectiveOn: PlainDate;
  /** ngày hết hạn; missing when the result holds without end */
  readonly expiresOn?: PlainDate | undefined;
  /** the field's own data, as the procedure defines it */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Result {
  readonly id: string;
  readonly dossierId: string;
  readonly number: string;
  readonly summary: string;
  readonly effectiveOn: PlainDate;
  readonly expiresOn: PlainDate | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: "unsigned" | "signed";
  /** The uploaded file that is, or was, to be signed */
  readonly file: { readonly sha256: string; readonly name: string };
  /** Exactly these bytes are what citizens download */
  readonly signed: ResultSignature | undefined;
  /** Verification code, 16 letters and digits */
  readonly code: string;
  readonly enteredBy: string;
  readonly enteredAt: Date;
}

export interface ResultSignature {
  readonly sha256: string;
  readonly size: number;
  readonly signerName: string;
  readonly agency: string;
  readonly at: Date;
}

/** Why a result is not taken. Words for people are in messages.ts, one per reason. */
export type ResultRefusal =
  | "number-missing"
  | "number-too-long"
  | "summary-missing"
  | "summary-too-long"
  | "effective-on-wrong"
  | "expires-on-wrong"
  | "expires-before-effective"
  | "file-not-pdf"
  | "file-encrypted"
  | "file-active-content"
  | "file-broken";

/** Which control a refusal belongs to, for the error beside it. */
export const RESULT_REFUSAL_FIELD = {
  "number-missing": "number",
  "number-too-long": "number",
  "summary-missing": "summary",
  "summary-too-long": "summary",
  "effective-on-wrong": "effectiveOn",
  "expires-on-wrong": "expiresOn",
  "expires-before-effective": "expiresOn",
  "file-not-pdf": "file",
  "file-encrypted": "file",
  "file-active-content": "file",
  "file-broken": "file",
} as const satisfies Record<ResultRefusal, string>;
