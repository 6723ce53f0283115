/**
 * The province as relying party of the national portal (OpenID Connect, openid-client 6): authorization code with PKCE
 * S256, state and nonce; issuer (RFC 9207), signature, audience and times are checked by the library; userinfo must be
 * about the same person as the ID token.
 */
import * as client from "openid-client";
import { AppError } from "#kit/errors.ts";
import { type Person, readPerson, SIGN_IN_SCOPES } from "#protocols/sign-in-claims/index.ts";

const TIMEOUT_SECONDS = 8;
/** The provider's addresses and keys are read anew after so long. */
const DISCOVERY_MS = 10 * 60_000;

export interface NationalSignInOptions {
  /** e.g. http://localhost:8081/oidc */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The portal's own origin. */
  readonly origin: string;
}

/** What must be kept in the browser's session between leaving and coming back. */
export interface LeftFor {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface NationalSignIn {
  /** Where to send the browser, and what to keep. Throws AppError "unavailable" when the national portal is down. */
  leave(lang: string): Promise<{ readonly url: string; readonly kept: LeftFor }>;
  /** Finishes a return. Throws AppError: "unavailable", or "unauthenticated" with reason `refused` or `person`. */
  arrive(returned: URL, kept: LeftFor): Promise<{ readonly person: Person; readonly idToken: string }>;
  /** Where to sign out at the national portal too; undefined when it cannot be asked. */
  signOutUrl(idToken: string): Promise<string | undefined>;
}

/** The provider's addresses and keys, read when they are first needed and anew from time to time. */
function discoveryOf(options: NationalSignInOptions): () => Promise<client.Configuration> {
  let known: { readonly at: number; readonly configuration: Promise<client.Configuration> } | undefined;

  return () => {
    if (known && Date.now() - known.at < DISCOVERY_MS) return known.configuration;
    const issuer = new URL(options.issuer);
    const configuration = client.discovery(
      issuer,
      options.clientId,
      undefined,
      client.ClientSecretBasic(options.clientSecret),
      {
        timeout: TIMEOUT_SECONDS,
        execute: [
          // The library may trust the connection instead of the ID token's signature (Core 1.0 §3.1.3.7); we check it.
          client.enableNonRepudiationChecks,
          // The demo's addresses are http on this machine; an https issuer never gets this.
          ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    known = { at: Date.now(), configuration };
    configuration.catch(() => {
      // A failed look-up must not be remembered.
      known = undefined;
    });
    return configuration;
  };
}

export function createNationalSignIn(options: NationalSignInOptions): NationalSignIn {
  const discover = discoveryOf(options);
  return {
    async leave(lang) {
      const configuration = await discover().catch((cause: unknown) => {
        throw unavailable(cause);
      });
      const kept: LeftFor = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: `${options.origin}/dang-nhap/tra-ve`,
        scope: SIGN_IN_SCOPES,
        state: kept.state,
        nonce: kept.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: "S256",
        ui_locales: lang,
      });
      return { url: url.href, kept };
    },

    async arrive(returned, kept) {
      try {
        const configuration = await discover();
        const tokens = await client.authorizationCodeGrant(configuration, returned, {
          pkceCodeVerifier: kept.verifier,
          expectedState: kept.state,
          expectedNonce: kept.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims || !tokens.id_token)
          throw new AppError("unauthenticated", { reason: "refused", message: "no ID token" });
        const person = readPerson(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub));
        if (!person)
          throw new AppError("unauthenticated", {
            reason: "person",
            message: "claims without a name or an identity number",
          });
        return { person, idToken: tokens.id_token };
      } catch (error) {
        throw asFailure(error);
      }
    },

    async signOutUrl(idToken) {
      try {
        const url = client.buildEndSessionUrl(await discover(), {
          id_token_hint: idToken,
          post_logout_redirect_uri: `${options.origin}/`,
        });
        return url.href;
      } catch {
        // Leaving this portal must work while the other one is down.
        return undefined;
      }
    },
  };
}

function asFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isNetworkTrouble(error)) return unavailable(error);
  return new AppError("unauthenticated", { reason: "refused", message: "the sign-in was not accepted", cause: error });
}

function unavailable(cause: unknown): AppError {
  return new AppError("unavailable", {
    reason: "national-portal",
    message: "the national portal did not answer",
    cause,
  });
}

/** No answer, no answer in time, or the provider's own trouble (5xx): trying again later can help. */
function isNetworkTrouble(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof TypeError && /fetch failed/i.test(at.message)) return true;
    if (at.name === "TimeoutError" || at.name === "AbortError" || (at as { code?: unknown }).code === "OAUTH_TIMEOUT")
      return true;
    if (at.cause instanceof Response && at.cause.status >= 500) return true;
  }
  return false;
}
