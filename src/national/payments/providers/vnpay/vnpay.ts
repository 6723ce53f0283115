import { formatCompact } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { newSecretId } from "#kit/ids.ts";
import {
  fromWireAmount,
  payAddress,
  queryTransaction,
  RSP,
  toWireAmount,
  VNPAY_AMOUNT_MAX,
  VNPAY_AMOUNT_MIN,
  type VnpayTerminal,
  type VnpayVerdict,
  verdictOfCallback,
  verdictOfQuery,
  verifyParameters,
} from "#protocols/vnpay/index.ts";
import { bankShortName } from "#protocols/vietqr/index.ts";
import { askVnpayRefund, sendVnpayRefund } from "./vnpay-refund.ts";
import type {
  AttemptFacts,
  CallbackAnswer,
  CallbackInput,
  CallbackReading,
  CallbackVerdict,
  Channel,
  PaymentProvider,
  Report,
  StartInput,
} from "../provider.ts";

/** Six digits of the bank in the NAPAS list, and VNPAY's vnp_BankCode of it; the name on the page is the list's short one. */
const CARD_BANKS = [
  ["970415", "VIETINBANK"],
  ["970436", "VIETCOMBANK"],
  ["970418", "BIDV"],
  ["970405", "AGRIBANK"],
  ["970407", "TECHCOMBANK"],
  ["970422", "MBBANK"],
  ["970403", "SACOMBANK"],
  ["970419", "NCB"],
] as const;

/** Domestic cards bank by bank; VNBANK: an account by internet banking, the bank is chosen there; INTCARD: Visa and the like. */
const CHANNELS: readonly Channel[] = [
  ...CARD_BANKS.map(([bin, bank]): Channel => {
    const name = bankShortName(bin);
    return { code: `vnpay-${bank.toLowerCase()}`, kind: "bank", name, bank, badge: name };
  }),
  { code: "vnpay-internet-banking", kind: "internet-banking", name: "Internet Banking", bank: "VNBANK" },
  { code: "vnpay-international", kind: "international", name: "Visa, Mastercard", bank: "INTCARD" },
];

export function vnpayProvider(terminal: VnpayTerminal): PaymentProvider {
  return {
    id: "vnpay",
    name: "VNPAY",
    channels: CHANNELS,
    amountMin: VNPAY_AMOUNT_MIN,
    amountMax: VNPAY_AMOUNT_MAX,
    minutesToPay: 15,
    origin: new URL(terminal.payUrl).origin,
    // Nothing is called: VNPAY learns of the order when the payer's browser arrives.
    start: async (input) => ({ kind: "redirect", payUrl: addressOf(terminal, input) }),
    ask: (attempt) => ask(terminal, attempt),
    saysReversed: true,
    refund: (input) => sendVnpayRefund(terminal, input),
    askRefund: (input) => askVnpayRefund(terminal, input),
    readCallback: (input) => readCallback(terminal, input),
    answerCallback,
  };
}

function addressOf(terminal: VnpayTerminal, input: StartInput): string {
  return payAddress(terminal, {
    vnp_Amount: toWireAmount(input.amount),
    vnp_BankCode: input.channel.bank ?? "",
    vnp_CreateDate: formatCompact(input.createdAt),
    vnp_ExpireDate: formatCompact(input.expiresAt),
    vnp_IpAddr: input.payerIp,
    vnp_Locale: input.lang === "en" ? "en" : "vn",
    vnp_OrderInfo: withoutMarks(input.information),
    vnp_OrderType: "other",
    vnp_ReturnUrl: input.returnUrl,
    vnp_TxnRef: input.providerOrder,
  });
}

async function ask(terminal: VnpayTerminal, attempt: AttemptFacts): Promise<Report> {
  try {
    const answer = await queryTransaction(terminal, {
      vnp_RequestId: newSecretId().replaceAll("-", ""),
      vnp_TxnRef: attempt.providerOrder,
      vnp_OrderInfo: `Hoi giao dich ${attempt.providerOrder}`,
      vnp_TransactionDate: formatCompact(attempt.createdAt),
      vnp_CreateDate: formatCompact(new Date()),
      vnp_IpAddr: "127.0.0.1",
    });
    const code = `${answer.vnp_ResponseCode}/${answer.vnp_TransactionStatus}`;
    const verdict = verdictOfQuery(answer.vnp_ResponseCode, answer.vnp_TransactionStatus);
    return reportOf(verdict, answer.vnp_Amount, answer.vnp_TransactionNo, code);
  } catch (error) {
    return { kind: "unknown", code: error instanceof AppError ? (error.reason ?? error.code) : "error" };
  }
}

function reportOf(verdict: VnpayVerdict, wireAmount: string, transaction: string, code: string): Report {
  switch (verdict) {
    case "paid":
      // An amount that is no amount settles nothing: 0 differs from every order.
      return { kind: "captured", amount: fromWireAmount(wireAmount) ?? 0, transaction, code };
    case "reversed":
      return { kind: "reversed", amount: fromWireAmount(wireAmount) ?? 0, code };
    case "untouched":
    case "processing":
    case "unknown":
      return { kind: verdict, code };
    default:
      return {
        kind: "failed",
        amount: fromWireAmount(wireAmount) ?? 0,
        reason: verdict === "failed" ? "declined" : verdict,
        code,
      };
  }
}

function readCallback(terminal: VnpayTerminal, input: CallbackInput): CallbackReading {
  const { query } = input;
  const raw = new URLSearchParams(query).toString().slice(0, 20_000);
  const { vnp_TxnRef: providerOrder, vnp_TmnCode: tmnCode, vnp_Amount: amount, vnp_ResponseCode: response } = query;
  if (!query["vnp_SecureHash"]) return { trusted: false, why: "signature", raw };
  if (!verifyParameters(query, terminal.secrets)) return { trusted: false, why: "signature", raw };
  if (!providerOrder || !amount || !response) return { trusted: false, why: "malformed", raw };
  if (tmnCode !== terminal.tmnCode) return { trusted: false, why: "partner", raw };
  const status = query["vnp_TransactionStatus"] ?? "";
  const report = reportOf(
    verdictOfCallback(response, status),
    amount,
    query["vnp_TransactionNo"] ?? "",
    `${response}/${status}`,
  );
  return { trusted: true, providerOrder, report, raw };
}

/** 00 and 02 end VNPAY's repeating; 01, 04, 97, 99 bring it back, up to ten times. */
function answerCallback(verdict: CallbackVerdict): CallbackAnswer {
  const rsp = {
    recorded: RSP.ok,
    already: RSP.alreadyConfirmed,
    "not-final": RSP.ok,
    "unknown-order": RSP.notFound,
    "amount-differs": RSP.amount,
    untrusted: RSP.checksum,
    trouble: RSP.other,
  }[verdict];
  return { status: 200, body: rsp };
}

/** VNPAY takes no Vietnamese marks and no special characters in vnp_OrderInfo. */
function withoutMarks(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .replace(/[^0-9A-Za-z .-]/g, " ")
    .slice(0, 255);
}
