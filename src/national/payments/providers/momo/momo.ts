import { AppError } from "#kit/errors.ts";
import { newSecretId } from "#kit/ids.ts";
import {
  createPayment,
  type Ipn,
  MOMO_AMOUNT_MAX,
  MOMO_AMOUNT_MIN,
  type MomoPartner,
  queryPayment,
  readIpn,
  signIpn,
  verdictOf,
  verifySignature,
} from "#protocols/momo/index.ts";
import { askMomoRefund, sendMomoRefund } from "./momo-refund.ts";
import type {
  AttemptFacts,
  CallbackInput,
  CallbackReading,
  PaymentProvider,
  Report,
  StartInput,
  StartOutcome,
} from "../provider.ts";

/** MoMo wallet, gateway version 2, capture at once. */
export function momoProvider(partner: MomoPartner): PaymentProvider {
  return {
    id: "momo",
    name: "MoMo",
    channels: [{ code: "momo", kind: "wallet", name: "MoMo" }],
    amountMin: MOMO_AMOUNT_MIN,
    amountMax: MOMO_AMOUNT_MAX,
    minutesToPay: 15,
    origin: new URL(partner.endpoint).origin,
    start: (input) => start(partner, input),
    ask: (attempt) => ask(partner, attempt),
    refund: (input) => sendMomoRefund(partner, input),
    askRefund: (input) => askMomoRefund(partner, input),
    readCallback: (input) => readCallback(partner, input),
    // MoMo wants 204 within 15 s, and nothing else: its answer has no codes.
    answerCallback: (verdict) => ({ status: verdict === "trouble" ? 500 : verdict === "untrusted" ? 400 : 204 }),
  };
}

async function start(partner: MomoPartner, input: StartInput): Promise<StartOutcome> {
  try {
    const answer = await createPayment(partner, {
      requestId: input.providerOrder,
      orderId: input.providerOrder,
      amount: input.amount,
      orderInfo: input.information,
      redirectUrl: input.returnUrl,
      ipnUrl: input.ipnUrl,
      requestType: "captureWallet",
      extraData: "",
      lang: input.lang,
      orderExpireTime: Math.max(1, Math.round((input.expiresAt.getTime() - input.createdAt.getTime()) / 60_000)),
    });
    const code = String(answer.resultCode);
    if (answer.resultCode === 0 && answer.payUrl && URL.canParse(answer.payUrl)) {
      return { kind: "redirect", payUrl: answer.payUrl };
    }
    // 40, 41: our own ids were used before, so an earlier call of ours did arrive. 10, 98, 99 and 7000 say nothing.
    const undecided = [0, 10, 40, 41, 98, 99, 7000, 7002].includes(answer.resultCode);
    return { kind: undecided ? "unknown" : "rejected", code };
  } catch (error) {
    const code = reasonOf(error);
    // Never connected: MoMo knows nothing of it, the payer may choose another way at once.
    return { kind: code === "unreached" ? "rejected" : "unknown", code };
  }
}

async function ask(partner: MomoPartner, attempt: AttemptFacts): Promise<Report> {
  try {
    const answer = await queryPayment(partner, attempt.providerOrder, newSecretId());
    return reportOf(answer.resultCode, answer.amount, answer.transId, attempt.amount);
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

function reportOf(resultCode: number, amount: number, transId: number, fallbackAmount: number): Report {
  const code = String(resultCode);
  const verdict = verdictOf(resultCode);
  switch (verdict) {
    case "paid":
      return { kind: "captured", amount, transaction: String(transId), code };
    case "untouched":
    case "processing":
    case "unknown":
      return { kind: verdict, code };
    default:
      // "Order not found" (42) comes without an amount.
      return {
        kind: "failed",
        amount: resultCode === 42 ? fallbackAmount : amount,
        reason: verdict === "failed" ? "declined" : verdict,
        code,
      };
  }
}

function readCallback(partner: MomoPartner, input: CallbackInput): CallbackReading {
  const raw = JSON.stringify(input.body ?? null).slice(0, 20_000);
  const ipn: Ipn | undefined = readIpn(input.body);
  if (!ipn) return { trusted: false, why: "malformed", raw };
  if (ipn.partnerCode !== partner.partnerCode) return { trusted: false, why: "partner", raw };
  if (!verifySignature(ipn, signIpn, partner.keyring)) return { trusted: false, why: "signature", raw };
  return {
    trusted: true,
    providerOrder: ipn.orderId,
    report: reportOf(ipn.resultCode, ipn.amount, ipn.transId, ipn.amount),
    raw,
  };
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? (error.reason ?? error.code) : "error";
}
