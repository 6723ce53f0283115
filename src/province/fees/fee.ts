/** The words of the fees room on the money's side: obligation → request → attempts → settlement. */
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { Log } from "#kit/log.ts";
import type { PlatformPartner } from "#protocols/payment-order/index.ts";

/**
 * What a dossier owes. Amounts are whole đồng. exempt: every line is free, with its reason; cancelled: replaced by another
 * one before it was paid.
 */
export interface Obligation {
  readonly id: string;
  readonly dossierId: string;
  readonly total: number;
  readonly state: "due" | "paid" | "exempt" | "cancelled";
  /** filing and result: by the procedure's rules; officer: asked for later, with a reason; postage: for the public post. */
  readonly occasion: "filing" | "result" | "officer" | "postage";
  readonly reason: string | null;
  /** Whoever has it may pay: `/nop-thay/<code>`. */
  readonly payCode: string;
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly lines: readonly ObligationLine[];
}

export interface ObligationLine {
  readonly code: string;
  readonly kind: "fee" | "charge";
  readonly name: Text;
  readonly amount: number;
  readonly quantity: number | null;
  readonly unitAmount: number | null;
  readonly basis: string;
  readonly exemption: Exempted | null;
  /** false: not given back when the request is refused. */
  readonly refundable: boolean;
}

/** Why a line is free or less; an officer's decision names the paper that proves it and who decided. */
export interface Exempted {
  readonly reason: Text;
  readonly basis?: string;
  readonly proof?: string;
  readonly by?: string;
}

/**
 * One INIT towards the hub. initiated: the hub has not answered yet · open: it gave a page to pay at · verifying: it says
 * that an attempt is undecided · paid · closed: the hub refused it or its time is over.
 */
export type RequestState = "initiated" | "open" | "verifying" | "paid" | "closed";

export interface PaymentRequest {
  readonly id: string;
  readonly obligationId: string;
  readonly dossierId: string;
  readonly reference: string;
  readonly amount: number;
  readonly state: RequestState;
  readonly payUrl: string | null;
  readonly askCount: number;
  readonly createdAt: Date;
}

/** A row of "Lịch sử giao dịch". */
export interface Transaction {
  readonly id: string;
  readonly dossierId: string;
  readonly dossierNumber: number | null;
  readonly dossierCode: string | null;
  readonly at: Date;
  readonly amount: number;
  readonly state: "failed" | "succeeded" | "verifying";
  readonly hubTransaction: string | null;
  /** Of a success: false when it has to be returned. */
  readonly kept: boolean | null;
  readonly receipts: readonly { readonly id: string; readonly kind: "fee" | "charge" }[];
  /** Of a success: a bank or wallet wants it back, or has it back. */
  readonly dispute: "open" | "lost" | null;
  /** cash and transfer were recorded by an officer at the desk. */
  readonly method: "online" | "cash" | "transfer";
}

/** What the pages and the INIT need to know of a dossier: read by the room's view, never changed here. */
export interface PayableDossier {
  readonly id: string;
  readonly number: number | null;
  readonly code: string | null;
  readonly state: string;
  readonly applicantSub: string;
  readonly applicant: { readonly name: string; readonly identityNumber: string; readonly address?: string };
  readonly procedure: { readonly code: string; readonly name: Text };
  readonly agency: { readonly id: string; readonly name: string; readonly identifier: string };
}

/** The account that receives the money of an agency. */
export interface PayeeAccount {
  readonly holder: string;
  readonly holderName: Text;
  readonly bankCode: string;
  readonly bankName: string;
  readonly account: string;
}

/** Who collects, as receipts name it. */
export interface CollectingAgency {
  readonly name: string;
  readonly taxCode: string;
  readonly address: string;
  readonly superior?: string;
}

/** What the room's use cases work with, one for each province; made by the application. */
export interface Fees {
  readonly tenant: string;
  /** The building's database, without a tenant: one-statement transactions set it themselves. */
  readonly database: Database;
  readonly hub: PlatformPartner;
  readonly provinceName: string;
  /** Of the province's portal: where links and QR codes for payers lead. */
  readonly portalOrigin: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly payeeOf: (agencyId: string) => PayeeAccount;
  readonly collectorOf: (agency: { id: string; name: string }) => CollectingAgency;
}

/** The platform takes 500 characters. */
const NAMES_IN_ORDER = 20;

/** "Thanh toán lệ phí cho hồ sơ 363815", as the source's order says. */
export function orderText(...dossiers: readonly Pick<PayableDossier, "number" | "code" | "id">[]): string {
  const names = dossiers.map((dossier) => String(dossier.number ?? dossier.code ?? dossier.id));
  if (names.length === 1) return `Thanh toán lệ phí cho hồ sơ ${names[0]}`;
  const sorted = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const which = names.length <= NAMES_IN_ORDER ? names.join(", ") : `từ ${sorted[0]} đến ${sorted.at(-1)}`;
  return `Thanh toán lệ phí cho ${names.length} hồ sơ ${which}`;
}
