/** What must hold for every page, whoever made it: collected as sentences, so that one run names everything that is wrong. */
import type { CDPSession, Page } from "playwright-core";
import { expectAccessible } from "../support/accessible.ts";

export const FIRST_VIEW_MAX = 150_000;

/** Headers of every answer, errors and downloads included. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  "content-security-policy": /default-src 'none'/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^(?:same-origin|no-referrer)$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /microphone=\(\)/,
};

export function headerFaults(headers: Readonly<Record<string, string>>): string[] {
  const faults = Object.entries(HEADERS).flatMap(([name, wanted]) =>
    wanted.test(headers[name] ?? "") ? [] : [`header ${name}: ${headers[name] ?? "missing"}`],
  );
  // A file that is shown may bring its own style (the browser's PDF viewer does); nothing may bring code.
  const inline = /^text\/html/.test(headers["content-type"] ?? "")
    ? /'unsafe-|(?:script|style)-src[^;]*\*/
    : /script-src[^;]*(?:'unsafe-|\*)/;
  if (inline.test(headers["content-security-policy"] ?? "")) faults.push("the policy allows inline or foreign code");
  return faults;
}

export interface Judge {
  /** One line per fault: `where: what`. */
  readonly faults: string[];
  /** Addresses that pages link to. */
  readonly links: Map<string, string>;
  readonly judged: Set<string>;
  /** Judges the page as it stands: nothing is loaded again, nothing typed is lost. */
  here(name: string): Promise<void>;
  /** Judges an address in both languages, on a phone and on a desk, with what its first view weighs and moves. */
  address(url: string, options?: { status?: number }): Promise<void>;
}

export interface Looked {
  readonly lang: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly links: readonly string[];
}

const LOOK = (): Looked => ({
  lang: document.documentElement.lang,
  title: document.title,
  headings: [...document.querySelectorAll("h1")].map((one) => one.textContent?.trim() ?? ""),
  links: [...document.querySelectorAll("a[href]")].map((one) => (one as HTMLAnchorElement).href),
});

/** Sum of movements since the page began, as the browser counts them. */
const SHIFT = (): Promise<number> =>
  document.fonts.ready.then(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        const add = (entries: PerformanceEntryList): void => {
          for (const entry of entries) sum += (entry as unknown as { value: number }).value;
        };
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() =>
          setTimeout(() => {
            add(observer.takeRecords());
            done(sum);
          }, 50),
        );
      }),
  );

export async function judgeOf(page: Page, origins: readonly string[]): Promise<Judge> {
  const faults: string[] = [];
  const links = new Map<string, string>();
  const judged = new Set<string>();
  const titles = new Map<string, string>();
  let where = "";
  let bytes = 0;
  const say = (what: string): void => void faults.push(`${where}: ${what}`);

  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // The browser says so about every page that is itself a failure, or that has found faults in a form.
    if (/^Failed to load resource.*\b(?:404|422)\b/.test(message.text()) && message.location().url === page.url())
      return;
    say(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => say(`script failed: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(?:data|blob|about):/.test(url) && !origins.includes(new URL(url).origin)) say(`asks another host: ${url}`);
  });
  const network: CDPSession = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  network.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));

  const narrow = async (): Promise<void> => {
    // 320: the narrowest phone, which is also 1280 at 400 %; 640: 1280 at 200 %.
    for (const width of [320, 640]) {
      await page.setViewportSize({ width, height: 700 });
      const over = await page.evaluate(() => {
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return undefined;
        const wide = [...document.querySelectorAll("body *")].filter(
          (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
        );
        const last = wide.at(-1);
        return `${root.scrollWidth} px: ${last?.tagName.toLowerCase() ?? ""}.${last?.className ?? ""} "${last?.textContent?.trim().slice(0, 40) ?? ""}"`;
      });
      if (over) say(`scrolls sideways at ${width} px (${over})`);
    }
  };
  const accessible = async (): Promise<void> => expectAccessible(page).catch((error: Error) => say(error.message));
  const look = async (lang: string, titleOf: string): Promise<void> => {
    const seen = await page.evaluate(LOOK);
    if (seen.lang !== lang) say(`lang is "${seen.lang}", not "${lang}"`);
    if (seen.headings.length !== 1 || !seen.headings[0]) say(`h1: ${JSON.stringify(seen.headings)}`);
    if (!seen.title) say("no title");
    const other = titles.get(seen.title);
    if (other !== undefined && other !== titleOf) say(`title "${seen.title}" is also that of ${other}`);
    titles.set(seen.title, titleOf);
    for (const link of seen.links)
      if (origins.includes(new URL(link).origin)) links.set(link.replace(/#.*/, ""), where);
  };

  return {
    faults,
    links,
    judged,
    async here(name) {
      where = `${name} (${new URL(page.url()).port}${new URL(page.url()).pathname})`;
      judged.add(name);
      await page.setViewportSize({ width: 360, height: 740 });
      await accessible();
      await narrow();
      await page.setViewportSize({ width: 1280, height: 800 });
      await accessible();
      await look("vi", new URL(page.url()).pathname);
    },
    async address(url, { status = 200 } = {}) {
      for (const [lang, first, second] of [
        ["vi", 360, 1280],
        ["en", 1280, undefined],
      ] as const) {
        const { port, pathname } = new URL(url);
        where = `${port}${pathname} ${lang} ${first} px`;
        // What the page before is still loading is not this one's weight.
        await page.goto("about:blank");
        bytes = 0;
        await page.setViewportSize({ width: first, height: 740 });
        const asked = new URL(url);
        asked.searchParams.set("lang", lang);
        const answer = await page.goto(asked.href, { waitUntil: "load" });
        judged.add(new URL(url).pathname);
        if (!answer) continue;
        if (answer.status() !== status) say(`answered ${answer.status()}, not ${status}`);
        for (const fault of headerFaults(answer.headers())) say(fault);
        const shift = await page.evaluate(SHIFT);
        if (shift > 0) say(`moves after it is shown: ${shift}`);
        if (bytes > FIRST_VIEW_MAX) say(`first view weighs ${bytes} bytes`);
        await look(lang, `${port}${pathname}`);
        await accessible();
        await narrow();
        if (second === undefined) continue;
        where = `${port}${pathname} ${lang} ${second} px`;
        await page.setViewportSize({ width: second, height: 740 });
        await accessible();
      }
      // The language is remembered in a cookie, which all systems of this host see: back to Vietnamese.
      await page.context().addCookies([{ name: "lang", value: "vi", url: new URL(url).origin }]);
    },
  };
}
