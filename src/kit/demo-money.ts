/** Cards, wallets and the account of the demo country: what its banks and wallets know. See demo.ts. */

/** Cards of the sandbox bank (NCB), as VNPAY publishes them for its own sandbox. */
export const demoCards = [
  {
    bank: "NCB",
    number: "9704198526191432198",
    name: "NGUYEN VAN A",
    issue: "07/15",
    otp: "123456",
    result: "success",
  },
  {
    bank: "NCB",
    number: "9704195798459170488",
    name: "NGUYEN VAN A",
    issue: "07/15",
    otp: "123456",
    result: "insufficient-funds",
  },
  { bank: "NCB", number: "9704193370791314", name: "NGUYEN VAN A", issue: "07/15", otp: "123456", result: "locked" },
  { bank: "NCB", number: "9704194841945513", name: "NGUYEN VAN A", issue: "07/15", otp: "123456", result: "expired" },
] as const;

/** Results that a wallet of the demo can give, each with a phone of its own, the same at every provider. */
const WALLET_PHONES = {
  success: "0900000101",
  "insufficient-funds": "0900000402",
  declined: "0900000403",
  "no-answer": "0900000405",
  locked: "0900000406",
  /** Says nothing until long after the payer's time, and then that it has paid. */
  late: "0900000407",
  /** Pays, tells so, and takes the payment back afterwards. */
  reversed: "0900000408",
} as const;

export type DemoWalletResult = keyof typeof WALLET_PHONES | "expired";

export interface DemoWallet {
  readonly provider: "momo" | "zalopay" | "vnpt-pay";
  readonly phone: string;
  readonly password: string;
  readonly otp: string;
  readonly result: DemoWalletResult;
  readonly resultCode: number;
}

function walletsOf(
  provider: DemoWallet["provider"],
  codes: Readonly<Record<keyof typeof WALLET_PHONES, number>>,
): DemoWallet[] {
  return Object.entries(WALLET_PHONES).map(([result, phone]) => ({
    provider,
    phone,
    password: "000000",
    otp: "000000",
    result: result as keyof typeof WALLET_PHONES,
    resultCode: codes[result as keyof typeof WALLET_PHONES],
  }));
}

/** Wallets of the sandbox, by phone; the result codes are the provider's own. "no-answer": accepts and never says so. */
export const demoWallets: readonly DemoWallet[] = [
  { provider: "momo", phone: "0900000101", password: "000000", otp: "000000", result: "success", resultCode: 0 },
  {
    provider: "momo",
    phone: "0900000402",
    password: "000000",
    otp: "000000",
    result: "insufficient-funds",
    resultCode: 1001,
  },
  { provider: "momo", phone: "0900000403", password: "000000", otp: "000000", result: "declined", resultCode: 1006 },
  { provider: "momo", phone: "0900000404", password: "000000", otp: "000000", result: "expired", resultCode: 1005 },
  { provider: "momo", phone: "0900000405", password: "000000", otp: "000000", result: "no-answer", resultCode: 7000 },
  { provider: "momo", phone: "0900000406", password: "000000", otp: "000000", result: "locked", resultCode: 1007 },
  { provider: "momo", phone: "0900000407", password: "000000", otp: "000000", result: "late", resultCode: 7000 },
  { provider: "momo", phone: "0900000408", password: "000000", otp: "000000", result: "reversed", resultCode: 0 },
  ...walletsOf("zalopay", {
    success: 1,
    "insufficient-funds": -63,
    locked: -57,
    declined: -52,
    "no-answer": 3,
    late: 3,
    reversed: 1,
  }),
  ...walletsOf("vnpt-pay", {
    success: 0,
    "insufficient-funds": 51,
    locked: 12,
    declined: 1,
    "no-answer": 3,
    late: 3,
    reversed: 0,
  }),
];

/** The hub's collecting account at the sandbox's bank; the six digits are those of VietinBank in the NAPAS list. */
export const demoCollectingAccount = {
  bankBin: "970415",
  bankName: "VietinBank",
  account: "0900000800001",
  holder: "CONG DICH VU CONG QUOC GIA",
} as const;
