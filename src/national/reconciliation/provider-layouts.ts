/**
 * What providers call the columns of their own files. The headers of their merchants' portals are not published; their
 * interfaces are, and so a file is known by the names of those: MoMo v2 and ZaloPay v2 (payment and callback messages), VNPAY
 * 2.1.0 (`vnp_…`), the national platform's messages 1.0.6 for VNPT Pay, and a bank account's statement for VietQR. Names are
 * compared without marks and capitals. Pure.
 */
import type { FileStatus } from "./reconciliation.ts";

export type CellName =
  | "provider"
  | "reference"
  | "transaction"
  | "type"
  | "status"
  | "amount"
  | "fee"
  | "currency"
  | "occurredAt"
  | "settledOn";

export interface ProviderLayout {
  /** The header as the provider writes it, shown to whoever brings a file. */
  readonly header: string;
  /** One line under it, with nobody's data. */
  readonly example: string;
  /** Folded names of its own columns. */
  readonly columns: Partial<Readonly<Record<CellName, readonly string[]>>>;
  /** Its own result codes; undefined: no code of theirs. */
  readonly statuses: (code: string) => FileStatus | undefined;
  /** Amounts a hundred times as large. */
  readonly hundredths?: boolean;
  /** A statement with a column for what went out. */
  readonly debits?: boolean;
  /** Payments are named `yyMMdd_` and then our name of them, in every file of this provider. */
  readonly dated?: boolean;
}

/** Names that every provider's file may use; the first is the common file's. */
export const COMMON_NAMES: Readonly<Record<CellName, readonly string[]>> = {
  provider: ["provider", "nha cung cap"],
  reference: ["reference", "order id", "orderid", "ma don hang", "ma tham chieu"],
  transaction: ["provider_transaction", "transaction id", "ma giao dich", "so giao dich"],
  type: ["type", "transaction type", "loai giao dich", "loai"],
  status: ["status", "trang thai", "ket qua", "result"],
  amount: ["amount", "so tien", "so tien giao dich"],
  fee: ["fee", "phi", "phi giao dich"],
  currency: ["currency", "loai tien", "tien te"],
  occurredAt: ["occurred_at", "transaction time", "thoi gian giao dich", "thoi gian", "ngay giao dich", "time"],
  settledOn: ["settled_on", "settlement date", "ngay quyet toan", "ngay thanh toan", "ngay doi soat"],
};

export const CELLS = Object.keys(COMMON_NAMES) as readonly CellName[];

/** Words that stand in a status column whoever writes it. */
export const STATUSES: Readonly<Record<string, FileStatus>> = {
  success: "success",
  succeeded: "success",
  paid: "success",
  completed: "success",
  "thanh cong": "success",
  "00": "success",
  "0": "success",
  "1": "success",
  failed: "failed",
  failure: "failed",
  cancelled: "failed",
  canceled: "failed",
  declined: "failed",
  "that bai": "failed",
  huy: "failed",
  pending: "pending",
  processing: "pending",
  "dang xu ly": "pending",
  reversed: "reversed",
  refunded: "reversed",
  "da hoan": "reversed",
};

/** Codes in a few words: those named, and any other whole number is a failure. */
function codes(named: Readonly<Record<string, FileStatus>>): (code: string) => FileStatus | undefined {
  return (code) => (Object.hasOwn(named, code) ? named[code] : /^-?\d{1,5}$/.test(code) ? "failed" : undefined);
}

export const LAYOUTS: Readonly<Record<string, ProviderLayout>> = {
  momo: {
    header: "orderId,transId,orderType,resultCode,amount,responseTime",
    example: "6f1c0d…,4014083433,momo_wallet,0,50000,1773108000000",
    columns: {
      reference: ["orderid"],
      transaction: ["transid"],
      type: ["ordertype"],
      status: ["resultcode"],
      amount: ["amount"],
      occurredAt: ["responsetime"],
    },
    // 9000: authorised, not captured. 1000, 7000, 7002: not decided.
    statuses: codes({ "0": "success", "9000": "pending", "1000": "pending", "7000": "pending", "7002": "pending" }),
  },
  zalopay: {
    header: "app_trans_id,zp_trans_id,status,amount,user_fee_amount,server_time",
    example: "260310_6f1c0d…,260310000000389,1,50000,0,1773108000000",
    columns: {
      reference: ["app_trans_id", "apptransid"],
      transaction: ["zp_trans_id", "zptransid"],
      fee: ["user_fee_amount"],
      occurredAt: ["server_time"],
    },
    statuses: codes({ "1": "success", "2": "failed", "3": "pending" }),
    dated: true,
  },
  vnpay: {
    header: "vnp_TxnRef,vnp_TransactionNo,vnp_TransactionStatus,vnp_Amount,vnp_CurrCode,vnp_PayDate",
    example: "6f1c0d…,14422574,00,5000000,VND,20260310090000",
    columns: {
      reference: ["vnp_txnref", "txnref"],
      transaction: ["vnp_transactionno"],
      type: ["vnp_transactiontype"],
      status: ["vnp_transactionstatus"],
      amount: ["vnp_amount"],
      currency: ["vnp_currcode"],
      occurredAt: ["vnp_paydate"],
    },
    // 01 not finished, 04 reversed, 05 and 06 refund under way, 07 suspected of fraud.
    statuses: codes({
      "00": "success",
      "01": "pending",
      "04": "reversed",
      "05": "pending",
      "06": "pending",
      "07": "pending",
    }),
    hundredths: true,
  },
  "vnpt-pay": {
    header: "MaThamChieu,MaGiaoDich,MaLoi,SoTien,MaTienTe,ThoiGianGD",
    example: "6f1c0d…,VP2603100001,00,50000,VND,20260310090000",
    columns: {
      reference: ["mathamchieu"],
      transaction: ["magiaodich"],
      status: ["maloi", "trangthaigd"],
      amount: ["sotien"],
      currency: ["matiente"],
      occurredAt: ["thoigiangd"],
    },
    statuses: codes({ "00": "success" }),
  },
  vietqr: {
    header: "Số giao dịch,Ngày giao dịch,Nội dung,Ghi nợ,Ghi có",
    example: "FT000000000123,10/03/2026 09:00:00,DVC7KQ2M9XAB4,,50000",
    // A booking has one name: the bank's number of it.
    columns: { reference: ["so giao dich", "so but toan"], amount: ["ghi co", "so tien ghi co", "credit"] },
    statuses: () => undefined,
    debits: true,
  },
};

const NONE: ProviderLayout = { header: "", example: "", columns: {}, statuses: () => undefined };

export function layoutOf(provider: string): ProviderLayout {
  return LAYOUTS[provider] ?? NONE;
}
