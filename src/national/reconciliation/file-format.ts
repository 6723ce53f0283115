/**
 * Reading providers' settlement files. The sandbox's common file has the columns of `COMMON`; the headers of the real
 * portals' downloads are not published and change, so a file is read by what its columns are called (Vietnamese or
 * English, with or without marks), and a file with a column missing is refused as a whole rather than half understood.
 */
import { isPlainDate, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { fold } from "#kit/vietnamese.ts";
import type { FileRow, FileStatus } from "./reconciliation.ts";

export const COMMON =
  "provider,reference,provider_transaction,type,status,amount,fee,currency,occurred_at,settled_on".split(",");

/** Names under which a column is known, folded; the first is the common file's. */
const COLUMNS = {
  provider: ["provider", "nha cung cap"],
  reference: [
    "reference",
    "order id",
    "orderid",
    "ma don hang",
    "vnp_txnref",
    "txnref",
    "app_trans_id",
    "apptransid",
    "ma tham chieu",
    "mathamchieu",
  ],
  transaction: [
    "provider_transaction",
    "transaction id",
    "transid",
    "ma giao dich",
    "vnp_transactionno",
    "zp_trans_id",
    "zptransid",
    "magiaodich",
    "so giao dich",
  ],
  type: ["type", "transaction type", "loai giao dich", "loai"],
  status: ["status", "trang thai", "ket qua", "result"],
  amount: ["amount", "so tien", "sotien", "vnp_amount", "so tien giao dich"],
  fee: ["fee", "phi", "phi giao dich"],
  currency: ["currency", "loai tien", "tien te"],
  occurredAt: [
    "occurred_at",
    "transaction time",
    "thoi gian giao dich",
    "thoi gian",
    "ngay giao dich",
    "vnp_paydate",
    "time",
  ],
  settledOn: ["settled_on", "settlement date", "ngay quyet toan", "ngay thanh toan", "ngay doi soat"],
} as const;

type ColumnName = keyof typeof COLUMNS;
const NEEDED: readonly ColumnName[] = ["reference", "transaction", "amount", "occurredAt"];

const STATUSES: Readonly<Record<string, FileStatus>> = {
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

const REFUND_WORDS: ReadonlySet<string> = new Set(["refund", "hoan tien", "hoan tra", "02", "03"]);

/** What a header says about its file: where each column stands. Errors: `invalid` when a needed one is missing. */
export interface FileLayout {
  readonly at: Readonly<Record<ColumnName, number>>;
}

export function readHeader(line: string): FileLayout {
  const names = splitLine(line.replace(/^\ufeff/, "")).map((name) => fold(name.trim()));
  const at = {} as Record<ColumnName, number>;
  for (const [column, known] of Object.entries(COLUMNS)) {
    at[column as ColumnName] = names.findIndex((name) => (known as readonly string[]).includes(name));
  }
  const missing = NEEDED.filter((column) => at[column] < 0);
  if (missing.length > 0) {
    throw new AppError("invalid", {
      reason: "columns",
      message: `the file's first line has no column for ${missing.join(", ")}; a common file begins with ${COMMON.join(",")}`,
    });
  }
  return { at };
}

/** Reads lines of one file; keeps what dates were, because a file has few of them. Errors: `invalid` with the line. */
export function lineReader(layout: FileLayout, provider: string): (line: string, number: number) => FileRow {
  const { at } = layout;
  const dayOf = dayReader();
  return (line, number) => {
    const cells = line.includes('"') ? splitLine(line) : line.split(",");
    const cell = (name: ColumnName): string => (at[name] < 0 ? "" : (cells[at[name]] ?? "").trim());
    const wrong = (column: ColumnName): AppError =>
      new AppError("invalid", {
        reason: "line",
        message: `line ${number}: ${column} is "${cell(column).slice(0, 50)}"`,
      });
    let reference = cell("reference");
    if (reference === "" || reference.length > 100) throw wrong("reference");
    const named = cell("provider");
    if (named !== "" && named !== provider && fold(named) !== provider) throw wrong("provider");
    const currency = cell("currency");
    if (currency !== "" && currency !== "VND") throw wrong("currency");
    const signed = readAmount(cell("amount"));
    if (signed === undefined) throw wrong("amount");
    const fee = at.fee < 0 ? 0 : readAmount(cell("fee") || "0");
    if (fee === undefined) throw wrong("fee");
    const statusText = cell("status");
    const status = at.status < 0 ? "success" : (STATUSES[statusText] ?? STATUSES[fold(statusText)]);
    if (!status) throw wrong("status");
    const occurredOn = dayOf(cell("occurredAt"));
    if (!occurredOn) throw wrong("occurredAt");
    const settledOn = at.settledOn < 0 ? occurredOn : dayOf(cell("settledOn"));
    if (!settledOn) throw wrong("settledOn");
    const type = cell("type");
    const isRefund = signed < 0 || type === "refund" || (type !== "payment" && REFUND_WORDS.has(fold(type)));
    // ZaloPay's m_refund_id is yyMMdd_app_id: the end of it is ours.
    if (isRefund) reference = /_([0-9a-f]{32})$/.exec(reference)?.[1] ?? reference;
    return {
      reference,
      transaction: cell("transaction"),
      isRefund,
      status,
      amount: Math.abs(signed),
      fee,
      occurredOn,
      settledOn,
    };
  };
}

/** `8000`, `8.000`, `8,000 đ`; undefined when it is no whole number of đồng. */
function readAmount(text: string): number | undefined {
  const plain = /^-?\d{1,15}$/.test(text)
    ? text
    : /^-?\d{1,3}([.,]\d{3})*( ?(đ|VND|₫))?$/.test(text)
      ? text.replace(/[^\d-]/g, "")
      : "";
  return plain === "" ? undefined : Number(plain);
}

/** Day in the Vietnamese calendar of an instant or a day, in the ways in which files write them. */
function dayReader(): (text: string) => PlainDate | undefined {
  const known = new Map<string, PlainDate | undefined>();
  const hourInVietnam = /^\d{4}-\d{2}-\d{2}T\d{2}/;
  return (text) => {
    // Instants of one hour are of one day where the offset is of whole hours.
    const whole = text.endsWith("Z") || text.endsWith("+07:00");
    const key = whole && hourInVietnam.test(text) ? text.slice(0, 13) + (text.endsWith("Z") ? "Z" : "+") : text;
    if (known.has(key)) return known.get(key);
    const day = readDay(text);
    if (known.size < 100_000) known.set(key, day);
    return day;
  };
}

function readDay(text: string): PlainDate | undefined {
  if (isPlainDate(text)) return text;
  const local = /^(\d{2})\/(\d{2})\/(\d{4})(?: \d{2}:\d{2}(?::\d{2})?)?$/.exec(text);
  if (local) {
    const day = `${local[3]}-${local[2]}-${local[1]}`;
    return isPlainDate(day) ? day : undefined;
  }
  const compact = /^(\d{4})(\d{2})(\d{2})(\d{6})?$/.exec(text);
  if (compact) {
    const day = `${compact[1]}-${compact[2]}-${compact[3]}`;
    return isPlainDate(day) ? day : undefined;
  }
  // Without an offset a time is Vietnamese; with one it is an instant.
  const bare = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.exec(text);
  if (bare) return isPlainDate(bare[1]) ? bare[1] : undefined;
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? new Date(text) : undefined;
  return instant && !Number.isNaN(instant.getTime()) ? plainDateOf(instant) : undefined;
}

/** RFC 4180 without line ends inside quotes. */
function splitLine(line: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (let turn = 0; turn < 100; turn += 1) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*(,|$)/.exec(rest);
    const match = quoted ?? /^([^,]*)(,|$)/.exec(rest);
    if (!match) return cells;
    cells.push(quoted ? (match[1] ?? "").replaceAll('""', '"') : (match[1] ?? ""));
    if (match[2] === "") return cells;
    rest = rest.slice(match[0].length);
  }
  return cells;
}
