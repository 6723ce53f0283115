/** The sheet that a person begins with, and the one that comes back with a column of errors. Pure. */
import type { Lang } from "#kit/i18n.ts";
import type { FormItem } from "#province/forms/index.ts";
import { type BatchRow, cellAddress, ROWS_MAX } from "./batch.ts";
import { messages } from "./messages.ts";
import { ERROR_COLUMN, NOTE_COLUMN, type SheetColumn } from "./sheet-columns.ts";
import { csvOf, type SheetContent, type SheetList, xlsxOf } from "./write-sheet.ts";

export type SheetKind = "xlsx" | "csv";

const HEAD_ROWS = 2;

/** Labels, ids, one example. */
export function templateSheet(columns: readonly SheetColumn[], lang: Lang, kind: SheetKind): Buffer {
  const t = messages[lang].sheetFile;
  const head = headOf(columns, lang);
  const example = [t.exampleNote, ...columns.map((column) => exampleOf(column, lang))];
  return made(kind, contentOf(columns, lang, [...head, example], HEAD_ROWS + 1 + ROWS_MAX));
}

/** The rows that are not filed yet, in the sheet's own order of columns, each with what is wrong with it. */
export function errorSheet(
  all: ReadonlyMap<string, SheetColumn>,
  batch: { readonly columns: readonly string[]; readonly rows: readonly BatchRow[] },
  lang: Lang,
  kind: SheetKind,
): Buffer {
  const t = messages[lang].sheetFile;
  const columns = batch.columns.flatMap((id) => all.get(id) ?? []);
  const [labels = [], ids = []] = headOf(columns, lang);
  const lines = batch.rows.map((row, index) => [
    row.cells[NOTE_COLUMN] ?? "",
    ...columns.map(({ id }) => row.cells[id] ?? ""),
    row.errors.map((error) => errorWords(error, columns, HEAD_ROWS + 1 + index, lang)).join("\n"),
  ]);
  const rows = [[...labels, t.errors], [...ids, ERROR_COLUMN], ...lines];
  return made(kind, contentOf(columns, lang, rows, HEAD_ROWS + ROWS_MAX));
}

/** "C5: Số CCCD có 12 chữ số …", with the cell's place in this very sheet. */
function errorWords(
  error: BatchRow["errors"][number],
  columns: readonly SheetColumn[],
  line: number,
  lang: Lang,
): string {
  const index = columns.findIndex(({ id }) => id === error.column);
  return index < 0 ? error.message[lang] : `${cellAddress(index + 1, line)}: ${error.message[lang]}`;
}

function headOf(columns: readonly SheetColumn[], lang: Lang): readonly (readonly string[])[] {
  const labels = columns.map(({ label, required }) => `${label[lang]}${required ? " *" : ""}`);
  return [
    [messages[lang].sheetFile.note, ...labels],
    [NOTE_COLUMN, ...columns.map(({ id }) => id)],
  ];
}

function made(kind: SheetKind, content: SheetContent): Buffer {
  return kind === "csv" ? csvOf(content.rows) : xlsxOf(content);
}

function contentOf(
  columns: readonly SheetColumn[],
  lang: Lang,
  rows: readonly (readonly string[])[],
  lastLine: number,
): SheetContent {
  const t = messages[lang].sheetFile;
  const lists: SheetList[] = columns.flatMap(({ choices, item }, index) =>
    // Several may be chosen in one cell: a list would allow one only.
    choices.length === 0 || item?.type === "choices"
      ? []
      : [{ column: index + 1, values: choices.map(({ label }) => label[lang]) }],
  );
  const hints = new Map(columns.map((column, index) => [index + 1, hintOf(column, lang)] as const));
  return { name: t.name, listsName: t.lists, rows, headRows: HEAD_ROWS, lists, hints, lastLine };
}

/** What a cell wants, in a sentence: for the sheet and for the page that corrects a row. */
export function hintOf({ item, component, choices, part }: SheetColumn, lang: Lang): string {
  const t = messages[lang].sheetFile;
  if (component) return t.hints.file;
  const own = item?.hint?.[lang] ?? "";
  const kind = item && part === undefined ? t.hints[item.type as keyof typeof t.hints] : undefined;
  const several = item?.type === "choices" ? t.hints.several(choices.map(({ label }) => label[lang]).join("; ")) : "";
  return [own, typeof kind === "string" ? kind : "", several].filter(Boolean).join(" ");
}

const EXAMPLES: Partial<Record<FormItem["type"], string>> = {
  personName: "Nguyễn Văn An",
  organisationName: "Công ty TNHH Bình Minh",
  identityNumber: "072090001234",
  phone: "0900000123",
  email: "an@example.vn",
  taxCode: "0300000000",
  place: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh",
  date: "15/03/1990",
  partialDate: "1990",
  money: "500000",
  integer: "1",
  decimal: "35,5",
  vehiclePlate: "70A12345",
};

const PART_EXAMPLES: Readonly<Record<string, string>> = {
  detail: "12 ấp 3",
  area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  number: "0123456789",
  lat: "11,1123",
  lng: "106,1795",
  typed: "Nguyễn Văn An",
};

function exampleOf({ item, part, component, choices }: SheetColumn, lang: Lang): string {
  if (component) return "";
  if (choices.length > 0) return choices[0]?.label[lang] ?? "";
  return (part === undefined ? item && EXAMPLES[item.type] : PART_EXAMPLES[part]) ?? "";
}
