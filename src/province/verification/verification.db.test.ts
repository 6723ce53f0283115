import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Db } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { html } from "#kit/html.ts";
import { createSite } from "#kit/http/index.ts";
import { newId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { renderPdf } from "#kit/pdf/index.ts";
import { openDemoAuthority, signXml } from "#kit/signing/index.ts";
import { issueReceiptsForSettlement, openReceiptFile, replaceReceipt } from "#province/receipts/index.ts";
import { enterResult, openResultFile, signResultFile } from "#province/results/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { groupCode, verificationPath, verificationRoutes, verifyByCode, verifyFile } from "./index.ts";

const folder = await mkdtemp(join(tmpdir(), "motcua-verify-"));
const files = createDiskStore(join(folder, "files"));
const authority = await openDemoAuthority(join(folder, "keys"));
const signer = await authority.signer({
  id: "s",
  commonName: "Sở Tư pháp tỉnh Tây Ninh",
  organisation: "Sở Tư pháp tỉnh Tây Ninh",
});
const receiptDeps = { files, signerOf: async () => signer, portalOrigin: "http://localhost:8082" };
const dependencies = (db: Db) => ({ db, files, trustedRoots: [authority.rootDer] });

async function issueReceipt(db: Db) {
  const [receipt] = await issueReceiptsForSettlement(db, {
    settlementId: newId(),
    dossier: {
      id: newId(),
      code: "000.20.31.H53-260610-0007",
      procedureName: "Cấp bản sao trích lục hộ tịch",
      applicantSub: "tech-1",
    },
    payer: { sub: "tech-1", name: "Nguyễn Thị Ngọc Ẩn" },
    lines: [
      {
        code: "ban-sao",
        kind: "charge",
        name: { vi: "Lệ phí cấp bản sao" },
        amount: 16_000,
        quantity: 2,
        unitAmount: 8_000,
        basis: "TT 281/2016/TT-BTC",
      },
    ],
    paidAt: new Date("2026-06-10T01:19:00Z"),
    agency: { name: "Sở Tư pháp tỉnh Tây Ninh", taxCode: "3900244068", address: "Tây Ninh" },
  });
  assert.ok(receipt);
  return receipt;
}

async function issueResult(db: Db) {
  await writeFile(join(folder, "r.typ"), "TRÍCH LỤC\n#v(90mm)");
  const draft = renderPdf({
    template: pathToFileURL(join(folder, "r.typ")),
    data: {},
    title: "Trích lục",
    author: "Sở",
    date: new Date(),
  });
  const file = await files.put(draft, { maxBytes: 1_000_000 });
  const fields = { number: "12/TL", summary: "Trích lục khai sinh", effectiveOn: "2026-11-01" };
  const entered = await enterResult(db, files, {
    dossierId: newId(),
    fields,
    file: { sha256: file.sha256, name: "trich-luc.pdf" },
    enteredBy: "officer:1",
  });
  assert.ok(entered.ok);
  return entered.result;
}

async function portal(db: Db) {
  const log = createLog("test");
  log.level = "silent";
  const site = await createSite({
    name: "portal",
    origin: "http://localhost:8082",
    cookie: "t",
    log,
    failurePage: (view) => html`<h1>${view.title}</h1>`,
  });
  verificationRoutes(site, {
    ...dependencies(db),
    demo: true,
    frame: (_request, page) => html`<title>${page.title}</title>${page.body}`,
  });
  return site;
}

function upload(content: Uint8Array, name = "x.pdf") {
  const boundary = "----motcua";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="tep"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n`;
  return {
    method: "POST" as const,
    url: "/xac-minh/tep",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}`, origin: "http://localhost:8082" },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

test("a receipt's code tells who collected what, signed and unaltered, and hides most of the payer's name", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const receipt = await issueReceipt(db);
    assert.equal((await verifyByCode(dependencies(db), receipt.code))?.verdict, "pending");
    await openReceiptFile(db, receiptDeps, receipt.id);
    const site = await portal(db);
    const page = await site.inject(verificationPath(receipt.code));
    assert.equal(page.statusCode, 200);
    for (const part of [
      "Văn bản hợp lệ",
      "Sở Tư pháp tỉnh Tây Ninh",
      "16.000 đ",
      "26TAA",
      "00000001",
      "N••• T••• N••• Ẩn",
      groupCode(receipt.code),
    ]) {
      assert.ok(page.body.includes(part), part);
    }
    assert.ok(!page.body.includes("Nguyễn Thị Ngọc Ẩn"));
    const typed = await site.inject(`/xac-minh?ma=${groupCode(receipt.code).toLowerCase()}`);
    assert.deepEqual([typed.statusCode, typed.headers.location], [303, verificationPath(receipt.code)]);
    const english = await site.inject(`${verificationPath(receipt.code)}?lang=en`);
    assert.match(english.body, /The document is valid/);
    assert.ok(!page.body.includes("Tình trạng biên lai"), "it stands");
    const changed = {
      payer: { name: "Nguyễn Thị Ngọc Ân" },
      reason: "Sai tên",
      officer: { id: "k1" },
      at: new Date("2026-06-11T02:00:00Z"),
    };
    const next = await db.tx((tx) => replaceReceipt(tx, { id: receipt.id, ...changed }));
    assert.ok(next);
    const old = await site.inject(verificationPath(receipt.code));
    assert.match(old.body, /Văn bản hợp lệ[\s\S]*Đã được thay bằng biên lai 26TAA 00000002/);
    await site.close();
  });
});

test("a result nobody signed does not exist for the public; a signed one is verified from its stored file", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const result = await issueResult(db);
    assert.equal(await verifyByCode(dependencies(db), result.code), undefined);
    const signed = await signResultFile(db, files, signer, { resultId: result.id, actor: "officer:1" });
    const report = await verifyByCode(dependencies(db), result.code);
    assert.equal(report?.verdict, "good");
    assert.equal(report?.document?.kind, "result");
    assert.equal(await verifyByCode(dependencies(database.forTenant("kontum")), result.code), undefined);
    // Somebody with the disk but not the key changes the stored bytes.
    const hash = signed.signed?.sha256 ?? "";
    await writeFile(join(folder, "files", hash.slice(0, 2), hash), "x");
    assert.equal((await verifyByCode(dependencies(db), result.code))?.verdict, "missing");
    await rm(join(folder, "files", hash.slice(0, 2), hash));
    assert.equal((await verifyByCode(dependencies(db), result.code))?.verdict, "missing");
  });
});

test("a file that is brought is recognised, a changed one is called changed, a stranger's one is not vouched for", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const result = await issueResult(db);
    await signResultFile(db, files, signer, { resultId: result.id, actor: "officer:1" });
    const { bytes } = await openResultFile(db, files, result.id);
    const own = await verifyFile(dependencies(db), bytes);
    assert.deepEqual([own.verdict, own.document?.code], ["good", result.code]);
    const changed = Buffer.from(bytes);
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    const bad = await verifyFile(dependencies(db), changed);
    assert.deepEqual([bad.verdict, bad.document], ["changed", undefined]);
    const stranger = await openDemoAuthority(join(folder, "other"));
    assert.equal(
      (await verifyFile({ ...dependencies(db), trustedRoots: [stranger.rootDer] }, bytes)).verdict,
      "untrusted",
    );
    const site = await portal(db);
    const page = await site.inject(upload(bytes));
    assert.match(page.body, /Văn bản hợp lệ[\s\S]*Đúng từng byte/);
    assert.match((await site.inject(upload(changed))).body, /Văn bản đã bị thay đổi/);
    await site.close();
  });
});

test("a wrong code, an unknown code, no file and a file that is no PDF are each explained", async () => {
  await withDatabase("province", async (database) => {
    const site = await portal(database.forTenant("tayninh"));
    const start = await site.inject("/xac-minh");
    assert.match(start.body, /Xác minh bằng mã[\s\S]*Xác minh tệp/);
    const wrong = await site.inject("/xac-minh?ma=ABC");
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /role="alert"[\s\S]*có 16 chữ và số[\s\S]*value="ABC"/);
    const unknown = await site.inject("/xac-minh/ABCDEFGHJKMNPQRS");
    assert.equal(unknown.statusCode, 404);
    assert.match(unknown.body, /ABCD-EFGH-JKMN-PQRS/);
    assert.match((await site.inject(upload(Buffer.alloc(0)))).body, /Chọn một tệp để kiểm tra/);
    assert.match((await site.inject(upload(Buffer.from("GIF89a")))).body, /không phải PDF/);
    await site.close();
  });
});

test("a receipt's XML is checked as its PDF is; one figure changed, something put beside what was signed, or a DTD is named", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const receipt = await issueReceipt(db);
    const { bytes } = await openReceiptFile(db, receiptDeps, receipt.id, "xml");
    const site = await portal(db);
    const shown = async (content: string | Uint8Array) => {
      const answer = await site.inject(upload(Buffer.from(content), "bien-lai.xml"));
      return `${answer.statusCode} ${answer.body}`;
    };
    const own = await shown(bytes);
    for (const part of [
      /^200/,
      /Văn bản hợp lệ/,
      /Đúng từng byte/,
      /16\.000 đ/,
      /Sở Tư pháp tỉnh Tây Ninh/,
      /Thời điểm ký/,
    ])
      assert.match(own, part);
    const xml = bytes.toString("utf8");
    for (const changed of [
      xml.replace("16000", "96000"),
      xml.replace("<DuLieu ", "<TongTien>96000</TongTien><DuLieu "),
      xml.replace("</BienLai>", "<DuLieu>96000</DuLieu></BienLai>"),
      xml.replace("<Signature ", "<Signature></Signature><Signature "),
    ]) {
      assert.notEqual(changed, xml);
      assert.match(await shown(changed), /Văn bản đã bị thay đổi[\s\S]*không trùng với văn bản nào/);
    }
    assert.match(await shown(xml.replace(/<Signature[\s\S]*<\/Signature>/, "")), /Tệp không có chữ ký số/);
    const bomb = xml.replace("<BienLai", '<!DOCTYPE x [<!ENTITY a "b">]><BienLai');
    assert.match(await shown(bomb), /Chưa đọc được tệp này/);
    assert.match(await shown(`${xml}${" ".repeat(200_000)}`), /Chưa đọc được tệp này/);
    assert.match(await shown("a,b,c"), /^422[\s\S]*không phải PDF hay XML/);
    assert.match(await shown(await strangersXml(receipt.code)), /Không rõ người ký là ai/);
    await site.close();
  });
});

/** The same form, signed by somebody whom nobody vouches for. */
async function strangersXml(code: string): Promise<string> {
  const other = await openDemoAuthority(join(folder, "strangers-keys"));
  const key = await other.signer({ id: "x", commonName: "Sở Tư pháp tỉnh Tây Ninh", organisation: "Không rõ" });
  const data = `<DuLieu Id="du-lieu"><NgayKy>2026-06-10T08:19:00+07:00</NgayKy><MaXacMinh>${code}</MaXacMinh></DuLieu>`;
  return signXml(`<BienLai xmlns="urn:motcua:bien-lai:1">${data}</BienLai>`, key, "DuLieu");
}
