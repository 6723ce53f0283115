import { formatIsoLocal, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import type { BankBook } from "../bank/index.ts";
import type { MomoBook } from "../momo/index.ts";
import type { VnpayBook } from "../vnpay/index.ts";
import type { WalletBook } from "../wallet/index.ts";

/** One line of a settlement file. Amounts in đồng. */
export interface SettlementLine {
  /** The merchant's name of the payment or of the refund. */
  readonly reference: string;
  readonly transaction: string;
  readonly type: "payment" | "refund";
  readonly status: "success" | "reversed";
  readonly amount: number;
  /** ISO 8601 */
  readonly at: string;
}

/** Names of the stand-ins' providers, as the file's first column has them. */
export type SettledProvider = "momo" | "vnpay" | "zalopay" | "vnpt-pay" | "vietqr";

export interface SettledBooks {
  readonly momo: MomoBook;
  readonly vnpay: VnpayBook;
  readonly zalopay: WalletBook;
  readonly "vnpt-pay": WalletBook;
  /** The collecting account at the bank: its statement is VietQR's settlement file. */
  readonly vietqr: { readonly book: BankBook; readonly account: string };
}

const HEADER = "provider,reference,provider_transaction,type,status,amount,fee,currency,occurred_at,settled_on";

/**
 * The file that a provider sends after a day: every payment it captured and every refund it made on that day of the
 * Vietnamese calendar (cut-off at 00:00), in the order of time, as its books (so its journal) have them. No fees: the
 * public service's payers and payees are charged none.
 */
export function settlementFile(provider: SettledProvider, lines: readonly SettlementLine[], day: PlainDate): string {
  const rows = lines
    .filter((line) => plainDateOf(new Date(line.at)) === day)
    .sort((a, b) => (a.at === b.at ? (a.reference < b.reference ? -1 : 1) : a.at < b.at ? -1 : 1))
    .map(({ reference, transaction, type, status, amount, at }) =>
      [provider, reference, transaction, type, status, amount, 0, "VND", formatIsoLocal(new Date(at)), day].join(","),
    );
  return `${[HEADER, ...rows].join("\n")}\n`;
}

/** What a provider's books say about money that moved. */
export function settledLines(books: SettledBooks, provider: SettledProvider): SettlementLine[] {
  if (provider === "momo") return momoLines(books.momo);
  if (provider === "vnpay") return vnpayLines(books.vnpay);
  if (provider === "vietqr") return bankLines(books.vietqr);
  return walletLines(books[provider]);
}

function momoLines(book: MomoBook): SettlementLine[] {
  return [...book.byOrder.values()].flatMap((payment) => {
    const { orderId, result, amount } = payment;
    if (result?.resultCode !== 0) return [];
    return [
      taken(payment, line("payment", orderId, result.transId, amount, result.at)),
      ...payment.refunds.map((refund) => line("refund", refund.orderId, refund.transId, refund.amount, refund.at)),
    ];
  });
}

function vnpayLines(book: VnpayBook): SettlementLine[] {
  return [...book.byPayId.values()].flatMap((payment) => {
    const { txnRef, result, amount } = payment;
    if (result?.responseCode !== "00") return [];
    return [
      taken(payment, line("payment", txnRef, result.transactionNo, amount, result.at)),
      ...payment.refunds.map((refund) =>
        line("refund", refund.requestId, refund.transactionNo, refund.amount, refund.at),
      ),
    ];
  });
}

/** What came in; the bank's number is all that names a booking. */
function bankLines({ book, account }: SettledBooks["vietqr"]): SettlementLine[] {
  return book.bookings
    .filter((one) => one.account === account && one.direction === "in")
    .map((one) => line("payment", one.id, one.id, one.amount, one.bookedAt));
}

function walletLines(book: WalletBook): SettlementLine[] {
  return [...book.byPayId.values()].flatMap((payment) => {
    const { order, result, amount } = payment;
    if (result?.outcome !== "paid") return [];
    return [
      taken(payment, line("payment", order, result.transaction, amount, result.at)),
      ...payment.refunds.map((refund) => line("refund", refund.refund, refund.transaction, refund.amount, refund.at)),
    ];
  });
}

/** The payment's line; what was given back since then says so. */
function taken({ reversed }: { readonly reversed: boolean }, paid: SettlementLine): SettlementLine {
  return reversed ? { ...paid, status: "reversed" } : paid;
}

function line(
  type: "payment" | "refund",
  reference: string,
  transaction: string | number,
  amount: number,
  at: string,
): SettlementLine {
  return { type, reference, transaction: String(transaction), status: "success", amount, at };
}
