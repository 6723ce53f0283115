import type { Clock } from "#kit/clock.ts";
import type { CallbackVariant } from "../callbacks/index.ts";
import type { Journal } from "../journal/index.ts";
import type { CallbackRequest, WalletBook, WalletEvent, WalletHouse, WalletPayment } from "../wallet/index.ts";
import { signedText, zalopayMac } from "./zalopay-signature.ts";

export interface ZalopayMerchant {
  readonly appId: number;
  /** Signs what the merchant sends. */
  readonly key1: string;
  /** Signs what ZaloPay sends. */
  readonly key2: string;
}

/** ZaloPay's published codes that the stand-in can give. */
export const ZALOPAY_CODES = { paid: 1, cancelled: -33, expired: -54, wrongOtp: -58 } as const;

/** The wallet as ZaloPay: calls back for successes only, at most three times, and signs with key2. */
export function zalopayHouse(deps: {
  readonly book: WalletBook;
  readonly journal: Journal<WalletEvent>;
  readonly merchant: ZalopayMerchant;
  readonly wallets: WalletHouse["wallets"];
  readonly clock: Clock;
}): WalletHouse & { readonly merchant: ZalopayMerchant } {
  const { merchant, clock } = deps;
  return {
    ...deps,
    id: "zalopay",
    name: "ZaloPay",
    codes: ZALOPAY_CODES,
    callsBackFor: "paid",
    callbackTries: 3,
    callback: (payment, variant) => callbackOf(merchant, clock, payment, variant),
    readAnswer({ status, body }) {
      const code = returnCode(body);
      return { accepted: code === 1 || code === 2, said: `HTTP ${status}, return_code ${code ?? "none"}` };
    },
    redirectBack: (payment) => redirectBack(merchant, payment),
  };
}

function callbackOf(
  merchant: ZalopayMerchant,
  clock: Clock,
  payment: WalletPayment,
  variant: CallbackVariant,
): CallbackRequest {
  const { wire, result } = payment;
  const data = JSON.stringify({
    app_id: merchant.appId,
    app_trans_id: payment.order,
    app_time: wire.app_time,
    app_user: wire.app_user,
    amount: payment.amount + (variant === "other-amount" ? 1000 : 0),
    embed_data: wire.embed_data,
    item: wire.item,
    zp_trans_id: result?.transaction ?? 200_000_000_001,
    server_time: result ? Date.parse(result.at) : clock.now().getTime(),
    channel: 38,
    merchant_user_id: "",
    user_fee_amount: 0,
    discount_amount: 0,
  });
  const key = variant === "forged" ? "not-the-key-of-zalopay" : merchant.key2;
  return { url: payment.callbackUrl, body: JSON.stringify({ data, mac: zalopayMac(key, data), type: 1 }) };
}

function returnCode(body: string): number | undefined {
  try {
    const code = (JSON.parse(body) as { return_code?: unknown } | null)?.return_code;
    return typeof code === "number" ? code : undefined;
  } catch {
    return undefined;
  }
}

function redirectBack(merchant: ZalopayMerchant, payment: WalletPayment): string {
  const query = {
    appid: String(merchant.appId),
    apptransid: payment.order,
    pmcid: "38",
    bankcode: "",
    amount: String(payment.amount),
    discountamount: "0",
    status: String(payment.result?.code ?? 0),
  };
  const url = new URL(payment.returnUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  url.searchParams.set("checksum", zalopayMac(merchant.key2, signedText("redirect", query)));
  return url.href;
}
