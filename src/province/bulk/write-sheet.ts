/** Sheets as they are given: XLSX (ECMA-376, the parts that every program reads) and CSV. Every cell is text. Pure. */
import { strToU8, zipSync } from "fflate";
import { cellAddress } from "./batch.ts";

export interface SheetList {
  /** Position of the column that is chosen from it. */
  readonly column: number;
  readonly values: readonly string[];
}

export interface SheetContent {
  /** At most 31 characters, without : \ / ? * [ ]. */
  readonly name: string;
  readonly listsName: string;
  readonly rows: readonly (readonly string[])[];
  /** Rows at the top that stay in sight, the first of them bold. */
  readonly headRows: number;
  readonly lists: readonly SheetList[];
  /** Words shown beside a cell that is being filled, by position of the column. */
  readonly hints: ReadonlyMap<number, string>;
  /** Down to this line lists and hints apply. */
  readonly lastLine: number;
}

/** Commas and a mark of UTF-8, by which spreadsheets know the letters. What would be a formula begins with an apostrophe. */
export function csvOf(rows: readonly (readonly string[])[]): Buffer {
  const line = (cells: readonly string[]): string => cells.map((cell) => quoted(unarmed(cell))).join(",");
  return Buffer.from(`\uFEFF${rows.map(line).join("\r\n")}\r\n`, "utf8");
}

function quoted(text: string): string {
  return /[",;\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** CSV injection (OWASP): cells that begin like this are run by spreadsheets. */
function unarmed(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** Cells are inline texts of the format "@" (text): zeros in front stay, and nothing in them is ever a formula. */
export function xlsxOf(content: SheetContent): Buffer {
  const parts: Record<string, string> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${xml(content.name)}" sheetId="1" r:id="rId1"/><sheet name="${xml(content.listsName)}" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": STYLES,
    "xl/worksheets/sheet1.xml": mainSheet(content),
    "xl/worksheets/sheet2.xml": listsSheet(content.lists),
  };
  const files = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
  return Buffer.from(zipSync(files, { level: 6, mtime: "2020-01-01T00:00:00Z" }));
}

/** 0 plain, 1 text, 2 bold label, 3 grey id. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font><font><sz val="9"/><color rgb="FF6B7280"/><name val="Arial"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7F0EC"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="2" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs></styleSheet>`;

function mainSheet({ rows, headRows, lists, hints, lastLine, listsName }: SheetContent): string {
  const width = Math.max(1, ...rows.map((row) => row.length));
  const body = rows.map((cells, index) => rowXml(cells, index + 1, index === 0 ? 2 : index < headRows ? 3 : 1));
  const checks = Array.from({ length: width }, (_, column) => checkXml(column)).filter(Boolean);
  function checkXml(column: number): string {
    const list = lists.find((one) => one.column === column);
    const hint = hints.get(column);
    if (!list && !hint) return "";
    const place = `${cellAddress(column, headRows + 1)}:${cellAddress(column, lastLine)}`;
    const prompt = hint ? ` showInputMessage="1" prompt="${xml(hint.slice(0, 250))}"` : "";
    if (!list) return `<dataValidation allowBlank="1"${prompt} sqref="${place}"/>`;
    const letters = cellAddress(lists.indexOf(list), 1).replace(/\d+$/, "");
    const formula = `'${listsName}'!$${letters}$1:$${letters}$${list.values.length}`;
    return `<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1"${prompt} sqref="${place}"><formula1>${xml(formula)}</formula1></dataValidation>`;
  }
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="${headRows}" topLeftCell="A${headRows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="8" style="1" customWidth="1"/><col min="2" max="${Math.max(2, width)}" width="24" style="1" customWidth="1"/></cols><sheetData>${body.join("")}</sheetData>${checks.length > 0 ? `<dataValidations count="${checks.length}">${checks.join("")}</dataValidations>` : ""}</worksheet>`;
}

/** Each list in a column of its own. */
function listsSheet(lists: readonly SheetList[]): string {
  const height = Math.max(0, ...lists.map(({ values }) => values.length));
  const rows = Array.from({ length: height }, (_, index) =>
    rowXml(
      lists.map(({ values }) => values[index] ?? ""),
      index + 1,
      1,
    ),
  );
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows.join("")}</sheetData></worksheet>`;
}

function rowXml(cells: readonly string[], line: number, style: number): string {
  const inner = cells.map((text, column) =>
    text === ""
      ? ""
      : `<c r="${cellAddress(column, line)}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`,
  );
  return `<row r="${line}">${inner.join("")}</row>`;
}

/** What XML 1.0 cannot hold is left out. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
