import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import { type Job, JobRefused } from "#kit/jobs.ts";
import type { PaymentHub, RefundInput, RefundReport } from "#national/payments/index.ts";
import { isRefundOver } from "./refund-lifecycle.ts";
import { findRefundOrder, type RefundOrder, stepRefund } from "./refund-store.ts";

/**
 * Job `send-refund`, key = the settlement, so that refunds of one payment go one after the other. "sending" is committed
 * before the provider is called; whoever finds a refund in it (after a crash, after silence) asks before telling again,
 * under the same id, so that one refund is at most one refund at the provider.
 */
export async function sendRefund(hub: PaymentHub, job: Job): Promise<void> {
  const { refund: id } = job.payload as { refund: string };
  const order = await findRefundOrder(hub.database, id);
  if (!order || order.state === "requested") throw new JobRefused(`refund ${id} is not approved`);
  if (isRefundOver(order.state)) return;
  const provider = hub.providers.find(order.provider);
  if (!provider?.refund || !provider.askRefund) throw new JobRefused(`${order.provider} takes no refunds: by hand`);
  const input = inputOf(order);
  if (order.state === "sending") {
    const known = notAnother(order, await provider.askRefund(input));
    if (await record(hub, order, known)) return;
    if (known.kind !== "absent") throw notYet(order, known);
  } else {
    await stepRefund(hub.database, id, "send");
  }
  // F10: written down that it is being sent, the provider has not been told.
  crashPoint("F10", order.provider);
  const report = await provider.refund(input);
  // F11: the provider has answered, nothing is written.
  crashPoint("F11", order.provider);
  if (!(await record(hub, order, report))) throw notYet(order, report);
}

/** False while the provider has not decided. */
async function record(hub: PaymentHub, order: RefundOrder, report: RefundReport): Promise<boolean> {
  if (report.kind === "refunded") {
    await stepRefund(hub.database, order.id, "done", { transaction: report.transaction, code: report.code });
    return true;
  }
  if (report.kind === "refused") {
    await stepRefund(hub.database, order.id, "decline", { code: report.code });
    hub.log.warn({ refund: order.id, code: report.code }, "refund declined by the provider");
    return true;
  }
  return false;
}

/** VNPAY answers with the latest refund of a payment: an earlier one of ours is not this one. */
function notAnother(order: RefundOrder, report: RefundReport): RefundReport {
  const another = report.kind === "refunded" && order.others.includes(report.transaction);
  return another ? { kind: "absent", code: report.code } : report;
}

function notYet(order: RefundOrder, report: RefundReport): AppError {
  return new AppError("unavailable", {
    reason: "refund-undecided",
    message: `${order.provider} has not decided refund ${order.id} (${report.kind} ${report.code})`,
  });
}

function inputOf(order: RefundOrder): RefundInput {
  return {
    attempt: {
      id: order.attemptId,
      providerOrder: order.providerOrder,
      amount: order.captured,
      createdAt: order.attemptCreatedAt,
      expiresAt: order.attemptExpiresAt,
    },
    transaction: order.transaction,
    refundId: order.id,
    amount: order.amount,
    reason: order.reason,
    requestedBy: (order.decidedBy ?? "").replaceAll("-", "").slice(-12),
    requestedAt: order.requestedAt,
  };
}
