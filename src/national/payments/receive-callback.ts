import type { PaymentHub } from "./payment.ts";
import { keepEvidence, type ReversedAnswer } from "./payment-store.ts";
import type { CallbackInput, CallbackVerdict, PaymentProvider } from "./providers/provider.ts";
import { reverseAttempt, settleAttempt } from "./settle-attempt.ts";

/**
 * A provider's own call to us (IPN). Nothing is believed before the signature; what is not believed changes nothing, is
 * kept as evidence and answered in the provider's words.
 */
export async function receiveCallback(
  hub: PaymentHub,
  provider: PaymentProvider,
  input: CallbackInput,
): Promise<CallbackVerdict> {
  const reading = provider.readCallback(input);
  if (!reading.trusted) {
    await keepEvidence(hub.database, `${provider.id}/callback`, reading.why, reading.raw);
    hub.log.error({ provider: provider.id, why: reading.why }, "callback not believed");
    return "untrusted";
  }
  const { report, providerOrder, raw } = reading;
  if (report.kind === "reversed") {
    const { verdict } = await reverseAttempt(hub, {
      provider: provider.id,
      providerOrder,
      report,
      source: "callback",
      raw,
    });
    return verdict === "disputed" || verdict === "failed" ? "recorded" : asVerdict(verdict);
  }
  if (report.kind !== "captured" && report.kind !== "failed") {
    hub.log.info({ provider: provider.id, code: report.code }, "callback without a decision: the sweep will ask");
    return "not-final";
  }
  const { verdict } = await settleAttempt(hub, {
    provider: provider.id,
    providerOrder,
    report,
    source: "callback",
    raw,
  });
  return asVerdict(verdict);
}

function asVerdict(verdict: ReversedAnswer["verdict"]): CallbackVerdict {
  switch (verdict) {
    case "disputed":
    case "settled":
    case "overpaid":
    case "failed":
      return "recorded";
    case "already":
    case "unknown-order":
    case "amount-differs":
      return verdict;
    case "transaction-differs":
      return "trouble";
  }
}
