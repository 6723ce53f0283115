import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { html } from "#kit/html.ts";
import { filingExample, PERSON } from "#province/dossiers/filing-example.ts";
import { type Applicant, attachFile, listFiles } from "#province/dossiers/index.ts";
import { begin, Browser, PDF } from "#tests/support/filing-walk.ts";
import { cloneDatabase, withAdmin } from "#tests/support/database.ts";
import { furnishedProvince } from "#tests/support/furnished-province.ts";
import { openDatabase } from "#kit/db.ts";
import { listReuses, ownPapersOf, storeRoutes } from "./index.ts";
import { readSource, resultFits } from "./own-paper.ts";

const TENANT = "tayninh";
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

test("a result stands for a paper whose name says it, and for no other", () => {
  const certificate = {
    resultNames: [{ vi: "Giấy xác nhận tình trạng hôn nhân", en: "Certificate of marital status" }],
  };
  const asked = { name: { vi: "Giấy xác nhận tình trạng hôn nhân đã cấp trước đó", en: "" } };
  assert.equal(resultFits(asked, certificate), true);
  assert.equal(resultFits({ name: { vi: "Giấy chứng sinh", en: "" } }, certificate), false);
  assert.equal(resultFits(asked, { resultNames: [{ vi: "Giấy", en: "" }] }), false, "too short a name says nothing");
  assert.equal(readSource("own:'; drop table own_paper"), undefined);
});

/** A dossier of the person that came back with a result and whose paper an officer digitised. */
async function earlierDossier(
  database: Database,
  admin: (sql: string, values: unknown[]) => Promise<unknown>,
  id: string,
) {
  const attached = await attachFile(database, {
    tenant: TENANT,
    dossierId: id,
    applicantSub: PERSON.sub,
    component: "authorisation",
    name: "ủy quyền.jpg",
    sha256: hash("photo"),
    size: 1_000,
    mediaType: "image/jpeg",
  });
  assert.ok(attached.ok);
  await admin(
    `insert into digitised_file (file_id, tenant, dossier_id, sha256, size, signed_by, signed_at)
     values ($1, 'tayninh', $2, $3, 2000, '{"id": "o", "name": "Cán bộ"}', now())`,
    [attached.fileId, id, hash("signed copy")],
  );
  await admin(
    `update dossier set state = 'returned', number = 1, code = 'x-1', received_at = now(), returned_at = now(),
       result_file = $2 where id = $1`,
    [id, { sha256: hash("result"), name: "Giấy khai sinh.pdf", size: 3_000, mediaType: "application/pdf" }],
  );
  return attached.fileId;
}

test("what a person has is listed to that person, offered for the same paper, and used only with a recorded consent", async () => {
  const place = await cloneDatabase("province", furnishedProvince());
  const database = openDatabase({ url: place.appUrl, role: "test", max: 4 });
  const folder = await mkdtemp(join(tmpdir(), "store-"));
  const ownPapers = ownPapersOf(database, TENANT);
  const { site } = await filingExample({ database, folder, ownPapers });
  storeRoutes(site, {
    database,
    store: createDiskStore(folder),
    tenant: { code: TENANT },
    person: (request) => request.session.get<Applicant>("person"),
    signInPath: () => "/dang-nhap",
    page: (_request, content) => html`<main>${content.body}</main>`,
  });
  const admin = (sql: string, values: unknown[]) =>
    withAdmin(place, async (client) => (await client.query<Record<string, unknown>>(sql, values)).rows);
  try {
    const browser = new Browser(site);
    await browser.get("/thu/vao");
    const copy = await earlierDossier(database, admin, await begin(browser, "1.004873"));
    await uploadOwn(browser);
    const page = await browser.get("/giay-to");
    for (const words of [/Giấy khai sinh\.pdf/, /ủy quyền\.jpg/, /căn cước\.pdf/]) assert.match(page.body, words);
    const own = /href="\/giay-to\/([0-9a-f-]{36})"/.exec(page.body)?.[1] ?? "";
    assert.equal((await browser.get(`/giay-to/${own}`)).headers["content-type"], "application/pdf");
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, { nycQuanHe: "khac", _action: "save" });
    await reuse(browser, database, id, [`copy:${copy}`, `own:${own}`]);
    const rows = (await admin(
      "select source, applicant_sub, consent from paper_reuse order by source",
      [],
    )) as object[];
    assert.deepEqual(rows, [
      { source: "copy", applicant_sub: PERSON.sub, consent: "one-dossier-1" },
      { source: "own", applicant_sub: PERSON.sub, consent: "one-dossier-1" },
    ]);
    assert.equal(((await admin("select 1 from audit where action = 'paper.reuse'", [])) as object[]).length, 2);
    const desk = await listReuses(database, { tenant: TENANT, dossierId: id });
    assert.deepEqual(
      desk.map((one) => [one.source, one.dossierCode, one.signedBy]).sort(),
      [
        ["copy", "x-1", "Cán bộ"],
        ["own", null, null],
      ],
      "the desk sees where a paper comes from and who checked it",
    );
    await strangers(browser, ownPapers, id, own);
    // Deleting the upload takes nothing from the dossier that used it.
    await browser.get("/thu/vao");
    assert.equal((await browser.form("/giay-to", { xoa: own })).statusCode, 303);
    assert.equal((await browser.get(`/giay-to/${own}`)).statusCode, 404);
    assert.equal((await listFiles(database, { tenant: TENANT, dossierId: id })).length, 2);
  } finally {
    await site.close();
    await database.close();
    await place.drop();
    await rm(folder, { recursive: true, force: true });
  }
});

async function uploadOwn(browser: Browser): Promise<void> {
  const send = (name: string, bytes: Buffer) => browser.form("/giay-to", {}, { field: "tep", name, bytes });
  assert.equal((await send("căn cước.pdf", PDF)).statusCode, 303);
  assert.match((await browser.get("/giay-to")).body, /Đã tải lên/);
  const refused = await send("hại.pdf", Buffer.from("MZ".padEnd(600)));
  assert.deepEqual([refused.statusCode, /tệp chương trình/.test(refused.body)], [422, true]);
  const nothing = await browser.form("/giay-to", {});
  assert.match(nothing.body, /Chọn ít nhất một tệp/);
}

async function reuse(browser: Browser, database: Database, id: string, values: readonly string[]): Promise<void> {
  const [copy = "", own = ""] = values;
  const papers = await browser.get(`/ho-so/${id}/giay-to`);
  assert.match(papers.body, new RegExp(`name="reuse.birth-proof" value="${own}"`));
  const without = await browser.form(`/ho-so/${id}/giay-to`, { _action: "reuse", "reuse.birth-proof": own });
  assert.deepEqual([without.statusCode, /Đánh dấu vào ô đồng ý/.test(without.body)], [422, true]);
  assert.match(without.body, new RegExp(`value="${own}" checked`), "what was ticked stays ticked");
  const agreed = { _action: "reuse", "consent.birth-proof": "1" };
  assert.equal((await browser.form(`/ho-so/${id}/giay-to`, { ...agreed, "reuse.birth-proof": own })).statusCode, 303);
  assert.equal((await browser.form(`/ho-so/${id}/giay-to`, { ...agreed, "reuse.birth-proof": copy })).statusCode, 303);
  const files = await listFiles(database, { tenant: TENANT, dossierId: id });
  assert.deepEqual(
    files.map((file) => [file.name, file.mediaType, file.size]),
    [
      ["căn cước.pdf", "application/pdf", PDF.length],
      ["ủy quyền.pdf", "application/pdf", 2_000],
    ],
  );
}

async function strangers(
  browser: Browser,
  ownPapers: ReturnType<typeof ownPapersOf>,
  id: string,
  own: string,
): Promise<void> {
  await browser.get("/thu/vao?ai=b");
  assert.equal((await browser.get(`/giay-to/${own}`)).statusCode, 404);
  assert.doesNotMatch((await browser.get("/giay-to")).body, /căn cước|Giấy khai sinh\.pdf/);
  const other = { applicantSub: "0b5a4f0e-0000-7000-8000-000000000002", dossierId: id, component: "birth-proof" };
  assert.deepEqual(await ownPapers.use({ ...other, value: `own:${own}` }), { ok: false, reason: "file-not-found" });
  assert.equal((await ownPapers.offersFor(other.applicantSub, [])).size, 0);
  await browser.form("/giay-to", { xoa: own });
  await browser.get("/thu/vao");
  assert.equal((await browser.get(`/giay-to/${own}`)).statusCode, 200, "another person deletes nothing");
}
