import { formatCompact } from "#kit/calendar.ts";
import { answerOf, type Callback, type CallbackVariant, type Send } from "../callbacks/index.ts";
import type { Behaviour } from "../control/index.ts";
import type { CardOutcome, VnpayPayment } from "./vnpay-book.ts";
import { BANKS } from "./vnpay-codes.ts";
import { isExpired, newTransactionNo, type VnpayGateway } from "./vnpay-gateway.ts";
import { vnpayHash, vnpayQuery } from "./vnpay-signature.ts";

/** What the bank answers to a form of the payer's. */
export type BankStep =
  | { readonly step: "otp" }
  /** `after`: something more happens by itself, in so many ms. */
  | { readonly step: "finished"; readonly after?: { readonly what: "settle" | "reverse"; readonly ms: number } }
  | { readonly step: "again"; readonly field: "bank" | "name" | "number" | "issue" | "otp" };

const MOST_TRIES = 3;

/**
 * The bank's answer to a card that cannot pay. VNPAY's published list has 12 for a locked card and 51 for no funds; it has
 * no code for an expired card, which therefore comes as 99 ("other").
 */
const REFUSED_WITH: Readonly<Record<Exclude<CardOutcome, "success">, string>> = {
  "insufficient-funds": "51",
  locked: "12",
  expired: "99",
};

export interface TypedCard {
  readonly bank: string;
  readonly name: string;
  readonly number: string;
  readonly month: string;
  readonly year: string;
}

/** "Thanh toán" on the card page: goes on to the OTP page when bank, name, number and month of issue are the card's. */
export function giveCard(gateway: VnpayGateway, payment: VnpayPayment, typed: TypedCard): BankStep {
  if (payment.result) return { step: "finished" };
  if (isExpired(payment, gateway.clock.now())) return fail(gateway, payment, "11");
  const bank = BANKS.find((one) => one.code === typed.bank);
  if (!bank) return { step: "again", field: "bank" };
  const number = typed.number.replace(/[\s-]/g, "");
  // VNPAY's sandbox has test cards of one bank only; here they stand for a card of whichever bank the payer chose.
  const card = gateway.cards.find((one) => one.number === number);
  const field = wrongField(card, typed);
  if (!card || field) {
    gateway.journal.append({ kind: "wrong-card", payId: payment.payId });
    if (payment.wrongCards >= MOST_TRIES) return fail(gateway, payment, "10");
    return { step: "again", field: field ?? "number" };
  }
  gateway.journal.append({
    kind: "card-accepted",
    payId: payment.payId,
    bankCode: bank.code,
    lastFour: number.slice(-4),
    outcome: card.result,
  });
  // A card that the bank refuses is refused here, before an OTP would be sent.
  if (card.result !== "success") return fail(gateway, payment, REFUSED_WITH[card.result]);
  return { step: "otp" };
}

function wrongField(
  card: { readonly name: string; readonly issue: string } | undefined,
  typed: TypedCard,
): "name" | "number" | "issue" | undefined {
  if (!card) return "number";
  if (typed.name.trim().replace(/\s+/g, " ").toUpperCase() !== card.name) return "name";
  const [month, year] = card.issue.split("/");
  if (Number(typed.month) !== Number(month) || typed.year.trim().slice(-2) !== year) return "issue";
  return undefined;
}

/** "Xác nhận" on the OTP page. Three wrong codes end the payment with 13. */
export function giveOtp(
  gateway: VnpayGateway,
  payment: VnpayPayment,
  otp: string,
  ordered: () => Behaviour | undefined,
): BankStep {
  if (payment.result) return { step: "finished" };
  if (!payment.card) return { step: "again", field: "number" };
  if (isExpired(payment, gateway.clock.now())) return fail(gateway, payment, "11");
  const { bankCode, lastFour } = payment.card;
  const expected = gateway.cards.find((one) => one.number.endsWith(lastFour))?.otp;
  if (otp.replace(/\s/g, "") !== expected) {
    gateway.journal.append({ kind: "wrong-otp", payId: payment.payId });
    if (payment.wrongOtps >= MOST_TRIES) return fail(gateway, payment, "13");
    return { step: "again", field: "otp" };
  }
  const behaviour = ordered();
  if (behaviour?.kind === "decline" && behaviour.code !== "00") {
    return fail(gateway, payment, behaviour.code.padStart(2, "0"));
  }
  if (behaviour?.kind === "settle-late") {
    // VNPAY's "suspected": neither paid nor failed until it has looked.
    fail(gateway, payment, "07");
    return { step: "finished", after: { what: "settle", ms: behaviour.ms } };
  }
  capture(gateway, payment, { bankCode, lastFour });
  if (behaviour?.kind === "reversal") return { step: "finished", after: { what: "reverse", ms: behaviour.ms } };
  return { step: "finished" };
}

function capture(
  gateway: VnpayGateway,
  payment: VnpayPayment,
  card: { readonly bankCode: string; readonly lastFour: string },
): void {
  gateway.journal.append({
    kind: "captured",
    payId: payment.payId,
    txnRef: payment.txnRef,
    amount: payment.amount,
    transactionNo: newTransactionNo(),
    bankCode: card.bankCode,
    lastFour: card.lastFour,
  });
}

/** Ends a suspected payment (07) one way or the other, as VNPAY's own people would. */
export function settleSuspected(gateway: VnpayGateway, payment: VnpayPayment, responseCode: string): void {
  if (payment.result?.responseCode !== "07" || !payment.card) return;
  if (responseCode === "00") capture(gateway, payment, payment.card);
  else fail(gateway, payment, responseCode);
}

/** The bank takes a finished payment back: querydr and the IPN say 04 from now on. */
export function reverseAtBank(gateway: VnpayGateway, payment: VnpayPayment): void {
  if (payment.result?.responseCode !== "00" || payment.reversed) return;
  const { payId, txnRef, amount } = payment;
  gateway.journal.append({ kind: "reversed", payId, txnRef, amount });
}

/** "Quay lại": the payer gives up, code 24. */
export function cancelAtBank(gateway: VnpayGateway, payment: VnpayPayment): BankStep {
  return payment.result ? { step: "finished" } : fail(gateway, payment, "24");
}

function fail(gateway: VnpayGateway, payment: VnpayPayment, responseCode: string): BankStep {
  gateway.journal.append({
    kind: "failed",
    payId: payment.payId,
    txnRef: payment.txnRef,
    responseCode,
    // A payment that never reached the bank has no transaction there.
    transactionNo: responseCode === "24" || responseCode === "11" ? "0" : newTransactionNo(),
    bankCode: payment.card?.bankCode ?? (payment.bankCode || "VNPAY"),
  });
  return { step: "finished" };
}

/** Parameters of the return address and of the IPN, signed. */
export function resultFields(
  gateway: VnpayGateway,
  payment: VnpayPayment,
  change: { readonly amount?: number; readonly secret?: string; readonly success?: boolean } = {},
): Record<string, string> {
  const result = payment.result;
  const responseCode = change.success ? "00" : (result?.responseCode ?? "99");
  const transactionNo = result?.transactionNo ?? newTransactionNo();
  const fields: Record<string, string> = {
    vnp_Amount: String((change.amount ?? payment.amount) * 100),
    vnp_BankCode: result?.bankCode ?? "NCB",
    ...(responseCode === "00" ? { vnp_BankTranNo: `VNP${transactionNo}` } : {}),
    vnp_CardType: "ATM",
    vnp_OrderInfo: payment.orderInfo,
    vnp_PayDate: formatCompact(result ? new Date(result.at) : gateway.clock.now()),
    vnp_ResponseCode: responseCode,
    vnp_TmnCode: payment.tmnCode,
    vnp_TransactionNo: transactionNo,
    vnp_TransactionStatus: payment.reversed && !change.success ? "04" : transactionStatus(responseCode),
    vnp_TxnRef: payment.txnRef,
  };
  return { ...fields, vnp_SecureHash: vnpayHash(change.secret ?? gateway.merchant.hashSecret, vnpayQuery(fields)) };
}

/** vnp_TransactionStatus belonging to a response code: 00 done, 07 suspected, 02 failed. */
export function transactionStatus(responseCode: string): string {
  return responseCode === "00" || responseCode === "07" ? responseCode : "02";
}

function signedUrl(address: string, fields: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return url.href;
}

/** Where the payer's browser goes back to: for display only (VNPAY's own guide). */
export function returnAddress(gateway: VnpayGateway, payment: VnpayPayment): string {
  return signedUrl(payment.returnUrl, resultFields(gateway, payment));
}

/** The IPN: GET with the signed result; RspCode 00 and 02 end it, everything else is tried again. */
export function vnpayCallback(gateway: VnpayGateway, payment: VnpayPayment, send: Send): Callback {
  return {
    id: payment.payId,
    attempts: payment.callbackAttempts,
    send: (variant) =>
      answerOf(
        send({ url: signedUrl(gateway.merchant.ipnUrl, ipnFields(gateway, payment, variant)), method: "GET" }),
        readAnswer,
      ),
    record: ({ variant, answer, last }) =>
      void gateway.journal.append({ kind: "callback-sent", payId: payment.payId, variant, ...answer, last }),
  };
}

function ipnFields(gateway: VnpayGateway, payment: VnpayPayment, variant: CallbackVariant): Record<string, string> {
  if (variant === "forged") return resultFields(gateway, payment, { success: true, secret: "not-the-secret-of-vnpay" });
  if (variant === "other-amount") return resultFields(gateway, payment, { amount: payment.amount + 1000 });
  return resultFields(gateway, payment);
}

function readAnswer({ status, body }: { readonly status: number; readonly body: string }) {
  let code = "";
  try {
    code = String((JSON.parse(body) as { RspCode?: unknown }).RspCode ?? "");
  } catch {
    return { accepted: false, said: `HTTP ${status}, not JSON` };
  }
  return { accepted: status === 200 && (code === "00" || code === "02"), said: `RspCode ${code.slice(0, 10)}` };
}
