/** Steps that people take, by what they see: labels, buttons, links. Used by every journey, with and without JavaScript. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { TOTP } from "otpauth";
import type { CountryDocument } from "../support/country.ts";

export type DemoCitizen = CountryDocument["demo"]["citizens"][number];
export type DemoOfficer = CountryDocument["demo"]["officers"][number];

const WAIT_MS = 60_000;

/** The newest code sent to a phone at or after `since` (milliseconds). */
export async function readOtp(country: CountryDocument, phone: string, since: number): Promise<string> {
  const limit = Date.now() + WAIT_MS;
  while (Date.now() < limit) {
    const list = (await (await fetch(country.sandbox.messages)).json()) as {
      channel: string;
      to: string;
      text: string;
      sentAt: string;
    }[];
    // Notices about dossiers come to the same phone; they have no code.
    const code = list
      .filter(({ channel, to, sentAt }) => channel === "sms" && to === phone && Date.parse(sentAt) >= since)
      .map(({ text }) => /\b\d{6}\b/.exec(text)?.[0])
      .find((found) => found !== undefined);
    if (code) return code;
    await sleep(150);
  }
  throw new Error(`no code came to ${phone}`);
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole("button", { name, exact: true }).first();
}

export function link(page: Page, name: string | RegExp): Locator {
  return page.getByRole("link", { name, exact: true }).first();
}

/** Clicks and waits until the page that follows has loaded. */
export async function go(page: Page, control: Locator): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), control.click()]);
}

/** Answers by the controls' names: text, choices, tick boxes; fails when a control is missing. */
export async function answer(page: Page, answers: Readonly<Record<string, string | boolean>>): Promise<void> {
  for (const [name, value] of Object.entries(answers)) {
    const controls = page.locator(`main [name="${name}"]:not([type="hidden"])`);
    const kind = await controls
      .first()
      .evaluate((element: Element) =>
        element instanceof HTMLInputElement ? element.type : element.tagName.toLowerCase(),
      );
    if (kind === "radio") await page.locator(`main [name="${name}"][value="${String(value)}"]`).check();
    else if (kind === "checkbox") await controls.first().setChecked(value === true);
    else if (kind === "select") await controls.first().selectOption(String(value));
    else await controls.first().fill(String(value));
  }
}

/** From a page of the portal that needs an account: both doors, password, code, and back. */
export async function signInAtPortal(
  page: Page,
  country: CountryDocument,
  portal: string,
  citizen: DemoCitizen,
): Promise<void> {
  await page.goto(`${portal}/`);
  await go(page, link(page, "Đăng nhập"));
  await go(page, page.getByRole("link", { name: "Đăng nhập với DVC Quốc gia" }));
  await go(page, page.getByRole("link", { name: "Tài khoản được cung cấp bởi Cổng DVC quốc gia" }));
  await givePasswordAndCode(page, country, citizen);
}

export async function givePasswordAndCode(page: Page, country: CountryDocument, citizen: DemoCitizen): Promise<void> {
  await page.getByLabel(/^Tên đăng nhập/).fill(citizen.identityNumber);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(citizen.password);
  let since = Date.now();
  await go(page, button(page, "Đăng nhập"));
  const securityCode = page.locator("main input[name=captcha]");
  if ((await securityCode.count()) > 0) {
    // Somebody tried this number with a wrong password before.
    await securityCode.fill(country.demo.captcha.answer);
    await page.getByLabel("Mật khẩu", { exact: true }).fill(citizen.password);
    since = Date.now();
    await go(page, button(page, "Đăng nhập"));
  }
  await giveCode(page, await readOtp(country, citizen.phone, since));
}

export async function giveCode(page: Page, code: string): Promise<void> {
  await page
    .getByLabel(/^Nhập mã OTP/)
    .first()
    .fill(code);
  await go(page, button(page, "Xác nhận"));
}

const STEP_MS = 30_000;
/** Close to its end a step may be over before the desk sees its code. */
const STEP_MARGIN_MS = 5_000;
/** Step of the newest code that this process gave for an officer's secret. */
const stepsGiven = new Map<string, number>();

/**
 * A code that is still good: each is good once, and the desk takes those of the step before and after as well (clocks of
 * phones differ), so an officer can sign in three times in half a minute before anybody has to wait.
 */
async function freshCode(secret: string): Promise<string> {
  const given = stepsGiven.get(secret) ?? 0;
  for (;;) {
    const now = Date.now();
    const current = Math.floor(now / STEP_MS);
    const oldest = STEP_MS - (now % STEP_MS) > STEP_MARGIN_MS ? current - 1 : current;
    const step = Math.max(oldest, given + 1);
    if (step <= current + 1) {
      stepsGiven.set(secret, step);
      return new TOTP({ secret }).generate({ timestamp: step * STEP_MS });
    }
    await sleep(STEP_MS - (now % STEP_MS) + 100);
  }
}

export async function signInAtDesk(page: Page, desk: string, officer: DemoOfficer): Promise<void> {
  await page.goto(`${desk}/dang-nhap`);
  await page.getByLabel("Tên đăng nhập").fill(officer.username);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(officer.password);
  await go(page, button(page, "Đăng nhập"));
  await page.locator("main input[name=code]").fill(await freshCode(officer.totpSecret));
  await go(page, page.locator("main button[type=submit]").first());
  if (page.url().includes("/dang-nhap"))
    throw new Error(`${officer.username} cannot sign in: ${await page.locator("main").innerText()}`);
}

export function officerOf(country: CountryDocument, province: string, role: string): DemoOfficer {
  const found = country.demo.officers.find((one) => one.province === province && one.role === role);
  if (!found) throw new Error(`no ${role} in ${province}`);
  return found;
}
