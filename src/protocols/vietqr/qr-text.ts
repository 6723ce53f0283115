import { BanksObject, QRPay } from "vietnam-qr-pay";

/**
 * The text of a dynamic VietQR code: bank (six digits of the NAPAS list), account, amount in đồng and the content of the
 * transfer (at most 25 characters without marks, so that every bank's app takes it as it is). EMVCo TLV with CRC-16.
 */
export function qrText(transfer: {
  readonly bankBin: string;
  readonly account: string;
  /** đồng; absent: the payer types it. */
  readonly amount?: number;
  readonly content?: string;
}): string {
  const { bankBin, account, amount, content } = transfer;
  if (content !== undefined && !/^[0-9A-Za-z .-]{1,25}$/.test(content))
    throw new Error("content does not fit a VietQR code");
  return QRPay.initVietQR({
    bankBin,
    bankNumber: account,
    ...(amount === undefined ? {} : { amount: String(amount) }),
    ...(content === undefined ? {} : { purpose: content }),
  }).build();
}

/** The name by which people know a bank of the NAPAS list ("VietinBank"); its six digits when the list has no such bank. */
export function bankShortName(bankBin: string): string {
  return (
    Object.values(BanksObject)
      .find((bank) => bank.bin === bankBin)
      ?.shortName.replace(/ Bank$/, "") ?? bankBin
  );
}
