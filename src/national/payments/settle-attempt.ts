import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import { nextLookAt } from "./ask-schedule.ts";
import type { PaymentHub, Source } from "./payment.ts";
import { type ReversedAnswer, reverseInDatabase, type SettleAnswer } from "./payment-store.ts";
import type { Report } from "./providers/provider.ts";
import { settleTogether } from "./settle-together.ts";

export interface SettleRequest {
  readonly provider: string;
  readonly providerOrder: string;
  readonly report: Extract<Report, { kind: "captured" | "failed" }>;
  readonly source: Source;
  readonly raw: string;
}

/**
 * The one place where an attempt ends, whoever learned of it: callback, the payer's return, the sweep. One statement, one
 * transaction; saying the same thing again changes nothing. The report must come from the provider and be checked
 * (signature) before it gets here; amount and order are checked inside.
 */
export async function settleAttempt(hub: PaymentHub, request: SettleRequest): Promise<SettleAnswer> {
  const { report, ...rest } = request;
  const now = hub.clock.now();
  // F4: the message has arrived and was believed, nothing is written.
  crashPoint("F4", request.provider);
  const answer = await settleTogether(hub.database, {
    ...rest,
    outcome: report.kind,
    amount: report.amount,
    code: report.code,
    ...(report.kind === "captured"
      ? { transaction: report.transaction }
      : { reason: report.reason, nextAskAt: nextLookAt(now, now) }),
  });
  // F6: committed, and the caller has not heard of it.
  crashPoint("F6", request.provider);
  if (
    answer.verdict === "unknown-order" ||
    answer.verdict === "amount-differs" ||
    answer.verdict === "transaction-differs"
  ) {
    hub.log.error(
      { verdict: answer.verdict, provider: request.provider, attempt: answer.attemptId },
      "payment report not believed",
    );
  } else if (answer.verdict === "overpaid") {
    hub.log.warn({ attempt: answer.attemptId, order: answer.orderId }, "order paid twice: refund is due");
  }
  return answer;
}

/**
 * The provider says that a payment was taken back. A success of ours becomes a dispute, and the agency is told with the same
 * commit; what was not yet a success has failed.
 */
export async function reverseAttempt(
  hub: PaymentHub,
  request: Omit<SettleRequest, "report"> & { readonly report: Extract<Report, { kind: "reversed" }> },
): Promise<ReversedAnswer> {
  const { report, provider, providerOrder, source, raw } = request;
  const now = hub.clock.now();
  const { amount, code } = report;
  const nextAskAt = nextLookAt(now, now);
  const input = { provider, providerOrder, source, raw, amount, code, ...(nextAskAt ? { nextAskAt } : {}) };
  const answer = await reverseInDatabase(hub.database, input);
  hub.log.warn({ verdict: answer.verdict, provider, attempt: answer.attemptId }, "a payment was taken back");
  return answer;
}

/** Ends an attempt of which the provider itself said that the payer never began it. */
export async function endWithoutMoney(
  hub: PaymentHub,
  attempt: { provider: string; providerOrder: string; amount: number },
  reason: "given-up" | "expired" | "rejected",
  source: Source,
  code: string,
): Promise<SettleAnswer> {
  const now = hub.clock.now();
  const answer = await settleTogether(hub.database, {
    provider: attempt.provider,
    providerOrder: attempt.providerOrder,
    outcome: "failed",
    amount: attempt.amount,
    reason,
    code,
    source,
    nextAskAt: nextLookAt(now, now),
    raw: "",
  });
  if (answer.verdict === "unknown-order") throw new AppError("not-found", { message: "no such attempt" });
  return answer;
}
