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

export function exportCells(row: InboxRow, lang: Lang): readonly string[] {
  return [
    row.code ?? "",
    String(row.number),
    `${row.procedureCode} ${pick(row.procedure, lang)}`,
    row.field ? pick(row.field, lang) : "",
    row.agency,
    dossierMessages[lang].dossier.channels[row.channel],
    row.applicant,
    formatDateTime(row.filedAt),
    row.dueAt ? formatDateTime(row.dueAt) : "",
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
  pages: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Buffer> {
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;
  // The mark of UTF-8, without which Excel shows Vietnamese as noise.
  yield Buffer.from(`\u{FEFF}${line(head)}`, "utf8");
  for await (const page of pages) yield Buffer.from(page.map(line).join(""), "utf8");
}

const PARTS: readonly (readonly [string, string])[] = [
  [
    "[Content_Types].xml",
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  ],
  [
    "_rels/.rels",
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  ],
  [
    "xl/_rels/workbook.xml.rels",
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  ],
];
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** Cells are inline text, so that no formula can be read into them and no table of strings is kept in memory. */
export async function* toXlsx(
  sheet: string,
  head: readonly string[],
  pages: AsyncIterable<readonly (readonly string[])[]>,
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
  const line = (cells: readonly string[]) =>
    `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`).join("")}</row>`;
  write(`${XML}<worksheet xmlns="${MAIN}"><sheetData>${line(head)}`, false);
  yield take();
  for await (const page of pages) {
    write(page.map(line).join(""), false);
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
