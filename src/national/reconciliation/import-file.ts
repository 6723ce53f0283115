import { createHash } from "node:crypto";
import { addDays, type PlainDate } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import type { Database, Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { type FileLayout, lineReader, readHeader } from "./file-format.ts";
import { createRepeatFinder } from "./repeat-finder.ts";
import type { Difference, FileRow, Reconciled, Side } from "./reconciliation.ts";
import {
  type Batch,
  compareLate,
  type CompareInput,
  type CompareRow,
  compareRows,
  type DaySum,
  endLoading,
  findElsewhere,
  type ImportRow,
  keepComparison,
  putBatch,
  putImport,
  sumByDay,
} from "./reconciliation-store.ts";

const BATCH = 20_000;
const DIFFERENCES_MAX = 200_000;
const LINES_MAX = 20_000_000;

export interface SettlementFile {
  readonly provider: string;
  readonly name: string;
  /** The day that was asked for; else the file's own days count. */
  readonly day?: PlainDate;
  readonly source: "command" | "fetched" | "operator";
  /** UTF-8; opened twice, for its hash and for its lines. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/**
 * Takes a provider's settlement file in and compares it with the hub's books. The same file again is not taken in twice
 * (only compared again); one that was left half-way goes on at its next batch. Repairs nothing: differences go to the
 * operator's work list. Errors: `invalid` for a file that is not understood whole.
 */
export async function reconcileFile(database: Database, file: SettlementFile): Promise<Reconciled> {
  const hash = await hashOf(file.open(), file.day);
  const { provider, name, source, day = null } = file;
  const known = await putImport(database, { provider, hash, name, day, source });
  const days = await load(database, known, file);
  return compare(database, known, days);
}

/** Files without lines are all alike: what tells them apart is the day that was asked for. */
async function hashOf(chunks: AsyncIterable<Uint8Array>, day: PlainDate | undefined): Promise<string> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (day && bytes < 150) hash.update(day);
  return hash.digest("hex");
}

interface FileDays {
  readonly rows: number;
  readonly lag: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly repeated: readonly string[];
}

/** Reads every line (a wrong one anywhere refuses the file), and writes those that are not there yet. */
async function load(database: Database, known: ImportRow, file: SettlementFile): Promise<FileDays> {
  let layout: FileLayout | undefined;
  let read: ((line: string, number: number) => FileRow) | undefined;
  let rows = 0;
  let loaded = known.linesLoaded;
  let from = 0;
  let batch = emptyBatch();
  let writing: Promise<void> = Promise.resolve();
  const repeats = createRepeatFinder();
  const lags = new Map<number, number>();
  const dayCounts = new Map<PlainDate, number>();
  const flush = async (): Promise<void> => {
    await writing;
    const [start, full] = [from, batch];
    from = rows;
    batch = emptyBatch();
    if (start < loaded || full.count === 0) return;
    // The next lines are read while these are written.
    writing = putBatch(database, known.n, start, full.text()).then((mine) => {
      if (!mine && known.loadedAt === null)
        throw new AppError("conflict", { message: "this file is being taken in by another process" });
      loaded = start + full.count;
      // F12: half a file is written.
      crashPoint("F12");
    });
    writing.catch(() => undefined);
  };
  for await (const line of linesOf(file.open())) {
    if (!layout || !read) {
      layout = readHeader(line);
      read = lineReader(layout, file.provider);
      continue;
    }
    const row = read(line, rows + 2);
    rows += 1;
    if (rows > LINES_MAX) throw new AppError("too-large", { message: `a file has at most ${LINES_MAX} lines` });
    batch.add(row);
    repeats.see(row.reference);
    count(lags, lagOf(row));
    count(dayCounts, row.settledOn);
    if (batch.count >= BATCH) await flush();
  }
  if (!layout) throw new AppError("invalid", { reason: "columns", message: "the file is empty" });
  await flush();
  await writing;
  const lag = mostOf(lags) ?? 0;
  await endLoading(database, known.n, lag);
  return { rows, lag, ...coverOf(file.day, dayCounts, lag), repeated: repeats.repeated };
}

/** Days of payments that the file is about: a day with few lines at its edge is a shifted line, not a day. */
function coverOf(
  asked: PlainDate | undefined,
  counts: ReadonlyMap<PlainDate, number>,
  lag: number,
): { from: PlainDate; to: PlainDate } {
  if (asked) return { from: asked, to: asked };
  const most = Math.max(0, ...counts.values());
  const days = [...counts]
    .filter(([, lines]) => lines * 4 >= most)
    .map(([day]) => addDays(day, -lag))
    .sort();
  // Nothing of ours is missing from a file without lines: it does not say which day it is about.
  return { from: days[0] ?? "2000-01-01", to: days.at(-1) ?? "1999-12-31" };
}

async function compare(database: Database, known: ImportRow, days: FileDays): Promise<Reconciled> {
  return database.tx(async (db) => {
    const input = {
      n: known.n,
      provider: known.provider,
      lag: days.lag,
      from: days.from,
      to: days.to,
      repeated: days.repeated,
    };
    const found = await secondLook(db, input, await compareRows(db, input));
    if (found.length > DIFFERENCES_MAX) {
      throw new AppError("invalid", {
        reason: "other-file",
        message: `more than ${DIFFERENCES_MAX} differences: is it the right file?`,
      });
    }
    const differences = found.map(differenceOf);
    const matched = days.rows - found.filter((row) => row.line !== null).length;
    const rows = differences.map(({ kind, line, reference, type, ours, theirs }) => ({
      kind,
      line: line ?? null,
      reference,
      is_refund: type === "refund",
      ours: ours ?? null,
      theirs: theirs ?? null,
    }));
    await keepComparison(db, known, { rows, days: agreedDays(await sumByDay(db, known.n), found), matched });
    return { importId: known.id, rows: days.rows, matched, differences };
  });
}

/** A payment begun long ago is found by its name; one of ours that another file has is not missing. */
async function secondLook(db: Db, input: CompareInput, found: readonly CompareRow[]): Promise<CompareRow[]> {
  const late = found.filter((row) => row.kind === "missing-ours" && row.ourAmount === null);
  const missing = found.filter((row) => row.kind === "missing-theirs").map((row) => row.reference);
  const elsewhere = missing.length > 0 ? await findElsewhere(db, input.provider, input.n, missing) : new Set<string>();
  const again = late.length > 0 && late.length <= DIFFERENCES_MAX ? await compareLate(db, input, late) : late;
  const kept = found.filter(
    (row) => !late.includes(row) && !(row.kind === "missing-theirs" && elsewhere.has(row.reference)),
  );
  return [...kept, ...again].sort(
    (a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || (a.reference < b.reference ? -1 : 1),
  );
}

/** What the provider paid out by day, less the lines on which the two books do not agree about the money. */
function agreedDays(sums: readonly DaySum[], found: readonly CompareRow[]): DaySum[] {
  return sums.map((sum) => {
    const off = found.filter(
      (row) => row.line !== null && row.settledOn === sum.day && row.theirStatus === "success" && row.kind !== "date",
    );
    const total = (pick: (row: CompareRow) => number) => off.reduce((all, row) => all + pick(row), 0);
    return {
      day: sum.day,
      captured: sum.captured - total((row) => (row.isRefund ? 0 : (row.theirAmount ?? 0))),
      refunded: sum.refunded - total((row) => (row.isRefund ? (row.theirAmount ?? 0) : 0)),
      fee: sum.fee - total((row) => row.theirFee ?? 0),
    };
  });
}

function differenceOf(row: CompareRow): Difference {
  const ours: Side | undefined =
    row.ourAmount === null
      ? undefined
      : { amount: row.ourAmount, status: row.ourStatus ?? "", transaction: row.ourTransaction, day: row.ourDay ?? "" };
  const theirs: Side | undefined =
    row.line === null
      ? undefined
      : {
          amount: row.theirAmount ?? 0,
          status: row.theirStatus ?? "",
          transaction: row.theirTransaction,
          day: row.theirDay ?? "",
          settledOn: row.settledOn ?? "",
        };
  return {
    kind: row.kind,
    ...(row.line === null ? {} : { line: row.line }),
    reference: row.reference,
    type: row.isRefund ? "refund" : "payment",
    ...(ours ? { ours } : {}),
    ...(theirs ? { theirs } : {}),
  };
}

function lagOf(row: FileRow): number {
  return row.settledOn === row.occurredOn ? 0 : (Date.parse(row.settledOn) - Date.parse(row.occurredOn)) / 86_400_000;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostOf(counts: ReadonlyMap<number, number>): number | undefined {
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

/** Lines of a UTF-8 file; blank ones at the end do not count. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    if (rest.length > 10_000)
      throw new AppError("invalid", { reason: "line", message: "a line is too long: not a settlement file" });
    for (const part of parts) if (part !== "" && part !== "\r") yield part.endsWith("\r") ? part.slice(0, -1) : part;
  }
  if (rest.trim() !== "") yield rest.trimEnd();
}

/** Columns of rows as PostgreSQL array texts: the driver would escape each value anew. */
function emptyBatch() {
  const references: string[] = [];
  const transactions: string[] = [];
  const refunds: string[] = [];
  const statuses: string[] = [];
  const amounts: number[] = [];
  const fees: number[] = [];
  const occurred: string[] = [];
  const settled: string[] = [];
  const array = (values: readonly (string | number)[]) => `{${values.join(",")}}`;
  return {
    count: 0,
    add(row: FileRow): void {
      this.count += 1;
      references.push(quoted(row.reference));
      transactions.push(quoted(row.transaction));
      refunds.push(row.isRefund ? "t" : "f");
      statuses.push(row.status);
      amounts.push(row.amount);
      fees.push(row.fee);
      occurred.push(row.occurredOn);
      settled.push(row.settledOn);
    },
    text(): Batch {
      return {
        count: this.count,
        references: array(references),
        transactions: array(transactions),
        refunds: array(refunds),
        statuses: array(statuses),
        amounts: array(amounts),
        fees: array(fees),
        occurred: array(occurred),
        settled: array(settled),
      };
    },
  };
}

const SAFE = /^[0-9A-Za-z_.:/-]+$/;

function quoted(text: string): string {
  if (SAFE.test(text) && text.toUpperCase() !== "NULL") return text;
  return `"${text.replace(/\0/g, "").replace(/["\\]/g, "\\$&")}"`;
}
