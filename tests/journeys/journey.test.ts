import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { type Country, startCountry } from "../support/country.ts";
import { chooseAtHub, FIELDS_TYPED, fillInBirth, payByCard, send } from "./birth-registration.ts";
import { answerSupplement, askForSupplement, enterResult, openFromInbox, passOn, takeIn } from "./desk.ts";
import { button, giveCode, go, link, officerOf, readOtp, signInAtDesk, signInAtPortal } from "./people.ts";

/**
 * The main job, whole, in a real browser: registration, sign-in, filing, a failed and a good payment, reception,
 * supplement, result, receipt; once with scripts and once without.
 */
let country: Country;
let browser: Browser;

before(async () => {
  [country, browser] = await Promise.all([startCountry(), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await country?.stop();
});

for (const scripted of [true, false]) {
  test(`a citizen files, pays and receives a signed result ${scripted ? "with" : "without"} JavaScript`, async () => {
    const { document } = country;
    const province = document.provinces[0];
    const citizen = document.demo.citizens[scripted ? 0 : 1];
    assert.ok(province && citizen);
    const portal = province.portal.origin;
    const desk = province.desk.origin;
    const context = await newContext(scripted, 360);
    const page = await context.newPage();
    await signInAtPortal(page, document, portal, citizen);
    await page.goto(`${portal}/`);
    assert.match(await page.locator("header").innerText(), new RegExp(citizen.name));

    const asked = await fillInBirth(page, portal, scripted);
    assert.ok(Math.max(asked, FIELDS_TYPED) <= 25, `${asked} fields: nothing is asked that the account says`);
    const dossier = await send(page, document, "Gửi hồ sơ");
    await go(page, page.locator("main").getByText("Thanh toán trên Cổng DVCQG").first());

    const [good, poor] = document.demo.cards;
    assert.ok(good && poor);
    await chooseAtHub(page, "VietinBank", dossier.number, "16.000");
    await payByCard(page, poor);
    assert.match(await page.locator("main").innerText(), /Thanh toán không thành công/);
    await page.goto(`${portal}/ho-so/${dossier.id}/thanh-toan`);
    await chooseAtHub(page, "NCB", dossier.number, "16.000");
    await payByCard(page, good);
    await untilSeen(page, page.url(), /Thanh toán thành công/);
    // The receipt is issued by the worker behind the settlement: its link comes a moment later than "paid".
    const history = await untilSeen(page, `${portal}/giao-dich`, /Thanh toán thành công[\s\S]*In biên lai/);
    assert.equal(history.match(/Thanh toán không thành công/g)?.length, 1);
    assert.equal(history.match(/Thanh toán thành công/g)?.length, 1);
    await checkPdf(await download(page, link(page, /In biên lai/)), "Biên lai");

    // The officers.
    const officers = await newContext(scripted, 1280);
    const one = await officers.newPage();
    await signInAtDesk(one, desk, officerOf(document, province.code, "one-stop"));
    await openFromInbox(one, desk, dossier.number);
    await askForSupplement(one);

    const account = await untilSeen(page, `${portal}/ho-so/${dossier.id}`, /Yêu cầu bổ sung/);
    assert.match(account, /bị mờ/);
    await answerSupplement(page, portal, dossier.id, scripted);

    await openFromInbox(one, desk, dossier.number);
    const code = await takeIn(one, "Đã kiểm tra tệp đính kèm, đủ và hợp lệ.");
    assert.match(code, /^000\.20\.31\.H53-\d{6}-\d{4}$/);
    const specialist = officerOf(document, province.code, "specialist");
    await passOn(one, specialist.name);
    await officers.close();

    const specialists = await newContext(scripted, 1280);
    const two = await specialists.newPage();
    await signInAtDesk(two, desk, specialist);
    await openFromInbox(two, desk, dossier.number);
    await enterResult(two, scripted ? "12/2026" : "13/2026");
    await specialists.close();

    const leaders = await newContext(scripted, 1280);
    const three = await leaders.newPage();
    await signInAtDesk(three, desk, officerOf(document, province.code, "leader"));
    await openFromInbox(three, desk, dossier.number);
    await go(three, three.getByRole("button", { name: /^Ký số/ }).last());
    await leaders.close();

    const returners = await newContext(scripted, 1280);
    const four = await returners.newPage();
    await signInAtDesk(four, desk, officerOf(document, province.code, "one-stop"));
    await openFromInbox(four, desk, dossier.number);
    await go(four, button(four, "Trả kết quả"));
    await returners.close();

    // The citizen has it all: the code, the slip, the signed result; the national portal knows.
    const done = await untilSeen(page, `${portal}/ho-so/${dossier.id}`, /Đã trả kết quả/);
    assert.ok(done.includes(code));
    await checkPdf(await download(page, page.locator('main a[href^="/phieu/"]').first()), "tiếp nhận");
    await checkPdf(await download(page, page.locator('main a[href*="ket-qua"]').first()), "GIẤY KHAI SINH", 2);
    const national = await untilSeen(
      page,
      `${document.national.origin}/dich-vu-cong-cua-toi`,
      new RegExp(code.replaceAll(".", "\\.")),
    );
    assert.match(national, /Đã trả kết quả/);
    await context.close();
  });
}

test("somebody without an account registers with their own phone and is signed in", async () => {
  const { document } = country;
  const person = document.demo.unregistered[0];
  assert.ok(person);
  const context = await newContext(true, 360);
  const page = await context.newPage();
  await page.goto(`${document.national.origin}/`);
  await go(page, link(page, "Đăng ký"));
  await go(page, page.getByRole("link", { name: /Thuê bao di động/ }).first());
  await page.getByLabel(/^Số giấy tờ/).fill(person.identityNumber);
  await page.getByLabel("Họ tên").fill(person.name);
  await page.getByLabel("Ngày sinh").fill(person.birthDate.split("-").reverse().join("/"));
  await page.getByLabel("Số điện thoại").fill(person.phone);
  await page.getByLabel(/Tôi đồng ý/).check();
  const since = Date.now();
  await go(page, button(page, "Đăng ký"));
  await giveCode(page, await readOtp(document, person.phone, since));
  for (const field of await page.locator("main input[type=password]").all())
    await field.fill("Mua roi tren song Vam Co");
  await go(page, page.locator("main button.govuk-button[type=submit]").last());
  assert.match(await page.locator("header").innerText(), new RegExp(person.name));
  await context.close();
});

test("what all this left in the logs names nobody: no numbers of people, no passwords, no codes", async () => {
  const { citizens, unregistered, officers } = country.document.demo;
  const canaries = [
    ...citizens.flatMap(({ identityNumber, phone, name, password }) => [identityNumber, phone, name, password]),
    ...unregistered.flatMap(({ identityNumber, phone, name }) => [identityNumber, phone, name]),
    ...officers.flatMap(({ password, totpSecret }) => [password, totpSecret]),
    ...(await sentCodes()),
  ];
  const folder = join(country.dataDir, "log");
  const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  assert.ok(
    files.some(({ text }) => text.includes('"role":"national-web"')),
    "the roles write their logs here",
  );
  for (const canary of canaries) {
    for (const { name, text } of files) assert.ok(!text.includes(canary), `${canary} stands in ${name}`);
  }
});

/** Every code that a phone got, as a word of its own in a log it would be a leak. */
async function sentCodes(): Promise<string[]> {
  const list = (await (await fetch(country.document.sandbox.messages)).json()) as { channel: string; text: string }[];
  const codes = list.filter(({ channel }) => channel === "sms").flatMap(({ text }) => text.match(/\b\d{6}\b/g) ?? []);
  assert.ok(codes.length > 0);
  return codes.map((code) => `"${code}"`);
}

function newContext(scripted: boolean, width: number): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height: 800 },
    javaScriptEnabled: scripted,
    locale: "vi-VN",
    acceptDownloads: true,
  });
}

/** Reloads until the page says it: what another process must bring first (bounded). */
async function untilSeen(page: Page, url: string, what: RegExp): Promise<string> {
  for (let tries = 0; tries < 120; tries += 1) {
    await page.goto(url);
    const text = await page.locator("main").innerText();
    if (what.test(text)) return text;
    await sleep(500);
  }
  throw new Error(`${what} never appeared at ${url}:\n${await page.locator("main").innerText()}`);
}

async function download(page: Page, control: ReturnType<Page["locator"]>): Promise<Buffer> {
  const href = await control.getAttribute("href");
  assert.ok(href, "the link has an address");
  const response = await page.request.get(new URL(href, page.url()).href);
  assert.equal(response.status(), 200);
  assert.match(response.headers()["content-disposition"] ?? "", /^attachment/);
  return response.body();
}

/** A PDF with these words, signed so often and validly: by poppler and qpdf when the machine has them. */
async function checkPdf(bytes: Buffer, words: string, signatures = 1): Promise<void> {
  assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
  const folder = mkdtempSync(join(tmpdir(), "motcua-pdf-"));
  const file = join(folder, "a.pdf");
  writeFileSync(file, bytes);
  try {
    const text = spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
    if (text.error) return;
    assert.match(text.stdout.replace(/\s+/g, " "), new RegExp(words, "i"));
    const judged = spawnSync("pdfsig", ["-nocert", file], { encoding: "utf8" });
    assert.equal(judged.stdout.match(/Signature is Valid/g)?.length, signatures, judged.stdout + judged.stderr);
    const checked = spawnSync("qpdf", ["--check", file], { encoding: "utf8" });
    if (!checked.error) assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
