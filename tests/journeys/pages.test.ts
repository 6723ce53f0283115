/** Every page of the country, in both languages, on a phone and on a desk; every address it links to; headers of every answer. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expectAccessible } from "../support/accessible.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Country, startCountry } from "../support/country.ts";
import { send } from "./birth-registration.ts";
import { fillIn } from "./certified-copies.ts";
import { answerSupplement, askForSupplement, enterResult, openFromInbox, passOn, takeIn } from "./desk.ts";
import { judgeAdministration, judgeAndReturn, judgeSheet, payJudged, signInJudged } from "./judged-steps.ts";
import { headerFaults, type Judge, judgeOf } from "./page-judge.ts";
import { drawProcess } from "./process-drawing.ts";
import { button, go, officerOf, readOtp, signInAtDesk, signInAtPortal } from "./people.ts";

const LINKS_MAX = 250;
const HOPS_MAX = 8;

let country: Country;
let browser: Browser;

before(async () => {
  [country, browser] = await Promise.all([startCountry(), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await country?.stop();
});

interface Origins {
  readonly all: readonly string[];
  readonly start: string;
  readonly national: string;
  readonly sandbox: string;
  readonly portals: readonly string[];
  readonly desks: readonly string[];
}

function origins(): Origins {
  const { national, provinces } = country.document;
  const sandbox = new URL(country.document.sandbox.messages).origin;
  const portals = provinces.map((one) => one.portal.origin);
  const desks = provinces.map((one) => one.desk.origin);
  const all = [country.origin, national.origin, sandbox, ...portals, ...desks];
  return { all, start: country.origin, national: national.origin, sandbox, portals, desks };
}

async function newPage(): Promise<{ page: Page; context: BrowserContext; judge: Judge }> {
  const context = await browser.newContext({ locale: "vi-VN" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { page, context, judge: await judgeOf(page, origins().all) };
}

/** Follows each link once, by hand, so that every answer on the way is seen; nothing may fail, and every answer has its headers. */
async function expectLinksAnswer(context: BrowserContext, judge: Judge): Promise<void> {
  const own = new Set(origins().all);
  const todo = [...judge.links].slice(0, LINKS_MAX);
  for (const [link, from] of todo) {
    let url = link;
    for (let hop = 0; hop < HOPS_MAX; hop += 1) {
      const answer = await context.request.get(url, { maxRedirects: 0 });
      const status = answer.status();
      if (status >= 400 && !judge.judged.has(new URL(link).pathname))
        judge.faults.push(`${from}: the link to ${link} answers ${status} at ${url}`);
      for (const fault of headerFaults(answer.headers())) judge.faults.push(`${url}: ${fault}`);
      const onward = status >= 300 && status < 400 ? answer.headers()["location"] : undefined;
      if (!onward) break;
      url = new URL(onward, url).href;
      if (!own.has(new URL(url).origin)) judge.faults.push(`${link} leads to another host: ${url}`);
      if (hop === HOPS_MAX - 1) judge.faults.push(`${link} never arrives`);
    }
  }
}

function expectNoFaults(judge: Judge): void {
  assert.deepEqual([...new Set(judge.faults)], [], `\n${[...new Set(judge.faults)].join("\n")}`);
}

describe("every page", { concurrency: true }, () => {
  test("of everybody's pages is accessible, light and still, in both languages, and leads nowhere that fails", async () => {
    const { context, judge } = await newPage();
    const { start, national, sandbox, portals, desks } = origins();
    const pages = [
      ...[`${start}/`],
      ...[
        "/",
        "/dang-ky",
        "/dang-ky/cong-dan/thue-bao",
        "/dang-nhap",
        "/dang-nhap/tai-khoan",
        "/quen-mat-khau",
        "/dieu-khoan",
      ].map((path) => national + path),
      ...["/", "/tin-nhan"].map((path) => sandbox + path),
      ...portals.flatMap((portal) => ["/", "/dang-nhap", "/thu-tuc"].map((path) => portal + path)),
      ...[
        "/xac-minh",
        "/thu-tuc?ten=khong+co+thu+tuc+nay",
        "/thu-tuc?cap=xa&muc-do=full&thanh-toan=1&ten=ho+tich",
        "/su-kien",
        "/su-kien/sinh-con",
        "/huong-dan",
        "/gop-y",
        "/thu-tuc?ten=de+con&thanh-toan=1",
        ...["thu-tuc/1.001193/giay-to-can-nop", "huong-dan", "su-kien/sinh-con", "gop-y"].map((path) => `/${path}`),
        ...["1.001193", "1.004363", "2.000635", "1.004873", "2.000815"].map((code) => `/thu-tuc/${code}`),
      ].map((path) => portals[0] + path),
      ...desks.map((desk) => `${desk}/dang-nhap`),
    ];
    for (const url of pages) await judge.address(url);
    for (const origin of [start, national, sandbox, ...portals.slice(0, 1), ...desks.slice(0, 1)])
      await judge.address(`${origin}/khong-co-trang-nay`, { status: 404 });
    await judge.address(`${portals[0]}/xac-minh/ABCDEFGHJKMNPQRS`, { status: 404 });
    await expectLinksAnswer(context, judge);
    expectNoFaults(judge);
    await context.close();
  });

  test("on the way from registering to a password is accessible, light and still", async () => {
    const { page, context, judge } = await newPage();
    const person = country.document.demo.unregistered[0];
    assert.ok(person);
    await page.goto(`${origins().national}/dang-ky/cong-dan/thue-bao`);
    await go(page, button(page, "Đăng ký"));
    await judge.here("registration with everything missing");
    await page.getByLabel("Số giấy tờ").fill(person.identityNumber);
    await page.getByLabel("Họ tên").fill(person.name);
    await page.getByLabel("Ngày sinh").fill(person.birthDate.split("-").reverse().join("/"));
    await page.getByLabel("Số điện thoại").fill(person.phone);
    await page.getByLabel(/Tôi đồng ý/).check();
    const code = page.locator("main input[name=captcha]");
    if ((await code.count()) > 0) await code.fill(country.document.demo.captcha.answer);
    const since = Date.now();
    await go(page, button(page, "Đăng ký"));
    await judgeAndReturn(page, judge);
    await page
      .getByLabel(/^Nhập mã OTP/)
      .first()
      .fill(await readOtp(country.document, person.phone, since));
    await go(page, button(page, "Xác nhận"));
    await judgeAndReturn(page, judge);
    expectNoFaults(judge);
    await context.close();
  });

  test("of a citizen who files, pays at the second attempt and looks after it is accessible, light and still", async () => {
    const { page, context, judge } = await newPage();
    const { national, portals } = origins();
    const portal = portals[0] ?? "";
    await signInJudged(page, judge, country.document, portal);
    await judge.address(`${portal}/tai-khoan`);
    await judge.address(`${portal}/giao-dich`);
    await judge.address(`${portal}/giay-to`);
    await judge.address(`${national}/dich-vu-cong-cua-toi`);
    await judge.address(`${national}/tai-khoan`);
    await judge.address(`${portal}/thu-tuc/2.000815/nop`);
    await judge.address(`${portal}/giay-to`);
    await judgeSheet(page, judge, portal);
    const dossier = await fillIn(page, portal, async (where) => {
      await judgeAndReturn(page, judge);
      if (where !== "form" && where !== "papers") return;
      // The form is checked in the browser, the papers by the server: either way the errors come to where the person is.
      await button(page, "Tiếp tục").click();
      await page.locator(".govuk-error-summary").waitFor();
      await judge.here(`${where} with everything missing`);
    });
    await send(page, country.document, "Gửi hồ sơ");
    for (const path of ["da-gui", "", "thanh-toan", "rut"])
      await judge.address(`${portal}/ho-so/${dossier}/${path}`.replace(/\/$/, ""));
    await payJudged(page, judge, country.document, `${portal}/ho-so/${dossier}/thanh-toan`);
    for (const path of ["/tai-khoan", "/giao-dich", `/ho-so/${dossier}`, `/ho-so/${dossier}/thanh-toan`])
      await judge.address(portal + path);
    await judge.address(`${national}/dich-vu-cong-cua-toi`);
    await expectLinksAnswer(context, judge);
    expectNoFaults(judge);
    await context.close();
  });

  test("of the desk, and of the citizen whose dossier is there, is accessible, light and still at every stage", async () => {
    const { page, context, judge } = await newPage();
    const { portals, desks } = origins();
    const [portal = "", desk = ""] = [portals[0], desks[0]];
    const citizen = country.document.demo.citizens[1];
    assert.ok(citizen);
    await signInAtPortal(page, country.document, portal, citizen);
    const dossier = await fillIn(page, portal);
    const { number } = await send(page, country.document, "Gửi hồ sơ");

    const one = await newOfficer("one-stop", desk);
    for (const path of ["/", "/?nhom=unit", "/?nhom=waiting", "/?nhom=done"]) await one.judge.address(desk + path);
    await openFromInbox(one.page, desk, number);
    await one.judge.address(one.page.url());
    await one.judge.address(`${desk}/ho-so/${dossier}/tu-choi?viec=decline`);
    await one.judge.address(`${desk}/ho-so/${dossier}/bo-sung`);
    await one.page.goto(`${desk}/ho-so/${dossier}/bo-sung`);
    await go(one.page, button(one.page, "Gửi yêu cầu bổ sung"));
    await one.judge.here("request for supplements with everything missing");
    await one.page.goto(`${desk}/ho-so/${dossier}`);
    await askForSupplement(one.page);
    await judge.address(`${portal}/ho-so/${dossier}`);
    await judge.address(`${portal}/ho-so/${dossier}/bo-sung`);
    await answerSupplement(page, portal, dossier, true);
    await judge.address(`${portal}/ho-so/${dossier}`);

    await one.page.goto(`${desk}/ho-so/${dossier}`);
    await takeIn(one.page, "Đủ và hợp lệ.");
    await one.judge.address(`${desk}/ho-so/${dossier}`);
    await one.judge.address(`${desk}/ho-so/${dossier}/chuyen-thu-ly`);
    await one.page.goto(`${desk}/ho-so/${dossier}`);
    await passOn(one.page, officerOf(country.document, "tayninh", "specialist").name);

    const two = await newOfficer("specialist", desk);
    await two.judge.address(`${desk}/ho-so/${dossier}`);
    await two.judge.address(`${desk}/ho-so/${dossier}/ket-qua`);
    for (const path of [`ho-so/${dossier}/y-kien`, "y-kien", "nhac-viec"]) await two.judge.address(`${desk}/${path}`);
    await two.page.goto(`${desk}/ho-so/${dossier}/y-kien`);
    await go(two.page, button(two.page, "Gửi câu hỏi"));
    await two.judge.here("a question to another unit with everything missing");
    await two.page.goto(`${desk}/ho-so/${dossier}/ket-qua`);
    await go(two.page, button(two.page, "Lưu kết quả"));
    await two.judge.here("result with everything missing");
    await two.page.goto(`${desk}/ho-so/${dossier}`);
    await enterResult(two.page, "15/2026");

    const three = await newOfficer("leader", desk);
    await three.judge.address(`${desk}/ho-so/${dossier}`);
    await three.judge.address(`${desk}/qua-han`);
    await three.page.goto(`${desk}/ho-so/${dossier}`);
    await go(three.page, three.page.getByRole("button", { name: /^Ký số/ }).last());
    await three.judge.address(`${desk}/ho-so/${dossier}`);
    await judge.address(`${portal}/ho-so/${dossier}`);

    const four = await newOfficer("administrator", desk);
    for (const path of ["thu-tuc", "thu-tuc/1.001193", "cong-bo", "soan", "thu-tuc/1.001193/soan"])
      await four.judge.address(`${desk}/quan-tri/${path}`);

    for (const each of [one, two, three, four]) {
      await expectLinksAnswer(each.context, each.judge);
      judge.faults.push(...each.judge.faults);
      await each.context.close();
    }
    await expectLinksAnswer(context, judge);
    expectNoFaults(judge);
    await context.close();
  });

  test("of an administrator is accessible, light and still, and leads nowhere that fails", async () => {
    const desk = origins().desks[0] ?? "";
    const { page, context, judge } = await newOfficer("administrator", desk);
    await judgeAdministration(page, judge, desk);
    await drawProcess(page, judge, desk);
    await expectLinksAnswer(context, judge);
    expectNoFaults(judge);
    await context.close();
  });

  test("of filing is accessible and fits a narrow phone without scripts, with and without mistakes", async () => {
    const { provinces, demo } = country.document;
    const portal = provinces[1]?.portal.origin ?? "";
    const citizen = demo.citizens[2];
    assert.ok(citizen);
    const context = await browser.newContext({
      locale: "vi-VN",
      javaScriptEnabled: false,
      viewport: { width: 320, height: 700 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const look = async (): Promise<void> => {
      await expectAccessible(page, { scripts: false });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(over <= 0, `${page.url()} scrolls sideways by ${over} px`);
    };
    await signInAtPortal(page, country.document, portal, citizen);
    await look();
    await fillIn(
      page,
      portal,
      async (where) => {
        await look();
        if (where !== "form" && where !== "papers") return;
        await go(page, button(page, "Tiếp tục"));
        await look();
      },
      false,
    );
    await send(page, country.document, "Nộp hồ sơ");
    await look();
    await context.close();
  });

  test("a push that comes is shown with the page it leads to, whatever it carries", async () => {
    const portal = origins().portals[0] ?? "";
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${portal}/tra-cuu`);
    const devtools = await context.newCDPSession(page);
    let registration = "";
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      registration = registrations[0]?.registrationId ?? registration;
    });
    await devtools.send("ServiceWorker.enable");
    const [worker] = await Promise.all([
      context.waitForEvent("serviceworker"),
      page.evaluate(
        "navigator.serviceWorker.register('/nhan-thong-bao.js').then(() => navigator.serviceWorker.ready).then(() => 1)",
      ),
    ]);
    // Browsers without a screen refuse notifications: what would be shown is kept instead.
    await worker.evaluate(
      "self.shown = []; self.registration.showNotification = async (title, options) => { self.shown.push([title, options.body, options.data.url]); }; 1",
    );
    const said = [
      JSON.stringify({ title: "HS 363.824: Đã tiếp nhận", body: "Hẹn trả.", url: "/ho-so/1", tag: "x" }),
      JSON.stringify({ title: "Ở đâu", url: "//example.com" }),
      "{",
    ];
    for (const data of said)
      await devtools.send("ServiceWorker.deliverPushMessage", { origin: portal, registrationId: registration, data });
    let shown: unknown = [];
    for (let turn = 0; turn < 100 && (shown as unknown[]).length < said.length; turn += 1) {
      shown = await worker.evaluate("self.shown");
      await page.waitForTimeout(50);
    }
    assert.deepEqual(shown, [
      ["HS 363.824: Đã tiếp nhận", "Hẹn trả.", "/ho-so/1"],
      ["Ở đâu", "", "/thong-bao"],
      ["", "", "/thong-bao"],
    ]);
    await context.close();
  });

  test("and every other answer carries the headers, whatever is asked and however wrongly", async () => {
    const { national, portals, desks, sandbox, start } = origins();
    const asks: readonly (readonly [string, RequestInit?])[] = [
      ...[start, national, sandbox, ...portals, ...desks].flatMap((origin) =>
        ["/healthz", "/readyz", "/theme.css", "/assets/khong-co.js", "/%zz", "/a%00b", "/?lang=%ff"].map(
          (path) => [origin + path] as const,
        ),
      ),
      [`${start}/.well-known/motcua.json`],
      [`${sandbox}/messages`],
      [`${sandbox}/journal/khong-co`],
      [`${national}/oidc/.well-known/openid-configuration`],
      [`${national}/oidc/auth`],
      [`${national}/oidc/khong-co`],
      [`${national}/thanh-toan/khong-co`],
      [`${portals[0]}/bien-lai/khong-co.pdf`],
      [`${portals[0]}/tep/khong-co`],
      [`${desks[0]}/ho-so/khong-co`],
      [`${national}/dang-nhap/tai-khoan`, { method: "POST", headers: { "sec-fetch-site": "cross-site" } }],
      [
        `${portals[0]}/thanh-toan/xac-nhan`,
        { method: "POST", headers: { "content-type": "application/json" }, body: "{" },
      ],
      [
        `${national}/nen-tang/thanh-toan`,
        { method: "POST", headers: { "content-type": "application/json" }, body: "[]" },
      ],
      [
        `${national}/thanh-toan/ipn/momo`,
        { method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
      ],
      [`${national}/thanh-toan/ipn/vnpay`],
      [`${portals[0]}/thu-tuc`, { method: "DELETE" }],
      [
        `${portals[0]}/xac-minh/tep`,
        { method: "POST", headers: { "sec-fetch-site": "same-origin", "content-type": "text/plain" }, body: "x" },
      ],
    ];
    const faults: string[] = [];
    for (const [url, init] of asks) {
      const answer = await fetch(url, { redirect: "manual", ...init });
      await answer.arrayBuffer();
      const asked = `${init?.method ?? "GET"} ${url} (${answer.status})`;
      for (const fault of headerFaults(Object.fromEntries(answer.headers))) faults.push(`${asked}: ${fault}`);
      if (answer.status >= 500) faults.push(`${asked}: the server's own failure`);
    }
    assert.deepEqual(faults, []);
  });
});

interface OfficerAtWork {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly judge: Judge;
}

async function newOfficer(role: string, desk: string): Promise<OfficerAtWork> {
  const officer = await newPage();
  await signInAtDesk(officer.page, desk, officerOf(country.document, "tayninh", role));
  return officer;
}
