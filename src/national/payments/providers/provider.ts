/**
 * The contract of a bank gateway or wallet. A provider only speaks: it builds messages, checks what comes in and says
 * what it learned. What follows from it is decided in one place, `settle-attempt.ts`. Adding a provider is one file here
 * and one line in `registry.ts`; `provider-contract.test.ts` runs the same tests against all of them.
 */
import type { Lang } from "#kit/i18n.ts";

export type ProviderId = "momo" | "vnpay" | "zalopay" | "vnpt-pay" | "vietqr";

/** bank: a domestic card of that bank · internet-banking · international: a card of an international brand · … */
export type ChannelKind = "bank" | "internet-banking" | "international" | "wallet" | "transfer";

/** What the payer picks: one bank, one wallet, or a transfer by QR code. */
export interface Channel {
  /** In forms and tables: `vnpay-ncb`, `momo`. */
  readonly code: string;
  readonly kind: ChannelKind;
  readonly name: string;
  /** The provider's own code of the bank, if it has one. */
  readonly bank?: string;
  /** Short name on the badge that we draw for it. */
  readonly badge?: string;
}

/** What a provider needs to know of an attempt. `providerOrder` names it at the provider. */
export interface AttemptFacts {
  readonly id: string;
  readonly providerOrder: string;
  /** đồng */
  readonly amount: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface StartInput extends AttemptFacts {
  readonly channel: Channel;
  /** "Thanh toán lệ phí cho hồ sơ 363815" */
  readonly information: string;
  readonly returnUrl: string;
  readonly ipnUrl: string;
  readonly payerIp: string;
  readonly lang: Lang;
}

export type StartOutcome =
  | { readonly kind: "redirect"; readonly payUrl: string }
  /** The provider said no: nothing can have been paid. */
  | { readonly kind: "rejected"; readonly code: string }
  /** No answer, or one that says nothing: the provider may have taken the order. */
  | { readonly kind: "unknown"; readonly code: string };

/** Why a try failed, as far as it concerns the payer. */
export type FailureReason = "declined" | "cancelled" | "expired" | "rejected";

/** What is known about the money of one attempt. */
export type Report =
  | { readonly kind: "captured"; readonly amount: number; readonly transaction: string; readonly code: string }
  | { readonly kind: "failed"; readonly amount: number; readonly reason: FailureReason; readonly code: string }
  /** Taken back after it was captured (or before we heard of it): the payer has the money again, the provider says. */
  | { readonly kind: "reversed"; readonly amount: number; readonly code: string }
  /** The payer has not begun; nothing can be in flight. */
  | { readonly kind: "untouched"; readonly code: string }
  /** It may still become either. */
  | { readonly kind: "processing"; readonly code: string }
  /** The provider could not be asked or did not say. */
  | { readonly kind: "unknown"; readonly code: string };

/** A callback as it came: query for GET, parsed JSON for POST. */
export interface CallbackInput {
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type CallbackReading =
  | { readonly trusted: true; readonly providerOrder: string; readonly report: Report; readonly raw: string }
  | { readonly trusted: false; readonly why: "malformed" | "signature" | "partner"; readonly raw: string };

/** How the callback ended for us; each provider has its own words for it. */
export type CallbackVerdict =
  | "recorded"
  | "already"
  | "unknown-order"
  | "amount-differs"
  | "untrusted"
  | "not-final"
  | "trouble";

export interface CallbackAnswer {
  readonly status: number;
  /** JSON; absent = empty body. */
  readonly body?: object;
}

/** Money back to the payer, whole or in part. */
export interface RefundInput {
  readonly attempt: AttemptFacts;
  /** The provider's transaction of the capture. */
  readonly transaction: string;
  /** Ours, made before the first call and kept: the same id again is the same refund. A UUID. */
  readonly refundId: string;
  /** đồng */
  readonly amount: number;
  readonly reason: string;
  /** Of the person who approved it; goes to the provider, so no name. */
  readonly requestedBy: string;
  /** When the refund was first asked for: providers find it again by this. */
  readonly requestedAt: Date;
}

/** What is known about one refund. Unknown stays unknown until `askRefund` says. */
export type RefundReport =
  | { readonly kind: "refunded"; readonly transaction: string; readonly code: string }
  /** The provider said no: nothing has gone back under this refund id. */
  | { readonly kind: "refused"; readonly code: string }
  /** Asked about it, the provider has never seen this refund id: it may be sent. */
  | { readonly kind: "absent"; readonly code: string }
  | { readonly kind: "processing"; readonly code: string }
  | { readonly kind: "unknown"; readonly code: string };

export interface PaymentProvider {
  readonly id: ProviderId;
  readonly name: string;
  readonly channels: readonly Channel[];
  /** đồng, inclusive */
  readonly amountMin: number;
  readonly amountMax: number;
  /** The order's name at the provider when 32 hex digits do not suit it. Pure: the same attempt has the same name. */
  orderName?(attemptId: string): string;
  /** How long the payer has at the provider. */
  readonly minutesToPay: number;
  /** Origin that the payer's browser is sent to, for the page's form-action. */
  readonly origin: string;
  /** May call the provider. Never throws for what the provider did or did not do. */
  start(input: StartInput): Promise<StartOutcome>;
  /** Asks the provider about one attempt. Never throws; silence is `unknown`. */
  ask(attempt: AttemptFacts): Promise<Report>;
  /** Its answer to `ask` can say that a success was taken back: successes are asked about again (`look-for-reversals.ts`). */
  readonly saysReversed?: boolean;
  /** Sends money back. Absent: the provider has no such message and an operator transfers by hand. Never throws. */
  refund?(input: RefundInput): Promise<RefundReport>;
  /** Asks what became of a refund that was sent. Absent as `refund` is. Never throws. */
  askRefund?(input: RefundInput): Promise<RefundReport>;
  /** Checks a callback's form, signature and partner. Pure. */
  readCallback(input: CallbackInput): CallbackReading;
  answerCallback(verdict: CallbackVerdict): CallbackAnswer;
}
