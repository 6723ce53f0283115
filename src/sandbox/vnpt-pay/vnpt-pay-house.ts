import { formatCompact } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { CallbackVariant } from "../callbacks/index.ts";
import type { Journal } from "../journal/index.ts";
import type { WalletBook, WalletEvent, WalletHouse, WalletPayment } from "../wallet/index.ts";
import { isPlatformMac, platformMac } from "./vnpt-pay-signature.ts";

export interface VnptPayMerchant {
  readonly partner: string;
  readonly secret: string;
  readonly token: string;
  /** Kept in the merchant's settings, not sent with a payment. */
  readonly confirmUrl: string;
  readonly returnUrl: string;
}

export const VNPT_PAY_CODES = { paid: 0, cancelled: 24, expired: 11, wrongOtp: 79 } as const;

/** MaLoi has two digits. */
export function maLoi(code: number): string {
  return String(code).padStart(2, "0");
}

export function vnptPayHouse(deps: {
  readonly book: WalletBook;
  readonly journal: Journal<WalletEvent>;
  readonly merchant: VnptPayMerchant;
  readonly wallets: WalletHouse["wallets"];
  readonly clock: Clock;
}): WalletHouse & { readonly merchant: VnptPayMerchant } {
  const { merchant } = deps;
  return {
    ...deps,
    id: "vnpt-pay",
    name: "VNPT Pay",
    codes: VNPT_PAY_CODES,
    callsBackFor: "every-result",
    callbackTries: 10,
    callback: (payment, variant) => ({
      url: payment.callbackUrl,
      body: JSON.stringify(confirmOf(merchant, payment, variant)),
    }),
    readAnswer: ({ status, body }) => readAnswer(merchant, status, body),
    redirectBack(payment) {
      const url = new URL(payment.returnUrl);
      url.searchParams.set("MaThamChieu", payment.order);
      url.searchParams.set("MaLoi", payment.result ? maLoi(payment.result.code) : "");
      return url.href;
    },
  };
}

/** The CONFIRM of a payment. A forged one claims success under a secret that is not ours. */
export function confirmOf(
  merchant: VnptPayMerchant,
  payment: WalletPayment,
  variant: CallbackVariant,
): Record<string, string> {
  const { result } = payment;
  const message = {
    LoaiBanTin: "CONFIRM",
    MaLoi: variant === "forged" ? "00" : maLoi(result?.code ?? 99),
    MaDoiTac: merchant.partner,
    MaThamChieu: payment.order,
    SoTien: String(payment.amount + (variant === "other-amount" ? 1000 : 0)),
    MaTienTe: "VND",
    MaGiaoDich: String(result?.transaction ?? 200_000_000_001),
    MaNganHang: "VNPTPAY",
    ThoiGianGD: formatCompact(new Date(result?.at ?? payment.createdAt)),
    ThongTinGiaoDich: payment.orderInfo,
  };
  const secret = variant === "forged" ? "not-the-secret-of-vnpt-pay" : merchant.secret;
  return { ...message, MaXacThuc: platformMac("CONFIRM", message, secret) };
}

/** Only a signed "00" ends the trying. */
function readAnswer(merchant: VnptPayMerchant, status: number, body: string): { accepted: boolean; said: string } {
  let answer: Record<string, unknown>;
  try {
    answer = (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return { accepted: false, said: `HTTP ${status}` };
  }
  const accepted = answer.MaLoi === "00" && isPlatformMac("confirmAnswer", answer, merchant.secret);
  return { accepted, said: `HTTP ${status}, MaLoi ${String(answer.MaLoi).slice(0, 10)}` };
}
