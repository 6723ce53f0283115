import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { test } from "node:test";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { zipSync } from "fflate";
import { PDF } from "#tests/support/filing-walk.ts";
import { storeUpload, UPLOAD_MAX_BYTES } from "./upload-file.ts";

/** A store in memory with the disk's rules. */
function memoryStore(): BlobStore & { readonly kept: Map<string, Buffer> } {
  const kept = new Map<string, Buffer>();
  return {
    kept,
    async put(content, limits) {
      const parts: Buffer[] = [];
      for await (const part of content instanceof Uint8Array ? [content] : content)
        parts.push(Buffer.from(part as Uint8Array));
      const bytes = Buffer.concat(parts);
      if (bytes.length === 0) throw new AppError("invalid", { reason: "file-empty" });
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const file = { sha256, size: bytes.length, head: bytes.subarray(0, 4_100) };
      await limits.check?.({ ...file, read: async () => bytes });
      kept.set(sha256, bytes);
      return file;
    },
    open: () => Promise.reject(new Error("not used")),
    read: async (sha256) => kept.get(sha256) ?? Buffer.alloc(0),
    has: async (sha256) => kept.has(sha256),
  };
}

async function problemOf(name: string, bytes: Buffer): Promise<string> {
  const upload = await storeUpload(memoryStore(), name, Readable.from([bytes]));
  return upload.ok ? "taken" : upload.problem;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const TYPES = text("<?xml version='1.0'?><Types/>");

/** A real container with these parts. */
function office(parts: Record<string, Uint8Array>): Buffer {
  return Buffer.from(zipSync(parts, { level: 6 }));
}
const docx = (more: Record<string, Uint8Array> = {}): Buffer =>
  office({ "[Content_Types].xml": TYPES, "word/document.xml": text("<w:document/>"), ...more });

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("a whole picture is taken, a cut-off one is not", async () => {
  assert.equal(await problemOf("ảnh.png", png), "taken");
  assert.equal(await problemOf("ảnh.png", png.subarray(0, 50)), "broken");
});

test("a small file that would unfold into gigabytes of pixels is refused before anybody opens it", async () => {
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(50_000, 16);
  bomb.writeUInt32BE(50_000, 20);
  assert.equal(await problemOf("ảnh.png", bomb), "pixels");
});

test("an Office file is taken by what is inside, not by its name, and never with macros or what is fetched from elsewhere", async () => {
  assert.equal(await problemOf("đơn.docx", docx()), "taken");
  const odt = { mimetype: text("application/vnd.oasis.opendocument.text"), "content.xml": text("<office/>") };
  assert.equal(await problemOf("đơn.odt", office(odt)), "taken");
  assert.equal(await problemOf("bảng.ods", office(odt)), "content");
  assert.equal(
    await problemOf("đơn.docx", office({ "[Content_Types].xml": TYPES, "xl/workbook.xml": TYPES })),
    "content",
  );
  assert.equal(await problemOf("đơn.docx", office({ "readme.txt": text("x") })), "content");
  assert.equal(await problemOf("đơn.docx", docx({ "word/vbaProject.bin": text("x") })), "active");
  assert.equal(await problemOf("đơn.odt", office({ ...odt, "Basic/Standard/a.xml": text("<a/>") })), "active");
  assert.equal(
    await problemOf("đơn.docx", docx({ "word/a.xml": text('<!DOCTYPE a [<!ENTITY b "c">]><a/>') })),
    "active",
  );
  const template = `<Relationships><Relationship Type="http://x/relationships/attachedTemplate" Target="http://evil/a.dotm" TargetMode="External"/></Relationships>`;
  assert.equal(await problemOf("đơn.docx", docx({ "word/_rels/settings.xml.rels": text(template) })), "active");
  const link = template.replace("attachedTemplate", "hyperlink");
  assert.equal(await problemOf("đơn.docx", docx({ "word/_rels/document.xml.rels": text(link) })), "taken");
  assert.equal(await problemOf("đơn.doc", oldOffice("_VBA_PROJECT")), "active");
  assert.equal(await problemOf("đơn.doc", oldOffice("EncryptedPackage")), "encrypted");
});

/** As OLE containers begin, with the name of a stream in them. */
function oldOffice(stream: string): Buffer {
  const bytes = Buffer.alloc(2_048);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(bytes);
  Buffer.from(stream, "utf16le").copy(bytes, 1_024);
  return bytes;
}

test("containers that would fill a disk or write outside it are refused without being unpacked whole", async () => {
  assert.equal(await problemOf("bom.docx", docx({ "word/a.bin": new Uint8Array(8_000_000) })), "bomb");
  const crowd = Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [`word/${index}.xml`, text("")]));
  assert.equal(await problemOf("đông.docx", docx(crowd)), "bomb");
  assert.equal(await problemOf("ra.docx", docx({ "../../etc/cron.d/x": text("x") })), "content");
  // The directory says a few bytes; what is packed unfolds to megabytes.
  const liar = docx({ "word/a.bin": new Uint8Array(900_000) });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(900_000);
  const small = Buffer.alloc(4);
  small.writeUInt32LE(100);
  for (let at = liar.indexOf(size); at >= 0; at = liar.indexOf(size, at + 1)) small.copy(liar, at);
  assert.equal(await problemOf("dối.docx", liar), "bomb");
  assert.equal(await problemOf("cụt.docx", docx().subarray(0, -10)), "broken");
  assert.equal(await problemOf("thêm.docx", Buffer.concat([docx(), Buffer.from("<script>1</script>")])), "broken");
  assert.equal(await problemOf("trước.docx", Buffer.concat([docx().subarray(0, 40), docx()])), "broken");
});

test("a file that is two kinds at once is refused: picture and archive, picture and page, PDF and page", async () => {
  assert.equal(await problemOf("ảnh.png", Buffer.concat([png, docx()])), "mixed");
  assert.equal(await problemOf("ảnh.png", Buffer.concat([png, Buffer.from("<script>alert(1)</script>")])), "mixed");
  assert.equal(await problemOf("đơn.pdf", Buffer.concat([PDF, Buffer.from("<html><body>")])), "mixed");
  assert.equal(await problemOf("đơn.pdf", Buffer.concat([PDF, docx()])), "mixed");
  assert.equal(await problemOf("đơn.pdf", Buffer.concat([Buffer.from("GIF89a"), PDF])), "content");
  assert.equal(await problemOf("đơn.pdf", PDF), "taken");
});

test("a photo in HEIC gets the hint that helps, and a paper that was changed on its way is not kept", async () => {
  assert.equal(await problemOf("IMG_0001.HEIC", Buffer.from("\0\0\0\x18ftypheic".padEnd(600, "x"), "latin1")), "heic");
  const store = memoryStore();
  const noted: string[] = [];
  const note = async (sha256: string) => void noted.push(sha256);
  const other = createHash("sha256").update("khác").digest("hex");
  const changed = await storeUpload(store, "ảnh.png", Readable.from([png]), { sha256: other, note });
  assert.deepEqual([changed.ok, store.kept.size, noted], [false, 0, []]);
  const sha256 = createHash("sha256").update(png).digest("hex");
  assert.equal((await storeUpload(store, "ảnh.png", Readable.from([png]), { sha256, note })).ok, true);
  assert.deepEqual(noted, [sha256]);
});

test("a program is refused whatever it is called, and a page never passes as a document", async () => {
  assert.equal(await problemOf("đơn.docx", Buffer.from("MZ".padEnd(600, "x"))), "executable");
  assert.equal(await problemOf("đơn.pdf", Buffer.from("\x7fELF".padEnd(600, "x"), "latin1")), "executable");
  assert.equal(await problemOf("đơn.pdf", Buffer.from("<!doctype html><script>1</script>")), "content");
  assert.equal(await problemOf("trang.html", Buffer.from("<p>")), "extension");
});

test("nothing more than 20 MB is kept, and the stream is read to its end so that the next file arrives", async () => {
  const store = memoryStore();
  let read = 0;
  async function* large() {
    for (let part = 0; part < 24; part += 1) {
      read += 1;
      yield Buffer.alloc(1_048_576);
    }
  }
  const upload = await storeUpload(store, "lớn.pdf", Readable.from(large()));
  assert.deepEqual(upload, { ok: false, name: "lớn.pdf", problem: "too-large" });
  assert.equal(read, 24);
  assert.equal(store.kept.size, 0);
  assert.equal(UPLOAD_MAX_BYTES, 20 * 1_048_576);
});

test("a name from another system is made fit for a list", async () => {
  const upload = await storeUpload(memoryStore(), "C:\\ảnh\\..\\giấy<tờ>.png", Readable.from([png]));
  assert.equal(upload.name, "giấytờ.png");
});
