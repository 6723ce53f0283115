import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { checkFileType, cleanFileName, contentDisposition, createDiskStore } from "./files.ts";
import { newId } from "./ids.ts";
import { createPartialStore } from "./partial-files.ts";

async function withStore(work: (store: ReturnType<typeof createDiskStore>, folder: string) => Promise<void>) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "motcua-files-"));
  try {
    await work(createDiskStore(folder), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("a stored file is found under its hash, twice the same is one", async () => {
  await withStore(async (store) => {
    const first = await store.put(Readable.from([Buffer.from("xin "), Buffer.from("chào")]), { maxBytes: 100 });
    const second = await store.put(Buffer.from("xin chào"), { maxBytes: 100 });
    assert.equal(first.sha256, second.sha256);
    assert.equal(first.size, 9);
    assert.equal((await store.read(first.sha256)).toString(), "xin chào");
  });
});

test("too large, empty and broken uploads leave nothing behind", async () => {
  await withStore(async (store, folder) => {
    await assert.rejects(store.put(Buffer.alloc(11), { maxBytes: 10 }), { reason: "file-too-large" });
    await assert.rejects(store.put(Buffer.alloc(0), { maxBytes: 10 }), { reason: "file-empty" });
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("half");
        throw new Error("connection lost");
      })(),
    );
    await assert.rejects(store.put(broken, { maxBytes: 10 }), /connection lost/);
    assert.deepEqual(await readdir(path.join(folder, "incoming")), []);
    await assert.rejects(store.open("../../etc/passwd"), { code: "not-found" });
  });
});

test("the extension and the content must agree, and executables are refused whatever they are called", async () => {
  const pdf = Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj");
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  assert.deepEqual(await checkFileType("Tờ khai.PDF", pdf), {
    ok: true,
    mediaType: "application/pdf",
    extension: "pdf",
  });
  assert.equal((await checkFileType("anh.png", png)).ok, true);
  const problem = async (name: string, head: Buffer) => {
    const answer = await checkFileType(name, head);
    return answer.ok ? "ok" : answer.problem;
  };
  assert.equal(await problem("anh.png", pdf), "content-differs");
  assert.equal(await problem("virus.pdf", Buffer.from("MZ\x90\x00")), "executable");
  assert.equal(await problem("virus.pdf", Buffer.from("\x7fELF\x02", "latin1")), "executable");
  assert.equal(await problem("trang.html", Buffer.from("<html>")), "extension-not-allowed");
  assert.equal(await problem("a.pdf", Buffer.from("GIF89a%PDF-1.7")), "content-differs");
  assert.equal(await problem("a.svg", Buffer.from("<svg onload=alert(1)>")), "extension-not-allowed");
});

test("file names lose paths, control and direction characters and keep their words", () => {
  assert.equal(cleanFileName("../../etc/Giấy chứng sinh.pdf"), "Giấy chứng sinh.pdf");
  assert.equal(cleanFileName("C:\\x\\a\u202egnp.\u0000pdf"), "agnp.pdf");
  assert.equal(cleanFileName(""), "tep");
  assert.equal(cleanFileName(`${"dài".repeat(100)}.pdf`).length, 150);
  assert.match(
    contentDisposition("attachment", "Tờ đơn.pdf"),
    /^attachment; filename="To_don\.pdf"; filename\*=UTF-8''T%E1%BB%9D%20%C4%91%C6%A1n\.pdf$/,
  );
});

test("what a check refuses is never kept, and unnamed bytes go away only while nothing names them", async () => {
  await withStore(async (store, folder) => {
    const refuse = { maxBytes: 100, check: () => Promise.reject(new Error("refused")) };
    await assert.rejects(store.put(Buffer.from("xấu"), refuse), /refused/);
    assert.deepEqual(await readdir(folder), ["incoming"]);
    const { sha256 } = await store.put(Buffer.from("tốt"), { maxBytes: 100 });
    const later = new Date(Date.now() + 60_000);
    const named = async () => true;
    const unnamed = async () => false;
    assert.equal(await store.discard(sha256, new Date(0), unnamed), false, "too young");
    assert.equal(await store.discard(sha256, later, named), false);
    let asked = 0;
    const namedMeanwhile = async () => {
      asked += 1;
      return asked > 1;
    };
    assert.equal(await store.discard(sha256, later, namedMeanwhile), false, "named meanwhile");
    assert.equal((await store.read(sha256)).toString(), "tốt");
    assert.equal(await store.discard(sha256, later, unnamed), true);
    assert.equal(await store.has(sha256), false);
  });
});

test("a file that is gone, or cannot be read, before anybody reads it ends no process; the reader is told", async () => {
  await withStore(async (store, folder) => {
    const gone = createPartialStore(folder).open(newId());
    await new Promise((resolve) => gone.once("close", resolve));
    await assert.rejects(store.put(gone, { maxBytes: 10 }), { code: "ENOENT" });
    const sha256 = "ab".repeat(32);
    await mkdir(path.join(folder, "ab", sha256), { recursive: true }); // a folder opens, and cannot be read
    const { stream } = await store.open(sha256);
    await new Promise((resolve) => stream.resume().once("close", resolve));
    assert.equal((stream.errored as NodeJS.ErrnoException | null)?.code, "EISDIR");
  });
});
