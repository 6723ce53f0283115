import { formatCompact } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { newSecretId } from "#kit/ids.ts";
import {
  fromWireAmount,
  queryTransaction,
  refundTransaction,
  toWireAmount,
  type VnpayTerminal,
} from "#protocols/vnpay/index.ts";
import type { RefundInput, RefundReport } from "../provider.ts";

/** 94: the request id was used, so an earlier call of ours did arrive. 98, 99 say nothing. Everything else is a no. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["94", "98", "99"]);
const ADDRESS = "127.0.0.1";

export async function sendVnpayRefund(terminal: VnpayTerminal, input: RefundInput): Promise<RefundReport> {
  try {
    const answer = await refundTransaction(terminal, {
      vnp_RequestId: input.refundId.replaceAll("-", ""),
      vnp_TransactionType: input.amount === input.attempt.amount ? "02" : "03",
      vnp_TxnRef: input.attempt.providerOrder,
      vnp_Amount: toWireAmount(input.amount),
      vnp_TransactionNo: input.transaction,
      vnp_TransactionDate: formatCompact(input.attempt.createdAt),
      vnp_CreateBy: input.requestedBy,
      vnp_CreateDate: formatCompact(new Date()),
      vnp_IpAddr: ADDRESS,
      vnp_OrderInfo: `Hoan tien giao dich ${input.attempt.providerOrder}`,
    });
    const code = answer.vnp_ResponseCode;
    if (code === "00") return { kind: "refunded", transaction: answer.vnp_TransactionNo, code };
    return SAYS_NOTHING.has(code) ? { kind: "unknown", code } : { kind: "refused", code };
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

/**
 * querydr of a payment that was refunded speaks of its latest refund (vnp_TransactionType 02 or 03): 05 and 06 mean that
 * VNPAY has taken it, 09 that the bank refused. Whether it is this very refund, the caller sees by its number.
 */
export async function askVnpayRefund(terminal: VnpayTerminal, input: RefundInput): Promise<RefundReport> {
  try {
    const answer = await queryTransaction(terminal, {
      vnp_RequestId: newSecretId().replaceAll("-", ""),
      vnp_TxnRef: input.attempt.providerOrder,
      vnp_OrderInfo: `Hoi hoan tien ${input.attempt.providerOrder}`,
      vnp_TransactionDate: formatCompact(input.attempt.createdAt),
      vnp_CreateDate: formatCompact(new Date()),
      vnp_IpAddr: ADDRESS,
    });
    const code = `${answer.vnp_ResponseCode}/${answer.vnp_TransactionStatus}`;
    if (answer.vnp_ResponseCode !== "00") return { kind: "unknown", code };
    if (answer.vnp_TransactionType === "01") return { kind: "absent", code };
    if (fromWireAmount(answer.vnp_Amount) !== input.amount) return { kind: "absent", code };
    if (answer.vnp_TransactionStatus === "09") return { kind: "refused", code };
    const taken = ["00", "05", "06"].includes(answer.vnp_TransactionStatus);
    return taken ? { kind: "refunded", transaction: answer.vnp_TransactionNo, code } : { kind: "unknown", code };
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? (error.reason ?? error.code) : "error";
}
