import assert from "node:assert/strict";
import { test } from "node:test";
import { strToU8, unzipSync, zipSync } from "fflate";
import type { Lang } from "#kit/i18n.ts";
import { loadProcedures } from "#province/catalogue/index.ts";
import type { FilingProcedure } from "#province/dossiers/index.ts";
import { cellAddress, fileKey } from "./batch.ts";
import { checkRow, formsOf, type RowScale } from "./check-row.ts";
import { readCsv } from "./read-csv.ts";
import { readSheet } from "./read-sheet.ts";
import { sheetColumns, takesSheets } from "./sheet-columns.ts";
import { errorSheet, templateSheet } from "./sheet-template.ts";

const found = loadProcedures().find(({ definition }) => definition.code === "2.000635");
assert.ok(found?.form);
const procedure: FilingProcedure = {
  definition: found.definition,
  version: 1,
  form: found.form as FilingProcedure["form"],
};
const facts = {
  "account.fullName": "Nguyễn Văn An",
  "account.identityNumber": "072090001234",
  "account.phone": "0869123603",
  "filing.agency": "Ủy ban nhân dân thị trấn Bến Cầu",
};
const columns = sheetColumns(procedure.definition, formsOf(procedure), facts);
const scale: RowScale = {
  procedure,
  columns: new Map(columns.map((column) => [column.id, column])),
  context: { facts, today: "2026-11-22" },
  papers: new Map(),
};

const ROW = {
  yeuCauCho: "Cho người khác",
  quanHe: "chaMe",
  loaiTrichLuc: "Khai sinh",
  noiDaDangKy: "UBND xã Tiên Thuận",
  nksHoTen: "Trần Thị Bình",
  nksNgaySinh: "15/03/1990",
  nksGioiTinh: "nữ",
  nksDanToc: "Kinh",
  nksQuocTich: "Việt Nam",
  "nksNoiCuTru.detail": "12 ấp 3",
  "nksNoiCuTru.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  copies: "2",
};

const csv = (rows: readonly (readonly string[])[], separator = ","): Buffer =>
  Buffer.from(rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join("\r\n"));

const read = (bytes: Buffer, name = "bang.csv") => readSheet(name, bytes, scale.columns);

async function rowsIn(bytes: Buffer, name?: string) {
  const sheet = await read(bytes, name);
  assert.ok(sheet.ok, sheet.ok ? "" : sheet.problem);
  return sheet;
}

test("the template has the questions' labels and ids, an example that is passed over, and nothing that is known", async () => {
  assert.ok(takesSheets(procedure.definition, procedure.form));
  assert.ok(!columns.some(({ id }) => id === "nycHoTen" || id === "noiDangKy"), "what the account says is not asked");
  for (const lang of ["vi", "en"] satisfies Lang[]) {
    for (const kind of ["xlsx", "csv"] as const) {
      const sheet = await read(templateSheet(columns, lang, kind), `mau.${kind}`);
      assert.deepEqual(sheet, { ok: false, problem: "no-rows" }, `${lang} ${kind}`);
    }
  }
  const parts = unzipSync(templateSheet(columns, "vi", "xlsx"));
  const main = Buffer.from(parts["xl/worksheets/sheet1.xml"] ?? []).toString();
  assert.match(main, /<dataValidation type="list"/);
  assert.match(main, /t="inlineStr"/);
  assert.ok(!/<f>/.test(main), "no formula");
});

test("a row that is right has no errors, whichever way its cells are written", async () => {
  const ids = Object.keys(ROW);
  const nfd = Object.values(ROW).map((text) => text.normalize("NFD"));
  for (const [name, bytes] of [
    ["comma", csv([ids, Object.values(ROW)])],
    ["semicolon, NFD, mark", Buffer.concat([Buffer.from("\uFEFF"), csv([ids, nfd], ";")])],
    ["UTF-16", Buffer.from(`\uFEFF${ids.join("\t")}\n${Object.values(ROW).join("\t")}`, "utf16le")],
  ] as const) {
    const { rows } = await rowsIn(bytes);
    const checked = checkRow(scale, rows[0]?.cells ?? {});
    assert.deepEqual(checked.errors, [], name);
    assert.equal(checked.answers["nksGioiTinh"], "nu", name);
    assert.equal(checked.answers["nksNgaySinh"], "1990-03-15", name);
    assert.equal(checked.answers["copies"], 2, name);
  }
});

test("labels alone are enough where somebody took the row of ids out", async () => {
  const labels = Object.keys(ROW).map((id) => scale.columns.get(id)?.label.vi ?? "");
  const { rows } = await rowsIn(csv([labels, Object.values(ROW)]));
  assert.deepEqual(checkRow(scale, rows[0]?.cells ?? {}).errors, []);
});

test("every error names its column, and a cell its place in the sheet", async () => {
  const cells = { ...ROW, nksNgaySinh: "31/02/1990", nksGioiTinh: "không rõ", copies: "hai", quanHe: "uyQuyen" };
  const { errors } = checkRow(scale, cells);
  assert.deepEqual(
    errors.map(({ column }) => column),
    ["nksNgaySinh", "nksGioiTinh", "copies", "file.authorisation"],
  );
  assert.ok(errors.every(({ message }) => message.vi && message.en));
  const named = checkRow(scale, { ...cells, "file.authorisation": "uỷ quyền.pdf" });
  assert.match(named.errors.at(-1)?.message.vi ?? "", /Chưa nhận được tệp “uỷ quyền\.pdf”/);
  assert.equal(fileKey("Giấy Uỷ Quyền.PDF".normalize("NFD")), fileKey("giấy uỷ quyền.pdf"));
  assert.deepEqual(
    [cellAddress(0, 1), cellAddress(25, 3), cellAddress(26, 3), cellAddress(701, 9)],
    ["A1", "Z3", "AA3", "ZZ9"],
  );
});

test("the sheet that comes back has a column of errors, arms no formula and can be sent again", async () => {
  const hostile = { ...ROW, noiDaDangKy: '=HYPERLINK("http://x","y")', copies: "hai", _stt: "+1" };
  const { errors } = checkRow(scale, hostile);
  const row = {
    seq: 1,
    line: 3,
    cells: hostile,
    errors,
    state: "faulty",
    dossierId: null,
    submissionId: null,
    number: null,
  } as const;
  const batch = { columns: ["_stt", ...Object.keys(ROW)], rows: [row] };
  const text = errorSheet(scale.columns, batch, "vi", "csv").toString("utf8");
  assert.ok(!/(?:^|[,;"\n])[=+@]/.test(text), text);
  assert.match(text, /M3: /, "the place of the cell in this sheet");
  for (const kind of ["csv", "xlsx"] as const) {
    const { rows } = await rowsIn(errorSheet(scale.columns, batch, "vi", kind), `loi.${kind}`);
    const again = checkRow(scale, { ...rows[0]?.cells, copies: "2" });
    assert.deepEqual(again.errors, [], kind);
    assert.equal(again.answers["noiDaDangKy"], hostile.noiDaDangKy, kind);
  }
});

const CONTENT_TYPES = "[Content_Types].xml";

test("what is no sheet, or more than a sheet, is refused with its reason", async () => {
  const ids = Object.keys(ROW);
  const template = templateSheet(columns, "vi", "xlsx");
  const parts = unzipSync(template);
  const bomb = zipSync({ ...parts, "xl/worksheets/sheet1.xml": strToU8(" ".repeat(30_000_000)) });
  const macro = zipSync({ ...parts, "xl/vbaProject.bin": strToU8("x") });
  const entity = zipSync({ ...parts, [CONTENT_TYPES]: strToU8('<!DOCTYPE x [<!ENTITY a "b">]><Types/>') });
  const garbled = zipSync({ ...parts, "xl/worksheets/sheet1.xml": strToU8("<worksheet><sheetData><row") });
  const many = csv([ids, ...Array.from({ length: 1_001 }, () => Object.values(ROW))]);
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ["empty.csv", Buffer.alloc(0), "empty"],
    ["big.csv", Buffer.alloc(5 * 1_024 * 1_024 + 1, "a"), "too-large"],
    ["a.pdf", Buffer.from("%PDF-1.4"), "kind"],
    ["a.xlsx", Buffer.from("PK\x03\x04nothing"), "broken"],
    ["a.xlsx", Buffer.from(bomb), "bomb"],
    ["a.xlsx", Buffer.from(macro), "active"],
    ["a.xlsx", Buffer.from(entity), "active"],
    ["a.xlsx", template.subarray(0, template.length - 40), "broken"],
    ["a.csv", Buffer.from("h\u1ecd t\u00ean".normalize("NFC"), "latin1"), "not-utf8"],
    ["a.csv", Buffer.from([0x68, 0xf4, 0xff, 0x2c]), "not-utf8"],
    [
      "a.csv",
      csv([
        ["x", "y"],
        ["1", "2"],
      ]),
      "no-header",
    ],
    [
      "a.csv",
      csv([
        ["copies", "copies"],
        ["1", "2"],
      ]),
      "same-column",
    ],
    ["a.csv", csv([ids]), "no-rows"],
    ["a.csv", many, "too-many-rows"],
  ];
  for (const [name, bytes, problem] of cases) {
    const sheet = await read(bytes, name);
    assert.equal(sheet.ok ? "ok" : sheet.problem, problem, `${name} ${bytes.length}`);
  }
  const cut = await read(Buffer.from(garbled), "a.xlsx");
  assert.ok(!cut.ok, "half a sheet is no sheet");
});

test("quotes, breaks within cells and a last line without an end are read as they were meant", () => {
  const text = 'a,b\r\n"x ""y""","two\nlines"\nlast,';
  const read = readCsv(Buffer.from(text), { rows: 10, cells: 10 });
  assert.deepEqual(read, {
    ok: true,
    grid: [
      ["a", "b"],
      ['x "y"', "two\nlines"],
      ["last", ""],
    ],
  });
});
