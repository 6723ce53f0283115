import assert from "node:assert/strict";
import { test } from "node:test";
import { openDatabase } from "../db.ts";
import { withDatabase } from "#tests/support/database.ts";
import { freePort } from "#tests/support/ports.ts";
import { html } from "../html.ts";
import { createLog } from "../log.ts";
import { createSite, formText, formValues, safePath, seeOther, sendPage } from "./index.ts";
import type { Db } from "../db.ts";

const log = createLog("test");
log.level = "silent";
const origin = "http://localhost:9999";

async function makeSite(database: Db, released: Promise<void> = Promise.resolve()) {
  const site = await createSite({
    name: "test",
    origin,
    cookie: "test_s",
    database,
    log,
    failurePage: (view) => html`<h1>${view.title}</h1>`,
  });
  site.get("/", async (request, reply) => sendPage(reply, html`<p>${request.session.get<string>("name")}</p>`));
  site.post("/", async (request, reply) => {
    request.session.set("name", formText(formValues(request), "name"));
    return seeOther(reply, "/");
  });
  site.post("/sign-in", async (request, reply) => {
    request.session.renew("person-1");
    return seeOther(reply, "/");
  });
  site.post("/sign-out", async (request, reply) => {
    request.session.destroy();
    return seeOther(reply, "/");
  });
  site.post("/slow", async (request, reply) => {
    await released;
    request.session.set("name", "late");
    return seeOther(reply, "/");
  });
  site.get("/found", async (request, reply) =>
    sendPage(reply, html`<p>${(request.query as { q?: string }).q?.toUpperCase()}</p>`),
  );
  site.post("/upload", async (request) => {
    for await (const part of request.parts()) if (part.type === "file") await part.toBuffer();
    return "ok";
  });
  site.get("/broken", async () => {
    throw new Error("secret detail");
  });
  return site;
}

const cookieOf = (response: { headers: Record<string, unknown> }): string =>
  String([response.headers["set-cookie"]].flat().find((c) => String(c).startsWith("test_s")) ?? "").split(";")[0] ?? "";

test("a form of another site is refused, our own is taken, and the session is a new one after sign-in", async () => {
  await withDatabase("province", async (database) => {
    const site = await makeSite(database);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const post = (url: string, headers: Record<string, string>) =>
      site.inject({ method: "POST", url, headers: { ...form, ...headers }, payload: "name=Nguy%E1%BB%85n" });

    for (const foreign of [
      { origin: "http://localhost:9998" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site" },
      {},
    ]) {
      assert.equal((await post("/", foreign as Record<string, string>)).statusCode, 403);
    }
    const own = await post("/", { "sec-fetch-site": "same-origin" });
    assert.equal(own.statusCode, 303);
    const first = cookieOf(own);
    assert.match(String([own.headers["set-cookie"]].flat()[0]), /HttpOnly; SameSite=Lax/);
    assert.match((await site.inject({ url: "/", headers: { cookie: first } })).body, /Nguyễn/);

    const signedIn = await post("/sign-in", { origin, cookie: first });
    const second = cookieOf(signedIn);
    assert.notEqual(second, first);
    assert.match((await site.inject({ url: "/", headers: { cookie: second } })).body, /Nguyễn/);
    assert.doesNotMatch(
      (await site.inject({ url: "/", headers: { cookie: first } })).body,
      /Nguyễn/,
      "the old id is dead",
    );

    await post("/sign-out", { origin, cookie: second });
    assert.doesNotMatch((await site.inject({ url: "/", headers: { cookie: second } })).body, /Nguyễn/);
    await site.close();
  });
});

test("failures have a page for people and problem details for programs, and never their inner text", async () => {
  await withDatabase("province", async (database) => {
    const site = await makeSite(database);
    const page = await site.inject({ url: "/broken", headers: { accept: "text/html" } });
    assert.equal(page.statusCode, 500);
    assert.match(page.body, /Trang gặp sự cố/);
    assert.doesNotMatch(page.body, /secret detail/);
    const problem = await site.inject({ url: "/nowhere?lang=en", headers: { accept: "application/json" } });
    assert.equal(problem.statusCode, 404);
    assert.equal(problem.headers["content-type"], "application/problem+json; charset=utf-8");
    assert.equal(problem.json().title, "Page not found");
    for (const response of [page, problem]) {
      assert.match(String(response.headers["content-security-policy"]), /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(response.headers["x-content-type-options"], "nosniff");
    }
    await site.close();
  });
});

test("a request that is still running when the person signs out does not bring the session back", async () => {
  await withDatabase("province", async (database) => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reached = (): void => undefined;
    const running = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const site = await makeSite(database, released);
    site.addHook("preHandler", async (request) => {
      if (request.url === "/slow") reached();
    });
    const form = { "content-type": "application/x-www-form-urlencoded", origin };
    const cookie = cookieOf(await site.inject({ method: "POST", url: "/", headers: form, payload: "name=Mai" }));
    const slow = site.inject({ method: "POST", url: "/slow", headers: { ...form, cookie }, payload: "" });
    await running;
    await site.inject({ method: "POST", url: "/sign-out", headers: { ...form, cookie }, payload: "" });
    release();
    assert.equal((await slow).statusCode, 303);
    assert.equal((await site.inject({ url: "/", headers: { cookie } })).body, "<p></p>");
    await site.close();
  });
});

test("a name that comes twice in an address counts once, and JSON is no form", async () => {
  await withDatabase("province", async (database) => {
    const site = await makeSite(database);
    assert.equal((await site.inject({ url: "/found?q=a&q=b" })).body, "<p>A</p>");
    for (const payload of ['{"name":1}', '{"name":{"a":"b"}}', '{"name":[1]}']) {
      const answer = await site.inject({
        method: "POST",
        url: "/",
        headers: { origin, "content-type": "application/json" },
        payload,
      });
      assert.equal(answer.statusCode, 415, payload);
    }
    await site.close();
  });
});

test("while the database is away every page says so with 503, and nothing hangs", async () => {
  const away = openDatabase({ url: `postgres://nobody@127.0.0.1:${await freePort()}/none`, role: "test", max: 1 });
  const site = await makeSite(away);
  const cookie = `test_s=${"a".repeat(43)}`;
  for (const request of [
    { url: "/", headers: { cookie, accept: "text/html" } },
    {
      method: "POST" as const,
      url: "/",
      headers: { origin, "content-type": "application/x-www-form-urlencoded" },
      payload: "name=x",
    },
  ]) {
    const answer = await site.inject(request);
    assert.equal(answer.statusCode, 503);
    assert.match(answer.body, /Dịch vụ đang tạm gián đoạn/);
    assert.equal(answer.headers["retry-after"], "60");
  }
  await site.close();
  await away.close();
});

test("an address that cannot be read, or that holds a NUL, is a page that does not exist, with every header", async () => {
  await withDatabase("province", async (database) => {
    const site = await makeSite(database);
    for (const url of ["/%zz", "/a%00b", "/?q=%00"]) {
      const page = await site.inject({ url, headers: { accept: "text/html" } });
      assert.equal(page.statusCode, 404, url);
      assert.match(page.body, /Không tìm thấy trang/);
      assert.match(String(page.headers["content-security-policy"]), /default-src 'none'/);
      assert.equal(page.headers["x-content-type-options"], "nosniff");
    }
    const posted = await site.inject({
      method: "POST",
      url: "/",
      headers: { origin, "content-type": "application/x-www-form-urlencoded" },
      payload: "name=Mai%00",
    });
    assert.equal(posted.statusCode, 303);
    assert.match((await site.inject({ url: "/", headers: { cookie: cookieOf(posted) } })).body, /<p>Mai<\/p>/);
    await site.close();
  });
});

test("an upload that breaks off is the sender's fault, and programs that send JSON are answered as programs", async () => {
  await withDatabase("province", async (database) => {
    const site = await makeSite(database);
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF';
    for (const [type, payload] of [
      ["multipart/form-data", "x"],
      ["multipart/form-data; boundary=x", part],
    ] as const) {
      const broken = await site.inject({
        method: "POST",
        url: "/upload",
        headers: { origin, "content-type": type, accept: "text/html" },
        payload,
      });
      assert.equal(broken.statusCode, 422, `${type}: ${broken.body}`);
    }
    const program = await site.inject({
      method: "POST",
      url: "/nowhere",
      headers: { origin, "content-type": "application/json" },
      payload: "{}",
    });
    assert.equal(program.headers["content-type"], "application/problem+json; charset=utf-8");
    await site.close();
  });
});

test("a return address leads nowhere but to our own site", () => {
  for (const bad of [
    "//evil.vn",
    "/\\evil.vn",
    "https://evil.vn",
    "javascript:x",
    "",
    undefined,
    "/a b",
    `/${"x".repeat(600)}`,
  ]) {
    assert.equal(safePath(bad, "/"), "/");
  }
  assert.equal(safePath("/ho-so/1?x=2#y", "/"), "/ho-so/1?x=2#y");
});
