/**
 * Reading providers' settlement files. The sandbox's common file has the columns of `COMMON`; a provider's own file is read
 * by what its columns are called (`provider-layouts.ts`), and a file with a column missing is refused as a whole rather than
 * half understood.
 */
import { isPlainDate, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { fold } from "#kit/vietnamese.ts";
import { CELLS, type CellName, COMMON_NAMES, layoutOf, STATUSES } from "./provider-layouts.ts";
import type { FileRow, FileStatus } from "./reconciliation.ts";

export const COMMON =
  "provider,reference,provider_transaction,type,status,amount,fee,currency,occurred_at,settled_on".split(",");

const REFUND_WORDS: ReadonlySet<string> = new Set(["refund", "hoan tien", "hoan tra", "02", "03"]);

const NEEDED: readonly CellName[] = ["reference", "amount", "occurredAt"];

/** What a header says about its file: where each column stands. Errors: `invalid` when a needed one is missing. */
export interface FileLayout {
  readonly at: Readonly<Record<CellName, number>>;
  /** VNPAY writes vnp_Amount a hundred times as large. */
  readonly hundredths: boolean;
  /** The provider's own codes, where the file has its own columns. */
  readonly statuses: ((code: string) => FileStatus | undefined) | undefined;
  /** An account's statement: lines with an empty amount are money that went out, and count as nothing here. */
  readonly debits: boolean;
  /** Before our name of a payment stands the day: `yyMMdd_`. */
  readonly dated: boolean;
}

/** Length of `yyMMdd_`. */
export const DATE_PREFIX = 7;

export function readHeader(line: string, provider: string): FileLayout {
  const names = splitLine(line.replace(/^\ufeff/, "")).map((name) => fold(name.trim()));
  const own = layoutOf(provider);
  const at = {} as Record<CellName, number>;
  for (const column of CELLS) {
    const known = [...(own.columns[column] ?? []), ...COMMON_NAMES[column]];
    at[column] = names.findIndex((name) => known.includes(name));
  }
  const missing = NEEDED.filter((column) => at[column] < 0);
  if (missing.length > 0) {
    throw new AppError("invalid", {
      reason: "columns",
      message: `the file's first line has no column for ${missing.join(", ")}; a common file begins with ${COMMON.join(",")}`,
      details: { missing },
    });
  }
  const isOwn = (column: CellName) => (own.columns[column] ?? []).includes(names[at[column]] ?? "");
  return {
    at,
    hundredths: own.hundredths === true && isOwn("amount"),
    statuses: isOwn("reference") ? own.statuses : undefined,
    debits: own.debits === true && isOwn("amount"),
    dated: own.dated === true,
  };
}

/**
 * Reads lines of one file; keeps what dates and words were, because a file has few of them. Undefined for a line that is no
 * payment (money that went out). Errors: `invalid` with line, column and value.
 */
export function lineReader(
  layout: FileLayout,
  provider: string,
): (line: string, number: number) => FileRow | undefined {
  const { at } = layout;
  const dayOf = dayReader();
  const statusOf = remember((text) => layout.statuses?.(text) ?? STATUSES[text] ?? STATUSES[fold(text)]);
  const isProvider = remember((text) => text === "" || text === provider || fold(text) === provider);
  const isRefundWord = remember((text) => REFUND_WORDS.has(fold(text)));
  return (line, number) => {
    const cells = line.includes('"') ? splitLine(line) : line.split(",");
    const cell = (name: CellName): string => trimmed(cells[at[name]] ?? "");
    const wrong = (column: CellName): AppError =>
      new AppError("invalid", {
        reason: "line",
        message: `line ${number}: ${column} is "${cell(column).slice(0, 50)}"`,
        details: { line: number, column, value: cell(column).slice(0, 50) },
      });
    if (layout.debits && isNothing(cell("amount"))) return undefined;
    let reference = cell("reference");
    if (reference === "" || reference.length > 100) throw wrong("reference");
    if (!isProvider(cell("provider"))) throw wrong("provider");
    const currency = cell("currency");
    if (currency !== "" && currency !== "VND") throw wrong("currency");
    const signed = readAmount(cell("amount"), layout.hundredths);
    if (signed === undefined) throw wrong("amount");
    const feeText = cell("fee");
    const fee = feeText === "" || feeText === "0" ? 0 : readAmount(feeText, layout.hundredths);
    if (fee === undefined) throw wrong("fee");
    const status = at.status < 0 ? "success" : statusOf(cell("status"));
    if (!status) throw wrong("status");
    const occurredOn = dayOf(cell("occurredAt"));
    if (!occurredOn) throw wrong("occurredAt");
    const settledText = cell("settledOn");
    const settledOn = at.settledOn < 0 ? occurredOn : dayOf(settledText);
    if (!settledOn) throw wrong("settledOn");
    const type = cell("type");
    const isRefund = signed < 0 || type === "refund" || (type !== "payment" && isRefundWord(type));
    // ZaloPay's m_refund_id is yyMMdd_app_id: the end of it is ours.
    if (isRefund) reference = /_([0-9a-f]{32})$/.exec(reference)?.[1] ?? reference;
    else if (layout.dated && /^\d{6}_./.test(reference)) reference = reference.slice(DATE_PREFIX);
    const transaction = at.transaction < 0 ? "" : cell("transaction");
    return { reference, transaction, isRefund, status, amount: Math.abs(signed), fee, occurredOn, settledOn };
  };
}

function isNothing(amount: string): boolean {
  return amount === "" || amount === "0" || amount === "-";
}

/** Blanks at the ends are rare, and looking for them is dear. */
function trimmed(text: string): string {
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  return first <= 32 || last <= 32 || first > 126 || last > 126 ? text.trim() : text;
}

function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const there = known.get(text);
    if (there !== undefined) return there;
    const value = read(text);
    if (known.size < 1_000) known.set(text, value);
    return value;
  };
}

/** `8000`, `8.000`, `8,000 đ`; undefined when it is no whole number of đồng. */
function readAmount(text: string, hundredths: boolean): number | undefined {
  const plain = isDigits(text)
    ? text
    : /^-\d{1,15}$/.test(text)
      ? text
      : /^-?\d{1,3}([.,]\d{3})*( ?(đ|VND|₫))?$/.test(text)
        ? text.replace(/[^\d-]/g, "")
        : "";
  if (plain === "") return undefined;
  const amount = Number(plain);
  if (!hundredths) return amount;
  return amount % 100 === 0 ? amount / 100 : undefined;
}

function isDigits(text: string): boolean {
  if (text.length === 0 || text.length > 15) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Day in the Vietnamese calendar of an instant or a day, in the ways in which files write them. */
function dayReader(): (text: string) => PlainDate | undefined {
  const known = new Map<string, PlainDate>();
  const hourInVietnam = /^\d{4}-\d{2}-\d{2}T\d{2}/;
  let last = "";
  let lastDay: PlainDate | undefined;
  return (text) => {
    // Instants of one hour are of one day where the offset is of whole hours. Lines stand in the order of time.
    const length = text.length;
    const whole = length >= 20 && (text.charCodeAt(length - 1) === 90 || text.endsWith("+07:00"));
    const key = whole && hourInVietnam.test(text) ? text.slice(0, 13) + text[length - 1] : text;
    if (key === last) return lastDay;
    let day = known.get(key);
    if (day === undefined) {
      day = readDay(text);
      if (day !== undefined && known.size < 100_000) known.set(key, day);
    }
    last = key;
    lastDay = day;
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
  // Milliseconds since 1970, as MoMo and ZaloPay write them.
  if (/^1\d{12}$/.test(text)) return plainDateOf(new Date(Number(text)));
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
