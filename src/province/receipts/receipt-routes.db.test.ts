import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createDiskStore } from "#kit/files.ts";
import { html } from "#kit/html.ts";
import { createSite } from "#kit/http/index.ts";
import { newId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { openSigners } from "#kit/signing/index.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { issueReceiptsForSettlement, receiptPath, receiptRoutes } from "./index.ts";

test("payer and applicant get the receipt; a stranger is told it does not exist, and who has not signed in is asked to", async () => {
  const folder = await mkdtemp(join(tmpdir(), "motcua-receipt-routes-"));
  const signers = await openSigners({ dataDir: folder, demo: true });
  await withDatabase("province", async (database, place) => {
    const db = database.forTenant("tayninh");
    const [receipt] = await issueReceiptsForSettlement(db, {
      settlementId: newId(),
      dossier: { id: newId(), number: 363815, procedureName: "Cấp bản sao trích lục", applicantSub: "applicant" },
      payer: { sub: "payer", name: "Lê Văn Hữu" },
      lines: [{ code: "x", kind: "charge", name: { vi: "Lệ phí" }, amount: 8_000, basis: "TT 281/2016/TT-BTC" }],
      paidAt: new Date("2026-06-10T01:19:00Z"),
      agency: { name: "UBND thị trấn Bến Cầu", taxCode: "3900000000", address: "Bến Cầu" },
    });
    assert.ok(receipt);
    const log = createLog("test");
    log.level = "silent";
    const site = await createSite({
      name: "portal",
      origin: "http://localhost:8082",
      cookie: "t",
      log,
      failurePage: (view) => html`${view.status}`,
    });
    receiptRoutes(site, {
      db,
      files: createDiskStore(join(folder, "files")),
      signerOf: signers.receipts,
      portalOrigin: "http://localhost:8082",
      personOf: (request) =>
        typeof request.headers["x-sub"] === "string" ? { sub: request.headers["x-sub"] } : undefined,
      signInPath: (back) => `/dang-nhap?ve=${back}`,
    });
    const as = (sub?: string) => site.inject({ url: receiptPath(receipt.id), headers: sub ? { "x-sub": sub } : {} });
    for (const sub of ["payer", "applicant"]) {
      const answer = await as(sub);
      assert.deepEqual(
        [answer.statusCode, answer.headers["content-type"], answer.body.slice(0, 5)],
        [200, "application/pdf", "%PDF-"],
      );
      assert.match(
        String(answer.headers["content-disposition"]),
        /attachment; filename="bien-lai-26TAA-00000001\.pdf"/,
      );
      assert.match(String(answer.headers["cache-control"]), /no-store/);
    }
    const data = (sub: string) => site.inject({ url: receiptPath(receipt.id, "xml"), headers: { "x-sub": sub } });
    const xml = await data("payer");
    assert.equal(xml.headers["content-type"], "application/xml; charset=utf-8");
    assert.match(String(xml.headers["content-disposition"]), /filename="bien-lai-26TAA-00000001\.xml"/);
    assert.match(xml.body, /<So>00000001<\/So>[\s\S]*<SignatureValue>/);
    assert.equal((await data("stranger")).statusCode, 404);
    assert.equal((await as("stranger")).statusCode, 404);
    // Filed at a counter, paid there, and joined to an account afterwards: the receipt names who paid, and is the owner's too.
    await withAdmin(place, async (client) => {
      await client.query("select set_config('app.tenant', 'tayninh', false)");
      await client.query(
        `insert into dossier (id, state, channel, procedure_code, procedure, agency_id, agency, applicant_sub, applicant, number)
         values ($1, 'filed', 'counter', 'x', '{}', 'x', '{}', 'joined', '{}', 363815)`,
        [receipt.dossierId],
      );
    });
    assert.equal((await as("joined")).statusCode, 200);
    assert.equal((await as("stranger")).statusCode, 404);
    const nobody = await as();
    assert.deepEqual([nobody.statusCode, nobody.headers.location], [303, `/dang-nhap?ve=${receiptPath(receipt.id)}`]);
    assert.equal((await site.inject({ url: "/bien-lai/x.pdf", headers: { "x-sub": "payer" } })).statusCode, 404);
    await site.close();
  });
});
