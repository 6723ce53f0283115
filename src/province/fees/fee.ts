/** The words of the fees room on the money's side: obligation → request → attempts → settlement. */
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { Log } from "#kit/log.ts";
import type { PlatformPartner } from "#protocols/payment-order/index.ts";

/** What a dossier owes. Amounts are whole đồng. */
export interface Obligation {
  readonly id: string;
  readonly dossierId: string;
  readonly total: number;
  readonly state: "due" | "paid";
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
  readonly exemption: { readonly reason: Text } | null;
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
  readonly clock: Clock;
  readonly log: Log;
  readonly payeeOf: (agencyId: string) => PayeeAccount;
  readonly collectorOf: (agency: { id: string; name: string }) => CollectingAgency;
}

/** "Thanh toán lệ phí cho hồ sơ 363815", as the source's order says. */
export function orderText(dossier: Pick<PayableDossier, "number" | "code" | "id">): string {
  return `Thanh toán lệ phí cho hồ sơ ${dossier.number ?? dossier.code ?? dossier.id}`;
}
