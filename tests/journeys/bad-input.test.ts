/** What people get wrong, in a real browser: it is said clearly, nothing typed is lost, nothing happens twice. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { type Country, startCountry } from "../support/country.ts";
import { rowsOf } from "../support/country-database.ts";
import { send } from "./birth-registration.ts";
import { ANSWERS, attach, fillIn, SCAN, start } from "./certified-copies.ts";
import { expectFaults, expectTyped, typeInto } from "./faults-in-forms.ts";
import { answer, button, type DemoCitizen, giveCode, go, link, readOtp, signInAtPortal } from "./people.ts";
import { RIGHT, ROUNDS } from "./registration-mistakes.ts";

let country: Country;
let browser: Browser;

before(async () => {
  [country, browser] = await Promise.all([startCountry(), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await country?.stop();
});

async function withPage(
  work: (page: Page, context: BrowserContext) => Promise<void>,
  options: { scripts?: boolean } = {},
): Promise<void> {
  const context = await browser.newContext({
    locale: "vi-VN",
    viewport: { width: 1280, height: 800 },
    javaScriptEnabled: options.scripts ?? true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  try {
    await work(page, context);
  } finally {
    await context.close();
  }
}

function citizen(index: number): DemoCitizen {
  const found = country.document.demo.citizens[index];
  assert.ok(found);
  return found;
}

function portal(code: string): string {
  const found = country.document.provinces.find((one) => one.code === code);
  assert.ok(found);
  return found.portal.origin;
}

describe("registering and signing in with mistakes", () => {
  test("each rule of the registration form is told at the field and in a summary that takes focus, and what was typed stays", () =>
    withPage(async (page) => {
      await page.goto(`${country.document.national.origin}/dang-ky/cong-dan/thue-bao`);
      for (const { typed, said } of ROUNDS) {
        const values = { ...RIGHT, ...typed };
        await typeInto(page, values);
        await go(page, button(page, "Đăng ký"));
        await expectFaults(page, { ...said, agree: /^Đánh dấu đồng ý/ });
        await expectTyped(page, values);
      }
    }));

  test("the security code is asked after a failure only; a wrong one is told and costs nothing that was typed", () =>
    withPage(async (page) => {
      await page.goto(`${country.document.national.origin}/dang-ky/cong-dan/thue-bao`);
      assert.equal(await page.locator("#captcha").count(), 0);
      await typeInto(page, RIGHT);
      await page.getByLabel(/^Tôi đồng ý/).check();
      await go(page, button(page, "Đăng ký"));
      await expectFaults(page, { phone: /chính chủ/ });
      assert.equal(await page.locator("#captcha").count(), 1);
      await page.locator("#captcha").fill("sai mã");
      await go(page, button(page, "Đăng ký"));
      await expectFaults(page, { captcha: /chưa đúng/ });
      await expectTyped(page, { ...RIGHT, captcha: "" });
      assert.ok(await page.getByLabel(/^Tôi đồng ý/).isChecked());
    }));

  test("signing in with a wrong password says so without saying whether the account exists, keeps the name, then asks for the code", () =>
    withPage(async (page) => {
      await page.goto(`${country.document.national.origin}/dang-nhap/tai-khoan`);
      assert.equal(await page.locator("#captcha").count(), 0);
      const said: string[] = [];
      for (const username of [citizen(2).identityNumber, "062085999999"]) {
        await page.locator("#username").fill(username);
        await page.locator("#password").fill("khong phai mat khau nay");
        const code = page.locator("#captcha");
        if ((await code.count()) > 0) await code.fill(country.document.demo.captcha.answer);
        await go(page, button(page, "Đăng nhập"));
        await expectFaults(page, { username: /không đúng|chưa đúng/ });
        await expectTyped(page, { username, password: "" });
        said.push(await page.locator(".govuk-error-summary").innerText());
        assert.equal(await page.locator("#captcha").count(), 1);
      }
      assert.equal(said[0], said[1]);
    }));

  test("a code that is wrong five times is locked, and says each time how many tries are left", () =>
    withPage(async (page) => {
      const person = citizen(1);
      await page.goto(`${country.document.national.origin}/dang-nhap/tai-khoan`);
      await page.locator("#username").fill(person.identityNumber);
      await page.locator("#password").fill(person.password);
      const since = Date.now();
      await go(page, button(page, "Đăng nhập"));
      const right = await readOtp(country.document, person.phone, since);
      const wrong = right === "111111" ? "222222" : "111111";
      for (const left of [4, 3, 2, 1]) {
        await giveCode(page, wrong);
        await expectFaults(page, { otp: new RegExp(`Còn ${left} lần`) });
      }
      await giveCode(page, wrong);
      assert.match(await page.locator(".govuk-error-summary").innerText(), /nhập sai 5 lần/);
      assert.equal(await page.getByLabel(/^Nhập mã OTP/).count(), 0);
      await go(page, link(page, "Bắt đầu lại"));
      assert.equal(await page.locator("#username, .choices").count(), 1);
    }));

  test("a code that has run out or was used is told apart from a wrong one; a new one can be sent", () =>
    withPage(async (page, context) => {
      const person = country.document.demo.unregistered[1];
      assert.ok(person);
      await page.goto(`${country.document.national.origin}/dang-ky/cong-dan/thue-bao`);
      await typeInto(page, {
        identityNumber: person.identityNumber,
        name: person.name,
        birthDate: person.birthDate,
        phone: person.phone,
      });
      await page.getByLabel(/^Tôi đồng ý/).check();
      let since = Date.now();
      await go(page, button(page, "Đăng ký"));
      const late = await readOtp(country.document, person.phone, since);
      const passed =
        "update otp_challenge set expires_at = now() - interval '1 second', sent_at = now() - interval '6 minutes' where purpose = 'register' and state = 'open'";
      await rowsOf(country, "national", passed);
      await giveCode(page, late);
      await expectFaults(page, { otp: /hết hạn/ });
      since = Date.now();
      await page.reload();
      await go(page, button(page, "Gửi lại OTP"));
      const fresh = await readOtp(country.document, person.phone, since);
      const forgotten = await context.newPage();
      await forgotten.goto(page.url());
      await giveCode(page, fresh);
      assert.match(page.url(), /\/mat-khau$/);
      // A window that was left open: the code does not count again, and the way on is shown.
      await giveCode(forgotten, fresh);
      assert.ok(
        /\/mat-khau$/.test(forgotten.url()) || /đã được dùng/.test(await forgotten.locator("main").innerText()),
        forgotten.url(),
      );
    }));
});

const EXECUTABLE = Buffer.concat([Buffer.from("MZ\x90\x00\x03\x00\x00\x00", "latin1"), Buffer.alloc(4_000)]);

const FILES: readonly {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: () => Buffer;
  readonly said: RegExp;
}[] = [
  {
    name: "to lon.pdf",
    mimeType: "application/pdf",
    buffer: () => Buffer.concat([SCAN.buffer, Buffer.alloc(21 * 1_048_576)]),
    said: /lớn hơn 20 MB/,
  },
  {
    name: "ghi chu.txt",
    mimeType: "text/plain",
    buffer: () => Buffer.from("Chỉ là chữ"),
    said: /không thuộc loại tệp/,
  },
  { name: "rong.pdf", mimeType: "application/pdf", buffer: () => Buffer.alloc(0), said: /tệp rỗng/ },
  {
    name: "bang tot nghiep.pdf",
    mimeType: "application/pdf",
    buffer: () => EXECUTABLE,
    said: /không được nhận|không đúng với đuôi/,
  },
];

async function dossiersFiled(): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    country,
    "province",
    "select count(*)::int as count from dossier where state <> 'draft'",
  );
  return row?.count ?? 0;
}

describe("filing with mistakes", () => {
  test("a form with gaps leads to each of them; files that cannot be taken are refused by name and the good ones stay", () =>
    withPage(async (page) => {
      await signInAtPortal(page, country.document, portal("tayninh"), citizen(0));
      const id = await start(page, portal("tayninh"));
      const typed = { "documents.r1.documentName": "Sổ hộ khẩu", "documents.r1.pages": "hai" };
      await typeInto(page, typed);
      // The browser's own engine says it, with the server's words: nothing is sent.
      await button(page, "Tiếp tục").click();
      await page.locator(".govuk-error-summary").waitFor();
      const faults = await page
        .locator(".govuk-error-summary a")
        .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
      assert.deepEqual(faults.sort(), ["#banChinhHopLe", "#documents.r1.copies", "#documents.r1.pages"]);
      await expectTyped(page, typed);
      await answer(page, ANSWERS);
      await go(page, button(page, "Tiếp tục"));
      await go(page, button(page, "Tiếp tục"));
      await expectFaults(page, { "file.scan-of-original": /bắt buộc/ });
      for (const { said, buffer, ...file } of FILES) {
        await page
          .locator("main input[type=file]")
          .first()
          .setInputFiles({ ...file, buffer: buffer() });
        await page.locator(".govuk-error-message", { hasText: said }).waitFor();
        assert.match(await page.locator(".govuk-error-message").first().innerText(), new RegExp(file.name));
      }
      await attach(page, true);
      assert.equal(await page.locator(".paper .govuk-error-message").count(), 0);
      await page.goto(`${portal("tayninh")}/ho-so/${id}/giay-to`);
      assert.equal(await page.locator(".paper__file").count(), 1);
    }));

  test("a file that cannot be taken is refused without scripts too", () =>
    withPage(
      async (page) => {
        await signInAtPortal(page, country.document, portal("tayninh"), citizen(0));
        await start(page, portal("tayninh"));
        await answer(page, ANSWERS);
        await go(page, button(page, "Tiếp tục"));
        await page
          .locator("main input[type=file]")
          .first()
          .setInputFiles({ name: "anh.jpg", mimeType: "image/jpeg", buffer: EXECUTABLE });
        await go(page, button(page, "Tiếp tục"));
        assert.match(
          await page.locator(".govuk-error-summary").innerText(),
          /anh\.jpg.*(không được nhận|không đúng với đuôi)/,
        );
      },
      { scripts: false },
    ));

  test("without a network what is typed stays on the device, also when the window is closed, and is in the draft later", () =>
    withPage(async (page, context) => {
      await signInAtPortal(page, country.document, portal("kontum"), citizen(0));
      await start(page, portal("kontum"));
      const form = page.url();
      await page.waitForLoadState("networkidle");
      await context.setOffline(true);
      await typeInto(page, { "documents.r1.documentName": "Sổ đỏ của ông" });
      await page.locator("[data-saved]", { hasText: /mất mạng/ }).waitFor();
      const again = await context.newPage();
      await page.close();
      await context.setOffline(false);
      await again.goto(form);
      await again.locator("[data-saved]", { hasText: /Đã lưu lúc/ }).waitFor();
      await again.reload();
      await expectTyped(again, { "documents.r1.documentName": "Sổ đỏ của ông" });
      assert.equal(await again.evaluate(() => Object.keys(localStorage).length), 0, "nothing stays on the device");
    }));

  test("sending twice, from two windows and from the page before, gives one dossier", () =>
    withPage(async (page, context) => {
      await signInAtPortal(page, country.document, portal("tayninh"), citizen(0));
      const id = await fillIn(page, portal("tayninh"));
      const other = await context.newPage();
      await other.goto(page.url());
      const before = await dossiersFiled();
      const sent = await send(page, country.document, "Gửi hồ sơ");
      assert.equal(sent.id, id);
      for (const again of [other, page]) {
        if (again === page) await page.goBack();
        const code = again.locator("main input[name=captcha]");
        if ((await code.count()) > 0) await code.fill(country.document.demo.captcha.answer);
        const label = button(again, "Gửi hồ sơ");
        if ((await label.count()) > 0) await go(again, label);
        assert.match(await again.locator("main").innerText(), new RegExp(sent.number), again.url());
      }
      assert.equal(await dossiersFiled(), before + 1);
    }));

  test("a double click gives one dossier where no script can stop it", () =>
    withPage(
      async (page) => {
        await signInAtPortal(page, country.document, portal("tayninh"), citizen(0));
        await fillIn(page, portal("tayninh"), undefined, false);
        const before = await dossiersFiled();
        const code = page.locator("main input[name=captcha]");
        if ((await code.count()) > 0) await code.fill(country.document.demo.captcha.answer);
        await button(page, "Gửi hồ sơ").dblclick({ noWaitAfter: true });
        await page.waitForURL(/\/da-gui/);
        assert.equal(await dossiersFiled(), before + 1);
      },
      { scripts: false },
    ));

  for (const scripts of [true, false]) {
    test(`a session that ends while a form is filled in costs nothing that was typed, ${scripts ? "with" : "without"} scripts`, () =>
      withPage(
        async (page) => {
          await signInAtPortal(page, country.document, portal("tayninh"), citizen(0));
          await start(page, portal("tayninh"));
          await rowsOf(country, "province", "delete from session where tenant = 'tayninh-portal'");
          const typed = {
            "documents.r1.documentName": `Giấy tờ viết dở ${scripts}`,
            "documents.r1.pages": "7",
            "documents.r1.copies": "4",
          };
          await typeInto(page, typed);
          await go(page, button(page, "Lưu"));
          assert.match(page.url(), /\/dang-nhap/);
          await go(page, page.getByRole("link", { name: "Đăng nhập với DVC Quốc gia" }));
          // The national portal still knows the person; when it does not, it asks.
          if (!page.url().startsWith(portal("tayninh"))) {
            await go(page, page.getByRole("link", { name: "Tài khoản được cung cấp bởi Cổng DVC quốc gia" }));
            throw new Error(`asked again at ${page.url()}`);
          }
          await expectTyped(page, typed);
          assert.match(await page.locator("main").innerText(), /vẫn còn nguyên/);
        },
        { scripts },
      ));
  }

  test("a draft begun on one device goes on at another, and Kon Tum's button has Kon Tum's words", () =>
    withPage(async (page) => {
      await signInAtPortal(page, country.document, portal("kontum"), citizen(2));
      const id = await start(page, portal("kontum"));
      const typed = {
        "documents.r1.documentName": "Bằng lái xe",
        "documents.r1.pages": "2",
        "documents.r1.copies": "1",
      };
      await typeInto(page, typed);
      // Nothing is pressed: it saves itself.
      await page.locator("[data-saved]", { hasText: /Đã lưu lúc/ }).waitFor();
      await withPage(async (phone) => {
        await phone.setViewportSize({ width: 360, height: 740 });
        await signInAtPortal(phone, country.document, portal("kontum"), citizen(2));
        await phone.goto(`${portal("kontum")}/tai-khoan`);
        await go(phone, phone.locator(`a[href*="/ho-so/${id}"]`).first());
        if ((await phone.locator(`[id="documents.r1.pages"]`).count()) === 0)
          await go(phone, phone.locator(`main a[href*="/ho-so/${id}/ke-khai"]`).first());
        await expectTyped(phone, typed);
        await phone.locator("[name=banChinhHopLe][type=checkbox]").check();
        await go(phone, button(phone, "Tiếp tục"));
        await attach(phone, true);
        await go(phone, button(phone, "Tiếp tục"));
        await go(phone, button(phone, "Tiếp tục"));
        assert.equal(await button(phone, "Gửi hồ sơ").count(), 0);
        await send(phone, country.document, "Nộp hồ sơ");
      });
    }));
});
