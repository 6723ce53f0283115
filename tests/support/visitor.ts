import assert from "node:assert/strict";
import type { FastifyInstance } from "fastify";

/** A browser without a browser: keeps cookies, sends forms as browsers do, follows redirects when asked. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly location: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

export class Visitor {
  readonly site: FastifyInstance;
  readonly origin: string;
  readonly cookies = new Map<string, { value: string; path: string }>();
  readonly network: string;

  constructor(site: FastifyInstance, origin: string, network = "127.0.0.1") {
    this.site = site;
    this.origin = origin;
    this.network = network;
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("GET", url, undefined, { "sec-fetch-site": "none", ...headers });
  }

  post(url: string, form: Readonly<Record<string, string>>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("POST", url, new URLSearchParams(form).toString(), {
      origin: this.origin,
      "sec-fetch-site": "same-origin",
      ...headers,
    });
  }

  /** A body that is no plain form: multipart, JSON. */
  postBody(url: string, body: string, type: string): Promise<Answer> {
    return this.send("POST", url, body, {
      origin: this.origin,
      "sec-fetch-site": "same-origin",
      "content-type": type,
    });
  }

  /** Follows redirects on this site until a page, or until an address elsewhere. */
  async follow(answer: Answer, most = 8): Promise<Answer> {
    let last = answer;
    for (let step = 0; step < most && last.location !== undefined; step += 1) {
      const next = new URL(last.location, this.origin);
      if (next.origin !== this.origin) return last;
      last = await this.get(next.pathname + next.search);
    }
    return last;
  }

  private async send(
    method: "GET" | "POST",
    url: string,
    payload: string | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const path = new URL(url, this.origin).pathname;
    const cookie = [...this.cookies]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([name, kept]) => `${name}=${kept.value}`)
      .join("; ");
    const response = await this.site.inject({
      method,
      url,
      remoteAddress: this.network,
      headers: {
        "user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/150.0 Mobile Safari/537.36",
        accept: "text/html",
        host: new URL(this.origin).host,
        ...(cookie ? { cookie } : {}),
        ...(payload === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const line of [response.headers["set-cookie"] ?? []].flat()) this.keep(String(line));
    const { location } = response.headers;
    expectNoFormInForm(url, response.body);
    return {
      status: response.statusCode,
      body: response.body,
      location: typeof location === "string" ? location : undefined,
      headers: response.headers,
    };
  }

  private keep(line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const path = attributes.find((a) => /^path=/i.test(a))?.slice(5) ?? "/";
    const gone = value === "" || attributes.some((a) => /^(max-age=0|expires=Thu, 01 Jan 1970)/i.test(a));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, { value, path });
  }
}

/** A form in a form ends the outer one early: its buttons do nothing, and no test without a browser would notice. */
function expectNoFormInForm(url: string, body: string): void {
  let depth = 0;
  for (const [tag] of body.matchAll(/<form[\s>]|<\/form>/g)) {
    depth += tag === "</form>" ? -1 : 1;
    assert.ok(depth <= 1, `${url}: a form stands in another`);
  }
}
