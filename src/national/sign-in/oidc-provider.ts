/**
 * The OpenID Connect provider (oidc-provider 9, certified): authorization code flow with PKCE S256 only, exact redirect
 * addresses, client_secret_basic, codes of 60 seconds. The portal's own session decides who is signed in: a session that
 * was ended in the account page does not sign anybody in elsewhere.
 */
import type { IncomingMessage } from "node:http";
import type { FastifyRequest } from "fastify";
import {
  type ClientMetadata,
  type Configuration,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
} from "oidc-provider";
import { deriveKey } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import { claimsOf, NATIONAL_SCOPE } from "#protocols/sign-in-claims/index.ts";
import { findAccount } from "#national/accounts/index.ts";
import { oidcAdapter } from "./oidc-adapter.ts";
import { loadSigningKeys } from "./oidc-keys.ts";
import { logoutDonePage, logoutPage, oidcErrorPage } from "./pages/oidc-pages.ts";
import { JOURNEY_BASE } from "./paths.ts";
import type { SignInDesk } from "./signed-in.ts";

/** A site that may sign people in with national accounts. */
export interface RelyingParty {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly afterLogoutUris: readonly string[];
}

export interface OidcDeps {
  readonly database: Database;
  readonly log: Log;
  readonly secret: string;
  /** Origin of the national portal; the issuer is `${origin}/oidc`. */
  readonly origin: string;
  readonly relyingParties: readonly RelyingParty[];
  readonly desk: SignInDesk;
}

export interface Oidc {
  readonly provider: Provider;
  /** The provider answers on the raw request; this is how it finds the site's own. */
  readonly requests: WeakMap<IncomingMessage, FastifyRequest>;
}

/** Reason of our own check: the portal's session is over or another person's. */
export const PORTAL_SESSION = "portal_session";
const HOURS_12 = 12 * 3_600;

export async function createOidc(deps: OidcDeps): Promise<Oidc> {
  const requests = new WeakMap<IncomingMessage, FastifyRequest>();
  const configuration: Configuration = {
    ...fixedConfiguration(),
    adapter: oidcAdapter(deps.database),
    clients: deps.relyingParties.map(clientOf),
    jwks: { keys: (await loadSigningKeys(deps.database, deps.secret)) as never },
    cookies: {
      keys: [deriveKey(deps.secret, "national:oidc-cookies").toString("base64url")],
      names: { session: "dvcqg_op", interaction: "dvcqg_op_step", resume: "dvcqg_op_resume" },
      long: { httpOnly: true, sameSite: "lax", signed: true },
      short: { httpOnly: true, sameSite: "lax", signed: true },
    },
    interactions: {
      url: (_ctx, interaction) => `${JOURNEY_BASE}/${interaction.uid}`,
      policy: policyOf(deps.desk, requests),
    },
    async findAccount(_ctx, sub) {
      const account = await findAccount(deps.database, sub);
      if (account?.state !== "active") return undefined;
      return { accountId: sub, claims: async () => ({ ...claimsOf(account) }) };
    },
    loadExistingGrant: grantFirstParty,
    features: featuresOf(requests),
    async renderError(ctx, out, error) {
      deps.log.info(
        { error: out.error, description: out.error_description, detail: error.message },
        "sign-in request refused",
      );
      ctx.type = "html";
      ctx.body = oidcErrorPage(langOf(requests, ctx), out.error).markup;
    },
  };
  const provider = new Provider(`${deps.origin}/oidc`, configuration);
  // Behind a proxy that ends TLS the provider must believe its forwarded protocol, or its cookies are not secure.
  provider.proxy = deps.origin.startsWith("https:");
  provider.use((ctx, next) => answerLogoutWithoutSession(deps.desk, requests, ctx as KoaContextWithOIDC, next));
  provider.on("server_error", (_ctx, error) => deps.log.error({ err: error }, "sign-in provider failed"));
  endPortalSession(provider, requests, deps);
  return { provider, requests };
}

/** Leaving everywhere ends the portal's own session too, before the answer says so. */
function endPortalSession(
  provider: Provider,
  requests: WeakMap<IncomingMessage, FastifyRequest>,
  deps: OidcDeps,
): void {
  const ending = new WeakMap<object, Promise<void>>();
  provider.on("end_session.success", (ctx) => {
    const request = requests.get(ctx.req);
    if (request && ctx.oidc.params?.["logout"]) ending.set(ctx.req, deps.desk.signOut(request));
  });
  // The event cannot be waited for; the answer leaves only when this middleware has ended.
  provider.use(async (ctx, next) => {
    await next();
    await ending.get(ctx.req);
  });
}

function fixedConfiguration(): Configuration {
  return {
    responseTypes: ["code"],
    scopes: ["openid", "profile", "email", "phone", "address", NATIONAL_SCOPE],
    claims: {
      openid: ["sub"],
      profile: ["name", "birthdate", "gender", "updated_at"],
      email: ["email", "email_verified"],
      phone: ["phone_number", "phone_number_verified"],
      address: ["address"],
      [NATIONAL_SCOPE]: [
        "LoaiTaiKhoan",
        "SoDinhDanh",
        "SoCMND",
        "HoVaTen",
        "NgayThangNamSinh",
        "GioiTinh",
        "SoDienThoai",
        "ThuDienTu",
        "DiaChi",
        "TechID",
        "loAs",
        "IAL",
      ],
    },
    pkce: { required: () => true },
    clientAuthMethods: ["client_secret_basic"],
    // Short lives: a province asks userinfo once, right after the sign-in.
    ttl: {
      AuthorizationCode: 60,
      AccessToken: 300,
      IdToken: 600,
      Interaction: 1_800,
      Grant: HOURS_12,
      Session: HOURS_12,
    },
    issueRefreshToken: async () => false,
  };
}

function clientOf(party: RelyingParty): ClientMetadata {
  return {
    client_id: party.clientId,
    client_secret: party.clientSecret,
    client_name: party.name,
    redirect_uris: [...party.redirectUris],
    post_logout_redirect_uris: [...party.afterLogoutUris],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: "RS256",
  };
}

function policyOf(desk: SignInDesk, requests: Oidc["requests"]) {
  const policy = interactionPolicy.base();
  const login = policy.get("login");
  if (!login) throw new Error("oidc-provider has no login prompt");
  const { Check } = interactionPolicy;
  login.checks.add(
    new Check(PORTAL_SESSION, "sign-in at the portal is needed", "login_required", async (ctx) => {
      const request = requests.get(ctx.req);
      const person = request ? await desk.signedIn(request) : undefined;
      const same = person !== undefined && person.account.id === ctx.oidc.session?.accountId;
      return same ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
    }),
  );
  return policy;
}

/** Every relying party is a public authority that the terms name: what it asks for within its scopes is granted. */
async function grantFirstParty(ctx: KoaContextWithOIDC) {
  const { client, session, provider, requestParamScopes } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant =
    (known ? await provider.Grant.find(known) : undefined) ??
    new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  if (grant.accountId !== session.accountId) return undefined;
  grant.addOIDCScope([...requestParamScopes].join(" "));
  await grant.save();
  return grant;
}

function featuresOf(requests: Oidc["requests"]): Configuration["features"] {
  return {
    devInteractions: { enabled: false },
    revocation: { enabled: true },
    introspection: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      async logoutSource(ctx, form) {
        const secret = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? "";
        const action = /action="([^"]+)"/.exec(form)?.[1] ?? "";
        ctx.body = logoutPage(langOf(requests, ctx), { action, secret }).markup;
      },
      async postLogoutSuccessSource(ctx) {
        ctx.type = "html";
        ctx.body = logoutDonePage(langOf(requests, ctx)).markup;
      },
    },
  };
}

/**
 * Leaving a province when the provider has no session: the library would send a page that submits itself. The portal's
 * own session may still be open, then it is asked about; else the browser goes straight back to where it may go.
 */
async function answerLogoutWithoutSession(
  desk: SignInDesk,
  requests: Oidc["requests"],
  ctx: KoaContextWithOIDC,
  next: () => Promise<void>,
): Promise<void> {
  await next();
  const { oidc } = ctx;
  if (oidc?.route !== "end_session" || ctx.status !== 200 || oidc.session?.accountId) return;
  const request = requests.get(ctx.req);
  const secret = oidc.session?.state?.["secret"];
  if (request && typeof secret === "string" && (await desk.signedIn(request))) {
    ctx.body = logoutPage(request.lang, { action: oidc.urlFor("end_session_confirm"), secret }).markup;
    return;
  }
  // Checked by the library against the client's registered addresses, or removed.
  const uri = oidc.params?.["post_logout_redirect_uri"];
  ctx.status = 303;
  ctx.redirect(typeof uri === "string" ? uri : new URL("/", ctx.oidc.issuer).href);
}

function langOf(requests: Oidc["requests"], ctx: { req: IncomingMessage }) {
  return requests.get(ctx.req)?.lang ?? "vi";
}
