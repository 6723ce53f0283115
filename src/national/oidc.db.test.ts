import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { demoCitizens, demoUnregistered } from "#kit/demo.ts";
import { readPerson, SIGN_IN_SCOPES } from "#protocols/sign-in-claims/index.ts";
import { type TestNational, withNational } from "#tests/support/national.ts";
import type { Answer, Visitor } from "#tests/support/visitor.ts";

const [an, ngoc] = demoCitizens;
if (!an || !ngoc) throw new Error("no demo citizens");
const RETURN = "http://localhost:18082/dang-nhap/tra-ve";
const verifier = randomBytes(32).toString("base64url");

function authorizePath(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const parameters: Record<string, string | undefined> = {
    response_type: "code",
    client_id: "tayninh-portal",
    redirect_uri: RETURN,
    scope: SIGN_IN_SCOPES,
    state: "the-state",
    nonce: "the-nonce",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  const query = new URLSearchParams(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return `/oidc/auth?${query.toString()}`;
}

/** Walks from the authorization request to the provider's answer at the portal. */
async function signIn(
  national: TestNational,
  visitor: Visitor,
  citizen = an ?? assert.fail(),
  changes: Record<string, string> = {},
): Promise<URL> {
  const journey = await visitor.get(authorizePath(changes));
  const base = new URL(journey.location ?? assert.fail(journey.body), visitor.origin).pathname;
  assert.match(base, /^\/dang-nhap\/phien\//);
  assert.match((await visitor.get(base)).body, /Tài khoản được cung cấp bởi Cổng DVC quốc gia/);
  const sent = await visitor.post(`${base}/tai-khoan`, {
    username: citizen.identityNumber,
    password: citizen.password,
  });
  assert.equal(sent.location, `${base}/otp`, sent.body);
  const done = await visitor.post(`${base}/otp`, { otp: await national.codeFor(citizen.phone) });
  return returned(await visitor.follow(done));
}

function returned(answer: Answer): URL {
  const url = new URL(answer.location ?? assert.fail(`no redirect: ${answer.status} ${answer.body.slice(0, 600)}`));
  assert.equal(url.origin + url.pathname, RETURN);
  return url;
}

async function redeem(
  national: TestNational,
  code: string,
  changes: Record<string, string> = {},
  auth = "tayninh-portal:demo-oidc-secret-tayninh-portal",
) {
  const response = await national.site.inject({
    method: "POST",
    url: "/oidc/token",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: `Basic ${Buffer.from(auth).toString("base64")}`,
      host: "localhost:18081",
    },
    payload: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: RETURN,
      code_verifier: verifier,
      ...changes,
    }).toString(),
  });
  return { status: response.statusCode, body: response.json() as Record<string, string> };
}

async function userinfo(national: TestNational, token: string) {
  const response = await national.site.inject({
    url: "/oidc/me",
    headers: { authorization: `Bearer ${token}`, host: "localhost:18081" },
  });
  return { status: response.statusCode, body: response.json() as Record<string, unknown> };
}

const codeOf = (url: URL): string => url.searchParams.get("code") ?? assert.fail(url.href);

describe("OpenID Connect provider", () => {
  test("a province gets the person under standard and national names, with state, issuer and nonce", () =>
    withNational(async (national) => {
      const url = await signIn(national, national.visitor());
      assert.equal(url.searchParams.get("state"), "the-state");
      assert.equal(url.searchParams.get("iss"), "http://localhost:18081/oidc");
      const tokens = await redeem(national, codeOf(url));
      assert.equal(tokens.status, 200, JSON.stringify(tokens.body));
      const claims = JSON.parse(
        Buffer.from(tokens.body["id_token"]?.split(".")[1] ?? "", "base64url").toString(),
      ) as Record<string, unknown>;
      assert.equal(claims["sub"], an.techId);
      assert.equal(claims["nonce"], "the-nonce");
      const { body } = await userinfo(national, tokens.body["access_token"] ?? "");
      assert.equal(body["SoDinhDanh"], an.identityNumber);
      assert.equal(body["NgayThangNamSinh"], "11/02/1990");
      const person = readPerson(body);
      assert.equal(person?.name, an.name);
      assert.equal(person?.phone, an.phone);
      assert.equal(person?.address?.commune, an.address.commune);
      assert.equal(person?.ial, 2);
    }));

  test("a code is good once: the second use is refused and takes the first one's token away", () =>
    withNational(async (national) => {
      const code = codeOf(await signIn(national, national.visitor()));
      const first = await redeem(national, code);
      assert.equal(first.status, 200);
      const second = await redeem(national, code);
      assert.equal(second.body["error"], "invalid_grant");
      assert.equal((await userinfo(national, first.body["access_token"] ?? "")).status, 401);
    }));

  test("ten redemptions of one code at once give at most one token", () =>
    withNational(async (national) => {
      const code = codeOf(await signIn(national, national.visitor()));
      const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(national, code)));
      assert.ok(answers.filter((answer) => answer.status === 200).length <= 1);
      assert.ok(
        answers.every((answer) => answer.status === 200 || answer.body["error"] === "invalid_grant"),
        JSON.stringify(answers),
      );
    }));

  test("an address that is not registered gets an error page, never a redirect", () =>
    withNational(async (national) => {
      for (const redirect_uri of [
        `${RETURN}/`,
        `${RETURN}?x=1`,
        "http://localhost:18083/dang-nhap/tra-ve",
        "https://evil.example/",
      ]) {
        const answer = await national.visitor().get(authorizePath({ redirect_uri }));
        assert.equal(answer.status, 400, redirect_uri);
        assert.equal(answer.location, undefined);
        assert.match(answer.body, /Không có thông tin nào của bạn được gửi đi/);
      }
    }));

  test("without PKCE, or with plain, nobody is asked to sign in", () =>
    withNational(async (national) => {
      for (const changes of [
        { code_challenge: undefined, code_challenge_method: undefined },
        { code_challenge_method: "plain" },
      ]) {
        const url = returned(await national.visitor().get(authorizePath(changes)));
        assert.equal(url.searchParams.get("error"), "invalid_request");
      }
    }));

  test("a code without its verifier, with another client or another address is refused", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      const wrong = codeOf(await signIn(national, visitor));
      assert.equal(
        (await redeem(national, wrong, { code_verifier: randomBytes(32).toString("base64url") })).body["error"],
        "invalid_grant",
      );
      assert.equal(
        (await redeem(national, wrong, {}, "kontum-portal:demo-oidc-secret-kontum-portal")).body["error"],
        "invalid_grant",
      );
      assert.equal(
        (await redeem(national, wrong, { redirect_uri: "http://localhost:18084/dang-nhap/tra-ve" })).body["error"],
        "invalid_grant",
      );
      assert.equal((await redeem(national, wrong, {}, "tayninh-portal:wrong")).body["error"], "invalid_client");
      assert.equal((await redeem(national, wrong)).status, 200, "none of these used the code up");
    }));

  test("who registers on the way comes back to the province", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      await visitor.follow(await visitor.get(authorizePath()));
      const person = demoUnregistered[1] ?? assert.fail();
      const form = { identityNumber: person.identityNumber, name: person.name, phone: person.phone, agree: "yes" };
      const sent = await visitor.post("/dang-ky/cong-dan/thue-bao", { ...form, birthDate: "30/08/2002" });
      assert.equal(sent.location, "/dang-ky/otp", sent.body);
      await visitor.post("/dang-ky/otp", { otp: await national.codeFor(person.phone) });
      const done = await visitor.post("/dang-ky/mat-khau", { password: "Chieu chieu ra dung ngo sau" });
      const tokens = await redeem(national, codeOf(returned(await visitor.follow(done))));
      const { body } = await userinfo(national, tokens.body["access_token"] ?? "");
      assert.equal(readPerson(body)?.identityNumber, person.identityNumber);
      assert.equal((await visitor.get("/tai-khoan")).status, 200);
    }));

  test("the language of the province's page goes on at the portal, unless another was chosen here", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      const english = await visitor.follow(await visitor.get(authorizePath({ ui_locales: "en" })));
      assert.match(english.body, /<html lang="en">/);
      const chose = national.visitor();
      await chose.get("/?lang=vi");
      assert.match((await chose.follow(await chose.get(authorizePath({ ui_locales: "en" })))).body, /<html lang="vi">/);
    }));

  test("who is signed in at the portal is not asked again, unless a fresh sign-in is asked for", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      await signIn(national, visitor);
      returned(await visitor.follow(await visitor.get(authorizePath())));
      returned(await visitor.get(authorizePath({ prompt: "none" })));
      const fresh = await visitor.follow(await visitor.get(authorizePath({ prompt: "login" })));
      assert.match(fresh.body, /Chọn loại tài khoản/);
    }));

  test("prompt=none of a stranger answers login_required", () =>
    withNational(async (national) => {
      const url = returned(await national.visitor().get(authorizePath({ prompt: "none" })));
      assert.equal(url.searchParams.get("error"), "login_required");
    }));

  test("a session that was ended at the portal signs nobody in elsewhere", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      await signIn(national, visitor);
      await visitor.post("/dang-xuat", {});
      const answer = await visitor.follow(await visitor.get(authorizePath()));
      assert.match(answer.body, /Chọn loại tài khoản/);
    }));

  test("another person in the same browser becomes that person everywhere", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      await signIn(national, visitor, an);
      await visitor.post("/dang-xuat", {});
      const url = await signIn(national, visitor, ngoc);
      const tokens = await redeem(national, codeOf(url));
      assert.equal(readPerson((await userinfo(national, tokens.body["access_token"] ?? "")).body)?.name, ngoc.name);
    }));

  test("a journey opened in another browser is over there", () =>
    withNational(async (national) => {
      const journey = await national.visitor().get(authorizePath());
      const answer = await national.visitor().get(journey.location ?? "");
      assert.equal(answer.status, 400);
      assert.match(answer.body, /đã quá hạn hoặc được mở ở trình duyệt khác/);
    }));

  test("leaving a province leads to a question, and yes ends the portal's session and returns to the registered address only", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      const tokens = await redeem(national, codeOf(await signIn(national, visitor)));
      const hint = tokens.body["id_token"] ?? "";
      const to = (uri: string) =>
        `/oidc/session/end?${new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: uri }).toString()}`;
      assert.equal((await visitor.get(to("https://evil.example/"))).status, 400);
      const page = await visitor.get(to("http://localhost:18082/"));
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1] ?? assert.fail(page.body);
      const done = await visitor.post("/oidc/session/end/confirm", { xsrf, logout: "yes" });
      assert.equal(done.location, "http://localhost:18082/");
      assert.equal((await visitor.get("/tai-khoan")).location, "/dang-nhap");
    }));

  test("leaving a province without a session at the provider asks about the portal's own, or goes straight back", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      const tokens = await redeem(national, codeOf(await signIn(national, visitor)));
      const query = new URLSearchParams({
        id_token_hint: tokens.body["id_token"] ?? "",
        post_logout_redirect_uri: "http://localhost:18082/",
      });
      const path = `/oidc/session/end?${query.toString()}`;
      assert.equal((await national.visitor().get(path)).location, "http://localhost:18082/");
      for (const name of [...visitor.cookies.keys()].filter((key) => key.startsWith("dvcqg_op")))
        visitor.cookies.delete(name);
      const page = await visitor.get(path);
      assert.match(page.body, /Đăng xuất luôn khỏi Cổng Dịch vụ công quốc gia/);
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1] ?? assert.fail(page.body);
      await visitor.post("/oidc/session/end/confirm", { xsrf, logout: "yes" });
      assert.equal((await visitor.get("/tai-khoan")).location, "/dang-nhap");
    }));

  test("the signing keys are the same after a restart and their private parts are not published", () =>
    withNational(async (national) => {
      const keys = (await national.site.inject({ url: "/oidc/jwks" })).json() as { keys: Record<string, string>[] };
      assert.deepEqual(keys.keys.map((key) => key["alg"]).sort(), ["ES256", "RS256"]);
      assert.ok(keys.keys.every((key) => key["d"] === undefined));
      const { createNationalWeb } = await import("./app.ts");
      const { createLog } = await import("#kit/log.ts");
      const log = createLog("test");
      log.level = "silent";
      const again = await createNationalWeb({ config: national.config, log, database: national.database });
      assert.deepEqual((await again.inject({ url: "/oidc/jwks" })).json(), keys);
      await again.close();
    }));
});

test("the provider's addresses are the configured ones, whatever host the caller names", async () => {
  await withNational(async ({ visitor, config }) => {
    const lied = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    const answer = await visitor().get("/oidc/.well-known/openid-configuration", lied);
    assert.equal(answer.status, 200);
    assert.doesNotMatch(answer.body, /evil\.example|https:/);
    assert.ok(answer.body.includes(`"authorization_endpoint":"${config.origins.national}/oidc/auth"`));
  });
});
