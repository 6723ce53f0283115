import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

/** axe on a page, WCAG 2.2 A and AA and best practices; nothing may be found. */

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * The browser's debugger is not bound by the page's policy on scripts; a script tag would be. `page.evaluate` would do as
 * well, at three times the cost: half a megabyte goes through a second evaluation there.
 */
async function bringAxe(page: Page): Promise<void> {
  const debug = await page.context().newCDPSession(page);
  const { exceptionDetails } = await debug.send("Runtime.evaluate", { expression: axeSource });
  assert.equal(exceptionDetails, undefined);
  await debug.detach();
}

async function runAxe(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await bringAxe(page);
  return await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> };
    };
    // What passed need not be described: that took most of the time of large pages.
    const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
    return (await axe.run(document, options)).violations;
  }, TAGS);
}

/** axe cannot run where JavaScript is off: the same document is then shown by a page that has it. */
async function withScripts<T>(page: Page, work: (page: Page) => Promise<T>): Promise<T> {
  const browser = page.context().browser();
  assert.ok(browser, "the page belongs to a browser");
  const context = await browser.newContext({ viewport: page.viewportSize() });
  try {
    const copy = await context.newPage();
    const url = page.url();
    const body = await page.content();
    await copy.route(url, (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
    await copy.route("**/*.js", (route) => route.abort());
    await copy.goto(url);
    return await work(copy);
  } finally {
    await context.close();
  }
}

/** Fails with one line per finding. Pass `scripts: false` for pages of a context without JavaScript. */
export async function expectAccessible(page: Page, options: { scripts?: boolean } = {}): Promise<void> {
  const found = options.scripts === false ? await withScripts(page, runAxe) : await runAxe(page);
  const lines = found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help}: ${target.join(" ")}\n    ${failureSummary?.replaceAll("\n", "\n    ") ?? ""}`,
    ),
  );
  assert.deepEqual(lines, [], `axe on ${page.url()}\n${lines.join("\n")}`);
}
