import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import { openDemoAuthority, verifyPdfSignatures } from "#kit/signing/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { findSlip, findSlipByCode, issueSlip, listSlips, openSlip, type SlipDependencies } from "./index.ts";
import { slipSamples } from "./slip-samples.ts";
import { putSlip } from "./slip-store.ts";

const folder = await mkdtemp(join(tmpdir(), "motcua-slips-"));
const authority = await openDemoAuthority(join(folder, "keys"));
const signer = await authority.signer({
  id: "du",
  commonName: "Trần Văn Đữ",
  organisation: "Sở NN&PTNT tỉnh Tây Ninh",
});

function dependencies(at: string): SlipDependencies {
  return {
    files: createDiskStore(join(folder, "files")),
    portalOrigin: "http://localhost:8082",
    signer,
    clock: fixedClock(at),
  };
}

const issue = (db: Database, deps: SlipDependencies, dossierId: string, occasion = "") =>
  issueSlip(db, deps, {
    kind: "receipt",
    dossierId,
    occasion,
    content: slipSamples.receipt,
    issuedBy: "officer:du",
    ruleSet: "circular-01-2018",
  });

test("a slip is numbered, signed by the officer, found by its code, and the second click gives the same one", {
  timeout: 60_000,
}, async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const deps = dependencies("2020-06-10T01:19:00Z");
    const dossierId = newId();
    const heard = Promise.withResolvers<string>();
    const stop = await database.listen("dossier", heard.resolve);
    const slip = await issue(db, deps, dossierId);
    assert.equal(await heard.promise, dossierId, "an open page of the dossier shows the slip");
    await stop();
    const again = await issue(db, deps, dossierId);
    assert.deepEqual(again, slip);
    assert.deepEqual([slip.number, slip.year, slip.ruleSet], [1, 2020, "circular-01-2018"]);
    const { bytes, fileName } = await openSlip(db, deps, slip.id);
    const [signature] = await verifyPdfSignatures(bytes, { trustedRoots: [authority.rootDer] });
    assert.ok(signature?.intact && signature.trusted && signature.coversWholeFile);
    assert.equal(signature.signer, "Trần Văn Đữ");
    assert.equal(fileName, "giay-tiep-nhan-va-hen-tra-ket-qua-1-2020.pdf");
    assert.equal((await findSlipByCode(db, slip.code))?.id, slip.id);
    assert.deepEqual(
      (await listSlips(db, dossierId)).map((item) => item.id),
      [slip.id],
    );
  });
});

test("twenty slips issued at once take the numbers 1 to 20, and a new year of Viet Nam starts at 1", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const at = new Date("2020-12-31T16:59:59Z");
    const put = (createdAt: Date, code: string) =>
      putSlip(db, {
        dossierId: newId(),
        kind: "refusal",
        occasion: "",
        ruleSet: "circular-01-2018",
        content: slipSamples.refusal,
        code,
        issuedBy: "officer:du",
        createdAt,
      });
    const letters = "ABCDEFGHJKMNPQRSTUVW";
    const slips = await Promise.all([...letters].map((letter) => put(at, letter.repeat(16))));
    assert.deepEqual(
      slips.map((slip) => slip.number).sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const next = await put(new Date("2020-12-31T17:00:00Z"), "2".repeat(16));
    assert.deepEqual([next.year, next.number], [2021, 1]);
  });
});

test("a slip whose file was never written is rendered and signed by the first officer who opens it, and nobody can change an issued one", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const deps = dependencies("2026-11-21T01:00:00Z");
    const row = await putSlip(db, {
      dossierId: newId(),
      kind: "supplement",
      occasion: "1",
      ruleSet: "circular-01-2018",
      content: slipSamples.supplement,
      code: "Q".repeat(16),
      issuedBy: "officer:du",
      createdAt: new Date("2026-11-21T01:00:00Z"),
    });
    assert.equal(row.fileSha256, undefined);
    await assert.rejects(openSlip(db, { files: deps.files, portalOrigin: deps.portalOrigin }, row.id), {
      code: "unavailable",
      reason: "slip-being-made",
    });
    const first = await openSlip(db, deps, row.id);
    const second = await openSlip(db, deps, row.id);
    assert.ok(first.bytes.equals(second.bytes));
    assert.ok((await findSlip(db, row.id))?.fileSha256);
    for (const text of [
      "update slip set number = 9",
      "delete from slip",
      "update slip_file set size = 1",
      "delete from slip_file",
    ]) {
      await assert.rejects(db.run({ name: `test.${text.slice(0, 40)}`, text }, []), /permission denied/);
    }
  });
});

test("another province sees no slip of this one, not even by its code", async () => {
  await withDatabase("province", async (database) => {
    const slip = await issue(database.forTenant("tayninh"), dependencies("2026-11-21T01:00:00Z"), newId());
    assert.equal(await findSlipByCode(database.forTenant("kontum"), slip.code), undefined);
    assert.equal(await findSlip(database.forTenant("kontum"), slip.id), undefined);
  });
});
