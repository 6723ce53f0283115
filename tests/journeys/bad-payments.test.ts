/** Payments that go wrong, in a real browser: said clearly, nothing changes, evidence is kept, and it can be tried again. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { type Country, startCountry } from "../support/country.ts";
import { rowsOf } from "../support/country-database.ts";
import { payByCard, send } from "./birth-registration.ts";
import { fillIn } from "./certified-copies.ts";
import { button, go, signInAtPortal } from "./people.ts";

let country: Country;
let browser: Browser;
let page: Page;
let due = "";
let number = "";

before(async () => {
  [country, browser] = await Promise.all([startCountry(), launchBrowser()]);
  const citizen = country.document.demo.citizens[0];
  const portal = country.document.provinces[0]?.portal.origin;
  assert.ok(citizen && portal);
  const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 360, height: 740 } });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signInAtPortal(page, country.document, portal, citizen);
  const id = await fillIn(page, portal);
  ({ number } = await send(page, country.document, "Gửi hồ sơ"));
  due = `${portal}/ho-so/${id}/thanh-toan`;
});

after(async () => {
  await browser?.close();
  await country?.stop();
});

type Wallet = CountryDemo["wallets"][number]["result"];
type Card = CountryDemo["cards"][number]["result"];
type CountryDemo = Country["document"]["demo"];

interface Money {
  /** Attempts by state, oldest first. */
  readonly attempts: readonly string[];
  readonly evidence: readonly string[];
  readonly settlements: number;
  readonly orderState: string;
}

async function money(): Promise<Money> {
  const attempts = await rowsOf<{ word: string }>(
    country,
    "national",
    "select state || coalesce(':' || reason, '') as word from payment_attempt order by created_at",
  );
  const evidence = await rowsOf<{ reason: string }>(
    country,
    "national",
    "select reason from payment_evidence order by id",
  );
  const [other] = await rowsOf<{ settlements: number; state: string }>(
    country,
    "national",
    "select (select count(*)::int from settlement) as settlements, (select coalesce(string_agg(state, ','), 'none') from payment_order) as state",
  );
  return {
    attempts: attempts.map((one) => one.word),
    evidence: evidence.map((one) => one.reason),
    settlements: other?.settlements ?? -1,
    orderState: other?.state ?? "",
  };
}

async function tell(behaviour: string, extra: Record<string, unknown> = {}): Promise<void> {
  const answer = await fetch(`${new URL(country.document.sandbox.messages).origin}/control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ standIn: "momo", scope: "next", behaviour, ...extra }),
  });
  assert.equal(answer.status, 201, await answer.text());
}

/** From the page that says what is due to the provider's own page. */
async function toProvider(channel: string): Promise<void> {
  await page.goto(due);
  await go(page, page.getByRole("button", { name: "Thanh toán trên Cổng DVCQG" }).first());
  await page.getByLabel(channel, { exact: true }).check();
  await go(page, button(page, "Thanh toán"));
  assert.match(await page.locator("main").innerText(), new RegExp(`hồ sơ ${number}`));
  await go(page, button(page, "Thanh toán"));
}

async function payByWallet(result: Wallet): Promise<void> {
  const wallet = country.document.demo.wallets.find((one) => one.result === result);
  assert.ok(wallet);
  await page.locator("#phone").fill(wallet.phone);
  await page.locator("#password").fill(wallet.password);
  await page.locator("#otp").fill(wallet.otp);
  await go(page, page.locator("main button[value=pay]"));
}

function card(result: Card) {
  const found = country.document.demo.cards.find((one) => one.result === result);
  assert.ok(found);
  return found;
}

/** Reads the page again until it says so: results may come from the sweep. */
async function untilPageSays(words: RegExp): Promise<string> {
  let text = "";
  for (let tries = 0; tries < 120; tries += 1) {
    text = await page.locator("main").innerText();
    if (words.test(text)) return text;
    await sleep(500);
    await page.reload();
  }
  throw new Error(`${page.url()} never said ${words}: ${text}`);
}

describe("a payment that goes wrong", () => {
  test("a payment that is cancelled changes nothing and can be tried again", async () => {
    await toProvider("MoMo");
    await go(page, page.locator("main button[value=cancel]"));
    const text = await untilPageSays(/Thanh toán không thành công/);
    assert.match(text, /đã được hủy/);
    assert.match(text, /vẫn giữ nguyên/);
    assert.equal(await page.getByRole("link", { name: /Thử lại/ }).count(), 1);
    assert.deepEqual(await money(), {
      attempts: ["failed:cancelled"],
      evidence: [],
      settlements: 0,
      orderState: "open",
    });
  });

  test("a wallet without money, and cards that are locked or have expired, are told as failed attempts", async () => {
    const before = (await money()).attempts.length;
    await toProvider("MoMo");
    await payByWallet("insufficient-funds");
    assert.match(await untilPageSays(/Thanh toán không thành công/), /không đủ tiền/);
    for (const [result, words] of [
      ["locked", /đang bị khóa/],
      ["expired", /từ chối giao dịch.*(hết hạn)/],
    ] as const) {
      await toProvider("NCB");
      await payByCard(page, card(result));
      assert.match(await untilPageSays(/Thanh toán không thành công/), words);
    }
    const after = await money();
    assert.deepEqual(after.attempts.slice(before), ["failed:declined", "failed:declined", "failed:declined"]);
    assert.equal(after.settlements, 0);
    await page.goto(due);
    assert.equal(await page.getByRole("button", { name: "Thanh toán trên Cổng DVCQG" }).count(), 1);
  });

  test("a card number that is no card's is told on the bank's page and what else was typed stays", async () => {
    await toProvider("NCB");
    const good = card("success");
    await payByCard(page, { ...good, number: "9704000000000000" } as unknown as typeof good);
    assert.equal(await page.locator(".govuk-error-summary").count(), 1);
    assert.equal(await page.getByLabel("Tên chủ thẻ").inputValue(), good.name);
    await go(page, page.locator("main button[value=cancel]"));
    await untilPageSays(/Thanh toán không thành công/);
  });

  test("a callback with a bad signature is not believed: nothing changes and it is kept as evidence", async () => {
    await toProvider("MoMo");
    const before = await money();
    const [attempt] = await rowsOf<{ provider_order: string; amount: string }>(
      country,
      "national",
      "select provider_order, amount from payment_attempt order by created_at desc limit 1",
    );
    assert.ok(attempt);
    const answer = await fetch(`${country.document.national.origin}/thanh-toan/ipn/momo`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        partnerCode: "MOMO",
        orderId: attempt.provider_order,
        requestId: attempt.provider_order,
        amount: Number(attempt.amount),
        orderInfo: `Thanh toán lệ phí cho hồ sơ ${number}`,
        orderType: "momo_wallet",
        transId: 2_800_000_001,
        resultCode: 0,
        message: "Thành công.",
        payType: "qr",
        responseTime: Date.now(),
        extraData: "",
        signature: "0".repeat(64),
      }),
    });
    assert.equal(answer.status, 400);
    const forged = await fetch(
      `${country.document.national.origin}/thanh-toan/ipn/vnpay?vnp_TxnRef=${attempt.provider_order}&vnp_Amount=1000000&vnp_ResponseCode=00&vnp_SecureHash=${"0".repeat(128)}`,
    );
    assert.equal(((await forged.json()) as { RspCode: string }).RspCode, "97");
    const after = await money();
    assert.deepEqual({ ...after, evidence: [] }, { ...before, evidence: [] });
    assert.equal(after.evidence.length, before.evidence.length + 2);
    await go(page, page.locator("main button[value=cancel]"));
    await untilPageSays(/Thanh toán không thành công/);
  });

  test("a wallet that does not answer is told as such; when it is known that nothing was paid it can be tried again", async () => {
    await tell("down");
    await toProvider("MoMo");
    const text = await page.locator("main").innerText();
    assert.match(text, /Đang xác minh giao dịch|Thanh toán không thành công/);
    await untilPageSays(/Thanh toán không thành công/);
    assert.equal((await money()).settlements, 0);
    await page.goto(due);
    assert.equal(await page.getByRole("button", { name: "Thanh toán trên Cổng DVCQG" }).count(), 1);
  });

  test("a callback with another amount is kept as evidence and settles nothing; asked, the wallet tells the true one, once", async () => {
    const before = await money();
    await tell("callback-other-amount", { thenTrue: false });
    await toProvider("MoMo");
    await payByWallet("success");
    await untilPageSays(/Thanh toán thành công/);
    const after = await money();
    assert.equal(after.settlements, before.settlements + 1);
    assert.match(after.orderState, /paid/);
    await page.goto(due);
    await untilPageSays(/Đã thanh toán/);
    const waited = Date.now() + 60_000;
    while ((await money()).evidence.length === before.evidence.length && Date.now() < waited) await sleep(300);
    assert.deepEqual((await money()).evidence.slice(before.evidence.length), ["amount-differs"]);
    const [settled] = await rowsOf<{ amount: string }>(country, "national", "select amount from settlement");
    assert.equal(Number(settled?.amount), 10_000);
    assert.equal((await money()).settlements, 1);
  });

  test("every attempt stands in the history of transactions, one of them as paid", async () => {
    await page.goto(`${new URL(due).origin}/giao-dich`);
    const text = await page.locator("main").innerText();
    assert.equal(text.match(/Thanh toán thành công/g)?.length, 1, text);
    assert.ok((text.match(/Thanh toán không thành công/g)?.length ?? 0) >= 6, text);
  });
});
