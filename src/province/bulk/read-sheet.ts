/** A sheet as it was sent, XLSX or CSV, read into rows of cells by the columns' ids. Never throws for hostile bytes. */
import { readSheet as readXlsx } from "read-excel-file/universal";
import { formatDate } from "#kit/calendar.ts";
import { officeProblem } from "#kit/office-file.ts";
import { cleanLines, cleanText, fold } from "#kit/vietnamese.ts";
import { listEntries } from "#kit/zip-file.ts";
import { cellAddress, type Cells, ROWS_MAX, SHEET_BYTES_MAX } from "./batch.ts";
import { readCsv } from "./read-csv.ts";
import { ERROR_COLUMN, NOTE_COLUMN, type SheetColumn } from "./sheet-columns.ts";

export type SheetProblem =
  | "empty"
  | "too-large"
  | "kind"
  | "broken"
  | "encrypted"
  | "bomb"
  | "active"
  | "not-utf8"
  | "too-many-cells"
  | "no-header"
  | "same-column"
  | "no-rows"
  | "too-many-rows";

export interface SheetRow {
  readonly line: number;
  readonly cells: Cells;
}

export type SheetRead =
  | {
      readonly ok: true;
      /** Ids by position; "" where nothing was understood. */
      readonly columns: readonly string[];
      readonly rows: readonly SheetRow[];
    }
  | { readonly ok: false; readonly problem: SheetProblem; readonly at?: string };

const COLUMNS_MAX = 400;
/** A sheet of 1,000 rows is a few megabytes of XML; one that unfolds to more is no sheet of ours. */
const UNPACKED_MAX = 40 * 1_024 * 1_024;
/** Longer than any answer may be: the rest is cut before it is kept. */
const CELL_MAX = 10_000;
const HEADER_WITHIN = 20;

type Grid = readonly (readonly string[])[];

export async function readSheet(
  name: string,
  bytes: Buffer,
  columns: ReadonlyMap<string, SheetColumn>,
): Promise<SheetRead> {
  if (bytes.length === 0) return { ok: false, problem: "empty" };
  if (bytes.length > SHEET_BYTES_MAX) return { ok: false, problem: "too-large" };
  const isZip = bytes.subarray(0, 4).toString("latin1") === "PK\x03\x04";
  if (/\.(?:csv|txt)$/i.test(name) && !isZip) {
    const csv = readCsv(bytes, { rows: ROWS_MAX + HEADER_WITHIN, cells: COLUMNS_MAX });
    return csv.ok ? rowsOf(csv.grid, columns) : csv;
  }
  if (!/\.xlsx$/i.test(name) || !isZip) return { ok: false, problem: "kind" };
  const problem = await containerProblem(bytes);
  if (problem) return { ok: false, problem };
  const grid = await gridOf(bytes);
  return grid ? rowsOf(grid, columns) : { ok: false, problem: "broken" };
}

async function containerProblem(bytes: Buffer): Promise<SheetProblem | undefined> {
  const problem = await officeProblem("xlsx", bytes);
  if (problem) return problem === "content" ? "kind" : problem;
  const entries = listEntries(bytes);
  if (!Array.isArray(entries)) return "broken";
  return entries.reduce((sum, entry) => sum + entry.unpacked, 0) > UNPACKED_MAX ? "bomb" : undefined;
}

/** The first sheet. Formulas come as the values they last had: text like any other. */
async function gridOf(bytes: Buffer): Promise<Grid | undefined> {
  try {
    const copy = new Uint8Array(bytes).buffer;
    const data: readonly (readonly unknown[])[] = await readXlsx(copy, { parseNumber: (text) => text, trim: false });
    return data.map((row) => row.map(cellText));
  } catch {
    return undefined;
  }
}

function cellText(value: unknown): string {
  if (typeof value === "string") return numberText(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  // A spreadsheet's day has no zone: it is read as midnight UTC.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : formatDate(value.toISOString().slice(0, 10));
  return "";
}

/** Spreadsheets keep long numbers as 7.9090001234E+10. */
function numberText(text: string): string {
  if (!/^-?\d(?:\.\d+)?E\+\d{1,2}$/.test(text)) return text;
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : text;
}

function rowsOf(grid: Grid, known: ReadonlyMap<string, SheetColumn>): SheetRead {
  const header = findHeader(grid, known);
  if (!header) return { ok: false, problem: "no-header" };
  const { columns, line } = header;
  const twice = columns.findIndex((id, index) => id !== "" && columns.indexOf(id) !== index);
  if (twice >= 0) return { ok: false, problem: "same-column", at: cellAddress(twice, line) };
  const rows: SheetRow[] = [];
  for (let index = line; index < grid.length; index += 1) {
    const cells = cellsOf(columns, grid[index] ?? []);
    if (Object.keys(cells).every((id) => id === NOTE_COLUMN) || isExample(cells)) continue;
    if (rows.length === ROWS_MAX) return { ok: false, problem: "too-many-rows" };
    rows.push({ line: index + 1, cells });
  }
  return rows.length > 0 ? { ok: true, columns, rows } : { ok: false, problem: "no-rows" };
}

function cellsOf(columns: readonly string[], row: readonly string[]): Cells {
  const cells: Record<string, string> = {};
  columns.forEach((id, index) => {
    const text = id === "" || id === ERROR_COLUMN ? "" : cleanLines((row[index] ?? "").slice(0, CELL_MAX));
    if (text !== "") cells[id] = text;
  });
  return cells;
}

function isExample(cells: Cells): boolean {
  return /^(?:vd|vi du|example)\b/.test(fold(cells[NOTE_COLUMN] ?? ""));
}

/** The row of ids; where somebody took it out, the row of the template's own labels in either language. */
function findHeader(
  grid: Grid,
  known: ReadonlyMap<string, SheetColumn>,
): { readonly columns: readonly string[]; readonly line: number } | undefined {
  const own = new Set([...known.keys(), NOTE_COLUMN, ERROR_COLUMN]);
  const labels = new Map([...known].flatMap(([id, { label }]) => [label.vi, label.en].map((text) => [fold(text), id])));
  const byId = (text: string): string => (own.has(text) ? text : "");
  const byLabel = (text: string): string => labels.get(fold(text.replace(/\s*\*$/, ""))) ?? "";
  for (const read of [byId, byLabel]) {
    const index = grid.slice(0, HEADER_WITHIN).findIndex((row) => row.some((cell) => known.has(read(cleanText(cell)))));
    if (index >= 0) {
      const columns = (grid[index] ?? []).slice(0, COLUMNS_MAX).map((cell) => read(cleanText(cell)));
      return { columns, line: index + 1 };
    }
  }
  return undefined;
}
