import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { AppError } from "../errors.ts";
import { qrSvg, renderPdf } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "motcua-pdf-"));
let count = 0;

function template(text: string): URL {
  count += 1;
  const path = join(folder, `t${count}.typ`);
  writeFileSync(path, text);
  return pathToFileURL(path);
}

const base = { title: "Thử nghiệm", author: "Sở Tư pháp", date: new Date("2020-06-10T01:19:00Z") };

async function readText(pdf: Uint8Array): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 }).promise;
  const page = await document.getPage(1);
  const content = await page.getTextContent();
  await document.loadingTask.destroy();
  return content.items
    .map((item) => ("str" in item ? item.str + (item.hasEOL ? " " : "") : ""))
    .join("")
    .normalize("NFC");
}

// Every letter of Vietnamese with its marks: 12 vowels × 6 tones, đ, upper and lower case.
const LETTERS = [..."aăâeêioôơuưy"]
  .flatMap((vowel) =>
    ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"].map((tone) => (vowel + tone).normalize("NFC")),
  )
  .concat("đ");

for (const face of ["regular", "bold", "italic"] as const) {
  test(`every Vietnamese letter with its stacked marks is drawn and read back, ${face}`, async () => {
    const style = { regular: "", bold: 'weight: "bold"', italic: 'style: "italic"' }[face];
    const sample = [...LETTERS, ...LETTERS.map((letter) => letter.toUpperCase())].join("");
    const pdf = renderPdf({
      ...base,
      template: template(`#set page(width: 900pt)\n#set text(${style})\n#for part in json("/data.json") [#part ]`),
      data: sample.match(/.{1,24}/gu),
    });
    const text = (await readText(pdf)).replaceAll(/\s/g, "");
    assert.equal(text, sample);
  });
}

test("a letter that our font lacks is not taken from the machine's fonts, which differ from server to server", () => {
  const pdf = Buffer.from(renderPdf({ ...base, template: template("Tên 漢字"), data: {}, standard: "1.7" })).toString(
    "latin1",
  );
  const fonts = [...pdf.matchAll(/\/BaseFont\s*\/([^\s/]+)/g)].map((match) => match[1]);
  assert.ok(fonts.length > 0);
  assert.ok(
    fonts.every((name) => name?.includes("Tinos")),
    String(fonts),
  );
});

test("markup in a person's words is printed as it was typed", async () => {
  const hostile = '#image("/etc/passwd") *đậm* $x^2$ @nhãn \\ "ngoặc" <a>';
  const pdf = renderPdf({ ...base, template: template('#json("/data.json").name'), data: { name: hostile } });
  assert.equal((await readText(pdf)).trim(), hostile);
});

test("a template cannot read a file of the machine", () => {
  assert.throws(
    () => renderPdf({ ...base, template: template('#read("/etc/hostname")'), data: {} }),
    (error: unknown) => error instanceof AppError && error.reason === "document-template",
  );
});

test("a wrong template names the file, the line and Typst's own words", () => {
  const wrong = template('Dòng một\n#let d = json("/data.json")\n#d.missing');
  assert.throws(
    () => renderPdf({ ...base, template: wrong, data: { name: "x" } }),
    (error: unknown) =>
      error instanceof AppError &&
      /does not contain key "missing"/.test(error.message) &&
      /template\.typ/.test(error.message),
  );
});

test("the same request gives the same bytes, another date another file", () => {
  const request = { ...base, template: template('= Giấy\n#json("/data.json").a'), data: { a: "b" } };
  assert.deepEqual(renderPdf(request), renderPdf(request));
  assert.notDeepEqual(renderPdf(request), renderPdf({ ...request, date: new Date("2020-06-11T01:19:00Z") }));
});

test("a document with an attached file is PDF/A-3b in Vietnamese and carries the file", async () => {
  const pdf = renderPdf({
    ...base,
    template: template("= Biên lai"),
    data: {},
    attachments: [
      {
        name: "bien-lai.xml",
        mimeType: "application/xml",
        description: "Dữ liệu",
        relationship: "source",
        content: Buffer.from("<a/>"),
      },
    ],
  });
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const attached = (await document.getAttachments()) as Record<string, { content: Uint8Array }>;
  const { info, metadata } = await document.getMetadata();
  await document.loadingTask.destroy();
  assert.equal(Buffer.from(Object.values(attached)[0]?.content ?? []).toString(), "<a/>");
  assert.equal(metadata.get("pdfaid:part"), "3");
  assert.equal((info as { Language?: string }).Language?.slice(0, 2), "vi");
  assert.equal((info as { Title?: string }).Title, base.title);
});

test("an attachment that PDF/A does not allow is refused before anything is rendered", () => {
  const file = { mimeType: "text/plain", description: "x", relationship: "data", content: Buffer.from("x") } as const;
  for (const [name, standard] of [
    ["../x", "a-3b"],
    ["x.txt", "a-2b"],
  ] as const) {
    assert.throws(
      () => renderPdf({ ...base, template: template("x"), data: {}, standard, attachments: [{ ...file, name }] }),
      (error: unknown) => error instanceof AppError && error.reason === "document-attachment",
    );
  }
});

test("a QR picture goes into a document", async () => {
  const pdf = renderPdf({
    ...base,
    template: template('#import "/layout.typ": qr-note\n#qr-note([Quét để xác minh])'),
    data: {},
    images: { "/qr.svg": await qrSvg("http://localhost:8082/xac-minh/ABCDEFGHJKMNPQRS") },
  });
  assert.match(await readText(pdf), /Quét để xác minh/);
});

test("letters that the font cannot draw become a box, controls and directions go, and the archive document is made", async () => {
  const name = "Nguyễn Thị Ẩn 😀 李明 ខ្មែរ \u0000\u0007\u202e\u200b\ud800 Kđăm";
  const pdf = renderPdf({ ...base, title: name, template: template('#json("/data.json").name'), data: { name } });
  assert.match(await readText(pdf), /^Nguyễn Thị Ẩn □ □□ □+ +□ Kđăm$/);
});
