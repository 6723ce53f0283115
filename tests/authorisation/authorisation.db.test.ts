import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FastifyInstance } from "fastify";
import type { OfficerRole } from "#province/officers/index.ts";
import { seedDemoAccounts } from "#national/accounts/index.ts";
import { startSession } from "#national/sign-in/sign-in-store.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { addSession } from "#kit/http/session-store.ts";
import { randomToken, sha256 } from "#kit/crypto.ts";
import { newId, newSecretId } from "#kit/ids.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "../support/database.ts";
import { furnishedProvince } from "../support/furnished-province.ts";
import { withNational } from "../support/national.ts";
import type { Answer, Visitor } from "../support/visitor.ts";
import { CANARY, openPlace, type Place, type Who } from "./place.ts";
import { DESK } from "./desk-routes.ts";
import { NATIONAL } from "./national-routes.ts";
import { PORTAL } from "./portal-routes.ts";
import type { Row, RouteTable } from "./route-table.ts";

const ROLES: readonly OfficerRole[] = ["one-stop", "specialist", "leader", "accountant", "administrator"];
const NOBODY: Who = { kind: "nobody" };

let clone: TestDatabase;
let province: Database;
let place: Place;

before(async () => {
  clone = await cloneDatabase("province", furnishedProvince());
  province = openDatabase({ url: clone.appUrl, role: "test", max: 8 });
  place = await openPlace(province, clone);
});

after(async () => {
  await place?.close();
  await province?.close();
  await clone?.drop();
});

/** Routes with a protocol of their own: the OpenID provider (tested in oidc.db.test.ts). */
const isProtocol = (url: string): boolean => url.startsWith("/oidc/");
/** Pages of the hub's operators: judged by where they stand, whoever mounts one. */
const isOperators = (url: string): boolean => /^\/van-hanh(\/|$)/.test(url);
const isOperatorsSignIn = (url: string): boolean => /^\/van-hanh\/dang-(nhap|xuat)/.test(url);

test("every mounted route says in the table who may call it, and the table names no other", async () => {
  assert.deepEqual(unmatched(place.portal, PORTAL), { withoutRow: [], withoutRoute: [] });
  assert.deepEqual(unmatched(place.desk, DESK), { withoutRow: [], withoutRoute: [] });
  await withNational(async ({ site }) => {
    assert.deepEqual(unmatched(site, NATIONAL), { withoutRow: [], withoutRoute: [] });
  });
});

function unmatched(site: FastifyInstance, table: RouteTable) {
  const mounted = site.mountedRoutes
    .filter(({ url }) => !isProtocol(url) && !isOperators(url))
    .map(({ method, url }) => `${method} ${url}`);
  const names = Object.keys(table);
  return {
    withoutRow: mounted.filter((name) => !names.includes(name)),
    withoutRoute: names.filter((name) => !mounted.includes(name)),
  };
}

test("a province's portal shows a citizen's things to that citizen only, here and in every other province", async () => {
  const strangers: Who[] = [
    NOBODY,
    { kind: "citizen", of: "other" },
    // The same national account at another province's portal: that province has no such dossier.
    { kind: "citizen", of: "owner", province: "kontum" },
  ];
  const faults: string[] = [];
  const ask = async (kinds: readonly Row["rule"]["for"][]) => {
    for (const [name, row] of Object.entries(PORTAL).filter(([, { rule }]) => kinds.includes(rule.for))) {
      for (const who of strangers) {
        const answer = await call(await place.visitor("portal", who), name, row, place);
        faults.push(...strangerFaults(name, row, who, answer));
      }
    }
  };
  const before = await place.fingerprint();
  await ask(["owner", "person"]);
  assert.equal(await place.fingerprint(), before, "something was written for somebody who may not");
  // Signing out is audited, and what programs send without a key is kept as evidence.
  await ask(["everybody", "program"]);
  for (const [name, row] of Object.entries(PORTAL)) {
    if (row.rule.for === "program") continue;
    const answer = await call(await place.visitor("portal", { kind: "citizen", of: "owner" }), name, row, place);
    if (answer.status >= 500 && !name.includes("/dang-nhap/dvcqg"))
      faults.push(`${name}: its owner gets ${answer.status}`);
    faults.push(...headerFaults(name, row, answer));
    if (row.rule.for === "owner" && !row.needsMore && [401, 403, 404].includes(answer.status))
      faults.push(`${name}: refused to its owner (${answer.status})`);
  }
  assert.deepEqual(faults, []);
});

test("the desk opens a dossier to officers of its unit in the roles of the table, and to nobody else", async () => {
  const faults: string[] = [];
  const ask = async (name: string, row: Row, who: Who): Promise<Answer> =>
    call(await place.visitor("desk", who), name, row, place);
  const before = await place.fingerprint();
  for (const [name, row] of Object.entries(DESK)) {
    const roles = rolesOf(row);
    const strangers: Who[] = [NOBODY];
    // The right role in another unit, and in another province.
    const [role] = roles;
    if (role) strangers.push({ kind: "officer", role, of: "other-unit" }, { kind: "officer", role, of: "kontum" });
    for (const who of strangers) faults.push(...strangerFaults(name, row, who, await ask(name, row, who)));
    if (!role) continue;
    for (const wrong of ROLES.filter((one) => !roles.includes(one))) {
      const answer = await ask(name, row, { kind: "officer", role: wrong, of: "unit" });
      if (answer.status !== 403 || answer.body.includes(CANARY)) faults.push(`${name}: ${wrong} got ${answer.status}`);
    }
  }
  assert.equal(await place.fingerprint(), before, "something was written for somebody who may not");
  for (const [name, row] of Object.entries(DESK).filter(([, one]) => !one.needsMore)) {
    for (const role of rolesOf(row)) {
      const answer = await ask(name, row, { kind: "officer", role, of: "unit" });
      faults.push(...headerFaults(name, row, answer));
      if (answer.status >= 500 || [401, 403, 404].includes(answer.status))
        faults.push(`${name}: refused to ${role} (${answer.status})`);
    }
  }
  assert.deepEqual(faults, []);
});

function rolesOf({ rule }: Row): readonly OfficerRole[] {
  return rule.for === "officers" || rule.for === "roles" ? rule.roles : [];
}

test("a draft is the citizen's alone: no officer reads its papers", async () => {
  for (const role of ROLES) {
    const officer = await place.visitor("desk", { kind: "officer", role, of: "unit" });
    const refused = role === "administrator" ? 403 : 404;
    assert.equal((await officer.get(`/ho-so/${place.things.draft}`)).status, refused);
    assert.equal((await officer.get(`/tep/${place.things.draftFile}`)).status, refused);
  }
});

test("a session of one site is nobody's at another: portal, desk, other province", async () => {
  const officer = await place.visitor("desk", { kind: "officer", role: "leader", of: "unit" });
  const token = officer.cookies.get("tayninh-desk")?.value ?? assert.fail();
  for (const [where, cookie] of [
    ["portal", "tayninh-portal"],
    ["desk", "kontum-desk"],
  ] as const) {
    const who: Who = where === "desk" ? { kind: "officer", role: "leader", of: "kontum" } : NOBODY;
    const visitor = await place.visitor(where, who);
    visitor.cookies.set(cookie, { value: token, path: "/" });
    assert.match((await visitor.get(where === "desk" ? "/" : "/tai-khoan")).location ?? "", /^\/dang-nhap/);
  }
});

test("the national portal shows an account to its owner only, and programs need their own key", async () => {
  await withNational(async ({ site, database, config, visitor, place }) => {
    await seedDemoAccounts(database);
    const [first, second] = (
      await withAdmin(place, (client) =>
        client.query<{ id: string; name: string; identity: string }>(
          "select id, name, identity_number as identity from account order by id limit 2",
        ),
      )
    ).rows;
    if (!first || !second) throw new Error("two demo accounts are needed");
    const signIn = async (account: string): Promise<{ browser: Visitor; session: string }> => {
      const session = newId();
      const device = { hours: 1, device: "x", network: "x", method: "password-otp" as const };
      await startSession(database, account, { id: session, ...device });
      const token = randomToken();
      const data = JSON.stringify({ citizen: { accountId: account, sessionId: session } });
      await database.run(addSession, [sha256(token), "national", data, 1_800, account]);
      const browser = visitor();
      browser.cookies.set("dvcqg", { value: token, path: "/" });
      return { browser, session };
    };
    const faults: string[] = [];
    const owner = await signIn(first.id);
    const other = await signIn(second.id);
    for (const [name, row] of Object.entries(NATIONAL)) {
      const answer = await call(visitor(), name, row, undefined);
      if (answer.status >= 500) faults.push(`${name}: ${answer.status}`);
      if (answer.body.includes(first.name) || answer.body.includes(first.identity))
        faults.push(`${name}: shows a person`);
      if (row.rule.for === "person" && !isSignIn(answer)) faults.push(`${name}: nobody got ${answer.status}`);
      if (row.rule.for === "program" && !refusesProgram(answer))
        faults.push(`${name}: ${answer.status} ${answer.body}`);
      if (row.rule.for !== "person") continue;
      const foreign = await call(other.browser, name, { ...row, form: { session: owner.session } }, undefined);
      if (foreign.body.includes(first.identity)) faults.push(`${name}: shows another person`);
    }
    assert.deepEqual(faults, []);
    assert.equal((await owner.browser.get("/tai-khoan")).status, 200, "another person cannot end this session");

    for (const { method, url } of site.mountedRoutes) {
      if (!isOperators(url) || isOperatorsSignIn(url)) continue;
      for (const browser of [visitor(), owner.browser]) {
        const answer = await call(browser, `${method} ${url}`, { rule: { for: "everybody" } }, undefined);
        const refused = [401, 403, 404].includes(answer.status) || answer.location?.startsWith("/van-hanh/dang-nhap");
        assert.ok(refused, `${method} ${url}: ${answer.status} ${answer.location ?? ""}`);
      }
    }
    assert.ok(config.demo);
  });
});

const HOSTILE = [
  "'",
  "%F0%9F%98%80",
  "%2e%2e%2f%2e%2e%2fetc",
  "__proto__",
  "constructor",
  "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
  "-1",
  "x".repeat(290),
];

describe("strange addresses get an answer, never a failure of ours and never their own script back", () => {
  const tryAll = async (site: FastifyInstance, browser: Visitor, under = "/") => {
    const faults: string[] = [];
    const patterns = site.mountedRoutes.filter(
      ({ method, url }) => method === "GET" && url.startsWith(under) && !isProtocol(url) && url !== "/dang-nhap/dvcqg",
    );
    for (const { url } of patterns) {
      const dossier = url.startsWith("/ho-so/:id") ? url.replace(":id", place.things.filed) : url;
      for (const bad of HOSTILE) {
        for (const at of new Set([url.replace(/:\w+/g, bad), dossier.replace(/:\w+/g, bad)])) {
          const query = QUERY_NAMES.flatMap((name) => [`${name}=${bad}`, `${name}=b`]).join("&");
          const answer = await browser.get(`${at.replace("*", bad)}?${query}`);
          if (answer.status >= 500 || answer.body.includes("<script>alert"))
            faults.push(`${at} with ${bad}: ${answer.status}`);
        }
      }
    }
    assert.deepEqual(faults, []);
  };
  const officerOf = (role: OfficerRole) => place.visitor("desk", { kind: "officer", role, of: "unit" });

  test("at the portal", async () =>
    tryAll(place.portal, await place.visitor("portal", { kind: "citizen", of: "owner" })));
  test("at the desk", async () => tryAll(place.desk, await officerOf("leader")));
  test("where the desk is administered", async () => tryAll(place.desk, await officerOf("administrator"), "/quan-tri"));
  test("at the national portal", () => withNational(({ site, visitor }) => tryAll(site, visitor())));
});

/** Every name that a page of ours reads from its address. */
const QUERY_NAMES =
  "q ten sau coQuan linhVuc cap mucDo trang tiep next het ma nhom tep viec tin luu MaThamChieu kenh cho tinh ban tai".split(
    " ",
  );

/** One call of a row by a visitor; parameters without a thing of the owner's are random. */
async function call(visitor: Visitor, name: string, row: Row, place: Place | undefined): Promise<Answer> {
  const [method = "", pattern = ""] = name.split(" ");
  const at = row.at && place ? row.at(place.things) : row.at ? row.at({} as never) : fill(pattern);
  if (method === "GET") return visitor.get(at);
  if (!row.multipart) return visitor.post(at, row.form ?? {});
  const boundary = "----motcua";
  const parts = Object.entries(row.form ?? {}).map(
    ([field, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const body = `${parts.join("")}--${boundary}--\r\n`;
  return visitor.postBody(at, body, `multipart/form-data; boundary=${boundary}`);
}

function fill(pattern: string): string {
  return pattern.replace(/:\w+/g, () => newSecretId()).replace("*", "x.js");
}

function isSignIn(answer: Answer): boolean {
  return answer.status === 303 && (answer.location ?? "").startsWith("/dang-nhap");
}

function refusesProgram(answer: Answer): boolean {
  return (
    answer.status >= 400 || /"(error_code|MaLoi|RspCode|return_code|resultCode)":\s*"?(?!00?"?[,}])/.test(answer.body)
  );
}

/** Nothing personal is kept by browsers or caches, and every answer carries the strict headers. */
function headerFaults(name: string, row: Row, { headers, body }: Answer): string[] {
  const personal = row.rule.for !== "everybody" || body.includes(CANARY);
  return [
    ...(personal && !String(headers["cache-control"] ?? "").includes("no-store")
      ? [`${name}: may be kept by a cache`]
      : []),
    ...(String(headers["content-security-policy"] ?? "").startsWith("default-src 'none'")
      ? []
      : [`${name}: no policy`]),
    ...(headers["x-content-type-options"] === "nosniff" ? [] : [`${name}: may be sniffed`]),
  ];
}

/** What is wrong with the answer that a stranger got. */
function strangerFaults(name: string, row: Row, who: Who, answer: Answer): string[] {
  const said = `${name}: ${JSON.stringify(who)} got ${answer.status}`;
  const faults: string[] = [];
  if (answer.status >= 500 && !name.includes("/dang-nhap/dvcqg")) faults.push(said);
  // A person's own name stands in the frame of their own pages: the owner's, at the other province, too.
  const isOwnName = who.kind === "citizen";
  if (!isOwnName && answer.body.includes(CANARY)) faults.push(`${said} with what is the owner's`);
  const rule = row.rule.for;
  if (rule === "program" && !refusesProgram(answer)) faults.push(said);
  if (rule === "everybody" || rule === "program") return faults;
  if (who.kind === "nobody") {
    // Pages and files send to the sign-in; what a page asks by itself is refused.
    if (!isSignIn(answer) && answer.status !== 401 && answer.status !== 404) faults.push(said);
  } else if (rule === "owner" || rule === "officers") {
    if (answer.status !== 404) faults.push(said);
  }
  return faults;
}
