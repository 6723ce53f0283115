import { createHash } from "node:crypto";
import type { PlainDate } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import type { Database, Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { createFileTally, type DaySum, type TallyOfFile } from "./file-tally.ts";
import { type Batch, LineScanner } from "./line-scanner.ts";
import { createRepeatFinder } from "./repeat-finder.ts";
import type { Difference, Reconciled, Side } from "./reconciliation.ts";
import {
  compareLate,
  type CompareInput,
  type CompareRow,
  compareRows,
  endLoading,
  findElsewhere,
  type ImportRow,
  keepComparison,
  putBatch,
  putImport,
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

interface FileDays extends TallyOfFile {
  readonly rows: number;
  readonly repeated: readonly string[];
}

/** Reads every line (a wrong one anywhere refuses the file), and writes those that are not there yet. */
async function load(database: Database, known: ImportRow, file: SettlementFile): Promise<FileDays> {
  let loaded = known.linesLoaded;
  let from = 0;
  let writing: Promise<void> = Promise.resolve();
  const repeats = createRepeatFinder();
  const tally = createFileTally();
  const scanner = new LineScanner({
    provider: file.provider,
    n: known.n,
    batch: BATCH,
    see: tally.see,
    seeReference: repeats.see,
  });
  const write = async ({ count, lines }: Batch): Promise<void> => {
    await writing;
    const start = from;
    from += count;
    if (from > LINES_MAX) throw new AppError("too-large", { message: `a file has at most ${LINES_MAX} lines` });
    if (start < loaded) return;
    // The next lines are read while these are written.
    writing = putBatch(database, { n: known.n, from: start, count, lines }).then((mine) => {
      if (!mine && known.loadedAt === null)
        throw new AppError("conflict", { message: "this file is being taken in by another process" });
      loaded = start + count;
      // F12: half a file is written.
      crashPoint("F12");
    });
    writing.catch(() => undefined);
  };
  for await (const chunk of file.open()) for (const batch of scanner.feed(chunk)) await write(batch);
  for (const batch of scanner.finish()) await write(batch);
  await writing;
  if (!scanner.begun) throw new AppError("invalid", { reason: "columns", message: "the file is empty" });
  await endLoading(database, known.n, tally.lag());
  return { rows: scanner.rows, ...tally.read(file.day), repeated: repeats.repeated };
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
    await keepComparison(db, known, { rows, days: agreedDays(days.sums, found), matched });
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
