import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { describe, test } from "node:test";
import { createSite, sendPage } from "#kit/http/index.ts";
import { html } from "#kit/html.ts";
import { createLog } from "#kit/log.ts";
import { findTenant } from "#province/tenants/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { freePort } from "#tests/support/ports.ts";
import { Visitor } from "#tests/support/visitor.ts";
import { createNationalSignIn, personOf, portalFailurePage, requirePerson, signInRoutes } from "./index.ts";

const ORIGIN = "http://localhost:18082";
const PERSON = {
  sub: "techid-1",
  HoVaTen: "Nguyễn Văn An",
  SoDinhDanh: "072090000101",
  NgayThangNamSinh: "11/02/1990",
  SoDienThoai: "0900000101",
};

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const otherKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** A provider that can lie. The defaults are an honest one. */
interface Lies {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  badSignature?: boolean;
  unsigned?: boolean;
  userinfo?: Record<string, unknown>;
  tokenStatus?: number;
}

class Provider {
  lies: Lies = {};
  nonce = "";
  challenge = "";
  server: Server;
  issuer: string;
  redeemed: URLSearchParams[] = [];

  constructor(port: number) {
    this.issuer = `http://localhost:${port}`;
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
      );
    });
  }

  async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const path = new URL(request.url ?? "", this.issuer).pathname;
    if (path === "/.well-known/openid-configuration") {
      return {
        status: 200,
        body: {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/auth`,
          token_endpoint: `${this.issuer}/token`,
          userinfo_endpoint: `${this.issuer}/me`,
          jwks_uri: `${this.issuer}/jwks`,
          end_session_endpoint: `${this.issuer}/end`,
          authorization_response_iss_parameter_supported: true,
        },
      };
    }
    if (path === "/jwks")
      return {
        status: 200,
        body: { keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256", use: "sig" }] },
      };
    if (path === "/me") return { status: 200, body: this.lies.userinfo ?? PERSON };
    let form = "";
    for await (const chunk of request) form += String(chunk);
    const posted = new URLSearchParams(form);
    this.redeemed.push(posted);
    if (this.lies.tokenStatus) return { status: this.lies.tokenStatus, body: { error: "server_error" } };
    assert.equal(
      createHash("sha256")
        .update(posted.get("code_verifier") ?? "")
        .digest("base64url"),
      this.challenge,
    );
    return {
      status: 200,
      body: { access_token: "token", token_type: "Bearer", expires_in: 300, id_token: this.idToken() },
    };
  }

  idToken(): string {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: this.issuer,
      sub: PERSON.sub,
      aud: "tayninh-portal",
      iat: now,
      exp: now + 300,
      nonce: this.nonce,
      ...this.lies.claims,
    };
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    if (this.lies.unsigned) return `${part({ alg: "none" })}.${part(claims)}.`;
    const signed = `${part({ alg: "RS256", kid: "k1", ...this.lies.header })}.${part(claims)}`;
    const key = this.lies.badSignature ? otherKeys.privateKey : keys.privateKey;
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
  }
}

interface Stage {
  readonly provider: Provider;
  readonly visitor: Visitor;
  /** Leaves for the provider and answers the address it would send the browser back to. */
  leave(from?: string): Promise<URL>;
  person(): Promise<string>;
}

async function withPortal(work: (stage: Stage) => Promise<void>): Promise<void> {
  const port = await freePort();
  const provider = new Provider(port);
  await new Promise<void>((resolve) => provider.server.listen(port, "localhost", resolve));
  try {
    await withDatabase("province", async (database) => {
      const tenant = findTenant("tayninh");
      const frame = { tenant, national: provider.issuer };
      const log = createLog("test");
      log.level = "silent";
      const site = await createSite({
        name: "tayninh-portal",
        origin: ORIGIN,
        cookie: "tayninh",
        database,
        log,
        failurePage: (view) => portalFailurePage(frame, view),
      });
      const national = createNationalSignIn({
        issuer: provider.issuer,
        clientId: "tayninh-portal",
        clientSecret: "a-secret",
        origin: ORIGIN,
      });
      signInRoutes(site, { frame, origin: ORIGIN, db: database.forTenant("tayninh"), national, log });
      site.get("/toi", { preHandler: requirePerson }, async (request, reply) =>
        sendPage(reply, html`<p>${personOf(request)?.name} ${personOf(request)?.identityNumber}</p>`),
      );
      const visitor = new Visitor(site, ORIGIN);
      await work({
        provider,
        visitor,
        async leave(from) {
          await visitor.get(from ? `/dang-nhap?tiep=${encodeURIComponent(from)}` : "/dang-nhap");
          const away = await visitor.get("/dang-nhap/dvcqg");
          const asked = new URL(away.location ?? assert.fail(away.body)).searchParams;
          assert.equal(asked.get("code_challenge_method"), "S256");
          assert.equal(asked.get("redirect_uri"), `${ORIGIN}/dang-nhap/tra-ve`);
          provider.nonce = asked.get("nonce") ?? "";
          provider.challenge = asked.get("code_challenge") ?? "";
          const back = new URL(`${ORIGIN}/dang-nhap/tra-ve`);
          back.search = new URLSearchParams({
            code: "c1",
            state: asked.get("state") ?? "",
            iss: provider.issuer,
          }).toString();
          return back;
        },
        person: async () => (await visitor.get("/toi")).body,
      });
      await site.close();
    });
  } finally {
    provider.server.close();
    provider.server.closeAllConnections();
  }
}

const pathOf = (url: URL): string => url.pathname + url.search;

describe("signing in at a province with the national account", () => {
  test("a stranger is sent to sign in and comes back to the page they asked for, in a new session", () =>
    withPortal(async ({ visitor, leave, person }) => {
      const asked = await visitor.get("/toi?trang=2");
      assert.equal(asked.location, "/dang-nhap?tiep=%2Ftoi%3Ftrang%3D2");
      assert.match((await visitor.get(asked.location ?? "")).body, /Đăng nhập với DVC Quốc gia/);
      const back = await leave("/toi?trang=2");
      const before = visitor.cookies.get("tayninh")?.value;
      assert.equal((await visitor.get(pathOf(back))).location, "/toi?trang=2");
      assert.notEqual(visitor.cookies.get("tayninh")?.value, before);
      assert.match(await person(), /Nguyễn Văn An 072090000101/);
    }));

  test("another site is never a place to come back to", () =>
    withPortal(async ({ visitor, leave }) => {
      const back = await leave("//evil.example/x");
      assert.equal((await visitor.get(pathOf(back))).location, "/");
    }));

  const lies: readonly (readonly [string, Lies])[] = [
    ["another issuer", { claims: { iss: "http://localhost:1" } }],
    ["another audience", { claims: { aud: "kontum-portal" } }],
    ["another nonce", { claims: { nonce: "old" } }],
    ["no subject", { claims: { sub: undefined } }],
    ["no issue time", { claims: { iat: undefined } }],
    ["a token of yesterday", { claims: { exp: Math.floor(Date.now() / 1_000) - 86_400 } }],
    ["no signature", { unsigned: true }],
    ["a signature of somebody else", { badSignature: true }],
    ["an unknown key", { header: { kid: "k2" } }],
    ["userinfo about another person", { userinfo: { ...PERSON, sub: "techid-2" } }],
    ["userinfo without an identity number", { userinfo: { sub: PERSON.sub, HoVaTen: "Nguyễn Văn An" } }],
  ];
  for (const [name, lie] of lies) {
    test(`${name}: nobody is signed in, and the page says so`, () =>
      withPortal(async ({ provider, visitor, leave }) => {
        const back = await leave();
        provider.lies = lie;
        const answer = await visitor.get(pathOf(back));
        assert.equal(answer.status, 400);
        assert.match(answer.body, /Chưa đăng nhập được/);
        assert.equal((await visitor.get("/toi")).status, 303);
      }));
  }

  test("a return with another issuer (mix-up) or another state never reaches the token endpoint", () =>
    withPortal(async ({ provider, visitor, leave }) => {
      const back = await leave();
      const mixed = new URL(back);
      mixed.searchParams.set("state", "guessed");
      assert.equal((await visitor.get(pathOf(mixed))).status, 400);
      back.searchParams.set("iss", "http://localhost:1");
      assert.equal((await visitor.get(pathOf(back))).status, 400);
      assert.equal(provider.redeemed.length, 0);
    }));

  test("a state is good once", () =>
    withPortal(async ({ provider, visitor, leave }) => {
      const back = await leave();
      provider.lies = { claims: { nonce: "old" } };
      assert.equal((await visitor.get(pathOf(back))).status, 400);
      provider.lies = {};
      assert.match((await visitor.get(pathOf(back))).body, /đã quá hạn, đã dùng xong/);
      assert.equal(provider.redeemed.length, 1);
    }));

  test("the national portal in trouble, or gone, is said plainly, and the next try works", () =>
    withPortal(async ({ provider, visitor, leave, person }) => {
      const back = await leave("/toi");
      provider.lies = { tokenStatus: 503 };
      const answer = await visitor.get(pathOf(back));
      assert.equal(answer.status, 503);
      assert.match(answer.body, /đang không trả lời/);
      provider.lies = {};
      assert.equal((await visitor.get(pathOf(await leave("/toi")))).location, "/toi");
      assert.match(await person(), /Nguyễn Văn An/);
    }));

  test("refusing at the national portal comes back to a page, not to an error", () =>
    withPortal(async ({ visitor, leave }) => {
      const back = await leave();
      back.searchParams.delete("code");
      back.searchParams.set("error", "access_denied");
      assert.match((await visitor.get(pathOf(back))).body, /không hoàn tất đăng nhập/);
    }));

  test("signing out forgets the person here and asks the national portal about its own session", () =>
    withPortal(async ({ provider, visitor, leave }) => {
      await visitor.get(pathOf(await leave()));
      const kept = visitor.cookies.get("tayninh")?.value ?? "";
      const out = new URL((await visitor.post("/dang-xuat", {})).location ?? "");
      assert.equal(out.origin + out.pathname, `${provider.issuer}/end`);
      assert.equal(out.searchParams.get("post_logout_redirect_uri"), `${ORIGIN}/`);
      visitor.cookies.set("tayninh", { value: kept, path: "/" });
      assert.equal((await visitor.get("/toi")).status, 303);
    }));
});

test("a national portal that is gone from the start gives a page with a way back", async () => {
  const port = await freePort();
  const national = createNationalSignIn({
    issuer: `http://localhost:${port}`,
    clientId: "x",
    clientSecret: "y",
    origin: ORIGIN,
  });
  await assert.rejects(national.leave("vi"), { code: "unavailable" });
});
