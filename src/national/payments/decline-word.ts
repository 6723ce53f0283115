/**
 * Why a bank or wallet said no, as far as the payer can do something about it. Pure. The provider's own code is what is
 * kept; a code that is not in the lists below is "declined" and no more is claimed.
 */
import type { AttemptReason, PaymentAttempt } from "./payment.ts";
import type { ProviderId } from "./providers/provider.ts";

type DeclineWord =
  | "no-funds"
  | "over-limit"
  | "locked"
  | "wrong-details"
  | "not-registered"
  | "maintenance"
  /** The provider does not know the order: its page was never reached. */
  | "never-opened";

/** MoMo: result codes of its v2 interface. VNPAY 2.1.0: vnp_ResponseCode. ZaloPay: sub_return_code. VNPT Pay: as VNPAY's. */
const WORDS: Readonly<Record<ProviderId, Readonly<Record<string, DeclineWord>>>> = {
  momo: {
    "10": "maintenance",
    "42": "never-opened",
    "1001": "no-funds",
    "1004": "over-limit",
    "1007": "locked",
    "4100": "wrong-details",
  },
  vnpay: {
    "09": "not-registered",
    "10": "wrong-details",
    "12": "locked",
    "13": "wrong-details",
    "51": "no-funds",
    "65": "over-limit",
    "75": "maintenance",
    "79": "wrong-details",
  },
  zalopay: { "-49": "never-opened", "-57": "locked", "-63": "no-funds" },
  "vnpt-pay": { "02": "never-opened", "12": "locked", "51": "no-funds", "65": "over-limit", "75": "maintenance" },
  vietqr: {},
};

export type FailureWord = AttemptReason | Exclude<DeclineWord, "never-opened">;

/** What the payer reads of a failure: the word where there is one, else the reason. */
export function failureWord(attempt: Pick<PaymentAttempt, "provider" | "providerCode" | "reason">): FailureWord {
  const reason = attempt.reason ?? "declined";
  if (reason !== "declined") return reason;
  const [first = "", last = first] = (attempt.providerCode ?? "").split("/");
  const words = WORDS[attempt.provider];
  const code = attempt.provider === "zalopay" ? last : first;
  const word = Object.hasOwn(words, code) ? words[code] : undefined;
  return word === "never-opened" ? "rejected" : (word ?? reason);
}
