import { formatCompact } from "#kit/calendar.ts";
import { newSecretId } from "#kit/ids.ts";
import type { VnpayPayment } from "./vnpay-book.ts";
import { transactionStatus } from "./vnpay-bank.ts";
import { newTransactionNo, type VnpayGateway } from "./vnpay-gateway.ts";
import { isVnpayHash, SIGNED_VALUES, vnpayHash, vnpayValues } from "./vnpay-signature.ts";

export interface TransactionAnswer {
  readonly body: Readonly<Record<string, string>>;
  /** True when the call changed the books. */
  readonly changed: boolean;
}

/**
 * `POST /merchant_webapi/api/transaction`: querydr and refund. Answers carry VNPAY's codes: 00 found or done, 02 unknown
 * terminal, 03 format, 91 not found, 94 request id used, 95 the payment did not succeed, 97 hash, 99 other.
 */
export function answerTransaction(gateway: VnpayGateway, body: Readonly<Record<string, unknown>>): TransactionAnswer {
  const command = body.vnp_Command === "refund" ? "refund" : body.vnp_Command === "querydr" ? "querydr" : undefined;
  const fields = command && readFields(body, command);
  const signer = (code: string, payment?: VnpayPayment, extra: Readonly<Record<string, string>> = {}) =>
    signedAnswer(gateway, command ?? "querydr", fields ?? {}, code, payment, extra);
  const refuse = (code: string): TransactionAnswer => {
    gateway.journal.append({
      kind: "refused",
      call: command ?? "transaction",
      code,
      txnRef: (fields?.vnp_TxnRef ?? "").slice(0, 100),
    });
    return { body: signer(code), changed: false };
  };
  if (!command || !fields) return refuse("03");
  if (fields.vnp_TmnCode !== gateway.merchant.tmnCode) return refuse("02");
  if (!isVnpayHash(gateway.merchant.hashSecret, vnpayValues(command, fields), body.vnp_SecureHash)) return refuse("97");
  const payment = gateway.book.byTxnRef.get(fields.vnp_TxnRef ?? "");
  if (!payment || payment.createDate !== fields.vnp_TransactionDate) return refuse("91");
  if (command === "querydr") return { body: signer("00", payment, lastRefundOf(payment)), changed: false };
  return refund(gateway, payment, fields, refuse, signer);
}

/**
 * After a refund querydr speaks of the refund: type 02 (whole) or 03 (part), status 06 (handed to the bank), the refund's
 * own amount and number.
 */
function lastRefundOf(payment: VnpayPayment): Record<string, string> {
  const last = payment.refunds.at(-1);
  if (!last) return {};
  return {
    vnp_Amount: String(last.amount * 100),
    vnp_TransactionNo: last.transactionNo,
    vnp_TransactionType: last.amount === payment.amount ? "02" : "03",
    vnp_TransactionStatus: "06",
  };
}

function refund(
  gateway: VnpayGateway,
  payment: VnpayPayment,
  fields: Readonly<Record<string, string>>,
  refuse: (code: string) => TransactionAnswer,
  signer: (code: string, payment?: VnpayPayment, extra?: Readonly<Record<string, string>>) => Record<string, string>,
): TransactionAnswer {
  const requestId = fields.vnp_RequestId ?? "";
  const amount = Number(fields.vnp_Amount) / 100;
  if (gateway.book.requestIds.has(requestId)) return refuse("94");
  if (payment.result?.responseCode !== "00") return refuse("95");
  if (!Number.isSafeInteger(amount) || amount <= 0) return refuse("03");
  const given = payment.refunds.reduce((sum, one) => sum + one.amount, 0);
  const whole = fields.vnp_TransactionType === "02";
  if (given + amount > payment.amount || (whole && amount !== payment.amount)) return refuse("99");
  const transactionNo = newTransactionNo();
  gateway.journal.append({ kind: "refunded", payId: payment.payId, requestId, amount, transactionNo });
  const extra = {
    vnp_Amount: String(amount * 100),
    vnp_TransactionNo: transactionNo,
    vnp_TransactionType: fields.vnp_TransactionType ?? "02",
    vnp_TransactionStatus: "05",
  };
  return { body: signer("00", payment, extra), changed: true };
}

/** The fields that the command signs, as texts; undefined when a needed one is missing. */
function readFields(
  body: Readonly<Record<string, unknown>>,
  command: "querydr" | "refund",
): Record<string, string> | undefined {
  const out: Record<string, string> = {};
  for (const short of SIGNED_VALUES[command]) {
    const name = `vnp_${short}`;
    const value = body[name];
    const text = typeof value === "number" ? String(value) : (value ?? "");
    if (typeof text !== "string" || text.length > 255) return undefined;
    // A refund may leave the transaction's number empty; everything else must be there.
    if (text === "" && short !== "TransactionNo") return undefined;
    out[name] = text;
  }
  return out;
}

const MESSAGES: Readonly<Record<string, string>> = {
  "00": "Request success",
  "02": "Invalid TmnCode",
  "03": "Invalid data format",
  "91": "Transaction not found",
  "94": "Duplicate request",
  "95": "Transaction was not successful",
  "97": "Invalid checksum",
  "99": "Other error",
};

function signedAnswer(
  gateway: VnpayGateway,
  command: "querydr" | "refund",
  fields: Readonly<Record<string, string>>,
  code: string,
  payment: VnpayPayment | undefined,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const result = payment?.result;
  const answer: Record<string, string> = {
    vnp_ResponseId: newSecretId().replaceAll("-", ""),
    vnp_Command: command,
    vnp_ResponseCode: code,
    vnp_Message: MESSAGES[code] ?? "Other error",
    vnp_TmnCode: fields.vnp_TmnCode ?? "",
    vnp_TxnRef: fields.vnp_TxnRef ?? "",
    vnp_Amount: payment ? String(payment.amount * 100) : "",
    vnp_OrderInfo: payment?.orderInfo ?? fields.vnp_OrderInfo ?? "",
    vnp_BankCode: result?.bankCode ?? "",
    vnp_PayDate: result ? formatCompact(new Date(result.at)) : "",
    vnp_TransactionNo: result?.transactionNo ?? "",
    vnp_TransactionType: payment ? "01" : "",
    vnp_TransactionStatus: payment ? statusOf(payment) : "",
    ...extra,
  };
  const message = command === "refund" ? "refund-answer" : "querydr-answer";
  return { ...answer, vnp_SecureHash: vnpayHash(gateway.merchant.hashSecret, vnpayValues(message, answer)) };
}

/** 01: not finished; 04: taken back by the bank. */
function statusOf({ result, reversed }: VnpayPayment): string {
  if (reversed) return "04";
  return result ? transactionStatus(result.responseCode) : "01";
}
