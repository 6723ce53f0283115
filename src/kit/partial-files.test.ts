import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, open, rm, utimes } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { createDiskStore } from "./files.ts";
import { newId } from "./ids.ts";
import { createPartialStore } from "./partial-files.ts";

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "motcua-partial-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A disk that is full after so many bytes, as a quota or a full volume is. */
function fullAfter(limit: number): { open: typeof open } {
  let left = limit;
  const full = async (...args: Parameters<typeof open>) => {
    const file = await open(...args);
    const write = file.write.bind(file) as (...given: unknown[]) => Promise<{ bytesWritten: number; buffer: Buffer }>;
    const limited = async (bytes: Buffer, from = 0, length = bytes.length - from, at?: number) => {
      if (left <= 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      const part = Math.min(length, left);
      left -= part;
      return write(bytes, from, part, at ?? null);
    };
    file.write = limited as unknown as typeof file.write;
    return file;
  };
  return { open: full as typeof open };
}

test("a file arrives in pieces; a piece at the wrong place or beyond the end is refused and nothing of it stays", async () => {
  await withFolder(async (folder) => {
    const store = createPartialStore(folder);
    const id = newId();
    await store.begin(id);
    const piece = (offset: number, text: string) => ({ offset, total: 6, content: Readable.from([Buffer.from(text)]) });
    assert.equal(await store.append(id, piece(0, "abc")), 3);
    await assert.rejects(store.append(id, piece(0, "abc")), { code: "conflict", reason: "offset" });
    await assert.rejects(store.append(id, piece(3, "defg")), { code: "too-large" });
    assert.equal(await store.append(id, piece(3, "def")), 6);
    const parts: Buffer[] = [];
    for await (const part of store.open(id)) parts.push(part as Buffer);
    assert.equal(Buffer.concat(parts).toString(), "abcdef");
    await assert.rejects(store.append(newId(), piece(0, "a")), { code: "not-found" });
    await assert.rejects(store.append("../../x", piece(0, "a")), { code: "not-found" });
    await utimes(path.join(folder, id), new Date(0), new Date(0));
    assert.equal(await store.sweep(new Date()), 1);
    assert.equal(await store.length(id), undefined);
  });
});

test("a full disk is said plainly: what arrived is kept, and goes on when there is room", async () => {
  await withFolder(async (folder) => {
    const id = newId();
    const full = createPartialStore(folder, fullAfter(4));
    await full.begin(id);
    const content = () => Readable.from([Buffer.from("abc"), Buffer.from("def")]);
    await assert.rejects(full.append(id, { offset: 0, total: 6, content: content() }), {
      code: "unavailable",
      reason: "disk-full",
    });
    assert.equal(await full.length(id), 4);
    const rest = { offset: 4, total: 6, content: Readable.from([Buffer.from("ef")]) };
    assert.equal(await createPartialStore(folder).append(id, rest), 6);
    await assert.rejects(createDiskStore(folder, fullAfter(3)).put(Buffer.from("abcdef"), { maxBytes: 10 }), {
      code: "unavailable",
      reason: "disk-full",
    });
    assert.equal(await createDiskStore(folder).sweepIncoming(new Date(Date.now() + 1_000)), 0, "nothing half written");
  });
});

test("a process killed outright while a piece arrives: the length tells the truth and the rest completes the file", async () => {
  await withFolder(async (folder) => {
    const id = newId();
    const store = createPartialStore(folder);
    await store.begin(id);
    const program = `
      import { Readable } from "node:stream";
      import { createPartialStore } from ${JSON.stringify(path.join(import.meta.dirname, "partial-files.ts"))};
      async function* bytes() {
        yield Buffer.alloc(100_000, 1);
        process.kill(process.pid, "SIGKILL");
        yield Buffer.alloc(100_000, 2);
      }
      await createPartialStore(${JSON.stringify(folder)}).append(${JSON.stringify(id)}, { offset: 0, total: 200_000, content: Readable.from(bytes()) });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" });
    const signal = await new Promise((resolve) => child.once("exit", (_code, by) => resolve(by)));
    assert.equal(signal, "SIGKILL");
    const there = (await store.length(id)) ?? -1;
    assert.ok(there === 0 || there === 100_000, String(there));
    const whole = Buffer.concat([Buffer.alloc(100_000, 1), Buffer.alloc(100_000, 2)]);
    const rest = { offset: there, total: whole.length, content: Readable.from([whole.subarray(there)]) };
    assert.equal(await store.append(id, rest), whole.length);
    const parts: Buffer[] = [];
    for await (const part of store.open(id)) parts.push(part as Buffer);
    assert.deepEqual(Buffer.concat(parts), whole);
  });
});
