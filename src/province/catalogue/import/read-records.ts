import { AppError } from "#kit/errors.ts";
import { csvCode, type CsvHeader, missingColumns, readCsv, readHeader } from "./read-csv.ts";
import { isExport, readExport } from "./read-export.ts";
import { isNational, readNational } from "./read-national.ts";
import { listOf, recordOf, textOf } from "./read-words.ts";
import { type RawProcedure, type ReadRecord, RecordError } from "./record.ts";
import { detect, type Piece, pieces, unpacked } from "./split-records.ts";

/**
 * The procedures of a file, one after the other, whatever its shape: JSON lines, `LayThuTuc` answers (one, a list, or
 * wrapped), CSV; plain or gzip. A record that cannot be understood is given back with its reason and the next one is read.
 * Throws `invalid` when the file as a whole cannot be: broken gzip, CSV without the columns.
 */
export async function* readRecords(source: AsyncIterable<Buffer>): AsyncGenerator<ReadRecord> {
  try {
    const { shape, rest } = await detect(unpacked(source));
    if (shape === "csv") yield* csvRecords(pieces(rest, shape));
    else for await (const piece of pieces(rest, shape)) yield* jsonRecords(piece);
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith("Z_"))
      throw new AppError("invalid", {
        reason: "gzip",
        message: "the file is gzip, and cannot be unpacked",
        cause: error,
      });
    throw error;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decode({ bytes }: Piece): string {
  if (!bytes) throw new RecordError("too-large");
  try {
    return utf8.decode(bytes);
  } catch {
    throw new RecordError("broken-utf8");
  }
}

async function* csvRecords(records: AsyncGenerator<Piece>): AsyncGenerator<ReadRecord> {
  let header: CsvHeader | undefined;
  for await (const piece of records) {
    if (header) {
      const known = header;
      yield attempt(
        piece.line,
        () => readCsv(decode(piece), known),
        () => csvCode(decode(piece), known),
      );
      continue;
    }
    header = readHeader(piece.bytes?.toString("utf8").replace(/\r$/, "") ?? "");
    const missing = missingColumns(header);
    if (missing.length > 0)
      throw new AppError("invalid", {
        reason: "columns",
        message: `it is neither JSON nor CSV with the columns wanted; the first line lacks: ${missing.join(", ")}`,
      });
  }
}

function* jsonRecords(piece: Piece): Generator<ReadRecord> {
  const { line } = piece;
  let value: unknown;
  try {
    value = JSON.parse(decode(piece).replace(/^\uFEFF/, ""));
  } catch (error) {
    yield { line, code: null, reason: error instanceof RecordError ? error.reason : "not-json" };
    return;
  }
  for (const one of unwrap(value, 0))
    yield attempt(
      line,
      () => readObject(one),
      () => codeOf(recordOf(one)),
    );
}

/** Services answer with the procedure itself, or under `result` or `data`, one or a list. */
function unwrap(value: unknown, depth: number): readonly unknown[] {
  const fields = recordOf(value);
  if (depth > 2 || isNational(fields) || isExport(fields)) return [value];
  if (Array.isArray(value)) return value.flatMap((one) => unwrap(one, depth + 1));
  const inner = fields["result"] ?? fields["data"] ?? fields["Data"];
  return typeof inner === "object" && inner !== null ? listOf(inner).flatMap((one) => unwrap(one, depth + 1)) : [value];
}

function readObject(value: unknown): RawProcedure {
  const fields = recordOf(value);
  if (isNational(fields)) return readNational(fields);
  if (isExport(fields)) return readExport(fields);
  throw new RecordError("not-a-procedure");
}

/** `code` says what the record calls itself, for the report; it may be as broken as the rest. */
function attempt(line: number, read: () => RawProcedure, code: () => string): ReadRecord {
  try {
    return { line, raw: read() };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { line, code: ifReadable(code), reason: error.reason };
  }
}

function ifReadable(code: () => string): string | null {
  try {
    return code().slice(0, 60) || null;
  } catch {
    return null;
  }
}

function codeOf(fields: Readonly<Record<string, unknown>>): string {
  return textOf(fields["code"]) || textOf(fields["MATTHC"]);
}
