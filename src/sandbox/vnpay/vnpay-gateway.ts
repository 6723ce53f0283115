import { randomInt } from "node:crypto";
import { parseCompact } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import type { Journal } from "../journal/index.ts";
import type { CardOutcome, VnpayBook, VnpayEvent, VnpayPayment } from "./vnpay-book.ts";
import { BANKS } from "./vnpay-codes.ts";
import { isVnpayHash, vnpayQuery, type VnpayFields } from "./vnpay-signature.ts";

export interface VnpayMerchant {
  readonly tmnCode: string;
  readonly hashSecret: string;
  /** VNPAY keeps the IPN address in the terminal's settings; it is not sent with a payment. */
  readonly ipnUrl: string;
}

/** A card that the stand-in's banks know. `issue` is month and year as printed: `07/15`. */
export interface BankCard {
  readonly bank: string;
  readonly number: string;
  readonly name: string;
  readonly issue: string;
  readonly otp: string;
  readonly result: CardOutcome;
}

export interface VnpayGateway {
  readonly book: VnpayBook;
  readonly journal: Journal<VnpayEvent>;
  readonly merchant: VnpayMerchant;
  readonly cards: readonly BankCard[];
  readonly clock: Clock;
}

/** Most đồng of one payment at VNPAY. */
const MOST = 1_000_000_000;
const VALID_FOR_MS = 15 * 60_000;
const TRANSACTION_REF = /^[A-Za-z0-9._-]{1,100}$/;

export type Opened = { readonly payment: VnpayPayment } | { readonly error: string };

/**
 * The payer's browser arrives at vpcpay.html: terminal, hash, format, amount, dates are checked in this order; error codes
 * are those of VNPAY's error page. The same address opened twice shows the same payment.
 */
export function openPayment(gateway: VnpayGateway, query: VnpayFields): Opened {
  const refuse = (error: string): Opened => {
    gateway.journal.append({
      kind: "refused",
      call: "pay",
      code: error,
      txnRef: (query.vnp_TxnRef ?? "").slice(0, 100),
    });
    return { error };
  };
  const { merchant, clock } = gateway;
  if (query.vnp_TmnCode !== merchant.tmnCode) return refuse("72");
  if (!isVnpayHash(merchant.hashSecret, vnpayQuery(query), query.vnp_SecureHash)) return refuse("70");
  const order = readOrder(query);
  if (!order) return refuse("03");
  const chosenThere = ["", "VNBANK", "INTCARD"].includes(order.bankCode);
  if (!chosenThere && !BANKS.some((bank) => bank.code === order.bankCode)) {
    return refuse("76");
  }
  const known = gateway.book.byTxnRef.get(order.txnRef);
  if (known) {
    const same = known.createDate === order.createDate && known.amount === order.amount;
    return same ? { payment: known } : refuse("94");
  }
  const now = clock.now().getTime();
  if (order.created.getTime() > now + VALID_FOR_MS) return refuse("03");
  const expires = order.expires ?? new Date(order.created.getTime() + VALID_FOR_MS);
  if (now >= expires.getTime()) return refuse("15");
  const { created: _created, expires: _expires, ...wire } = order;
  const payId = newSecretId();
  gateway.journal.append({
    kind: "created",
    payId,
    tmnCode: merchant.tmnCode,
    ...wire,
    expiresAt: expires.toISOString(),
  });
  const payment = gateway.book.byPayId.get(payId);
  if (!payment) throw new Error("the book did not take up its own payment");
  return { payment };
}

function readOrder(query: VnpayFields) {
  const hundredths = query.vnp_Amount ?? "";
  const amount = /^\d{3,15}$/.test(hundredths) && hundredths.endsWith("00") ? Number(hundredths) / 100 : 0;
  const created = parseCompact(query.vnp_CreateDate ?? "");
  const expires = query.vnp_ExpireDate ? parseCompact(query.vnp_ExpireDate) : null;
  const returnUrl = query.vnp_ReturnUrl ?? "";
  const orderInfo = query.vnp_OrderInfo ?? "";
  const txnRef = query.vnp_TxnRef ?? "";
  const good =
    query.vnp_Version === "2.1.0" &&
    query.vnp_Command === "pay" &&
    query.vnp_CurrCode === "VND" &&
    (query.vnp_Locale === "vn" || query.vnp_Locale === "en") &&
    amount > 0 &&
    amount <= MOST &&
    created !== undefined &&
    expires !== undefined &&
    TRANSACTION_REF.test(txnRef) &&
    orderInfo !== "" &&
    orderInfo.length <= 255 &&
    (query.vnp_IpAddr ?? "") !== "" &&
    (query.vnp_OrderType ?? "") !== "" &&
    URL.canParse(returnUrl) &&
    /^https?:$/.test(new URL(returnUrl).protocol);
  if (!good || !created) return undefined;
  return {
    amount,
    created,
    expires,
    returnUrl,
    orderInfo,
    txnRef,
    locale: query.vnp_Locale === "en" ? ("en" as const) : ("vn" as const),
    bankCode: query.vnp_BankCode ?? "",
    createDate: query.vnp_CreateDate ?? "",
  };
}

/** A transaction number as VNPAY's: eight digits. */
export function newTransactionNo(): string {
  return String(randomInt(10_000_000, 99_999_999));
}

export function isExpired(payment: VnpayPayment, now: Date): boolean {
  return now.getTime() >= Date.parse(payment.expiresAt);
}
