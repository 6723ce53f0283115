/** CSV (RFC 4180) with a header: code,name,field,levels,agencies,time,time_unit,fee,components,legal_basis, in any order. */
import { fold } from "#kit/vietnamese.ts";
import { readAmount, readLevel, readUnit, linesOf, textOf } from "./read-words.ts";
import { type RawChannel, type RawProcedure, RecordError } from "./record.ts";

const COLUMNS = [
  "code",
  "name",
  "field",
  "levels",
  "agencies",
  "time",
  "time_unit",
  "fee",
  "components",
  "legal_basis",
] as const;

type Column = (typeof COLUMNS)[number];

export interface CsvHeader {
  readonly separator: string;
  readonly columns: readonly string[];
}

/** Columns that the header lacks; empty when it can be used. */
export function missingColumns({ columns }: CsvHeader): readonly string[] {
  return COLUMNS.filter((column) => !columns.includes(column));
}

/** The header's separator is the one that gives the most columns: comma, semicolon (Excel in Vietnam) or tab. */
export function readHeader(line: string): CsvHeader {
  const text = line.replace(/^\uFEFF/, "");
  const tried = [",", ";", "\t"].map((separator): CsvHeader => {
    const columns = cellsOf(text, separator) ?? [];
    return { separator, columns: columns.map((name) => name.trim().toLowerCase()) };
  });
  return tried.toSorted((a, b) => b.columns.length - a.columns.length)[0] ?? { separator: ",", columns: [] };
}

export function readCsv(line: string, header: CsvHeader): RawProcedure {
  const cells = cellsOf(line.replace(/\r$/, ""), header.separator);
  if (!cells || cells.length !== header.columns.length) throw new RecordError("columns");
  const cell = (column: Column) => cells[header.columns.indexOf(column)] ?? "";
  const ways = channelsOf(cell("time"), cell("time_unit"), cell("fee"));
  return {
    code: textOf(cell("code")),
    name: textOf(cell("name")),
    field: textOf(cell("field")) || null,
    levels: listed(cell("levels"), /[;|,\n/]/).map((word) => {
      const level = readLevel(word);
      if (!level) throw new RecordError("levels");
      return level;
    }),
    issuer: null,
    decision: null,
    agencies: listed(cell("agencies"), /[;|\n]/),
    audience: [],
    ...ways,
    papers: listed(cell("components"), /[;|\n]/).map((name) => ({
      case: null,
      name,
      originals: 1,
      copies: 0,
      isNote: false,
    })),
    results: [],
    legalBasis: listed(cell("legal_basis"), /[;|\n]/),
    steps: [],
    conditions: null,
  };
}

/** The code of a record whose other cells cannot be read; empty when it has none. */
export function csvCode(line: string, { separator, columns }: CsvHeader): string {
  return textOf(cellsOf(line.replace(/\r$/, ""), separator)?.[columns.indexOf("code")]);
}

/** One time and one fee for every way of filing; what is no number is kept as words. */
function channelsOf(time: string, unit: string, fee: string): Pick<RawProcedure, "channels" | "timeText" | "feeText"> {
  const amount = Number(textOf(time).replace(",", "."));
  const isNumber = textOf(time) !== "" && Number.isFinite(amount);
  if (isNumber && (amount < 0 || amount > 3660)) throw new RecordError("time");
  const word = readUnit(unit);
  if (textOf(unit) !== "" && !word && !/^(other|khac)$/.test(fold(textOf(unit)))) throw new RecordError("time");
  const money = readAmount(fee);
  if (money === undefined && /^-?\d[\d.,]*$/.test(textOf(fee))) throw new RecordError("fee");
  const shared: Omit<RawChannel, "way"> = {
    time: isNumber && amount > 0 && word ? { amount, unit: word } : null,
    fee: money ?? null,
    currency: "VND",
  };
  const [timeText, feeText] = [isNumber ? "" : linesOf(time), money === undefined ? linesOf(fee) : ""];
  return {
    channels: (["online", "counter", "post"] as const).map((way) => ({ way, ...shared })),
    ...(timeText ? { timeText } : {}),
    ...(feeText ? { feeText } : {}),
  };
}

function listed(cell: string, separator: RegExp): string[] {
  return cell
    .split(separator)
    .map(textOf)
    .filter((text) => text !== "");
}

/** Undefined when quotes are not closed or stand where they may not. */
function cellsOf(line: string, separator: string): string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let text = "";
      let end = line.indexOf('"', at + 1);
      while (end !== -1 && line[end + 1] === '"') {
        text += line.slice(at + 1, end + 1);
        at = end + 1;
        end = line.indexOf('"', at + 1);
      }
      if (end === -1) return undefined;
      cells.push(text + line.slice(at + 1, end));
      at = end + 1;
      if (at < line.length && line[at] !== separator) return undefined;
    } else {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end === -1 ? line.length : end));
      at = end === -1 ? line.length : end;
    }
    if (at >= line.length) return cells;
    at += 1;
    if (at === line.length) return [...cells, ""];
  }
}
