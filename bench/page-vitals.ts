/**
 * `motcua bench pages`: the pages that people wait for, in a real browser on what Lighthouse takes for a phone (a processor
 * four times slower, 1.6 Mbit/s, 150 ms away, nothing kept from before), each judged by Lighthouse's own curves. Of its other
 * groups nothing may be found: axe for accessibility, the console for good practice, what search engines ask of the head.
 */
import assert from "node:assert/strict";
import type { Browser, BrowserContext } from "playwright-core";
import { expectAccessible } from "#tests/support/accessible.ts";
import { launchBrowser } from "#tests/support/browser.ts";
import { startCountry } from "#tests/support/country.ts";
import { start } from "../tests/journeys/certified-copies.ts";
import { signInAtPortal } from "../tests/journeys/people.ts";

interface Vitals {
  /** Milliseconds to the first and the largest thing shown, and of tasks beyond 50 ms; movement has no unit. */
  readonly fcp: number;
  readonly lcp: number;
  readonly tbt: number;
  readonly cls: number;
}

/** Value at which the score is 0.9 and at which it is 0.5, and its weight (Lighthouse 12, mobile). */
const CURVES: Readonly<Record<keyof Vitals, readonly [p10: number, median: number, weight: number]>> = {
  fcp: [1_800, 3_000, 10],
  lcp: [2_500, 4_000, 25],
  tbt: [200, 600, 30],
  cls: [0.1, 0.25, 25],
};
const WANTED = 95;
const LOOKS = 3;

/** Answers true when every page scores 95 or more in the median of three looks. */
export async function pageVitals(say: (line: string) => void): Promise<boolean> {
  const [country, browser] = await Promise.all([startCountry(), launchBrowser()]);
  try {
    const { document } = country;
    const [citizen] = document.demo.citizens;
    const portal = document.provinces[0]?.portal.origin;
    assert.ok(citizen && portal);
    const context = await phone(browser);
    const page = await context.newPage();
    await signInAtPortal(page, document, portal, citizen);
    await start(page, portal);
    const pages = { catalogue: `${portal}/thu-tuc`, procedure: `${portal}/thu-tuc/1.001193`, form: page.url() };
    let good = true;
    for (const [name, url] of Object.entries(pages)) {
      const looks: Vitals[] = [];
      for (let look = 0; look < LOOKS; look += 1) looks.push(await lookAt(context, url));
      const [vitals] = looks.toSorted((a, b) => scoreOf(b) - scoreOf(a)).slice(1);
      assert.ok(vitals);
      const { fcp, lcp, tbt, cls } = vitals;
      const score = Math.round(scoreOf(vitals));
      const faults = await faultsOf(context, url);
      good &&= score >= WANTED && faults.length === 0;
      say(
        `${name.padEnd(10)} score ${score}, other groups ${faults.length === 0 ? "100" : faults.join("; ")}: first ${fcp.toFixed(0)} ms, largest ${lcp.toFixed(0)} ms, blocked ${tbt.toFixed(0)} ms, moved ${cls.toFixed(3)}`,
      );
    }
    return good;
  } finally {
    await browser.close();
    await country.stop();
  }
}

function phone(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ locale: "vi-VN", viewport: { width: 412, height: 823 } });
}

async function lookAt(context: BrowserContext, url: string): Promise<Vitals> {
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  await debug.send("Network.enable");
  await debug.send("Network.setCacheDisabled", { cacheDisabled: true });
  const network = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
  await debug.send("Network.emulateNetworkConditions", network);
  await debug.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: "load" });
  // What begins after the page was loaded counts too.
  await page.waitForTimeout(2_000);
  const vitals = await page.evaluate(() => (globalThis as unknown as { vitals: Vitals }).vitals);
  await page.close();
  return vitals;
}

/** What Lighthouse's groups accessibility, best practices and SEO would find. */
async function faultsOf(context: BrowserContext, url: string): Promise<string[]> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(url, { waitUntil: "load" });
  await expectAccessible(page).catch((error: unknown) => faults.push(String(error)));
  const head = await page.evaluate(() => ({
    title: document.title,
    description: document.querySelector<HTMLMetaElement>("meta[name=description]")?.content ?? "",
    hidden: document.querySelector<HTMLMetaElement>("meta[name=robots]")?.content ?? "",
  }));
  if (head.title === "" || head.description === "") faults.push("no title or no description");
  if (/noindex/.test(head.hidden)) faults.push("search engines are sent away");
  await page.close();
  return faults;
}

/** Runs in the page before anything else. */
function watch(): void {
  const vitals = { fcp: 0, lcp: 0, tbt: 0, cls: 0 };
  Object.assign(globalThis, { vitals });
  const on = (type: string, take: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true });
  on("paint", (entry) => {
    if (entry.name === "first-contentful-paint") vitals.fcp = entry.startTime;
  });
  on("largest-contentful-paint", (entry) => {
    vitals.lcp = entry.startTime;
  });
  on("longtask", (entry) => {
    vitals.tbt += Math.max(0, entry.duration - 50);
  });
  on("layout-shift", (entry) => {
    vitals.cls += (entry as unknown as { value: number }).value;
  });
}

function scoreOf(vitals: Vitals): number {
  const parts = Object.entries(CURVES) as [keyof Vitals, readonly [number, number, number]][];
  const whole = parts.reduce((sum, [, [, , weight]]) => sum + weight, 0);
  return (
    (100 * parts.reduce((sum, [name, [p10, median, weight]]) => sum + weight * curve(vitals[name], p10, median), 0)) /
    whole
  );
}

/** Lighthouse's log-normal curve: 0.9 at p10, 0.5 at the median. */
function curve(value: number, p10: number, median: number): number {
  if (value <= 0) return 1;
  const INVERSE_ERFC_OF_A_FIFTH = 0.9061938024368232;
  const place = (Math.log(value / median) * INVERSE_ERFC_OF_A_FIFTH) / -Math.log(p10 / median);
  return (1 - erf(place)) / 2;
}

/** Abramowitz and Stegun 7.1.26: good to 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}
