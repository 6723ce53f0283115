/**
 * A bank's statement as CSV, as an accountant downloads it. No two banks name the columns alike: they are known by what they
 * are called, with or without marks. Pure.
 */
import { isPlainDate } from "#kit/calendar.ts";
import { fold } from "#kit/vietnamese.ts";
import type { BankLine } from "./reconciliation.ts";

const COLUMNS = {
  line: ["so giao dich", "so but toan", "ma giao dich", "so tham chieu", "reference", "id"],
  bookedAt: ["ngay giao dich", "ngay hach toan", "thoi gian", "ngay", "date", "bookedat"],
  content: ["noi dung", "noi dung giao dich", "dien giai", "description", "content"],
  debit: ["ghi no", "so tien ghi no", "phat sinh no", "debit"],
  credit: ["ghi co", "so tien ghi co", "phat sinh co", "credit"],
} as const;

export type StatementColumn = keyof typeof COLUMNS;

export interface StatementProblem {
  readonly line: number;
  readonly column: StatementColumn;
  readonly value: string;
}

export type ReadStatement =
  | { readonly ok: true; readonly lines: readonly BankLine[] }
  | {
      readonly ok: false;
      readonly missing: readonly StatementColumn[];
      readonly problems: readonly StatementProblem[];
      readonly tooMany: boolean;
    };

export const LINES_MAX = 10_000;
const PROBLEMS_MAX = 20;

/** At most 10,000 lines; the first twenty wrong ones are named. A line with no amount on either side is wrong. */
export function readStatementCsv(text: string): ReadStatement {
  const rows = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const separator = (rows[0] ?? "").includes(";") ? ";" : ",";
  const names = cellsOf(rows[0] ?? "", separator).map((name) => fold(name.trim()));
  const at = {} as Record<StatementColumn, number>;
  for (const [column, known] of Object.entries(COLUMNS))
    at[column as StatementColumn] = names.findIndex((name) => (known as readonly string[]).includes(name));
  const missing = (Object.keys(COLUMNS) as StatementColumn[]).filter((column) => at[column] < 0);
  if (missing.length > 0) return { ok: false, missing, problems: [], tooMany: false };
  const lines: BankLine[] = [];
  const problems: StatementProblem[] = [];
  for (let index = 1; index < rows.length && problems.length < PROBLEMS_MAX; index += 1) {
    const row = rows[index] ?? "";
    if (row.trim() === "") continue;
    if (lines.length >= LINES_MAX) return { ok: false, missing: [], problems: [], tooMany: true };
    const cells = cellsOf(row, separator);
    const read = readLine((column) => (cells[at[column]] ?? "").trim());
    if ("column" in read) problems.push({ line: index + 1, ...read });
    else lines.push(read);
  }
  return problems.length > 0 ? { ok: false, missing: [], problems, tooMany: false } : { ok: true, lines };
}

function readLine(cell: (column: StatementColumn) => string): BankLine | { column: StatementColumn; value: string } {
  const wrong = (column: StatementColumn) => ({ column, value: cell(column).slice(0, 50) });
  const line = cell("line");
  if (line === "" || line.length > 64) return wrong("line");
  const bookedAt = readInstant(cell("bookedAt"));
  if (!bookedAt) return wrong("bookedAt");
  const content = cell("content").normalize("NFC").slice(0, 1000);
  const [debit, credit] = [readAmount(cell("debit")), readAmount(cell("credit"))];
  if (debit === undefined) return wrong("debit");
  if (credit === undefined || debit > 0 === credit > 0) return wrong("credit");
  return { line, bookedAt, content, direction: credit > 0 ? "in" : "out", amount: credit + debit };
}

/** Empty is nothing; `1.000.000`, `1,000,000.00`, `50000`. Undefined for what is no whole number of đồng. */
function readAmount(text: string): number | undefined {
  if (text === "" || text === "-") return 0;
  const bare = text.replace(/[.,]00$/, "").replace(/\s|đ|₫|VND/g, "");
  if (!/^\+?\d{1,15}$/.test(bare) && !/^\+?\d{1,3}([.,]\d{3})+$/.test(bare)) return undefined;
  return Number(bare.replace(/[^\d]/g, ""));
}

/** `10/03/2026`, `10/03/2026 09:00:00`, `2026-03-10T09:00:00+07:00`; without an offset it is Vietnamese time. */
function readInstant(text: string): Date | undefined {
  const local = /^(\d{2})[/-](\d{2})[/-](\d{4})(?: (\d{2}:\d{2}(?::\d{2})?))?$/.exec(text);
  const iso = local ? `${local[3]}-${local[2]}-${local[1]}T${local[4] ?? "12:00"}` : text.replace(" ", "T");
  const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(iso);
  if (!match || !isPlainDate(match[1])) return undefined;
  const at = new Date(match[2] ? `${iso}${match[3] ? "" : "+07:00"}` : `${iso}T12:00:00+07:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function cellsOf(row: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < row.length; at += 1) {
    const char = row[at];
    if (quoted && char === '"' && row[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += char;
  }
  return [...cells, cell];
}
