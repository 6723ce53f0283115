import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { test } from "node:test";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { storeUpload, UPLOAD_MAX_BYTES } from "./upload-file.ts";

/** A store in memory with the disk's rules. */
function memoryStore(): BlobStore & { readonly kept: Map<string, Buffer> } {
  const kept = new Map<string, Buffer>();
  return {
    kept,
    async put(content) {
      const parts: Buffer[] = [];
      for await (const part of content instanceof Uint8Array ? [content] : content)
        parts.push(Buffer.from(part as Uint8Array));
      const bytes = Buffer.concat(parts);
      if (bytes.length === 0) throw new AppError("invalid", { reason: "file-empty" });
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      kept.set(sha256, bytes);
      return { sha256, size: bytes.length, head: bytes.subarray(0, 4_100) };
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

/** As a zip lists its names: enough for what is looked at. */
function office(...names: string[]): Buffer {
  const local = Buffer.from([0x50, 0x4b, 0x03, 0x04, 20, 0, 0, 0, 0, 0]);
  const end = Buffer.concat([Buffer.from([0x50, 0x4b, 0x05, 0x06]), Buffer.alloc(18)]);
  return Buffer.concat([local, Buffer.alloc(16), Buffer.from([0, 0, 0, 0]), Buffer.from(names.join("\0")), end]);
}

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

test("a Word file is taken by what is inside, not by its name, and never with macros", async () => {
  assert.equal(await problemOf("đơn.docx", office("[Content_Types].xml", "word/document.xml")), "taken");
  assert.equal(await problemOf("đơn.docx", office("[Content_Types].xml", "xl/workbook.xml")), "content");
  assert.equal(await problemOf("đơn.docx", office("readme.txt")), "content");
  assert.equal(
    await problemOf("đơn.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
    "active",
  );
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
