import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { type Country, startCountry } from "../support/country.ts";
import { payByCard, send } from "./birth-registration.ts";
import { fillIn } from "./certified-copies.ts";
import { openFromInbox, takeIn } from "./desk.ts";
import { type Judge, judgeOf } from "./page-judge.ts";
import { button, givePasswordAndCode, go, link, officerOf, signInAtDesk, signInAtPortal } from "./people.ts";

/**
 * Money beyond the usual way, in a real browser and without JavaScript: somebody else pays by a link, one payment for two
 * dossiers, cash at the counter, a fee asked for later and paid at the national portal, a refund by two people.
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

test("fees are paid by a link, for two dossiers at once, at the counter and at the national portal", async () => {
  const { document } = country;
  const province = document.provinces[0];
  const [citizen, friend] = document.demo.citizens;
  const [card] = document.demo.cards;
  assert.ok(province && citizen && friend && card);
  const portal = province.portal.origin;
  const desk = province.desk.origin;
  const context = await newContext(360);
  const page = await context.newPage();
  await signInAtPortal(page, document, portal, citizen);
  const dossiers: { id: string; number: string }[] = [];
  for (let count = 0; count < 4; count += 1) {
    await fillIn(page, portal, undefined, false);
    dossiers.push(await send(page, document, "Gửi hồ sơ"));
  }
  const [byLink, first, second, atDesk] = dossiers;
  assert.ok(byLink && first && second && atDesk);

  // Somebody else pays, without an account, and learns no more than is needed.
  await page.goto(`${portal}/ho-so/${byLink.id}/thanh-toan`);
  assert.equal(await page.getByRole("img", { name: "Mã QR của địa chỉ nộp thay" }).count(), 1);
  const address = await page.locator(".pay-share__address a").getAttribute("href");
  assert.match(address ?? "", /\/nop-thay\/[0-9a-f]{32}$/);
  const strangers = await newContext(360);
  const stranger = await strangers.newPage();
  await stranger.goto(address ?? "");
  const shown = await stranger.locator("main").innerText();
  assert.match(shown, new RegExp(`Thanh toán lệ phí cho hồ sơ ${byLink.number}`));
  assert.match(shown, /10\.000/);
  assert.ok(!shown.includes(citizen.name) && !shown.includes(citizen.identityNumber), shown);
  await go(stranger, button(stranger, "Thanh toán"));
  await payAtHub(stranger);
  await payByCard(stranger, card);
  await backToProvince(stranger, portal);
  assert.equal(stranger.url().split("?")[0], address, "back at the link");
  await untilSeen(stranger, address ?? "", /Khoản này đã được thanh toán/);
  await judged(browser.newContext({ locale: "vi-VN" }), (judge) => judge.address(address ?? ""));
  await strangers.close();
  await untilSeen(page, `${portal}/ho-so/${byLink.id}/thanh-toan`, /Thanh toán thành công[\s\S]*In biên lai/);

  // One payment for two dossiers; each has its own receipt.
  await page.goto(`${portal}/giao-dich`);
  await go(page, button(page, "Thanh toán các khoản đã chọn"));
  assert.match(await page.locator(".govuk-error-summary").innerText(), /chọn ít nhất một khoản/);
  for (const one of [first, second]) await page.getByLabel(`Chọn hồ sơ ${one.number}`).check();
  await go(page, button(page, "Thanh toán các khoản đã chọn"));
  assert.match(await page.locator("main").innerText(), /Thanh toán lệ phí cho 2 hồ sơ/);
  await payAtHub(page, "20.000");
  await payByCard(page, card);
  for (const one of [first, second])
    await untilSeen(page, `${portal}/ho-so/${one.id}/thanh-toan`, /Thanh toán thành công[\s\S]*In biên lai/);

  // Cash at the counter: exact amount, once.
  const officers = await newContext(1280);
  const clerk = await officers.newPage();
  await signInAtDesk(clerk, desk, officerOf(document, province.code, "one-stop"));
  await openFromInbox(clerk, desk, atDesk.number);
  const code = await takeIn(clerk, "Đã kiểm tra giấy tờ.");
  await go(clerk, link(clerk, "Thu, yêu cầu nộp, miễn giảm"));
  await clerk.getByLabel("Tiền mặt").check();
  await clerk.getByLabel(/Số tiền đã thu/).fill("9.000");
  await go(clerk, button(clerk, "Ghi nhận đã thu"));
  assert.match(await clerk.locator(".govuk-error-summary").innerText(), /phải đúng 10\.000/);
  await clerk.getByLabel("Tiền mặt").check();
  await clerk.getByLabel(/Số tiền đã thu/).fill("10.000");
  await go(clerk, button(clerk, "Ghi nhận đã thu"));
  assert.match(await clerk.locator("main").innerText(), /Đã nộp/);
  await untilSeen(page, `${portal}/ho-so/${atDesk.id}/thanh-toan`, /Tiền mặt[\s\S]*In biên lai/);

  // A fee asked for later; a friend finds it by the code at the national portal and pays it.
  await clerk.getByLabel(/^Khoản khác/).fill("Phí cấp thêm bản sao");
  await clerk.getByLabel(/^Số tiền của khoản khác/).fill("6.000");
  await clerk.locator("#other-basis").fill("Thông tư 226/2016/TT-BTC");
  await clerk.getByLabel(/^Lý do yêu cầu/).fill("Công dân đề nghị cấp thêm ba bản sao chứng thực.");
  await go(clerk, button(clerk, "Gửi yêu cầu"));
  assert.match(await clerk.locator("main").innerText(), /6\.000 đ/);
  await officers.close();

  const friends = await newContext(360);
  const other = await friends.newPage();
  await other.goto(`${document.national.origin}/dich-vu-cong-cua-toi`);
  await go(other, other.getByRole("link", { name: "Tài khoản được cung cấp bởi Cổng DVC quốc gia" }));
  await givePasswordAndCode(other, document, friend);
  await other.goto(`${document.national.origin}/dich-vu-cong-cua-toi`);
  await other.getByLabel("Mã hồ sơ hoặc tên dịch vụ").fill(code);
  await go(other, button(other, "Tìm kiếm"));
  const found = await other.locator("main").innerText();
  assert.match(found, /Phí cấp thêm bản sao/);
  assert.ok(!found.includes(citizen.name), found);
  await go(other, other.getByRole("button", { name: /^Thanh toán lệ phí hồ sơ/ }));
  await payAtHub(other, "6.000");
  await payByCard(other, card);
  await backToProvince(other, portal);
  assert.match(await other.locator("main").innerText(), /Đã thanh toán|Đang xác minh/);
  await untilSeen(page, `${portal}/ho-so/${atDesk.id}/thanh-toan`, /Đã thanh toán/);
  const search = `${document.national.origin}/dich-vu-cong-cua-toi`;
  await judged(browser.newContext({ locale: "vi-VN", storageState: await friends.storageState() }), async (judge) => {
    await judge.address(`${search}?q=${code}`);
    await judge.address(`${search}?q=khong-co`);
  });
  await friends.close();

  // The accountant sees it all.
  const accounts = await newContext(1280);
  const accountant = await accounts.newPage();
  await signInAtDesk(accountant, desk, officerOf(document, province.code, "accountant"));
  await go(accountant, link(accountant, "Kế toán"));
  const takings = await accountant.locator("main").innerText();
  assert.match(takings, /Tiền mặt\s+Phí\s+1\s+10\.000/);
  assert.match(takings, /46\.000/);
  assert.match(await untilSeen(accountant, `${desk}/ke-toan/cho-xu-ly`, /Không có khoản nào chờ xử lý/), /Không có/);
  const receipts = await untilSeen(accountant, `${desk}/ke-toan/bien-lai`, /00000005/);
  assert.match(receipts, /46\.000/);
  await accountant.goto(`${desk}/ke-toan/so-cai`);
  assert.match(await accountant.locator("main").innerText(), /Sổ cân/);
  const sessions = await accounts.storageState();
  await accounts.close();
  await context.close();
  // The same pages as they are for most people: with scripts, in both languages, on a phone and on a desk.
  await judged(browser.newContext({ locale: "vi-VN", storageState: sessions }), async (judge) => {
    for (const path of ["", "/cho-xu-ly", "/tien-mat", "/sao-ke", "/bien-lai", "/so-cai"])
      await judge.address(`${desk}/ke-toan${path}`);
  });
});

/** Lets the judge look at pages in a context of its own; every fault is named. */
async function judged(opening: Promise<BrowserContext>, look: (judge: Judge) => Promise<void>): Promise<void> {
  const context = await opening;
  const { national, provinces } = country.document;
  const hosts = [country.origin, national.origin, ...provinces.flatMap((one) => [one.portal.origin, one.desk.origin])];
  const judge = await judgeOf(await context.newPage(), hosts);
  await look(judge);
  await context.close();
  assert.deepEqual([...new Set(judge.faults)], [], `\n${[...new Set(judge.faults)].join("\n")}`);
}

/** From the hub's order page to the bank's page. */
async function payAtHub(page: Page, amount = "10.000"): Promise<void> {
  await page.getByLabel("VietinBank", { exact: true }).check();
  await go(page, button(page, "Thanh toán"));
  assert.ok((await page.locator("main").innerText()).includes(amount), await page.locator("main").innerText());
  await go(page, button(page, "Thanh toán"));
}

/** The hub's result page leads back to the province. */
async function backToProvince(page: Page, portal: string): Promise<void> {
  if (page.url().startsWith(portal)) return;
  await go(page, page.locator(`main a[href^="${portal}"]`).first());
}

function newContext(width: number): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false, locale: "vi-VN" });
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
