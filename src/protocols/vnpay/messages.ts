/**
 * Messages of the VNPAY payment gateway 2.1.0 (sandbox.vnpayment.vn/apis/docs). Amounts on the wire are đồng × 100 as
 * text; times are `yyyyMMddHHmmss` in GMT+7; vnp_TxnRef is ours and unique per terminal and day.
 */
export const VNPAY_VERSION = "2.1.0";

/** The parameters of the payment address (GET vpcpay.html), before signing. */
export interface PayParameters {
  readonly vnp_Version: typeof VNPAY_VERSION;
  readonly vnp_Command: "pay";
  readonly vnp_TmnCode: string;
  readonly vnp_Amount: string;
  readonly vnp_BankCode: string;
  readonly vnp_CreateDate: string;
  readonly vnp_CurrCode: "VND";
  readonly vnp_IpAddr: string;
  readonly vnp_Locale: "vn" | "en";
  /** No Vietnamese marks, no special characters. */
  readonly vnp_OrderInfo: string;
  readonly vnp_OrderType: string;
  readonly vnp_ReturnUrl: string;
  readonly vnp_ExpireDate: string;
  readonly vnp_TxnRef: string;
}

/** What IPN (GET to our address) and return bring, as far as we read it. */
export interface Callback {
  readonly vnp_TmnCode: string;
  readonly vnp_TxnRef: string;
  readonly vnp_Amount: string;
  readonly vnp_BankCode: string;
  readonly vnp_PayDate: string;
  readonly vnp_ResponseCode: string;
  readonly vnp_TransactionNo: string;
  readonly vnp_TransactionStatus: string;
}

/** POST /merchant_webapi/api/transaction */
export interface QueryRequest {
  readonly vnp_RequestId: string;
  readonly vnp_Version: typeof VNPAY_VERSION;
  readonly vnp_Command: "querydr";
  readonly vnp_TmnCode: string;
  readonly vnp_TxnRef: string;
  readonly vnp_OrderInfo: string;
  /** vnp_CreateDate of the payment that is asked about */
  readonly vnp_TransactionDate: string;
  readonly vnp_CreateDate: string;
  readonly vnp_IpAddr: string;
  readonly vnp_SecureHash: string;
}

export interface QueryAnswer {
  readonly vnp_ResponseId: string;
  readonly vnp_Command: string;
  readonly vnp_ResponseCode: string;
  readonly vnp_Message: string;
  readonly vnp_TmnCode: string;
  readonly vnp_TxnRef: string;
  readonly vnp_Amount: string;
  readonly vnp_BankCode: string;
  readonly vnp_PayDate: string;
  readonly vnp_TransactionNo: string;
  readonly vnp_TransactionType: string;
  readonly vnp_TransactionStatus: string;
  readonly vnp_OrderInfo: string;
  readonly vnp_PromotionCode: string;
  readonly vnp_PromotionAmount: string;
  readonly vnp_SecureHash: string;
}

export interface RefundRequest {
  readonly vnp_RequestId: string;
  readonly vnp_Version: typeof VNPAY_VERSION;
  readonly vnp_Command: "refund";
  readonly vnp_TmnCode: string;
  /** 02 whole, 03 part */
  readonly vnp_TransactionType: "02" | "03";
  readonly vnp_TxnRef: string;
  readonly vnp_Amount: string;
  readonly vnp_TransactionNo: string;
  readonly vnp_TransactionDate: string;
  readonly vnp_CreateBy: string;
  readonly vnp_CreateDate: string;
  readonly vnp_IpAddr: string;
  readonly vnp_OrderInfo: string;
  readonly vnp_SecureHash: string;
}

/** As QueryAnswer without the promotion: vnp_Amount and vnp_TransactionNo are the refund's. */
export type RefundAnswer = Omit<QueryAnswer, "vnp_PromotionCode" | "vnp_PromotionAmount">;

/** The answer to an IPN: 00 and 02 end it; 01, 04, 97, 99 and silence are repeated by VNPAY, up to 10 times every 5 min. */
export const RSP = {
  ok: { RspCode: "00", Message: "Confirm Success" },
  notFound: { RspCode: "01", Message: "Order not found" },
  alreadyConfirmed: { RspCode: "02", Message: "Order already confirmed" },
  amount: { RspCode: "04", Message: "Invalid amount" },
  checksum: { RspCode: "97", Message: "Invalid signature" },
  other: { RspCode: "99", Message: "Unknown error" },
} as const;
export type Rsp = (typeof RSP)[keyof typeof RSP];

export const VNPAY_AMOUNT_MIN = 5_000;
export const VNPAY_AMOUNT_MAX = 999_999_999;

/** đồng → the wire's text (× 100). */
export function toWireAmount(amount: number): string {
  return String(amount * 100);
}

/** The wire's text → đồng; undefined when it is not a whole number of đồng. */
export function fromWireAmount(text: string): number | undefined {
  if (!/^\d{3,14}$/.test(text) || !text.endsWith("00")) return undefined;
  return Number(text.slice(0, -2));
}

/** As MoMo's: paid, taken back ("giao dịch đảo"), not begun, still undecided, over, or nothing said about the money. */
export type VnpayVerdict =
  | "paid"
  | "reversed"
  | "untouched"
  | "processing"
  | "cancelled"
  | "expired"
  | "failed"
  | "unknown";

/**
 * IPN and return: paid only when both the response code and the transaction status are 00. 07 ("suspected") was charged
 * and is being looked at by VNPAY: it is neither paid nor failed.
 */
export function verdictOfCallback(responseCode: string, transactionStatus: string): VnpayVerdict {
  if (responseCode === "00" && transactionStatus === "00") return "paid";
  if (transactionStatus === "04") return "reversed";
  if (responseCode === "07" || transactionStatus === "07") return "processing";
  if (responseCode === "00" && (transactionStatus === "01" || transactionStatus === "")) return "processing";
  if (responseCode === "24") return "cancelled";
  if (responseCode === "11") return "expired";
  return "failed";
}

/**
 * querydr: vnp_ResponseCode speaks of the question (91 not found, 94 repeated, 97 signature, 99), vnp_TransactionStatus of
 * the money. Not found means that the payer never opened the page, or that VNPAY has not written it yet: untouched.
 */
export function verdictOfQuery(responseCode: string, transactionStatus: string): VnpayVerdict {
  if (responseCode === "91") return "untouched";
  if (responseCode !== "00" || transactionStatus === "") return "unknown";
  if (transactionStatus === "00") return "paid";
  if (transactionStatus === "04") return "reversed";
  if (transactionStatus === "01") return "untouched";
  if (transactionStatus === "05" || transactionStatus === "06" || transactionStatus === "07") return "processing";
  return "failed";
}
