import { AppError } from "#kit/errors.ts";
import { newSecretId } from "#kit/ids.ts";
import { type MomoPartner, queryPayment, refundPayment } from "#protocols/momo/index.ts";
import type { RefundInput, RefundReport } from "../provider.ts";

/** Accepted, not decided. */
const UNDECIDED: ReadonlySet<number> = new Set([7000, 7002]);
/** 40, 41: the same ids were used before, so an earlier call of ours did arrive. 10, 98, 99 say nothing. */
const SAYS_NOTHING: ReadonlySet<number> = new Set([10, 40, 41, 98, 99]);

/** A refund's orderId and requestId at MoMo: always the same for one refund. */
function nameOf(input: RefundInput): string {
  return input.refundId.replaceAll("-", "");
}

export async function sendMomoRefund(partner: MomoPartner, input: RefundInput): Promise<RefundReport> {
  try {
    const name = nameOf(input);
    const answer = await refundPayment(partner, {
      orderId: name,
      requestId: name,
      amount: input.amount,
      transId: Number(input.transaction),
      lang: "vi",
      description: input.reason.slice(0, 200),
    });
    return reportOf(answer.resultCode, answer.transId);
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

/** MoMo's query of the payment lists its refunds, each under the orderId that it was asked for with. */
export async function askMomoRefund(partner: MomoPartner, input: RefundInput): Promise<RefundReport> {
  try {
    const answer = await queryPayment(partner, input.attempt.providerOrder, newSecretId());
    const code = String(answer.resultCode);
    if (answer.resultCode !== 0 || !Array.isArray(answer.refundTrans)) return { kind: "unknown", code };
    const known = answer.refundTrans.find((refund) => refund.orderId === nameOf(input));
    return known ? reportOf(known.resultCode, known.transId) : { kind: "absent", code };
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

function reportOf(resultCode: number, transId: number): RefundReport {
  const code = String(resultCode);
  if (resultCode === 0) return { kind: "refunded", transaction: String(transId), code };
  if (UNDECIDED.has(resultCode)) return { kind: "processing", code };
  return SAYS_NOTHING.has(resultCode) ? { kind: "unknown", code } : { kind: "refused", code };
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? (error.reason ?? error.code) : "error";
}
