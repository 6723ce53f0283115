import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import { type Job, JobRefused } from "#kit/jobs.ts";
import { RESULT_CODE, sendConfirm } from "#protocols/payment-order/index.ts";
import { confirmOf } from "./answer-platform.ts";
import type { PaymentHub } from "./payment.ts";
import { findAttempt, findOrder } from "./payment-store.ts";

/**
 * Job `confirm-merchant`, key = order, so that a merchant hears of an order's attempts in their order: sends CONFIRM and
 * is done when the merchant answers "00". Anything else is tried again; the merchant knows MaGiaoDich from the first time.
 */
export async function confirmMerchant(hub: PaymentHub, job: Job): Promise<void> {
  const { attempt: id, paid } = job.payload as { attempt: string; paid: boolean };
  const attempt = await findAttempt(hub.database, id);
  const order = attempt && (await findOrder(hub.database, attempt.orderId));
  const merchant = order && hub.merchants.get(order.merchant);
  if (!attempt || !order || !merchant) throw new JobRefused(`no attempt, order or merchant for ${id}`);
  // A failure that became a success meanwhile: the success has its own job behind this one.
  if (!paid && attempt.state === "succeeded") return;
  const message = confirmOf(order, attempt, merchant);
  if (!message) return;
  // F8: the job is claimed, the merchant has not been called.
  crashPoint("F8");
  const answer = await sendConfirm(merchant.confirmUrl, message, merchant.secrets);
  // F9: the merchant has settled, the job is not marked done.
  crashPoint("F9");
  if (answer.MaLoi !== RESULT_CODE.ok) {
    throw new AppError("unavailable", {
      reason: "refused",
      message: `${merchant.code} answers CONFIRM with ${answer.MaLoi}: ${answer.MoTaLoi}`,
    });
  }
}
