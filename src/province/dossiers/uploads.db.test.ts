import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { fixedClock, systemClock } from "#kit/clock.ts";
import { createDiskStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import { createPartialStore } from "#kit/partial-files.ts";
import { begin, type Browser, PDF, withPortal } from "#tests/support/filing-walk.ts";
import { attachFile, removeFile } from "./change-files.ts";
import { listFiles } from "./dossier-view.ts";
import { PERSON } from "./filing-example.ts";
import { sweepUploads } from "./sweep-uploads.ts";
import { beginUpload, continueUpload, standOfUpload, UPLOAD_LIFE_MS } from "./upload-paper.ts";
import { isFileNamed, noteLooseFile } from "./upload-store.ts";

const TENANT = "tayninh";
const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const b64 = (text: string): string => Buffer.from(text).toString("base64");
const location = (answer: { headers: Record<string, unknown> }): string => String(answer.headers["location"]);

/** Announces a file as the page's script does. */
function announce(browser: Browser, dossierId: string, name: string, bytes: Buffer, more: { sha256?: string } = {}) {
  const meta = [
    `filename ${b64(name)}`,
    `component ${b64("birth-proof")}`,
    `sha256 ${b64(more.sha256 ?? hash(bytes))}`,
  ];
  const headers = { "upload-length": String(bytes.length), "upload-metadata": meta.join(",") };
  return browser.send("POST", `/ho-so/${dossierId}/tai-len`, headers);
}

function piece(browser: Browser, url: string, offset: number, bytes: Buffer) {
  const headers = { "content-type": "application/offset+octet-stream", "upload-offset": String(offset) };
  return browser.send("PATCH", url, headers, bytes);
}

test("a paper sent in pieces goes on after a break and a new start of the server, and is one file with the right bytes", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const bytes = Buffer.concat([PDF, Buffer.alloc(50_000, "\n")]);
    const begun = await announce(browser, id, "giấy chứng sinh.pdf", bytes);
    assert.equal(begun.statusCode, 201, begun.body);
    const url = location(begun);
    assert.equal((await piece(browser, url, 0, bytes.subarray(0, 20_000))).statusCode, 204);
    // Chosen again after a reload: the same upload, from where it stopped.
    const again = await announce(browser, id, "giấy chứng sinh.pdf", bytes);
    assert.deepEqual([location(again), again.headers["upload-offset"]], [url, "20000"]);
    const told = await browser.send("HEAD", url);
    assert.deepEqual([told.headers["upload-offset"], told.headers["upload-length"]], ["20000", String(bytes.length)]);
    assert.equal((await piece(browser, url, 0, bytes.subarray(0, 10))).statusCode, 409, "a piece out of place");
    const last = await piece(browser, url, 20_000, bytes.subarray(20_000));
    assert.equal(last.statusCode, 200, last.body);
    const { fileId } = last.json() as { fileId: string };
    // The answer was lost: asked again, it is the same.
    const replay = await piece(browser, url, bytes.length, Buffer.alloc(0));
    assert.deepEqual([replay.statusCode, (replay.json() as { fileId: string }).fileId], [200, fileId]);
    const files = await listFiles(database, { tenant: TENANT, dossierId: id });
    assert.deepEqual(
      files.map((file) => [file.id, file.name, file.sha256, file.size]),
      [[fileId, "giấy chứng sinh.pdf", hash(bytes), bytes.length]],
    );
    await theSameUnderAnotherName(browser, id, bytes);
    await thumbOf(browser, fileId);
    await refusals(browser, id, url, bytes);
  });
});

async function theSameUnderAnotherName(browser: Browser, id: string, bytes: Buffer): Promise<void> {
  const copy = await announce(browser, id, "bản chụp.pdf", bytes);
  const sent = await piece(browser, location(copy), 0, bytes);
  assert.match(
    (sent.json() as { notice: string }).notice,
    /“bản chụp.pdf” có nội dung giống hệt “giấy chứng sinh.pdf”/,
  );
  const plain = await browser.upload(`/ho-so/${id}/giay-to`, "next", [
    { component: "birth-proof", name: "bản khác.pdf", bytes },
  ]);
  assert.equal(plain.headers["location"], `/ho-so/${id}/giay-to`, "said before going on");
  const page = await browser.get(`/ho-so/${id}/giay-to`);
  assert.match(page.body, /“bản khác.pdf” có nội dung giống hệt/);
  assert.match(page.body, /Đã nhận 1 tệp/);
}

async function thumbOf(browser: Browser, fileId: string): Promise<void> {
  const jpeg = (side: number) =>
    Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xc0,
      0,
      11,
      8,
      side >> 8,
      side & 255,
      side >> 8,
      side & 255,
      1,
      1,
      0,
      0,
      0xff,
      0xd9,
    ]);
  const put = (bytes: Buffer) =>
    browser.send("POST", `/tep/${fileId}/anh-nho`, { "content-type": "image/jpeg" }, bytes);
  assert.equal((await put(jpeg(5_000))).statusCode, 404, "not a small one");
  assert.equal((await put(Buffer.from("<svg onload=alert(1)>"))).statusCode, 404);
  assert.equal((await put(jpeg(240))).statusCode, 204);
  assert.equal((await put(jpeg(200))).statusCode, 404, "once");
}

async function refusals(browser: Browser, id: string, url: string, bytes: Buffer): Promise<void> {
  const problem = async (name: string, content: Buffer, more: { sha256?: string } = {}) => {
    const begun = await announce(browser, id, name, content, more);
    const answer = begun.statusCode === 201 ? await piece(browser, location(begun), 0, content) : begun;
    assert.equal(answer.statusCode, 422, answer.body);
    return (answer.json() as { errors: { message: string }[] }).errors[0]?.message ?? "";
  };
  assert.match(await problem("a.exe", Buffer.from("MZ".padEnd(600))), /tệp chương trình/);
  assert.match(await problem("\u202Egiấy\u0007.pdf", Buffer.from("<html>")), /“giấy.pdf” không đúng với đuôi/);
  assert.match(await problem("rỗng.pdf", Buffer.alloc(0)), /tệp rỗng/);
  assert.match(await problem("khác.pdf", PDF, { sha256: hash(bytes) }), /sai lệch trên đường truyền/);
  const large = {
    "upload-length": String(21 * 1_048_576),
    "upload-metadata": `filename ${b64("to.pdf")},component ${b64("birth-proof")}`,
  };
  assert.equal((await browser.send("POST", `/ho-so/${id}/tai-len`, large)).statusCode, 422);
  const strange = { ...large, "upload-length": "10", "upload-metadata": `component ${b64("no-such")}` };
  assert.equal((await browser.send("POST", `/ho-so/${id}/tai-len`, strange)).statusCode, 422);
  // Given up: nothing is left of it.
  const given = location(await announce(browser, id, "thôi.pdf", Buffer.from("%PDF-1")));
  assert.equal((await browser.send("DELETE", given)).statusCode, 204);
  assert.equal((await browser.send("HEAD", given)).statusCode, 404);
  const open: number[] = [];
  for (let index = 0; index < 21; index += 1)
    open.push((await announce(browser, id, `${index}.pdf`, Buffer.from(`%PDF-${index}`))).statusCode);
  assert.deepEqual([open.filter((status) => status === 201).length, open.at(-1)], [20, 422]);
  // Somebody else finds nothing, and nobody nothing either.
  await browser.get("/thu/vao?ai=b");
  assert.equal((await browser.send("HEAD", url)).statusCode, 404);
  assert.equal((await piece(browser, url, 0, bytes)).statusCode, 404);
  assert.equal((await announce(browser, id, "của tôi.pdf", PDF)).statusCode, 404);
  await browser.get("/thu/ra");
  assert.equal((await browser.send("HEAD", url)).statusCode, 401);
}

test("a process that dies with the last byte, and a store that is full, lose nothing: the same upload ends when it is asked again", async () => {
  await withPortal(async (browser, database) => {
    const dossierId = await begin(browser);
    const folder = await mkdtemp(join(tmpdir(), "full-"));
    try {
      const partials = createPartialStore(join(folder, "partial"));
      const noSpace = () => Promise.reject(Object.assign(new Error("no space left on device"), { code: "ENOSPC" }));
      const good = { database, store: createDiskStore(folder), partials, clock: systemClock };
      const full = { ...good, store: createDiskStore(folder, { open: noSpace as never }) };
      const sender = { tenant: TENANT, applicantSub: PERSON.sub };
      const file = { component: "birth-proof", name: "giấy.pdf", size: PDF.length, sha256: hash(PDF) };
      const begun = await beginUpload(good, { ...sender, dossierId }, file);
      assert.ok(begun.ok);
      // As the process that was killed left it: every byte is there, nothing was attached.
      await partials.append(begun.id, { offset: 0, total: PDF.length, content: Readable.from([PDF]) });
      const again = async (deps: typeof good) => {
        const upload = await standOfUpload(deps, sender, begun.id);
        assert.ok(upload);
        return continueUpload(deps, sender, upload, { offset: upload.offset, content: Readable.from([]) });
      };
      const refused = (await again(full)).taken;
      assert.ok(refused && !refused.ok && refused.problem === "store-full");
      assert.deepEqual(await listFiles(database, { tenant: TENANT, dossierId }), [], "the draft is as it was");
      const { taken } = await again(good);
      assert.ok(taken?.ok);
      assert.deepEqual((await again(good)).taken, { ok: true, fileId: taken.fileId });
      assert.equal((await listFiles(database, { tenant: TENANT, dossierId })).length, 1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

test("a draft has bounds in bytes, and what nobody finished or named is swept without touching what is named", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const folder = await mkdtemp(join(tmpdir(), "sweep-"));
    const files = createDiskStore(folder);
    const partials = createPartialStore(join(folder, "partial"));
    try {
      const attach = (text: string, size: number) =>
        attachFile(database, {
          tenant: TENANT,
          dossierId: id,
          applicantSub: PERSON.sub,
          component: "birth-proof",
          name: `${text}.pdf`,
          sha256: hash(Buffer.from(text)),
          size,
          mediaType: "application/pdf",
        });
      const kept = await files.put(Buffer.from("named"), { maxBytes: 100 });
      const lost = await files.put(Buffer.from("forgotten"), { maxBytes: 100 });
      for (const sha256 of [kept.sha256, lost.sha256]) await noteLooseFile(database, TENANT, sha256);
      assert.equal((await attach("named", 200 * 1_048_576)).ok, true);
      // As if it was noted again and the process died before naming it a second time.
      await noteLooseFile(database, TENANT, kept.sha256);
      assert.deepEqual(await attach("more", 101 * 1_048_576), { ok: false, reason: "too-many-bytes" });
      assert.equal(await isFileNamed(database, TENANT, kept.sha256), true);
      const upload =
        location(await announce(browser, id, "dở.pdf", PDF))
          .split("/")
          .at(-1) ?? newId();
      await partials.begin(upload);
      const sweep = (clock: ReturnType<typeof fixedClock>) =>
        sweepUploads({ database, files, partials, clock, tenants: [TENANT, "kontum"] });
      assert.deepEqual(await sweep(fixedClock(new Date().toISOString())), { uploads: 0, files: 0 });
      const tomorrow = fixedClock(new Date(Date.now() + UPLOAD_LIFE_MS + 60_000).toISOString());
      assert.deepEqual(await sweep(tomorrow), { uploads: 1, files: 1 });
      assert.deepEqual([await files.has(kept.sha256), await files.has(lost.sha256)], [true, false]);
      assert.equal(await partials.length(upload), undefined);
      assert.deepEqual(await sweep(tomorrow), { uploads: 0, files: 0 });
      // Taken off the draft, nothing names it any more.
      const [paper] = await listFiles(database, { tenant: TENANT, dossierId: id });
      const key = { tenant: TENANT, dossierId: id, applicantSub: PERSON.sub };
      assert.equal((await removeFile(database, { ...key, fileId: paper?.id ?? "" })).ok, true);
      assert.deepEqual(await sweep(tomorrow), { uploads: 0, files: 1 });
      assert.equal(await files.has(kept.sha256), false);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
