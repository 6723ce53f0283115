import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Db } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { openDemoAuthority, verifyPdfSignatures, verifyXml } from "#kit/signing/index.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import {
  findReceiptByCode,
  type IssueReceipts,
  issueReceiptsForSettlement,
  listReceiptsOfDossier,
  openReceiptFile,
  replaceReceipt,
  type ReceiptDependencies,
  receiptJobs,
} from "./index.ts";

const folder = await mkdtemp(join(tmpdir(), "motcua-receipts-"));
const authority = await openDemoAuthority(join(folder, "keys"));
const trust = { trustedRoots: [authority.rootDer] };
const deps: ReceiptDependencies = {
  files: createDiskStore(join(folder, "files")),
  signerOf: (collector) =>
    authority.signer({ id: "bien-lai", commonName: collector.name, organisation: collector.name }),
  portalOrigin: "http://localhost:8082",
};

function payment(change: Partial<IssueReceipts> = {}): IssueReceipts {
  return {
    settlementId: newId(),
    dossier: {
      id: newId(),
      code: "000.20.31.H53-260610-0007",
      procedureName: "Cấp Giấy chứng nhận đủ điều kiện buôn bán thuốc bảo vệ thực vật",
      applicantSub: "tech-1",
    },
    payer: {
      sub: "tech-1",
      name: "Nguyễn Thị Ngọc Ẩn",
      address: "Số 12 đường 30 Tháng 4, phường 1, thành phố Tây Ninh",
    },
    lines: [
      {
        code: "tham-dinh",
        kind: "fee",
        name: { vi: "Phí thẩm định cấp giấy chứng nhận" },
        amount: 800_000,
        basis: "TT 33/2021/TT-BTC",
      },
      {
        code: "ban-sao",
        kind: "charge",
        name: { vi: "Lệ phí cấp bản sao trích lục" },
        amount: 16_000,
        quantity: 2,
        unitAmount: 8_000,
        basis: "TT 281/2016/TT-BTC",
      },
    ],
    paidAt: new Date("2026-06-10T01:19:00Z"),
    agency: {
      superior: "UBND tỉnh Tây Ninh",
      name: "Sở Nông nghiệp và Phát triển nông thôn",
      taxCode: "3900244068",
      address: "Đường Trưng Nữ Vương, phường 2, thành phố Tây Ninh",
    },
    ...change,
  };
}

const issue = (db: Db, change: Partial<IssueReceipts> = {}) => issueReceiptsForSettlement(db, payment(change));

test("one payment of phí and lệ phí gives two receipts, and settling again gives the same two", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const paid = payment();
    const receipts = await issueReceiptsForSettlement(db, paid);
    assert.deepEqual(
      receipts.map((item) => [item.kind, item.form, item.series, item.number, item.amount]),
      [
        ["fee", "EBL01", "26TAA", 1, 800_000],
        ["charge", "EBL01", "26TAA", 2, 16_000],
      ],
    );
    const mixed = { code: "x", kind: "fee", name: { vi: "Phí chứng thực" }, quantity: 3, basis: "x" } as const;
    const [copies] = await issue(db, {
      settlementId: newId(),
      lines: [{ ...mixed, amount: 210_000 }],
    });
    assert.deepEqual(
      copies?.content.lines.map(({ quantity, unitAmount, amount }) => [quantity, unitAmount, amount]),
      [[1, 210_000, 210_000]],
      "copies at different prices: quantity times price is the amount",
    );
    const again = await Promise.all(Array.from({ length: 10 }, () => issueReceiptsForSettlement(db, paid)));
    for (const same of again) assert.deepEqual(same, receipts);
    assert.equal((await listReceiptsOfDossier(db, paid.dossier.id)).length, 2);
    assert.deepEqual(
      await issue(db, { lines: [{ code: "mien", kind: "fee", name: { vi: "Miễn" }, amount: 0, basis: "x" }] }),
      [],
    );
  });
});

test("receipt numbers have no gap when payments race and some of them roll back", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const work = db.tx(async (tx) => {
          await issue(tx, { lines: payment().lines.slice(0, 1) });
          if (index % 3 === 0) throw new Error("the payment failed after all");
        });
        if (index % 3 === 0) await assert.rejects(work, /failed after all/);
        else await work;
      }),
    );
    const [last] = await issue(db, { lines: payment().lines.slice(0, 1) });
    assert.equal(last?.number, 17);
  });
});

test("the series carries the year of the collection in Viet Nam and each province counts for itself", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const one = { lines: payment().lines.slice(0, 1) };
    const [old] = await issue(db, { ...one, paidAt: new Date("2025-12-31T16:59:59Z") });
    const [young] = await issue(db, { ...one, paidAt: new Date("2025-12-31T17:00:00Z") });
    const [other] = await issue(database.forTenant("kontum"), { ...one, paidAt: new Date("2025-12-31T17:00:00Z") });
    assert.deepEqual(
      [old, young, other].map((item) => [item?.series, item?.number]),
      [
        ["25TAA", 1],
        ["26TAA", 1],
        ["26TAA", 1],
      ],
    );
    assert.equal(await findReceiptByCode(database.forTenant("kontum"), young?.code ?? ""), undefined);
  });
});

test("what was issued cannot be changed or deleted by the application", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    await issue(db);
    for (const text of [
      "update receipt set amount = 1",
      "delete from receipt",
      "update receipt_file set size = 1",
      "delete from receipt_file",
    ]) {
      await assert.rejects(db.run({ name: `test.${text.slice(0, 40)}`, text }, []), /permission denied/);
    }
  });
});

test("the worker makes XML and PDF, both signed by the collector, and every reader gets these bytes", async () => {
  await withDatabase("province", async (database, place) => {
    const db = database.forTenant("tayninh");
    const [receipt] = await issue(db);
    assert.ok(receipt);
    const worker = createWorker({
      database,
      handlers: receiptJobs({ database, of: () => deps }),
      log: createLog("test"),
    });
    assert.equal(await worker.drain(), 1);
    const first = await openReceiptFile(db, deps, receipt.id);
    const second = await openReceiptFile(db, deps, receipt.id);
    assert.ok(first.bytes.equals(second.bytes));
    assert.equal(first.fileName, "bien-lai-26TAA-00000001.pdf");
    const [signature] = await verifyPdfSignatures(first.bytes, trust);
    assert.ok(signature?.intact && signature.trusted);
    assert.equal(signature.signer, "Sở Nông nghiệp và Phát triển nông thôn");
    const xml = await attachedXml(first.bytes);
    const verdict = verifyXml(xml, trust);
    assert.ok(verdict.intact && verdict.trusted);
    assert.match(
      verdict.signedElement ?? "",
      /<So>00000001<\/So>.*<TongTien>800000<\/TongTien><TongTienBangChu>Tám trăm nghìn đồng<\/TongTienBangChu>/,
    );
    assert.equal(verifyXml(xml.replace("800000", "900000"), trust).intact, false);
    await withAdmin(place, async (client) =>
      assert.equal((await client.query("select from receipt_file")).rowCount, 4),
    );
    await judge(first.bytes);
  });
});

test("the page says amount in figures and words, number, series, payer and where to verify", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const [, charge] = await issue(db);
    assert.ok(charge);
    const { bytes } = await openReceiptFile(db, deps, charge.id);
    const text = await pageText(bytes);
    for (const part of [
      "BIÊN LAI THU TIỀN LỆ PHÍ",
      "26TAA",
      "00000002",
      "EBL01",
      "3900244068",
      "Nguyễn Thị Ngọc Ẩn",
      "16.000",
      "Mười sáu nghìn đồng",
      "000.20.31.H53-260610-0007",
      "Ngày 10 tháng 6 năm 2026",
      charge.code.slice(0, 4),
    ]) {
      assert.ok(text.includes(part), `"${part}" is missing in: ${text}`);
    }
  });
});

async function attachedXml(pdf: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const files = (await (await task.promise).getAttachments()) as Record<string, { content: Uint8Array }>;
  const xml = Buffer.from(files["bien-lai.xml"]?.content ?? []).toString("utf8");
  await task.destroy();
  return xml;
}

async function pageText(pdf: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const { items } = await (await (await task.promise).getPage(1)).getTextContent();
  const text = items
    .map((item) => ("str" in item ? item.str : ""))
    .join(" ")
    .replaceAll(/\s+/g, " ");
  await task.destroy();
  return text;
}

/** poppler and qpdf, where this machine has them. */
async function judge(pdf: Uint8Array): Promise<void> {
  const path = join(folder, "bien-lai.pdf");
  await writeFile(path, pdf);
  const pdfsig = spawnSync("pdfsig", [path], { encoding: "utf8" });
  if (pdfsig.error) console.log("SKIPPED pdfsig is not on this machine");
  else assert.match(pdfsig.stdout, /Total document signed[\s\S]*Signature is Valid/);
  const qpdf = spawnSync("qpdf", ["--check", path], { encoding: "utf8" });
  if (qpdf.error) console.log("SKIPPED qpdf is not on this machine");
  else assert.equal(qpdf.status, 0, qpdf.stdout + qpdf.stderr);
}

test("a replacement receipt has its own number and names the old one, which stays as it was; nothing is replaced twice", async () => {
  await withDatabase("province", async (database) => {
    const db = database.forTenant("tayninh");
    const paid = payment({ lines: payment().lines.slice(0, 1) });
    const [old] = await issueReceiptsForSettlement(db, paid);
    assert.ok(old);
    const before = await openReceiptFile(db, deps, old.id);
    const input = {
      id: old.id,
      payer: { name: "Nguyễn Thị Ngọc Ân" },
      reason: "Sai tên người nộp",
      officer: { id: "k1" },
      at: new Date("2026-06-11T02:00:00Z"),
    };
    const both = await Promise.all([
      db.tx((tx) => replaceReceipt(tx, input)),
      db.tx((tx) => replaceReceipt(tx, input)),
    ]);
    const [replacement] = both.filter((one) => one !== undefined);
    assert.ok(replacement);
    assert.equal(both.filter((one) => one !== undefined).length, 1);
    assert.deepEqual(
      [replacement.number, replacement.amount, replacement.content.payer.name],
      [2, 800_000, "Nguyễn Thị Ngọc Ân"],
    );
    assert.equal(replacement.content.replaces?.number, "00000001");
    const again = await openReceiptFile(db, deps, old.id);
    assert.ok(again.bytes.equals(before.bytes), "the old file is the same");
    const pdf = await openReceiptFile(db, deps, replacement.id);
    const document = await getDocument({ data: new Uint8Array(pdf.bytes), verbosity: 0 }).promise;
    const text = (await (await document.getPage(1)).getTextContent()).items
      .map((item) => ("str" in item ? item.str : ""))
      .join(" ");
    assert.match(text.replaceAll(/\s+/g, " "), /Thay thế biên lai mẫu số EBL01, ký hiệu 26TAA, số 00000001/);
    assert.deepEqual(
      (await issueReceiptsForSettlement(db, paid)).map((one) => one.id),
      [old.id],
    );
    assert.equal(await db.tx((tx) => replaceReceipt(tx, input)), undefined);
  });
});
