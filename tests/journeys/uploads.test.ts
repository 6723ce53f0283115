/** Papers sent from a real browser: connections break, pages are reloaded, servers start again, photographs become pages. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import type { Browser, Page } from "playwright-core";
import { type Database, openDatabase } from "#kit/db.ts";
import { buildAssets, loadAssets } from "#kit/ui/index.ts";
import { filingExample } from "#province/dossiers/filing-example.ts";
import { listFiles } from "#province/dossiers/index.ts";
import { launchBrowser } from "../support/browser.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "../support/database.ts";
import { furnishedProvince } from "../support/furnished-province.ts";
import { freePort } from "../support/ports.ts";
import { button, go } from "./people.ts";

const TENANT = "tayninh";
let place: TestDatabase;
let database: Database;
let folder: string;
let site: FastifyInstance;
let origin = "";
let browser: Browser;
let page: Page;
let dossierId = "";

async function listen(port: number): Promise<void> {
  origin = `http://localhost:${port}`;
  ({ site } = await filingExample({ database, folder, origin }));
  await site.listen({ host: "localhost", port });
}

before(async () => {
  place = await cloneDatabase("province", furnishedProvince());
  await askAmongTheQuestions("birth-proof");
  database = openDatabase({ url: place.appUrl, role: "test", max: 8 });
  folder = await mkdtemp(join(tmpdir(), "uploads-"));
  loadAssets(await buildAssets(folder));
  await listen(await freePort());
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 360, height: 740 }, hasTouch: true });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${origin}/thu/vao`);
  await newDraft();
  await page.goto(`${origin}/ho-so/${dossierId}/giay-to`);
});

after(async () => {
  await browser?.close();
  await site?.close();
  await database?.close();
  await place?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function newDraft(): Promise<void> {
  await page.goto(`${origin}/thu-tuc/1.001193/nop`);
  const unit = page.locator("main select").first();
  if ((await unit.count()) > 0) {
    await unit.selectOption({ index: 1 });
    await go(page, page.locator("main button[type=submit]").last());
  }
  assert.match(page.url(), /\/ho-so\//, await page.locator("main").innerText());
  dossierId = /\/ho-so\/([0-9a-f-]{36})\//.exec(page.url())?.[1] ?? "";
}

/** The form's first page asks for this paper too. */
async function askAmongTheQuestions(component: string): Promise<void> {
  const item = { id: "giayToNgayDay", type: "file", component, required: true, label: { vi: "Giấy chứng sinh" } };
  await withAdmin(place, (client) =>
    client.query(
      "update procedure_version set form = jsonb_insert(form, '{pages,0,sections,0,items,0}', $1) where code = '1.001193'",
      [JSON.stringify(item)],
    ),
  );
}

const received = () => listFiles(database, { tenant: TENANT, dossierId });
const chooser = () => page.locator("main input[type=file][name]").first();

/** A PDF of so many bytes: comments behind its end change nothing. */
function pdfOf(size: number): Buffer {
  const text =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n";
  const end = "\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n";
  const filler = Buffer.alloc(size - text.length - end.length, "%0123456789abcdef\n");
  return Buffer.concat([Buffer.from(text), filler, Buffer.from(end)]);
}

test("a paper whose connection breaks goes on by itself: offline, reloaded, the server started again", async () => {
  const bytes = pdfOf(3_000_000);
  let pieces = 0;
  await page.route("**/tai-len/*", async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    pieces += 1;
    // The first piece arrives; then the line is dead.
    return pieces === 1 ? route.continue() : route.abort("internetdisconnected");
  });
  await chooser().setInputFiles({ name: "Bằng tốt nghiệp.pdf", mimeType: "application/pdf", buffer: bytes });
  await page.getByText("Sẽ thử lại").waitFor();
  assert.deepEqual(await received(), []);
  const { port } = new URL(origin);
  await site.close();
  await listen(Number(port));
  origin = `http://localhost:${port}`;
  const offsets: number[] = [];
  await page.unroute("**/tai-len/*");
  page.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  await page.reload();
  await page.getByText("Đã nhận 1 tệp").waitFor();
  assert.ok((offsets[0] ?? 0) > 0, `it began again at ${offsets[0]}`);
  assert.deepEqual(
    (await received()).map((file) => [file.name, file.size, file.sha256]),
    [["Bằng tốt nghiệp.pdf", bytes.length, createHash("sha256").update(bytes).digest("hex")]],
  );
  await page.reload();
  assert.equal(await page.locator(".paper__progress").count(), 0, "nothing is kept in the browser any more");
});

test("photographed pages are turned, merged into one PDF with a small picture, and the same file again is named", async () => {
  const photo = await page.screenshot({ type: "jpeg" });
  const other = await page.screenshot({ type: "jpeg", quality: 40 });
  await chooser().setInputFiles([
    { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: photo },
    { name: "IMG_2.jpg", mimeType: "image/jpeg", buffer: other },
  ]);
  await page.getByText("2 trang chưa gửi").waitFor();
  await goingOnIsHeld();
  await page.getByRole("button", { name: "Xoay: Trang 1" }).click();
  await page.getByRole("button", { name: "Lên trước: Trang 2" }).click();
  await page.getByRole("button", { name: "Gửi thành một tệp PDF" }).click();
  await page.getByText("Đã nhận 2 tệp").waitFor();
  const merged = (await received()).at(-1);
  assert.deepEqual([merged?.mediaType, merged?.name.endsWith(".pdf")], ["application/pdf", true]);
  await page.locator("img.paper__thumb").waitFor();
  await page.waitForFunction(
    () => (document.querySelector<HTMLImageElement>("img.paper__thumb")?.naturalWidth ?? 0) > 0,
  );
  await chooser().setInputFiles({ name: "bản khác.pdf", mimeType: "application/pdf", buffer: pdfOf(3_000_000) });
  await page.getByText("“bản khác.pdf” có nội dung giống hệt “Bằng tốt nghiệp.pdf”").waitFor();
  assert.equal((await received()).length, 2);
});

test("a paper asked for among the questions goes up when it is chosen, and the page knows that it is there", async () => {
  await newDraft();
  await page.goto(`${origin}/ho-so/${dossierId}/ke-khai/nguoi-yeu-cau`);
  await button(page, "Tiếp tục").click();
  const summary = page.locator(".govuk-error-summary");
  await summary.getByText("Giấy chứng sinh").waitFor();
  const own = page.locator('[data-paper="birth-proof"]');
  const file = { name: "Giấy chứng sinh.pdf", mimeType: "application/pdf", buffer: pdfOf(900_000) };
  const pieces: string[] = [];
  page.on("request", (request) => void pieces.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await own.locator("input[type=file][name]").setInputFiles(file);
  await own.getByText("Đã nhận 1 tệp").waitFor();
  assert.ok(
    pieces.some((piece) => piece.startsWith("PATCH /tai-len/")),
    pieces.join("\n"),
  );
  await button(page, "Tiếp tục").click();
  await page.waitForFunction(
    () => !document.querySelector(".govuk-error-summary")?.textContent?.includes("Giấy chứng sinh"),
  );
  assert.deepEqual(
    (await received()).map((one) => one.name),
    [file.name],
  );
});

async function goingOnIsHeld(): Promise<void> {
  await button(page, "Tiếp tục").click();
  await page.getByText("Còn trang chưa gửi").waitFor();
}
