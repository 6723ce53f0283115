/** The words of bulk filing: a batch is a sheet of many dossiers of one procedure, its rows, and the papers they name. */
import type { Text } from "#kit/i18n.ts";
import type { Applicant, DossierAgency } from "#province/dossiers/index.ts";

export const ROWS_MAX = 1_000;
export const SHEET_BYTES_MAX = 5 * 1_024 * 1_024;
/** Batches of one person that are not wholly filed. */
export const BATCHES_MAX = 20;
/** Papers of one batch. */
export const PAPERS_MAX = 2_000;
export const PAPERS_BYTES_MAX = 900 * 1_024 * 1_024;

/** What stands in a row, by the column's id; empty cells are absent. */
export type Cells = Readonly<Record<string, string>>;

/** Faulty and ready rows are the person's to change; `filing` is the worker's; a filed row is a dossier. */
export type RowState = "faulty" | "ready" | "filing" | "filed";

export interface RowError {
  /** Id of the column, "" when the sheet has none for it. */
  readonly column: string;
  readonly message: Text;
}

export interface BatchRow {
  readonly seq: number;
  /** Line of the sheet, from 1. */
  readonly line: number;
  readonly cells: Cells;
  readonly errors: readonly RowError[];
  readonly state: RowState;
  readonly dossierId: string | null;
  readonly submissionId: string | null;
  /** Number of the dossier (số hồ sơ). */
  readonly number: number | null;
}

export interface Batch {
  readonly id: string;
  readonly applicantSub: string;
  readonly applicant: Applicant;
  readonly procedureCode: string;
  readonly procedureName: Text;
  readonly agency: DossierAgency;
  readonly sheetName: string;
  readonly columns: readonly string[];
  readonly createdAt: Date;
}

export type BatchCounts = Readonly<Record<RowState, number>>;

/** A paper that came with the sheet. */
export interface BatchFile {
  readonly key: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/** Under which a row finds a paper: letters' case and the way of writing marks (NFD, as some computers do) do not count. */
export function fileKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase().slice(0, 255);
}

/** The files that a cell names. */
export function namesIn(cell: string | undefined): readonly string[] {
  return (cell ?? "")
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter(Boolean);
}

/** Keys of every paper that a row names. */
export function keysIn(cells: Cells): readonly string[] {
  const named = Object.entries(cells).flatMap(([column, cell]) => (column.startsWith("file.") ? namesIn(cell) : []));
  return [...new Set(named.map(fileKey))];
}

/** "C5": column by position from 0, line from 1. */
export function cellAddress(column: number, line: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${line}`;
}
