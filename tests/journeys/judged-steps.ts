/** Steps on which every page is judged: a citizen's doors, a payment that fails and then succeeds, a sheet; administration. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { CountryDocument } from "../support/country.ts";
import { chooseAtHub } from "./birth-registration.ts";
import type { Judge } from "./page-judge.ts";
import { button, go, readOtp } from "./people.ts";

/** Judges an address of this page's own, and comes back to it as it was. */
export async function judgeAndReturn(page: Page, judge: Judge): Promise<void> {
  const url = page.url();
  await judge.address(url);
  await page.goto(url);
}

/** Both doors, password and code, each page judged on the way. */
export async function signInJudged(page: Page, judge: Judge, country: CountryDocument, portal: string): Promise<void> {
  const citizen = country.demo.citizens[0];
  assert.ok(citizen);
  await page.goto(`${portal}/dang-nhap`);
  await go(page, page.getByRole("link", { name: "Đăng nhập với DVC Quốc gia" }));
  await judgeAndReturn(page, judge);
  await go(page, page.getByRole("link", { name: "Tài khoản được cung cấp bởi Cổng DVC quốc gia" }));
  await judgeAndReturn(page, judge);
  await page.getByLabel(/^Tên đăng nhập/).fill(citizen.identityNumber);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(citizen.password);
  const since = Date.now();
  await go(page, button(page, "Đăng nhập"));
  await judgeAndReturn(page, judge);
  await page
    .getByLabel(/^Nhập mã OTP/)
    .first()
    .fill(await readOtp(country, citizen.phone, since));
  await go(page, button(page, "Xác nhận"));
}

/** A wallet that is left, then a card that pays: the hub's pages, the wallet's, the bank's and the results. */
export async function payJudged(page: Page, judge: Judge, country: CountryDocument, due: string): Promise<void> {
  await page.goto(due);
  await go(page, page.getByRole("button", { name: "Thanh toán trên Cổng DVCQG" }).first());
  await judgeAndReturn(page, judge);
  await page.getByLabel("MoMo", { exact: true }).check();
  await go(page, button(page, "Thanh toán"));
  await judgeAndReturn(page, judge);
  await go(page, button(page, "Thanh toán"));
  await judgeAndReturn(page, judge);
  await go(page, page.locator("main button[value=cancel]"));
  await judgeAndReturn(page, judge);

  const card = country.demo.cards.find((one) => one.result === "success");
  assert.ok(card);
  await page.goto(due);
  const number = /\b\d{6}\b/.exec(await page.locator("main").innerText())?.[0] ?? "";
  await chooseAtHub(page, card.bank, number, "10.000");
  await judgeAndReturn(page, judge);
  await page.getByLabel("Tên chủ thẻ").fill(card.name);
  await page.getByLabel("Số thẻ").fill(card.number);
  const [month = "", year = ""] = card.issue.split("/");
  await page.getByLabel("Tháng", { exact: true }).fill(month);
  await page.getByLabel("Năm", { exact: true }).fill(year);
  await go(page, button(page, "Thanh toán"));
  await judgeAndReturn(page, judge);
  await page.locator("main input[name=otp]").fill(card.otp);
  await go(page, page.locator("main button[type=submit]").first());
  await judgeAndReturn(page, judge);
}

const SHEET = ["nksHoTen;copies;file.authorisation", "Trần Thị Bình;hai;giay uy quyen.pdf"].join("\n");

/** A sheet of many dossiers: sent with nothing, sent with mistakes, and a row of it put right. */
export async function judgeSheet(page: Page, judge: Judge, portal: string): Promise<void> {
  await judge.address(`${portal}/nop-nhieu/2.000635`);
  await page.goto(`${portal}/nop-nhieu/2.000635`);
  await go(page, button(page, "Gửi bảng"));
  await judge.here("a sheet that was not chosen");
  await page.getByLabel("Cơ quan tiếp nhận").selectOption({ label: "Ủy ban nhân dân thị trấn Bến Cầu" });
  const sheet = { name: "trich-luc.csv", mimeType: "text/csv", buffer: Buffer.from(SHEET) };
  await page.getByLabel("Bảng tính").setInputFiles(sheet);
  await go(page, button(page, "Gửi bảng"));
  await judgeAndReturn(page, judge);
  await go(page, page.getByRole("link", { name: "Sửa dòng" }).first());
  await judgeAndReturn(page, judge);
}

/** What an administrator finds under `/quan-tri`, and a form sent empty. */
export async function judgeAdministration(page: Page, judge: Judge, desk: string): Promise<void> {
  const places = ["", "/thu-tuc", "/thu-tuc/1.001193", "/cong-bo", "/tu-tim-kiem?thu=de+con", "/ngay-nghi"];
  places.push("/quy-trinh", "/nhac-han", "/thong-bao", "/thong-bao/received");
  for (const place of places) await judge.address(`${desk}/quan-tri${place}`);
  await page.goto(`${desk}/quan-tri/tu-tim-kiem`);
  await go(page, button(page, "Lưu từ"));
  await judge.here("a search word without a word");
}
