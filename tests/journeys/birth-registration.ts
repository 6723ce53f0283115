/** The birth registration of the sources, as steps: find it, fill it in, file it, pay it. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { CountryDocument } from "../support/country.ts";
import { answer, button, go } from "./people.ts";

const AREA = "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh";
export const AGENCY = "Ủy ban nhân dân thị trấn Bến Cầu";

/** What a father types or chooses, page by page; everything else the account has said. */
const PAGES: readonly Readonly<Record<string, string>>[] = [
  { nycNgayCapGiayToTuyThan: "10/05/2021", nycNoiCapGiayToTuyThan: "Bộ Công an", nycQuanHe: "cha" },
  {
    nksHoTen: "Nguyễn Minh Khôi",
    nksGioiTinh: "nam",
    nksNgaySinh: "01/11/2026",
    nksDanToc: "01",
    nksSinhTai: "trongNuoc",
    "nksNoiSinh.detail": "Trung tâm Y tế huyện Bến Cầu",
    "nksNoiSinh.area": AREA,
    nksQueQuan: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh",
  },
  {
    nksLoaiKhaiSinh: "duChaMe",
    meHoTen: "Trần Thị Bình",
    meNgaySinh: "1992",
    meDanToc: "01",
    meCungNoiCuTru: "yes",
    chaDanToc: "01",
    extractCopies: "2",
  },
];

/** Birth registration must be filable with at most 25 fields. */
export const FIELDS_TYPED = PAGES.reduce((sum, page) => sum + Object.keys(page).length, 0) + 1;

/** Controls that a person sees, and those of them in which nothing stands yet; a choice of several radios is one. */
function controlsOf(page: Page): Promise<{ readonly seen: readonly string[]; readonly empty: readonly string[] }> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLInputElement>("main form :is(input, select, textarea)[name]")];
    const shown = controls.filter(({ type, offsetParent }) => type !== "hidden" && type !== "file" && offsetParent);
    const filled = shown.filter(({ type, checked, value }) => (/radio|checkbox/.test(type) ? checked : value !== ""));
    const names = (some: readonly HTMLInputElement[]) => [...new Set(some.map(({ name }) => name))];
    const full = new Set(names(filled));
    return { seen: names(shown), empty: names(shown).filter((name) => !full.has(name)) };
  });
}

/** Finds the procedure without accents, starts, and fills it in up to the last look; answers how many fields were asked. */
export async function fillInBirth(page: Page, portal: string, scripted: boolean): Promise<number> {
  let asked = 0;
  await page.goto(`${portal}/thu-tuc`);
  await page.getByLabel("Tên thủ tục").fill("dang ky khai sinh");
  await go(page, button(page, "Tìm kiếm"));
  await go(page, page.locator('main a[href="/thu-tuc/1.001193"]').first());
  await go(page, page.getByRole("link", { name: "Nộp hồ sơ" }).first());
  await page.getByLabel("Nơi tiếp nhận").selectOption({ label: AGENCY });
  await go(page, page.locator("main button[type=submit]").last());
  for (const answers of PAGES) {
    const open = await controlsOf(page);
    await answer(page, answers);
    const { seen } = await controlsOf(page);
    asked += open.empty.length + seen.filter((name) => !open.seen.includes(name)).length;
    const sent = new URL(page.url()).pathname;
    await go(page, button(page, "Tiếp tục"));
    if (!scripted && new URL(page.url()).pathname === sent) {
      // Without scripts questions that depend on an answer of the same page appear after it was sent, announced.
      await answer(page, answers);
      await go(page, button(page, "Tiếp tục"));
    }
    assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.locator("main").innerText());
  }
  const paper = {
    name: "Giấy chứng sinh.jpg",
    mimeType: "image/jpeg",
    buffer: await page.screenshot({ type: "jpeg" }),
  };
  await page.locator("main input[type=file]").first().setInputFiles(paper);
  if (scripted) await page.getByText("Đã nhận 1 tệp").waitFor();
  await go(page, button(page, "Tiếp tục"));
  assert.match(page.url(), /nhan-ket-qua/, await page.locator("main").innerText());
  await go(page, button(page, "Tiếp tục"));
  assert.match(await page.locator("main").innerText(), /Hệ thống đã nhận 1 tệp/);
  return asked;
}

/** Sends it; answers the dossier's id and number. */
export async function send(
  page: Page,
  country: CountryDocument,
  label: string,
): Promise<{ id: string; number: string }> {
  const code = page.locator("main input[name=captcha]");
  if ((await code.count()) > 0) await code.fill(country.demo.captcha.answer);
  await go(page, button(page, label));
  const id = /\/ho-so\/([0-9a-f-]{36})\/da-gui/.exec(page.url())?.[1];
  assert.ok(id, `not sent: ${page.url()} ${await page.locator("main").innerText()}`);
  const number = /\b\d{6}\b/.exec(await page.locator("main").innerText())?.[0];
  assert.ok(number, "the dossier's number is shown");
  return { id, number };
}

type Card = CountryDocument["demo"]["cards"][number];

/** From the page that says what is due to the bank's page. */
export async function chooseAtHub(page: Page, channel: string, number: string, amount: string): Promise<void> {
  await go(page, page.getByRole("button", { name: "Thanh toán trên Cổng DVCQG" }).first());
  await page.getByLabel(channel, { exact: true }).check();
  await go(page, button(page, "Thanh toán"));
  const order = await page.locator("main").innerText();
  assert.match(order, new RegExp(`Thanh toán lệ phí cho hồ sơ ${number}`));
  assert.match(order, /Phí giao dịch\s+0 VND/);
  assert.ok(order.includes(amount), order);
  await go(page, button(page, "Thanh toán"));
}

export async function payByCard(page: Page, card: Card): Promise<void> {
  await page.getByLabel("Tên chủ thẻ").fill(card.name);
  await page.getByLabel("Số thẻ").fill(card.number);
  const [month = "", year = ""] = card.issue.split("/");
  await page.getByLabel("Tháng", { exact: true }).fill(month);
  await page.getByLabel("Năm", { exact: true }).fill(year);
  await go(page, button(page, "Thanh toán"));
  const otp = page.locator("main input[name=otp]");
  if ((await otp.count()) > 0) {
    await otp.fill(card.otp);
    await go(page, page.locator("main button[type=submit]").first());
  }
}
