/** A list as CSV or XLSX, row by row: however long it is, one page of it is in memory. */
import { formatDateTime } from "#kit/calendar.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { Zip, ZipDeflate } from "fflate";
import { dossierMessages, stateText } from "#province/dossiers/index.ts";
import type { InboxRow } from "./inbox.ts";
import { messages } from "./messages.ts";

/** More rows than this no spreadsheet opens. */
export const EXPORT_MOST = 1_000_000;

export function exportHead(lang: Lang): readonly string[] {
  const t = messages[lang].columns;
  const number = messages[lang].number;
  return [t.code, number, t.procedure, t.field, t.agency, t.channel, t.applicant, t.filed, t.due, t.officer, t.state];
}

/** A date stays one, so that a spreadsheet sorts and filters by it. */
export type Cell = string | Date;

export function exportCells(row: InboxRow, lang: Lang): readonly Cell[] {
  return [
    row.code ?? "",
    String(row.number),
    `${row.procedureCode} ${pick(row.procedure, lang)}`,
    row.field ? pick(row.field, lang) : "",
    row.agency,
    dossierMessages[lang].dossier.channels[row.channel],
    row.applicant,
    row.filedAt,
    row.dueAt ?? "",
    row.officer ?? "",
    stateText(row, lang),
  ];
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). */
export function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

export async function* toCsv(
  head: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Buffer> {
  const words = (cell: Cell) =>
    typeof cell === "string" ? harmless(cell).replaceAll('"', '""') : formatDateTime(cell);
  const line = (cells: readonly Cell[]) => `${cells.map((cell) => `"${words(cell)}"`).join(",")}\r\n`;
  // The mark of UTF-8, without which Excel shows Vietnamese as noise.
  yield Buffer.from(`\u{FEFF}${line(head)}`, "utf8");
  for await (const page of pages) yield Buffer.from(page.map(line).join(""), "utf8");
}

const PARTS: readonly (readonly [string, string])[] = [
  [
    "[Content_Types].xml",
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
  ],
  [
    "_rels/.rels",
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  ],
  [
    "xl/_rels/workbook.xml.rels",
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
  ],
  // Styles by number: 0 text, 1 day and time, 2 the head.
  [
    "xl/styles.xml",
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
  ],
];
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** Characters, by column of the head. */
const WIDTHS = [28, 10, 60, 20, 40, 26, 28, 17, 17, 24, 26];
/** What a spreadsheet shows above the rows: the head stays in sight. */
const FRAME = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${WIDTHS.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join("")}</cols>`;

const DAY_MS = 86_400_000;
/** Days from the spreadsheet's day nought (30/12/1899) to 01/01/1970. */
const EPOCH_DAY = 25_569;
const VIETNAM_MS = 7 * 3_600_000;

/** A moment as spreadsheets count: days of the clock on the wall in Viet Nam. */
function serial(at: Date): string {
  return ((at.getTime() + VIETNAM_MS) / DAY_MS + EPOCH_DAY).toFixed(9);
}

function xmlCell(cell: Cell, style = 0): string {
  if (typeof cell !== "string") return `<c s="1"><v>${serial(cell)}</v></c>`;
  return `<c${style > 0 ? ` s="${style}"` : ""} t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`;
}

/** Text is inline, so that no formula can be read into them and no table of strings is kept in memory. */
export async function* toXlsx(
  sheet: string,
  head: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Buffer> {
  let made: Buffer[] = [];
  let fault: Error | undefined;
  const zip = new Zip((error, piece) => {
    if (error) fault = error;
    else made.push(Buffer.from(piece));
  });
  const take = (): Buffer => {
    if (fault) throw fault;
    const all = Buffer.concat(made);
    made = [];
    return all;
  };
  const add = (name: string) => {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    return (text: string, last: boolean) => entry.push(Buffer.from(text, "utf8"), last);
  };
  for (const [name, text] of PARTS) add(name)(XML + text, true);
  add("xl/workbook.xml")(
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="${xml(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    true,
  );
  const write = add("xl/worksheets/sheet1.xml");
  const line = (cells: readonly Cell[], style = 0) =>
    `<row>${cells.map((cell) => xmlCell(cell, style)).join("")}</row>`;
  write(`${XML}<worksheet xmlns="${MAIN}">${FRAME}<sheetData>${line(head, 2)}`, false);
  yield take();
  for await (const page of pages) {
    write(page.map((cells) => line(cells)).join(""), false);
    yield take();
  }
  write("</sheetData></worksheet>", true);
  zip.end();
  yield take();
}

function xml(text: string): string {
  return (
    text
      // XML 1.0 has no place for control characters.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
