/** Calls to VNPAY's merchant API, and the address of its payment page. */
import { AppError } from "#kit/errors.ts";
import {
  type PayParameters,
  type QueryAnswer,
  type QueryRequest,
  type RefundAnswer,
  type RefundRequest,
  VNPAY_VERSION,
} from "./messages.ts";
import {
  canonicalQuery,
  signParameters,
  signQueryRequest,
  signRefundRequest,
  verifyQueryAnswer,
  verifyRefundAnswer,
  type VnpaySecrets,
} from "./signature.ts";

const QUERY_TIMEOUT_MS = 5_000;

export interface VnpayTerminal {
  /** https://sandbox.vnpayment.vn/paymentv2/vpcpay.html */
  readonly payUrl: string;
  /** https://sandbox.vnpayment.vn/merchant_webapi/api/transaction */
  readonly apiUrl: string;
  readonly tmnCode: string;
  readonly secrets: VnpaySecrets;
}

/** The signed address of the payment page; nothing is called, VNPAY learns of the order when the citizen opens it. */
export function payAddress(
  terminal: VnpayTerminal,
  parameters: Omit<PayParameters, "vnp_Version" | "vnp_Command" | "vnp_TmnCode" | "vnp_CurrCode">,
): string {
  const whole: PayParameters = {
    ...parameters,
    vnp_Version: VNPAY_VERSION,
    vnp_Command: "pay",
    vnp_TmnCode: terminal.tmnCode,
    vnp_CurrCode: "VND",
  };
  const fields: Record<string, string> = { ...whole };
  return `${terminal.payUrl}?${canonicalQuery(fields)}&vnp_SecureHash=${signParameters(fields, terminal.secrets[0])}`;
}

/**
 * querydr. Errors: `unavailable` on silence and on an answer whose hash is wrong. VNPAY leaves the hash out of answers
 * that speak of the question only (91, 94, 97, 99): they are returned unverified and must never be taken for money.
 */
export async function queryTransaction(
  terminal: VnpayTerminal,
  question: Omit<QueryRequest, "vnp_SecureHash" | "vnp_Version" | "vnp_Command" | "vnp_TmnCode">,
): Promise<QueryAnswer> {
  const whole = {
    ...question,
    vnp_Version: VNPAY_VERSION,
    vnp_Command: "querydr",
    vnp_TmnCode: terminal.tmnCode,
  } as const;
  const request: QueryRequest = { ...whole, vnp_SecureHash: signQueryRequest(whole, terminal.secrets[0]) };
  const answer = await post(terminal.apiUrl, request);
  if (
    answer.vnp_ResponseCode === "00" &&
    (!verifyQueryAnswer(answer, terminal.secrets) || answer.vnp_TxnRef !== question.vnp_TxnRef)
  ) {
    throw new AppError("unavailable", {
      reason: "unreadable",
      message: "the hash or order of VNPAY's answer is wrong",
    });
  }
  return answer;
}

/**
 * Refund, whole (02) or in part (03). vnp_RequestId names the refund: told again, VNPAY answers 94 and pays nothing twice.
 * Errors: as `queryTransaction`.
 */
export async function refundTransaction(
  terminal: VnpayTerminal,
  request: Omit<RefundRequest, "vnp_SecureHash" | "vnp_Version" | "vnp_Command" | "vnp_TmnCode">,
): Promise<RefundAnswer> {
  const whole = {
    ...request,
    vnp_Version: VNPAY_VERSION,
    vnp_Command: "refund",
    vnp_TmnCode: terminal.tmnCode,
  } as const;
  const answer: RefundAnswer = await post(terminal.apiUrl, {
    ...whole,
    vnp_SecureHash: signRefundRequest(whole, terminal.secrets[0]),
  });
  if (
    answer.vnp_ResponseCode === "00" &&
    (!verifyRefundAnswer(answer, terminal.secrets) || answer.vnp_TxnRef !== request.vnp_TxnRef)
  ) {
    throw new AppError("unavailable", {
      reason: "unreadable",
      message: "the hash or order of VNPAY's answer is wrong",
    });
  }
  return answer;
}

async function post(url: string, request: QueryRequest | RefundRequest): Promise<QueryAnswer> {
  let body: unknown;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      redirect: "error",
      signal: AbortSignal.timeout(QUERY_TIMEOUT_MS),
    });
    body = await response.json();
  } catch (cause) {
    const timedOut = cause instanceof DOMException && cause.name === "TimeoutError";
    throw new AppError("unavailable", {
      reason: timedOut ? "timeout" : "unreachable",
      message: "VNPAY gives no answer",
      cause,
    });
  }
  if (
    typeof body !== "object" ||
    body === null ||
    typeof (body as Record<string, unknown>)["vnp_ResponseCode"] !== "string"
  ) {
    throw new AppError("unavailable", { reason: "unreadable", message: "VNPAY's answer is not one of its answers" });
  }
  return { ...EMPTY_ANSWER, ...(body as Partial<QueryAnswer>) };
}

const EMPTY_ANSWER: QueryAnswer = {
  vnp_ResponseId: "",
  vnp_Command: "querydr",
  vnp_ResponseCode: "99",
  vnp_Message: "",
  vnp_TmnCode: "",
  vnp_TxnRef: "",
  vnp_Amount: "",
  vnp_BankCode: "",
  vnp_PayDate: "",
  vnp_TransactionNo: "",
  vnp_TransactionType: "",
  vnp_TransactionStatus: "",
  vnp_OrderInfo: "",
  vnp_PromotionCode: "",
  vnp_PromotionAmount: "",
  vnp_SecureHash: "",
};
