import { answerOf, type Callback, type CallbackVariant, type Send } from "../callbacks/index.ts";
import type { Behaviour } from "../control/index.ts";
import type { MomoPayment } from "./momo-book.ts";
import { momoMessage } from "./momo-codes.ts";
import { isExpired, type MomoGateway, newTransId } from "./momo-gateway.ts";
import { momoSignature } from "./momo-signature.ts";

/** A wallet that the stand-in knows, and what happens when it pays (MoMo's result code; 0 paid, 7000 stays pending). */
export interface Wallet {
  readonly phone: string;
  readonly password: string;
  readonly otp: string;
  readonly resultCode: number;
  /** The same in a word, for the list of wallets to try. */
  readonly result: string;
}

const MOST_WRONG_OTPS = 3;
/** How long a wallet of the kinds "late" and "reversed" waits, unless the control panel says otherwise. */
const LATE_MS = 20 * 60_000;
const REVERSED_MS = 5_000;

export type WalletStep =
  /** `after`: something more happens by itself, in so many ms. */
  | { readonly step: "finished"; readonly after?: { readonly what: "settle" | "reverse"; readonly ms: number } }
  | {
      readonly step: "again";
      readonly field: "phone" | "password" | "otp";
      readonly reason: "unknown-wallet" | "wrong-password" | "wrong-otp";
    };

/**
 * The payer presses "Xác nhận thanh toán". Ends the payment (captured, or failed with MoMo's code), leaves it pending
 * (7000), or says what to type again. A finished payment stays as it is, whatever is pressed: one order, one outcome.
 */
export function payWithWallet(
  gateway: MomoGateway,
  payment: MomoPayment,
  typed: { readonly phone: string; readonly password: string; readonly otp: string },
  ordered: () => Behaviour | undefined,
): WalletStep {
  if (payment.result || payment.pending) return { step: "finished" };
  if (isExpired(payment, gateway.clock.now())) return fail(gateway, payment, 1005);
  const phone = typed.phone.replace(/[\s.]/g, "");
  const wallet = gateway.wallets.find((one) => one.phone === phone);
  if (!wallet) return { step: "again", field: "phone", reason: "unknown-wallet" };
  if (typed.password !== wallet.password) return { step: "again", field: "password", reason: "wrong-password" };
  if (typed.otp.trim() !== wallet.otp) {
    gateway.journal.append({ kind: "wrong-otp", orderId: payment.orderId });
    if (payment.wrongOtps >= MOST_WRONG_OTPS) return fail(gateway, payment, 4100);
    return { step: "again", field: "otp", reason: "wrong-otp" };
  }
  const behaviour = ordered();
  const resultCode = behaviour?.kind === "decline" ? Number(behaviour.code) : wallet.resultCode;
  const after = afterwards(wallet, behaviour);
  if (resultCode === 7000 || after?.what === "settle") {
    gateway.journal.append({ kind: "pending", orderId: payment.orderId });
    return { step: "finished", ...(after ? { after } : {}) };
  }
  if (resultCode !== 0) return fail(gateway, payment, resultCode);
  capture(gateway, payment, wallet.phone);
  return { step: "finished", ...(after ? { after } : {}) };
}

/** What happens by itself later: as the control panel ordered, else as this wallet is. */
function afterwards(
  wallet: Wallet,
  behaviour: Behaviour | undefined,
): { readonly what: "settle" | "reverse"; readonly ms: number } | undefined {
  if (behaviour?.kind === "settle-late") return { what: "settle", ms: behaviour.ms };
  if (behaviour?.kind === "reversal") return { what: "reverse", ms: behaviour.ms };
  if (behaviour) return undefined;
  if (wallet.result === "late") return { what: "settle", ms: LATE_MS };
  return wallet.result === "reversed" ? { what: "reverse", ms: REVERSED_MS } : undefined;
}

/** The wallet takes a finished payment back, as a bank does after a complaint. Nothing tells of it but the statement. */
export function reverseInWallet(gateway: MomoGateway, payment: MomoPayment): void {
  if (payment.result?.resultCode !== 0 || payment.reversed) return;
  gateway.journal.append({ kind: "reversed", orderId: payment.orderId, amount: payment.amount });
}

/** Ends a pending payment one way or the other: the control panel decides, as the wallet's back office would. */
export function settlePending(gateway: MomoGateway, payment: MomoPayment, resultCode: number): WalletStep {
  if (payment.result) return { step: "finished" };
  return resultCode === 0 ? capture(gateway, payment, "") : fail(gateway, payment, resultCode);
}

function capture(gateway: MomoGateway, payment: MomoPayment, phone: string): WalletStep {
  gateway.journal.append({
    kind: "captured",
    orderId: payment.orderId,
    amount: payment.amount,
    transId: newTransId(),
    payType: "qr",
    wallet: `••••••${phone.slice(-4)}`,
  });
  return { step: "finished" };
}

/** The payer refuses: result code 1006. */
export function cancelInWallet(gateway: MomoGateway, payment: MomoPayment): WalletStep {
  return payment.result || payment.pending ? { step: "finished" } : fail(gateway, payment, 1006);
}

function fail(gateway: MomoGateway, payment: MomoPayment, resultCode: number): WalletStep {
  gateway.journal.append({
    kind: "failed",
    orderId: payment.orderId,
    resultCode,
    transId: newTransId(),
    payType: "qr",
  });
  return { step: "finished" };
}

/** The signed result as the IPN body and the redirect's query carry it. */
export function resultFields(
  gateway: MomoGateway,
  payment: MomoPayment,
  change: { readonly amount?: number; readonly secretKey?: string; readonly success?: boolean } = {},
): Record<string, string | number> {
  const result = payment.result;
  const resultCode = change.success ? 0 : (result?.resultCode ?? (payment.pending ? 7000 : 1000));
  const fields = {
    partnerCode: payment.partnerCode,
    orderId: payment.orderId,
    requestId: payment.requestId,
    amount: change.amount ?? payment.amount,
    orderInfo: payment.orderInfo,
    orderType: "momo_wallet",
    transId: result?.transId ?? newTransId(),
    resultCode,
    message: momoMessage(resultCode, payment.lang),
    payType: result?.payType ?? "qr",
    responseTime: result ? Date.parse(result.at) : gateway.clock.now().getTime(),
    extraData: payment.extraData,
  };
  const secretKey = change.secretKey ?? gateway.merchant.secretKey;
  return { ...fields, signature: momoSignature("result", fields, { ...gateway.merchant, secretKey }) };
}

/** Where the payer's browser goes back to; not authoritative (MoMo's own words: use the IPN). */
export function redirectBack(gateway: MomoGateway, payment: MomoPayment): string {
  const url = new URL(payment.redirectUrl);
  for (const [name, value] of Object.entries(resultFields(gateway, payment))) url.searchParams.set(name, String(value));
  return url.href;
}

/** The IPN of a finished payment. A forged one claims success under a key that is not MoMo's. */
export function momoCallback(gateway: MomoGateway, payment: MomoPayment, send: Send): Callback {
  return {
    id: payment.orderId,
    attempts: payment.callbackAttempts,
    send: (variant) =>
      answerOf(
        send({ url: payment.ipnUrl, method: "POST", body: JSON.stringify(ipnBody(gateway, payment, variant)) }),
        ({ status }) => ({ accepted: status === 204, said: `HTTP ${status}` }),
      ),
    record: ({ variant, answer, last }) =>
      void gateway.journal.append({ kind: "callback-sent", orderId: payment.orderId, variant, ...answer, last }),
  };
}

function ipnBody(
  gateway: MomoGateway,
  payment: MomoPayment,
  variant: CallbackVariant,
): Record<string, string | number> {
  if (variant === "forged") return resultFields(gateway, payment, { success: true, secretKey: "not-the-key-of-momo" });
  if (variant === "other-amount") return resultFields(gateway, payment, { amount: payment.amount + 1000 });
  return resultFields(gateway, payment);
}
