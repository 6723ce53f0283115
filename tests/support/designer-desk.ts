/** For tests: two administrators at a desk with the designers and the publishing pages. */
import assert from "node:assert/strict";
import type { Database } from "#kit/db.ts";
import { publishingRoutes } from "#province/catalogue/index.ts";
import { createDeskShell } from "#province/desk/index.ts";
import { deskExample } from "#province/handling/desk-example.ts";
import { createOfficerOf } from "#province/officers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withProvince } from "./furnished-province.ts";
import { designerRoutes } from "#province/designer/index.ts";
import { stepDesignerRoutes } from "#province/step-designer/index.ts";
import { systemClock } from "#kit/clock.ts";

const tenant = findTenant("tayninh");

export const decoded = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** Every control of the page's edit form, as a browser would send it back. */
export function controls(page: string): URLSearchParams {
  const form = /<form [^>]*class="designer-form"[\s\S]*?<\/form>/.exec(page)?.[0] ?? assert.fail("no form on the page");
  const fields = new URLSearchParams();
  const attribute = (tag: string, name: string): string =>
    decoded(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
  for (const [tag] of form.matchAll(/<input[^>]*>/g))
    if (!/type="(?:radio|checkbox)"/.test(tag) || / checked/.test(tag))
      fields.append(attribute(tag, "name"), attribute(tag, "value"));
  for (const [tag, words = ""] of form.matchAll(/<textarea[^>]*>([\s\S]*?)<\/textarea>/g))
    fields.append(attribute(tag, "name"), decoded(words));
  for (const [tag, options = ""] of form.matchAll(/<select[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    fields.append(attribute(tag, "name"), decoded(chosen?.[1] ?? ""));
  }
  return fields;
}

export async function withDesigner(work: (desk: Desk, database: Database) => Promise<void>): Promise<void> {
  await withProvince(async (database) => {
    const { site, signIn } = await deskExample(database);
    const shell = createDeskShell(tenant);
    const officerOf = createOfficerOf({ tenant: tenant.code, database, shell });
    const deps = { tenant, database, shell, officerOf };
    publishingRoutes(site, deps);
    designerRoutes(site, deps);
    stepDesignerRoutes(site, { ...deps, clock: systemClock });
    const as = async (username: string): Promise<Hand> => {
      const cookie = await signIn(username);
      const headers = { cookie, origin: "http://localhost:8083" };
      const type = { "content-type": "application/x-www-form-urlencoded" };
      return {
        get: (url: string) => site.inject({ url, headers }),
        post: (url: string, fields: URLSearchParams | Record<string, string>) =>
          site.inject({
            method: "POST",
            url,
            headers: { ...headers, ...type },
            payload: new URLSearchParams(fields).toString(),
          }),
        send: (url: string, payload: Buffer, contentType: string) =>
          site.inject({ method: "POST", url, headers: { ...headers, "content-type": contentType }, payload }),
      };
    };
    try {
      await work({ tung: await as("quantri.tayninh"), diem: await as("duyet.tayninh") }, database);
    } finally {
      await site.close();
    }
  });
}

/** An administrator with a browser. */
export interface Hand {
  get(url: string): Promise<Answer>;
  post(url: string, fields: URLSearchParams | Record<string, string>): Promise<Answer>;
  send(url: string, payload: Buffer, contentType: string): Promise<Answer>;
}

export interface Answer {
  readonly statusCode: number;
  readonly body: string;
  readonly rawPayload: Buffer;
  readonly headers: Record<string, unknown>;
}
export interface Desk {
  readonly tung: Hand;
  readonly diem: Hand;
}

/** Opens a thing's page, changes these controls and saves. */
export async function edit(hand: Hand, url: string, change: Record<string, string>): Promise<Answer> {
  const page = await hand.get(url);
  assert.equal(page.statusCode, 200, `${url}: ${page.body.slice(0, 300)}`);
  const fields = controls(page.body);
  for (const [name, value] of Object.entries(change)) fields.set(name, value);
  return hand.post(url, fields);
}
