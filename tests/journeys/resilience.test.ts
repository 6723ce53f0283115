/** What a machine does to programs: processes die, the power goes, somebody presses Ctrl-C. Nothing is lost and nobody has to help. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { requireFreePorts, streetPorts } from "../../src/commands/start/ports.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Country, lives, startCountry } from "../support/country.ts";
import { start } from "./certified-copies.ts";
import { typeInto } from "./faults-in-forms.ts";
import { signInAtPortal } from "./people.ts";

const LIMIT_MS = 60_000;
const ROLES = ["sandbox", "national-web", "national-worker", "province-web", "province-worker", "postgres"];

let country: Country;
let browser: Browser;
let page: Page;
let draft = "";

/** Waits for something to become true; the limit only ends a run that hangs. */
async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const limit = Date.now() + LIMIT_MS;
  while (Date.now() < limit) {
    if (await Promise.resolve(holds()).catch(() => false)) return;
    await sleep(150);
  }
  throw new Error(`never: ${what}\n${country.output()}`);
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) });
  await answer.arrayBuffer();
  return answer.status < 400;
}

function addressesOf({ origin, document }: Country): string[] {
  const sites = [
    document.national.origin,
    new URL(document.sandbox.messages).origin,
    ...document.provinces.flatMap((one) => [one.portal.origin, one.desk.origin]),
  ];
  return [
    `${origin}/`,
    ...sites.map((site) => `${site}/readyz`),
    `${document.provinces[0]?.portal.origin}/thu-tuc/2.000815`,
  ];
}

async function expectEverythingWorks(one: Country): Promise<void> {
  for (const url of addressesOf(one)) await until(`${url} answers`, () => answers(url));
}

/** The draft that was begun before anything died, in the browser that began it. */
async function expectDraftKept(): Promise<void> {
  await page.goto(draft);
  assert.equal(await page.locator(`[id="documents.r1.documentName"]`).inputValue(), "Giấy khai sinh của con");
}

before(async () => {
  [country, browser] = await Promise.all([startCountry(), launchBrowser()]);
  const citizen = country.document.demo.citizens[0];
  const portal = country.document.provinces[0]?.portal.origin;
  assert.ok(citizen && portal);
  page = await (await browser.newContext({ locale: "vi-VN" })).newPage();
  page.setDefaultTimeout(60_000);
  await signInAtPortal(page, country.document, portal, citizen);
  await start(page, portal);
  draft = page.url();
  await typeInto(page, { "documents.r1.documentName": "Giấy khai sinh của con" });
  await page.locator("[data-saved]", { hasText: /Đã lưu lúc/ }).waitFor();
});

after(async () => {
  await browser?.close();
  await country?.stop();
});

describe("a country in trouble", () => {
  for (const role of ROLES) {
    test(`${role} killed outright is started again, under another number, and everything works`, async () => {
      const old = (await country.current()).processes.find((one) => one.role === role)?.pid;
      assert.ok(old, `${role} runs`);
      process.kill(old, "SIGKILL");
      await until(`${role} runs again`, async () => {
        const now = (await country.current()).processes.find((one) => one.role === role)?.pid;
        return now !== undefined && now !== old && lives(now);
      });
      await expectEverythingWorks(country);
      await expectDraftKept();
    });
  }

  test("a second country beside it has its own ports, data and end: Ctrl-C leaves nothing of it and nothing is missing here", async () => {
    const other = await startCountry();
    try {
      const pids = [other.pid, ...other.document.processes.map((one) => one.pid)];
      assert.equal(pids.length, ROLES.length + 1);
      await expectEverythingWorks(other);
      const messages = (await (await fetch(other.document.sandbox.messages)).json()) as unknown[];
      assert.deepEqual(messages, [], "what happened here is not known there");
      process.kill(other.pid, "SIGINT");
      await until("nothing of it runs", () => pids.every((pid) => !lives(pid)));
      await requireFreePorts(streetPorts(other.port, { embeddedDatabase: true }), 0);
    } finally {
      await other.stop();
    }
    await expectEverythingWorks(country);
    await expectDraftKept();
  });

  test("the supervisor killed outright takes its processes with it; the next start goes on with everything", async () => {
    const pids = (await country.current()).processes.map((one) => one.pid);
    await country.kill();
    await until("its processes have ended", () => pids.every((pid) => !lives(pid)));
    country = await startCountry({ port: country.port, dataDir: country.dataDir });
    await expectEverythingWorks(country);
    await expectDraftKept();
  });

  test("Ctrl-C ends every process in order, and the start after it keeps everything", async () => {
    const pids = (await country.current()).processes.map((one) => one.pid);
    process.kill(country.pid, "SIGINT");
    await until("everything has ended", () => [...pids, country.pid].every((pid) => !lives(pid)));
    await requireFreePorts(streetPorts(country.port, { embeddedDatabase: true }), 0);
    assert.doesNotMatch(country.output(), /Error|ended \((?!SIGKILL)/);
    country = await startCountry({ port: country.port, dataDir: country.dataDir });
    await expectEverythingWorks(country);
    await expectDraftKept();
  });
});
