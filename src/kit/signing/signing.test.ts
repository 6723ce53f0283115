import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { PDF, PdfName, PdfString } from "@libpdf/core";
import { AppError } from "../errors.ts";
import { renderPdf } from "../pdf/index.ts";
import {
  approvalAppearance,
  copyAppearance,
  copyMarkPlace,
  type DemoAuthority,
  findSignaturePlace,
  inspectPdf,
  readPdfSignatures,
  openDemoAuthority,
  openSigners,
  type PdfSignature,
  type Signer,
  signCopy,
  signPdf,
  signXml,
  verifyPdfSignatures,
  verifyXml,
} from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "motcua-signing-"));
const signingTime = new Date("2026-11-21T08:19:00Z");
let authority: DemoAuthority;
let leader: Signer;
let seal: Signer;
let draft: Uint8Array;
let once: Uint8Array;
let twice: Uint8Array;

before(async () => {
  authority = await openDemoAuthority(join(folder, "keys"));
  leader = await authority.signer({
    id: "leader",
    commonName: "Nguyễn Thị Ẩn",
    organisation: "Sở Tư pháp tỉnh Tây Ninh",
  });
  seal = await authority.signer({
    id: "seal",
    commonName: "Sở Tư pháp tỉnh Tây Ninh",
    organisation: "Sở Tư pháp tỉnh Tây Ninh",
  });
  const template = join(folder, "decision.typ");
  writeFileSync(
    template,
    "Quyết định về việc cấp giấy chứng nhận\n#v(90mm)\n#align(right)[KT. GIÁM ĐỐC #v(30mm) Nguyễn Thị Ẩn #h(20mm)]",
  );
  draft = renderPdf({
    template: pathToFileURL(template),
    data: {},
    title: "Quyết định",
    author: "Sở",
    date: signingTime,
  });
  once = await signAsLeader(draft);
  twice = await signPdf(once, seal, {
    fieldName: "dau",
    signingTime,
    place: await copyMarkPlace(once),
    appearance: copyAppearance("SAO Y", "Sở Tư pháp tỉnh Tây Ninh", signingTime),
  });
});

async function signAsLeader(document: Uint8Array, certify?: 1 | 2): Promise<Uint8Array> {
  return signPdf(document, leader, {
    fieldName: "nguoi-ky",
    signingTime,
    reason: "Ký duyệt kết quả",
    place: await findSignaturePlace(document, { name: "Nguyễn Thị Ẩn" }),
    appearance: approvalAppearance({ person: "Nguyễn Thị Ẩn", agency: "Sở Tư pháp tỉnh Tây Ninh", signingTime }),
    ...(certify ? { certify } : {}),
  });
}

function verify(bytes: Uint8Array): Promise<PdfSignature[]> {
  return verifyPdfSignatures(bytes, { trustedRoots: [authority.rootDer] });
}

const stands = (item: PdfSignature) => item.intact && item.trusted;

/** Runs an outside judge; undefined (and one SKIPPED line) when this machine does not have it. */
function judge(command: string, args: string[]): string | undefined {
  const run = spawnSync(command, args, { encoding: "utf8" });
  if (!run.error) return run.stdout;
  console.log(`SKIPPED ${command} is not on this machine`);
  return undefined;
}

test("a signed document says who signed, for whom and when, and keeps the draft byte for byte", async () => {
  const [found, ...others] = await verify(once);
  assert.equal(others.length, 0);
  assert.deepEqual(
    { ...found },
    {
      fieldName: "nguoi-ky",
      signer: "Nguyễn Thị Ẩn",
      organisation: "Sở Tư pháp tỉnh Tây Ninh",
      unit: "",
      issuer: "Motcua Demo Root CA (không có giá trị pháp lý)",
      signingTime,
      reason: "Ký duyệt kết quả",
      coversWholeFile: true,
      intact: true,
      trusted: true,
      signedLength: once.length,
      problems: [],
    },
  );
  assert.ok(Buffer.from(once.subarray(0, draft.length)).equals(Buffer.from(draft)));
});

test("a second signature keeps the first one valid", async () => {
  const found = await verify(twice);
  assert.deepEqual(
    found.map((item) => [item.fieldName, item.coversWholeFile, stands(item)]),
    [
      ["nguoi-ky", false, true],
      ["dau", true, true],
    ],
  );
});

test("poppler and qpdf, which know nothing of us, agree", () => {
  const path = join(folder, "twice.pdf");
  writeFileSync(path, twice);
  const said = judge("pdfsig", [path]);
  if (said !== undefined) {
    assert.equal(said.match(/Signature is Valid/g)?.length, 2);
    assert.match(said, /Signer Certificate Common Name: Nguyễn Thị Ẩn/);
    assert.match(said, /ETSI\.CAdES\.detached/);
  }
  const checked = judge("qpdf", ["--check", path]);
  if (checked !== undefined) assert.match(checked, /No syntax or stream encoding errors found/);
});

test("openssl finds each signature a good CAdES signature of our root", () => {
  writeFileSync(join(folder, "root.pem"), new X509Certificate(authority.rootDer).toString());
  const ranges = [
    ...Buffer.from(twice)
      .toString("latin1")
      .matchAll(/\/ByteRange ?\[0 (\d+) (\d+) (\d+)/g),
  ];
  assert.equal(ranges.length, 2);
  for (const [, start, end, length] of ranges.map((match) => match.map(Number))) {
    assert.ok(start && end && length);
    const cms = Buffer.from(Buffer.from(twice.subarray(start + 1, end - 1)).toString("latin1"), "hex");
    writeFileSync(join(folder, "cms.der"), cms);
    writeFileSync(
      join(folder, "data.bin"),
      Buffer.concat([twice.subarray(0, start), twice.subarray(end, end + length)]),
    );
    const args = [
      "cms",
      "-verify",
      "-cades",
      "-inform",
      "DER",
      "-in",
      "cms.der",
      "-content",
      "data.bin",
      "-binary",
      "-CAfile",
      "root.pem",
      "-purpose",
      "any",
      "-out",
      "out.bin",
    ];
    const run = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
    if (run.error) return console.log("SKIPPED openssl is not on this machine");
    assert.match(run.stderr, /CAdES Verification successful/);
  }
});

test("the mark stands on the page as readable text between title and name", async () => {
  const path = join(folder, "once.pdf");
  writeFileSync(path, once);
  const text = judge("pdftotext", ["-layout", path, "-"]);
  if (text !== undefined)
    assert.match(
      text,
      /KT\. GIÁM ĐỐC[\s\S]*Ký bởi: Nguyễn Thị Ẩn[\s\S]*2026-11-21 15:19:00 \+07:00[\s\S]*Nguyễn Thị Ẩn/,
    );
  assert.match(Buffer.from(once).toString("latin1"), /\/Rect \[/);
});

test("one flipped byte anywhere in what was signed is found", async () => {
  for (const part of [0.1, 0.3, 0.5, 0.9]) {
    const changed = Buffer.from(once);
    const at = Math.floor(draft.length * part);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.ok(!(await verify(changed)).some(stands), `byte ${at}`);
  }
});

test("bytes behind the end of the document are refused", async () => {
  for (const tail of ["\n", "x", "%%EOF\n", "\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n"]) {
    const found = await verify(Buffer.concat([once, Buffer.from(tail)]));
    assert.ok(found.length > 0 && !found.some(stands), JSON.stringify(tail));
  }
});

test("a signature from an unknown authority is intact but not trusted", async () => {
  const other = await openDemoAuthority(join(folder, "other-keys"));
  const [found] = await verifyPdfSignatures(once, { trustedRoots: [other.rootDer] });
  assert.deepEqual([found?.intact, found?.trusted], [true, false]);
});

test("a revision that changes the document after signing is found (incremental saving)", async () => {
  const pdf = await PDF.load(once);
  const page = pdf.getPages()[0];
  assert.ok(page);
  page.dict.set("Rotate", (await import("@libpdf/core")).PdfNumber.of(90));
  const changed = await pdf.save({ incremental: true });
  const [found] = await verify(changed);
  assert.equal(found?.intact, false);
  assert.ok(found?.problems.includes("changed-after-signing"));
});

test("an annotation laid over the signed page is found (evil annotation)", async () => {
  const { PdfArray, PdfDict } = await import("@libpdf/core");
  const pdf = await PDF.load(once);
  const page = pdf.getPages()[0];
  assert.ok(page);
  const note = pdf.register(
    PdfDict.of({
      Type: PdfName.of("Annot"),
      Subtype: PdfName.of("FreeText"),
      Contents: PdfString.fromString("Đã thu 0 đ"),
    }),
  );
  const list = page.dict.getArray("Annots", (ref) => pdf.context.resolve(ref)) ?? new PdfArray();
  list.push(note);
  page.dict.set("Annots", new PdfArray(list.toArray()));
  const [found] = await verify(await pdf.save({ incremental: true }));
  assert.ok(found?.problems.includes("changed-after-signing"));
});

test("a stranger's signature laid over a good one takes the trust away", async () => {
  const other = await openDemoAuthority(join(folder, "other-keys"));
  const stranger = await other.signer({ id: "x", commonName: "Kẻ Lạ", organisation: "Không rõ" });
  const changed = await signPdf(once, stranger, {
    fieldName: "la",
    signingTime,
    place: { page: 0, rect: [50, 50, 300, 120] },
    appearance: approvalAppearance({ agency: "Không rõ", signingTime }),
  });
  assert.ok(!(await verify(changed)).some(stands));
});

test("signature wrapping, empty and stray signatures are refused", async () => {
  const text = Buffer.from(once).toString("latin1");
  const range = /\/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)\]/.exec(text);
  assert.ok(range);
  const [whole, , start = "", end = "", length = ""] = range;
  const moved = text.replace(whole, whole.replace(start, String(Number(start) - 1).padStart(start.length, "0")));
  const shortened = text.replace(whole, whole.replace(`${length}]`, `${"1".padStart(length.length, "0")}]`));
  const zeros =
    text.slice(0, Number(start) + 1) + "0".repeat(Number(end) - Number(start) - 2) + text.slice(Number(end) - 1);
  const nothing = text.replace(
    /\/Contents ?<[0-9A-Fa-f]+>/,
    (found) => `/Contents null${" ".repeat(found.length - 14)}`,
  );
  for (const forged of [moved, shortened, zeros, nothing]) {
    assert.ok(!(await verify(Buffer.from(forged, "latin1"))).some(stands));
  }
});

test("a document certified as final bears no further signature", async () => {
  const final = await signAsLeader(draft, 1);
  assert.ok((await verify(final)).every(stands));
  const added = await signPdf(final, seal, {
    fieldName: "dau",
    signingTime,
    place: { page: 0, rect: [300, 800, 580, 836] },
    appearance: copyAppearance("SAO Y", "Sở", signingTime),
  });
  assert.ok((await verify(added))[0]?.problems.includes("changed-after-certification"));
  await assert.rejects(
    signAsLeader(once, 1),
    (error: unknown) => error instanceof AppError && error.reason === "pdf-field-exists",
  );
});

test("bytes that are no PDF, or a broken one, carry no signature and break nothing", async () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from("GIF89a"),
    Buffer.from("%PDF-1.7\n%%EOF"),
    Buffer.from(once.subarray(0, once.length / 2)),
  ]) {
    assert.ok(!(await verify(bytes)).some(stands));
  }
});

test("a byte that sends the parser into a loop without end costs its reader, not the process that serves people", {
  timeout: 60_000,
}, async () => {
  const text = Buffer.from(once).toString("latin1");
  const at = text.indexOf("(Custom)\n/Info (");
  assert.ok(at > 0);
  const looping = Buffer.from(once);
  looping[at + "(Custom)\n/Info ".length] = 8;
  const [spoiled, good] = await Promise.all([readPdfSignatures(looping, { trustedRoots: [] }), verify(once)]);
  assert.equal(spoiled, undefined, "nothing is known of it: it must not be called unsigned");
  assert.ok(good.length === 1 && good.every(stands), "the next file is read as if nothing had happened");
  assert.ok((await inspectPdf(looping)).length > 0);
});

test("a file that can act, hide or change itself is not fit to be signed", async () => {
  assert.deepEqual(await inspectPdf(draft), []);
  assert.deepEqual(await inspectPdf(once), []);
  const { PdfDict } = await import("@libpdf/core");
  const pdf = await PDF.load(draft);
  pdf
    .getCatalog()
    .set("OpenAction", PdfDict.of({ S: PdfName.of("JavaScript"), JS: PdfString.fromString("app.alert(1)") }));
  assert.deepEqual(await inspectPdf(await pdf.save({ incremental: true })), ["active-content"]);
  assert.deepEqual(await inspectPdf(Buffer.from("GIF89a%PDF-1.7")), ["unreadable"]);
});

test("a photographed paper becomes a page with the mark of the copy; a file that is neither PDF nor picture is refused", async () => {
  const pixel = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const copy = { title: "Giấy chứng sinh", form: "BẢN SỐ HÓA", agency: "Sở Tư pháp", signingTime };
  const signed = await signCopy({ ...copy, content: pixel, mediaType: "image/png" }, leader);
  assert.ok((await verify(signed)).every(stands));
  const second = await signCopy({ ...copy, content: signed, mediaType: "application/pdf" }, seal);
  assert.deepEqual(
    (await verify(second)).map((item) => [item.fieldName, stands(item)]),
    [
      ["ban-sao-1", true],
      ["ban-sao-2", true],
    ],
  );
  await assert.rejects(signCopy({ ...copy, content: pixel, mediaType: "text/plain" }, leader), { reason: "copy-type" });
  await assert.rejects(signCopy({ ...copy, content: Buffer.from("x"), mediaType: "image/png" }, leader), {
    reason: "picture-unreadable",
  });
});

test("an installation's signers: the demo makes them, production refuses until they are connected", async () => {
  const demo = await openSigners({ dataDir: join(folder, "demo"), demo: true });
  const officer = await demo.person({ id: "tayninh/an", name: "Nguyễn Thị Ẩn", agency: "Sở Tư pháp" });
  const again = await (await openSigners({ dataDir: join(folder, "demo"), demo: true })).person({
    id: "tayninh/an",
    name: "Nguyễn Thị Ẩn",
    agency: "Sở Tư pháp",
  });
  assert.deepEqual(officer.certificateDer, again.certificateDer);
  assert.notDeepEqual((await demo.seal({ id: "H53.20", name: "Sở Tư pháp" })).certificateDer, officer.certificateDer);
  const production = await openSigners({ dataDir: join(folder, "production"), demo: false });
  assert.deepEqual(production.trustedRoots, []);
  await assert.rejects(production.receipts({ name: "Sở Tư pháp", taxCode: "1" }), { reason: "signer-not-configured" });
});

test("a signed XML verifies; a changed amount, a second element and another root do not", async () => {
  const xml = await signXml('<a xmlns="urn:x"><b Id="d"><tien>800000</tien></b></a>', seal, "b");
  const options = { trustedRoots: [authority.rootDer] };
  const good = verifyXml(xml, options);
  assert.ok(good.intact && good.trusted && good.signedElement?.includes("800000"));
  assert.equal(verifyXml(xml.replace("800000", "900000"), options).intact, false);
  assert.equal(verifyXml("<x/>", options).intact, false);
  const twin = '<b Id="d"><tien>900000</tien></b>';
  const wrapped = verifyXml(xml.replace("<b ", `${twin}<b `), options);
  assert.ok(!wrapped.intact || !wrapped.signedElement?.includes("900000"));
  const other = await openDemoAuthority(join(folder, "other-keys"));
  assert.equal(verifyXml(xml, { trustedRoots: [other.rootDer] }).trusted, false);
});
