/** The words of the payment hub. */
import type { Config } from "#kit/config.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import type { Secrets } from "#protocols/payment-order/index.ts";
import type { StatementFeed } from "#protocols/vietqr/index.ts";
import type { AttemptState } from "./payment-lifecycle.ts";
import type { ProviderId } from "./providers/provider.ts";
import type { ProviderRegistry } from "./providers/registry.ts";

/** A collecting agency that opens orders (MaDoiTac). */
export interface Merchant {
  readonly code: string;
  /** "Cổng DVC Tây Ninh" */
  readonly name: string;
  readonly secrets: Secrets;
  readonly token: string;
  /** Where CONFIRM is sent. */
  readonly confirmUrl: string;
  /** Where DISPUTE is sent. */
  readonly disputeUrl: string;
  /** Where the payer's browser goes back to; `?MaThamChieu=…` is appended. */
  readonly returnUrl: string;
}

/** The hub's own bank account: what a QR code says about it, and how its statement is read. */
export interface CollectingAccount extends StatementFeed {
  /** Six digits of the bank in the NAPAS list. */
  readonly bankBin: string;
  readonly bankName: string;
  readonly holder: string;
  readonly appUrl?: string;
}

/** What the room's use cases work with; made once by the application. */
export interface PaymentHub {
  readonly database: Database;
  readonly providers: ProviderRegistry;
  readonly merchants: ReadonlyMap<string, Merchant>;
  /** Where transfers by VietQR arrive; absent: they are not offered. */
  readonly collecting?: CollectingAccount;
  /** Of the national portal: return and callback addresses are built on it. */
  readonly origin: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface OrderDetails {
  readonly payeeName: string;
  /** Treasury account (TKThuHuong) that what was collected is paid on to. */
  readonly payeeAccount?: string;
  readonly procedure: string;
  readonly lines: readonly { readonly name: string; readonly amount: number }[];
}

export interface PaymentOrder {
  readonly id: string;
  readonly merchant: string;
  readonly reference: string;
  readonly amount: number;
  readonly information: string;
  readonly dossier: string;
  readonly details: OrderDetails;
  readonly state: "open" | "paid";
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly paidAt: Date | null;
}

/** Why money that came in on the collecting account is not a payment. */
export type UnmatchedReason = "unknown-content" | "several-references" | "amount-differs" | "paid-twice";

export type AttemptReason = "declined" | "cancelled" | "expired" | "given-up" | "rejected";

export interface PaymentAttempt {
  readonly id: string;
  readonly orderId: string;
  readonly provider: ProviderId;
  readonly channel: string;
  readonly providerOrder: string;
  readonly hubTransaction: string;
  readonly amount: number;
  readonly state: AttemptState;
  readonly reason: AttemptReason | null;
  readonly payUrl: string | null;
  readonly providerCode: string | null;
  readonly providerTransaction: string | null;
  readonly askCount: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly changedAt: Date;
  /** Of a success: false when the order was paid before, so that this money goes back. */
  readonly kept: boolean | null;
  /** The bank or wallet wants it back (open, answered) or has it back (lost); null: nothing of the kind. */
  readonly dispute: "open" | "answered" | "lost" | null;
}

/** Who caused a change: kept in the history and the audit. */
export type Source = "callback" | "return" | "sweep" | "payer" | "start";

/** An order can be paid for so long; a success that arrives later still counts. */
export const ORDER_HOURS = 24;

export function collectingFromConfig({ secrets, services }: Config): CollectingAccount | undefined {
  if (!secrets.vietqr || !services.vietqr) return undefined;
  const { statementUrl, ...account } = services.vietqr;
  return { ...account, url: statementUrl, key: secrets.vietqr.statementKey };
}

/** The merchants of the provinces that the configuration names. */
export function merchantsFromConfig(config: Config): ReadonlyMap<string, Merchant> {
  const merchants = new Map<string, Merchant>();
  for (const province of config.origins.provinces) {
    const known = config.secrets.merchants[province.code];
    if (!known) continue;
    merchants.set(known.partner, {
      code: known.partner,
      name: `Cổng DVC ${province.name}`,
      secrets: known.previousSecret ? [known.secret, known.previousSecret] : [known.secret],
      token: known.token,
      confirmUrl: `${province.portal}/thanh-toan/xac-nhan`,
      disputeUrl: `${province.portal}/thanh-toan/khieu-nai`,
      returnUrl: `${province.portal}/thanh-toan/tra-ve`,
    });
  }
  return merchants;
}
