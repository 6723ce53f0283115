import type { Dong } from "#kit/money.ts";

/** fee = phí, charge = lệ phí: different revenues of the state, each with its own receipt. */
export type ReceiptKind = "fee" | "charge";

/** Who collects (tổ chức thu), as the receipt must name it (NĐ 254/2026/NĐ-CP Đ23.2). */
export interface Collector {
  readonly name: string;
  readonly taxCode: string;
  readonly address: string;
  /** Body above, for the head of the page */
  readonly superior?: string;
}

export interface ReceiptLine {
  readonly code: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitAmount: Dong;
  readonly amount: Dong;
  /** The legal text the amount comes from */
  readonly basis: string;
}

/** What is printed and signed, frozen at issue. */
export interface ReceiptContent {
  readonly collector: Collector;
  readonly payer: { readonly name: string; readonly address?: string };
  /** National account of the dossier's applicant, who may read the receipt although somebody else paid */
  readonly applicantSub: string;
  readonly dossier: { readonly code?: string; readonly number?: number; readonly procedureName: string };
  readonly lines: readonly ReceiptLine[];
  /** How it was paid: "Cổng Dịch vụ công Quốc gia – MoMo" */
  readonly method: string;
  /** Of a replacement receipt: the one that it stands for, which stays as it was issued. `date` is an ISO instant. */
  readonly replaces?: {
    readonly form: string;
    readonly series: string;
    readonly number: string;
    readonly date: string;
    readonly reason: string;
  };
}

export interface Receipt {
  readonly id: string;
  readonly settlementId: string;
  readonly dossierId: string;
  readonly kind: ReceiptKind;
  /** EBL01: electronic, no printed face value (TT 91/2026/TT-BTC, annex II) */
  readonly form: string;
  /** "26TAA": year of the collection, T, two letters */
  readonly series: string;
  readonly number: number;
  readonly payerSub: string;
  readonly content: ReceiptContent;
  readonly amount: Dong;
  readonly paidAt: Date;
  readonly createdAt: Date;
  /** Verification code, 16 letters and digits */
  readonly code: string;
  readonly files: { readonly xml?: string; readonly pdf?: string };
}

/** "00000123": eight digits as printed. */
export function receiptNumber(number: number): string {
  return String(number).padStart(8, "0");
}

export function receiptTitle(kind: ReceiptKind): string {
  return kind === "fee" ? "BIÊN LAI THU TIỀN PHÍ" : "BIÊN LAI THU TIỀN LỆ PHÍ";
}
