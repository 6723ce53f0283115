/** Names of the hub's channels (MaNganHang of CONFIRM), as people know them. */
const WALLETS: Readonly<Record<string, string>> = {
  momo: "MoMo",
  zalopay: "ZaloPay",
  "vnpt-pay": "VNPT Pay",
  vietqr: "VietQR",
};
const BANKS: Readonly<Record<string, string>> = {
  agribank: "Agribank",
  bidv: "BIDV",
  mbbank: "MB",
  ncb: "NCB",
  sacombank: "Sacombank",
  techcombank: "Techcombank",
  vietcombank: "Vietcombank",
  vietinbank: "VietinBank",
  "internet-banking": "Internet Banking",
  international: "Visa, Mastercard",
};

/** `vnpay-vietinbank` → "VNPAY · VietinBank"; a code of another hub stays as it is. */
export function hubChannelName(code: string): string {
  const bank = code.startsWith("vnpay-") ? BANKS[code.slice("vnpay-".length)] : undefined;
  return bank ? `VNPAY · ${bank}` : (WALLETS[code] ?? code);
}
