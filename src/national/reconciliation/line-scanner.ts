/**
 * A settlement file's bytes to lines of COPY. Most lines differ from the one before in reference, transaction, amount and
 * fee only: those are copied as bytes; every other line is read by `lineReader`, whose answers the next ones are held
 * against. So a million lines take half a second, and what a line means is written once.
 */
import { AppError } from "#kit/errors.ts";
import { DATE_PREFIX, type FileLayout, lineReader, readHeader } from "./file-format.ts";
import { CELLS, type CellName } from "./provider-layouts.ts";
import type { FileRow } from "./reconciliation.ts";

export interface Batch {
  readonly count: number;
  /** COPY's text format, in the order of `reconciliation_row`'s columns. */
  readonly lines: Buffer;
}

export interface ScannerOptions {
  readonly provider: string;
  /** `reconciliation_import.n` of the file. */
  readonly n: number;
  readonly batch: number;
  readonly see: (row: FileRow) => void;
  /** Every line's reference, as bytes. */
  readonly seeReference: (bytes: Uint8Array, from: number, to: number) => void;
}

/** A line that cannot be read: which cell, and what stands there. */
export interface FileProblem {
  readonly line: number;
  readonly column: CellName;
  readonly value: string;
}

const PROBLEMS_MAX = 20;
const LINE_MAX = 10_000;
const CELLS_MAX = 64;
const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;
/** These say the same on most lines of a file. */
const ALIKE: readonly CellName[] = ["provider", "type", "status", "currency", "settledOn"];
const DAY_AND_HOUR = 13;

/** What the last line said that was read in full: its cells, and what they meant. */
interface Known {
  readonly row: FileRow;
  readonly cells: Readonly<Record<CellName, Buffer>>;
  readonly middle: Buffer;
  readonly end: Buffer;
}

export class LineScanner {
  /** Lines that count; the header and what is no payment do not. */
  rows = 0;
  /** Line of the file, the header being line 1. */
  #line = 0;
  readonly #problems: FileProblem[] = [];
  readonly #options: ScannerOptions;
  readonly #prefix: Buffer;
  readonly #commas = new Int32Array(CELLS_MAX + 1);
  #layout: FileLayout | undefined;
  #read: ((line: string, number: number) => FileRow | undefined) | undefined;
  #known: Known | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #out = Buffer.allocUnsafe(1 << 20);
  #used = 0;
  #count = 0;
  #full: Batch[] = [];

  constructor(options: ScannerOptions) {
    this.#options = options;
    this.#prefix = Buffer.from(`${options.n}\t`);
  }

  /** True once the header has been read. */
  get begun(): boolean {
    return this.#read !== undefined;
  }

  /** Takes the next bytes; answers the batches that became full, each of exactly `batch` lines. */
  feed(chunk: Uint8Array): readonly Batch[] {
    const bytes =
      this.#rest.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
        : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const end = bytes.indexOf(10, at);
      if (end < 0) break;
      this.#takeLine(bytes, at, end > at && bytes[end - 1] === 13 ? end - 1 : end);
      at = end + 1;
    }
    if (bytes.length - at > LINE_MAX) throw tooLong();
    this.#rest = Buffer.from(bytes.subarray(at));
    const { length } = this.#full;
    return length > 0 ? this.#full.splice(0, length) : this.#full;
  }

  /** After the last bytes: what is left. */
  finish(): readonly Batch[] {
    const rest = this.#rest;
    if (rest.toString("latin1").trim() !== "")
      this.#takeLine(rest, 0, rest[rest.length - 1] === 13 ? rest.length - 1 : rest.length);
    if (this.#problems.length > 0) this.#refuse();
    if (this.#count > 0) this.#closeBatch();
    return this.#full.splice(0, this.#full.length);
  }

  #takeLine(bytes: Buffer, from: number, to: number): void {
    if (from === to) return;
    if (to - from > LINE_MAX) throw tooLong();
    this.#line += 1;
    if (!this.#read) {
      this.#layout = readHeader(textOf(bytes, from, to), this.#options.provider);
      this.#read = lineReader(this.#layout, this.#options.provider);
      return;
    }
    if (!this.#copyAlike(bytes, from, to) && !this.#takeOther(this.#read, bytes, from, to)) return;
    this.rows += 1;
    this.#count += 1;
    if (this.#count === this.#options.batch) this.#closeBatch();
  }

  /** False when the line must be read in full. */
  #copyAlike(bytes: Buffer, from: number, to: number): boolean {
    const known = this.#known;
    const layout = this.#layout;
    if (!known || !layout || !this.#findCommas(bytes, from, to)) return false;
    for (const name of ALIKE) if (!this.#isSame(bytes, layout.at[name], known.cells[name])) return false;
    if (!this.#isSameHour(bytes, layout.at.occurredAt, known.cells.occurredAt)) return false;
    const { at } = layout;
    const amount = this.#digits(bytes, at.amount);
    const fee = at.fee < 0 ? 0 : this.#digits(bytes, at.fee);
    if (amount < 0 || fee < 0) return false;
    const [written, referenceEnd] = [this.#from(at.reference), this.#to(at.reference)];
    if (!isPlain(bytes, written, referenceEnd) || referenceEnd - written > 100) return false;
    if (layout.dated && !isDated(bytes, written, referenceEnd)) return false;
    const reference = layout.dated ? written + DATE_PREFIX : written;
    const [transaction, transactionEnd] = [this.#from(at.transaction), this.#to(at.transaction)];
    if (!isPlain(bytes, transaction, transactionEnd)) return false;
    this.#begin();
    this.#copy(bytes, reference, referenceEnd);
    this.#put(9);
    this.#copy(bytes, transaction, transactionEnd);
    this.#copy(known.middle, 0, known.middle.length);
    this.#copy(bytes, this.#from(at.amount), this.#to(at.amount));
    this.#put(9);
    if (at.fee < 0) this.#put(48);
    else this.#copy(bytes, this.#from(at.fee), this.#to(at.fee));
    this.#copy(known.end, 0, known.end.length);
    this.#options.seeReference(bytes, reference, referenceEnd);
    this.#options.see({ ...known.row, amount, fee });
    return true;
  }

  /** False for a line that does not count: nothing came in by it, or it is wrong (and the file with it). */
  #takeOther(
    read: (line: string, number: number) => FileRow | undefined,
    bytes: Buffer,
    from: number,
    to: number,
  ): boolean {
    const row = this.#readOrNote(() => read(textOf(bytes, from, to), this.#line));
    if (!row) return false;
    this.#options.see(row);
    const reference = Buffer.from(row.reference);
    this.#options.seeReference(reference, 0, reference.length);
    const middle = `\t${row.isRefund ? "t" : "f"}\t${row.status}\t`;
    const end = `\t${row.occurredOn}\t${row.settledOn}\n`;
    this.#begin();
    const text = Buffer.from(
      `${escaped(row.reference)}\t${escaped(row.transaction)}${middle}${row.amount}\t${row.fee}${end}`,
    );
    this.#reserve(text.length);
    this.#copy(text, 0, text.length);
    // A refund's reference may not be what the file says, hundredths are not what is written: such lines are no model.
    const layout = this.#layout;
    if (row.isRefund || !layout || layout.hundredths || !this.#findCommas(bytes, from, to)) return true;
    const cells = {} as Record<CellName, Buffer>;
    for (const name of CELLS)
      cells[name] = Buffer.from(bytes.subarray(this.#from(layout.at[name]), this.#to(layout.at[name])));
    this.#known = { row, cells, middle: Buffer.from(middle), end: Buffer.from(end) };
    return true;
  }

  /** The first wrong lines are kept, so that whoever brought the file can mend them all at once. */
  #readOrNote(read: () => FileRow | undefined): FileRow | undefined {
    try {
      return read();
    } catch (error) {
      const problem = error instanceof AppError ? (error.details as FileProblem | undefined) : undefined;
      if (problem?.line === undefined) throw error;
      this.#problems.push(problem);
      if (this.#problems.length >= PROBLEMS_MAX) this.#refuse();
      return undefined;
    }
  }

  #refuse(): never {
    const [first] = this.#problems;
    throw new AppError("invalid", {
      reason: "lines",
      message: first ? `line ${first.line}: ${first.column} is "${first.value}"` : "wrong lines",
      details: { lines: [...this.#problems] },
    });
  }

  /** Where the cells end; false for a line with quotes, backslashes, control characters or anything but ASCII. */
  #findCommas(bytes: Buffer, from: number, to: number): boolean {
    const commas = this.#commas;
    let found = 0;
    commas[0] = from - 1;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] as number;
      if (byte === COMMA) {
        found += 1;
        if (found >= CELLS_MAX) return false;
        commas[found] = at;
      } else if (byte < 32 || byte > 126 || byte === QUOTE || byte === BACKSLASH) return false;
    }
    commas.fill(to, found + 1);
    return true;
  }

  #from(cell: number): number {
    return cell < 0 ? 0 : Math.min((this.#commas[cell] as number) + 1, this.#to(cell));
  }

  #to(cell: number): number {
    return cell < 0 ? 0 : (this.#commas[cell + 1] as number);
  }

  #isSame(bytes: Buffer, cell: number, known: Buffer): boolean {
    if (cell < 0) return true;
    const from = this.#from(cell);
    return this.#to(cell) - from === known.length && same(bytes, from, known, 0, known.length);
  }

  /** Instants of one hour are of one day, where the offset is of whole hours; another way of writing it must be the same. */
  #isSameHour(bytes: Buffer, cell: number, known: Buffer): boolean {
    const from = this.#from(cell);
    const { length } = known;
    if (this.#to(cell) - from !== length) return false;
    const zone =
      length === 20 && known[19] === 90 ? 1 : length === 25 && known.toString("latin1", 19) === "+07:00" ? 6 : 0;
    if (zone === 0) return same(bytes, from, known, 0, length);
    return same(bytes, from, known, 0, DAY_AND_HOUR) && same(bytes, from + length - zone, known, length - zone, zone);
  }

  /** A whole number of at most 15 digits; −1 when the cell is anything else. */
  #digits(bytes: Buffer, cell: number): number {
    const [from, to] = [this.#from(cell), this.#to(cell)];
    if (from === to || to - from > 15) return -1;
    let value = 0;
    for (let at = from; at < to; at += 1) {
      const digit = (bytes[at] as number) - 48;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }

  #begin(): void {
    this.#reserve(LINE_MAX + 200);
    this.#copy(this.#prefix, 0, this.#prefix.length);
    this.#used += this.#out.write(String(this.#line), this.#used, "latin1");
    this.#put(9);
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#out.length) return;
    const larger = Buffer.allocUnsafe(this.#out.length * 2 + bytes);
    this.#out.copy(larger, 0, 0, this.#used);
    this.#out = larger;
  }

  #copy(bytes: Buffer, from: number, to: number): void {
    const out = this.#out;
    let used = this.#used;
    for (let at = from; at < to; at += 1) out[used++] = bytes[at] as number;
    this.#used = used;
  }

  #put(byte: number): void {
    this.#out[this.#used++] = byte;
  }

  #closeBatch(): void {
    // Of a file with a wrong line nothing more is written.
    if (this.#problems.length === 0) this.#full.push({ count: this.#count, lines: this.#out.subarray(0, this.#used) });
    this.#out = Buffer.allocUnsafe(this.#out.length);
    this.#used = 0;
    this.#count = 0;
  }
}

function same(bytes: Buffer, from: number, known: Buffer, knownFrom: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (bytes[from + at] !== known[knownFrom + at]) return false;
  return true;
}

/** Something, without blanks at its ends. */
function isPlain(bytes: Buffer, from: number, to: number): boolean {
  return to > from && bytes[from] !== 32 && bytes[to - 1] !== 32;
}

/** Six digits, a line, and something. */
function isDated(bytes: Buffer, from: number, to: number): boolean {
  if (to - from <= DATE_PREFIX || bytes[from + DATE_PREFIX - 1] !== 95) return false;
  for (let at = from; at < from + DATE_PREFIX - 1; at += 1) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(bytes: Buffer, from: number, to: number): string {
  try {
    return utf8.decode(bytes.subarray(from, to));
  } catch {
    throw new AppError("invalid", { reason: "utf-8", message: "the file is not UTF-8 text" });
  }
}

const SPECIAL = /[\\\t\n\r\0]/;

function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll("\0", "")
    .replaceAll("\\", "\\\\")
    .replace(/[\t\n\r]/g, " ");
}

function tooLong(): AppError {
  return new AppError("invalid", { reason: "long-line", message: "a line is too long: not a settlement file" });
}
