import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { PDF, PdfDict, PdfName, PdfString } from "@libpdf/core";
import type { Db } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import { renderPdf } from "#kit/pdf/index.ts";
import { openDemoAuthority, verifyPdfSignatures } from "#kit/signing/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import {
  checkResultFields,
  enterResult,
  findResultOfDossier,
  openResultFile,
  type Result,
  signResultFile,
} from "./index.ts";

const folder = await mkdtemp(join(tmpdir(), "motcua-results-"));
const files = createDiskStore(join(folder, "files"));
const authority = await openDemoAuthority(join(folder, "keys"));
const trust = { trustedRoots: [authority.rootDer] };
const agency = "Sở Nông nghiệp và Phát triển nông thôn";
const leader = await authority.signer({ id: "leader", commonName: "Lê Thị Hữu", organisation: agency });
const seal = await authority.signer({ id: "seal", commonName: agency, organisation: agency });

await writeFile(join(folder, "r.typ"), "GIẤY CHỨNG NHẬN\n#v(60mm)\n#align(right)[PHÓ GIÁM ĐỐC #v(30mm) Lê Thị Hữu]");
const certificate = renderPdf({
  template: pathToFileURL(join(folder, "r.typ")),
  data: {},
  title: "Giấy chứng nhận",
  author: agency,
  date: new Date("2026-11-20T00:00:00Z"),
});
const fields = {
  number: "1635/GCN-SNN",
  summary: "Giấy chứng nhận đủ điều kiện buôn bán thuốc bảo vệ thực vật",
  effectiveOn: "2026-11-21",
  expiresOn: "2031-11-21",
};

async function enter(db: Db, dossierId = newId()): Promise<Result> {
  const file = await files.put(certificate, { maxBytes: 1_000_000 });
  const entered = await enterResult(db, files, {
    dossierId,
    fields,
    file: { sha256: file.sha256, name: "giay-chung-nhan.pdf" },
    enteredBy: "officer:1",
  });
  assert.ok(entered.ok);
  return entered.result;
}

const sign = (db: Db, result: Result) =>
  signResultFile(db, files, leader, { resultId: result.id, position: "Phó Giám đốc", actor: "officer:1", seal });

test("an entered result is signed by leader and seal, and what was signed is what is served", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const entered = await enter(db);
    assert.equal(entered.state, "unsigned");
    await assert.rejects(openResultFile(db, files, entered.id), { code: "not-found" });
    const signed = await sign(db, entered);
    assert.equal(signed.state, "signed");
    assert.equal(signed.signed?.signerName, "Lê Thị Hữu");
    const { bytes, fileName } = await openResultFile(db, files, entered.id);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), signed.signed?.sha256);
    assert.equal(fileName, "giay-chung-nhan.signed.pdf");
    const signatures = await verifyPdfSignatures(bytes, trust);
    assert.deepEqual(
      signatures.map((item) => [item.signer, item.intact, item.trusted]),
      [
        ["Lê Thị Hữu", true, true],
        [agency, true, true],
      ],
    );
    assert.equal((await findResultOfDossier(db, entered.dossierId))?.id, entered.id);
  });
});

test("two officers signing at once leave one signature, and a signed result never changes again", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const entered = await enter(db);
    const both = await Promise.all([sign(db, entered), sign(db, entered)]);
    assert.equal(both[0].signed?.sha256, both[1].signed?.sha256);
    assert.equal((await sign(db, entered)).signed?.sha256, both[0].signed?.sha256);
    const change = { name: "test.change-signed", text: "update result set number = 'x' where state = 'signed'" };
    await assert.rejects(db.run(change, []), /is signed and does not change/);
    await assert.rejects(db.run({ name: "test.delete-result", text: "delete from result" }, []), /permission denied/);
  });
});

test("a file that is no PDF, or that can change itself, is refused with the reason and nothing is kept", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const text = await files.put(Buffer.from("không phải PDF"), { maxBytes: 1000 });
    const pdf = await PDF.load(certificate);
    pdf.getCatalog().set("OpenAction", PdfDict.of({ S: PdfName.of("JavaScript"), JS: PdfString.fromString("1") }));
    const active = await files.put(await pdf.save({ incremental: true }), { maxBytes: 1_000_000 });
    for (const [file, reason] of [
      [text, "file-not-pdf"],
      [active, "file-active-content"],
    ] as const) {
      const refused = await enterResult(db, files, {
        dossierId: newId(),
        fields,
        file: { sha256: file.sha256, name: "x.pdf" },
        enteredBy: "officer:1",
      });
      assert.deepEqual(refused, { ok: false, reasons: [reason] });
    }
  });
});

test("the fields of a result are checked, each with its own reason", () => {
  assert.deepEqual(checkResultFields(fields), []);
  assert.deepEqual(checkResultFields({ ...fields, expiresOn: undefined }), []);
  assert.deepEqual(
    checkResultFields({ number: " ", summary: "", effectiveOn: "2026-02-30", expiresOn: "31/12/2026" }),
    ["number-missing", "summary-missing", "effective-on-wrong", "expires-on-wrong"],
  );
  assert.deepEqual(checkResultFields({ ...fields, expiresOn: "2026-11-20" }), ["expires-before-effective"]);
});
