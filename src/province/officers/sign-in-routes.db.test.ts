import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LightMyRequestResponse } from "fastify";
import type { Database } from "#kit/db.ts";
import { demoOfficers, demoSecrets } from "#kit/demo.ts";
import { html } from "#kit/html.ts";
import { createSite, createThrottle, sendPage, type Throttle } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { createDeskShell } from "#province/desk/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { codeAt, createOfficerOf, forOfficer, seedOfficers, signInRoutes } from "./index.ts";

const origin = "http://localhost:8083";
const tenant = findTenant("tayninh");
const dataKey = demoSecrets.dataKeys.province;
const clerk = demoOfficers.find((one) => one.username === "tiepnhan.tayninh");
assert.ok(clerk);
const { username, password, totpSecret } = clerk;

/** A desk with nothing but the sign-in and one page behind it. */
async function door(database: Database, failures?: Throttle) {
  await seedOfficers(database, tenant, demoOfficers, dataKey);
  const shell = createDeskShell(tenant);
  const site = await createSite({
    name: "tayninh-desk",
    origin,
    cookie: "test_desk",
    database,
    log: createLog("test"),
    failurePage: (view) => shell({ lang: view.lang, title: view.title, body: html`<h1>${view.title}</h1>` }),
  });
  const officerOf = createOfficerOf({ tenant: tenant.code, database, shell });
  signInRoutes(site, { tenant: tenant.code, database, shell, dataKey, ...(failures ? { failures } : {}) });
  site.get(
    "/viec",
    forOfficer(officerOf, async (officer, _request, reply) => sendPage(reply, html`<p>${officer.name}</p>`)),
  );
  let cookie = "";
  const keep = (answer: LightMyRequestResponse) => {
    const set = answer.cookies.find((one) => one.name === "test_desk");
    if (set) cookie = `test_desk=${set.value}`;
    return answer;
  };
  const headers = () => ({ origin, cookie, "content-type": "application/x-www-form-urlencoded" });
  return {
    cookie: () => cookie,
    get: async (url: string) => keep(await site.inject({ url, headers: { cookie } })),
    post: async (url: string, values: Record<string, string>) =>
      keep(
        await site.inject({ method: "POST", url, headers: headers(), payload: new URLSearchParams(values).toString() }),
      ),
  };
}

const code = () => codeAt(totpSecret, new Date());

describe("signing in at the desk", () => {
  test("too many failures from one network, of whatever accounts and at either step: everybody there waits, and keeps what was typed", () =>
    withDatabase("province", async (database) => {
      const visit = await door(database, createThrottle({ turns: 3, seconds: 900 }));
      for (const name of ["khong-co-1", "khong-co-2"]) {
        assert.equal((await visit.post("/dang-nhap", { username: name, password: "sai" })).statusCode, 422);
      }
      assert.equal((await visit.post("/dang-nhap", { username, password })).statusCode, 303);
      assert.equal((await visit.post("/dang-nhap/ma-xac-thuc", { code: "000000" })).statusCode, 422);
      const right = await visit.post("/dang-nhap", { username, password });
      assert.equal(right.statusCode, 429);
      assert.match(right.body, /Từ mạng này đã có quá nhiều lần đăng nhập sai\. Hãy thử lại sau 5 phút/);
      assert.match(right.body, new RegExp(`value="${username}"`));
      const second = await visit.post("/dang-nhap/ma-xac-thuc", { code: code() });
      assert.equal(second.statusCode, 429);
    }));

  test("takes password and code, gives a new session at each step, and leads to the page that was asked for", () =>
    withDatabase("province", async (database) => {
      const visit = await door(database);
      const away = await visit.get("/viec?a=1");
      assert.equal(away.headers.location, "/dang-nhap?next=%2Fviec%3Fa%3D1");
      await visit.post("/dang-nhap", { username, password, next: "/viec?a=1" });
      const first = visit.cookie();
      assert.equal((await visit.get("/viec")).statusCode, 303, "the password alone opens nothing");
      const done = await visit.post("/dang-nhap/ma-xac-thuc", { code: code() });
      assert.equal(done.headers.location, "/viec?a=1");
      assert.notEqual(visit.cookie(), first);
      assert.match((await visit.get("/viec")).body, /Võ Thị Kim Liên/);
      await visit.post("/dang-xuat", {});
      assert.equal((await visit.get("/viec")).statusCode, 303);
    }));

  test("says what is missing or wrong beside the field and in the summary, keeps the name and never the password", () =>
    withDatabase("province", async (database) => {
      const visit = await door(database);
      const empty = await visit.post("/dang-nhap", { username: "", password: "" });
      assert.equal(empty.statusCode, 422);
      assert.match(
        empty.body,
        /href="#username"[\s\S]*href="#password"[\s\S]*id="username-error"[\s\S]*id="password-error"/,
      );
      const wrong = await visit.post("/dang-nhap", { username, password: "Sai mat khau roi" });
      assert.match(wrong.body, new RegExp(`value="${username}"`));
      assert.doesNotMatch(wrong.body, /Sai mat khau roi/);
      const nobody = await visit.post("/dang-nhap", { username: "khongco.tayninh", password: "Sai mat khau roi" });
      const text = (body: string) => /<ul class="govuk-list govuk-error-summary__list">.*?<\/ul>/.exec(body)?.[0];
      assert.equal(text(nobody.body), text(wrong.body), "an unknown name looks like a wrong password");
    }));

  test("the code page needs the first step, refuses a used code, and goes to no other site", () =>
    withDatabase("province", async (database) => {
      const visit = await door(database);
      assert.equal((await visit.get("/dang-nhap/ma-xac-thuc")).headers.location, "/dang-nhap?het=1");
      await visit.post("/dang-nhap", { username, password, next: "//evil.example" });
      const now = code();
      assert.equal((await visit.post("/dang-nhap/ma-xac-thuc", { code: "000" })).statusCode, 422);
      assert.equal((await visit.post("/dang-nhap/ma-xac-thuc", { code: now })).headers.location, "/");
      await visit.post("/dang-nhap", { username, password });
      const used = await visit.post("/dang-nhap/ma-xac-thuc", { code: now });
      assert.equal(used.statusCode, 422);
      assert.match(used.body, /Mã này đã được dùng/);
    }));
});
