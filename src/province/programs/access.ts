/** Who a program is: client credentials (RFC 6749 §4.4) against a bearer token (RFC 6750) of a quarter of an hour. */
import type { Clock } from "#kit/clock.ts";
import { openJson, randomToken, sameText, sealJson, sha256 } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { newReadableCode } from "#kit/ids.ts";
import type { Owner, ProgramClient, Scope } from "./client.ts";
import { putClient, writeRevocation } from "./client-store.ts";
import { findClient } from "./client-view.ts";

export const TOKEN_SECONDS = 900;
const PURPOSE = "program-token";

export interface AccessPlace {
  readonly database: Database;
  readonly tenant: { readonly code: string };
  readonly clock: Clock;
  /** The building's data key: seals tokens. */
  readonly secret: string;
}

/** Makes a client; the secret is answered once and kept as its hash only (it is 32 random bytes: no guessing). */
export async function createClient(
  place: Pick<AccessPlace, "database" | "tenant">,
  input: { readonly name: string; readonly owner: Owner; readonly scopes: readonly Scope[]; readonly actor: string },
): Promise<{ readonly id: string; readonly secret: string }> {
  const id = `ud-${newReadableCode(16).toLowerCase()}`;
  const secret = randomToken(32);
  await putClient(place.database, place.tenant.code, { ...input, id, secretHash: sha256(secret) });
  return { id, secret };
}

/** From its next call on the client is refused; false when there is none in use. */
export function revokeClient(
  place: Pick<AccessPlace, "database" | "tenant">,
  id: string,
  actor: string,
): Promise<boolean> {
  return writeRevocation(place.database, place.tenant.code, id, actor);
}

/** Throws `unauthenticated`: an unknown client, a revoked one and a wrong secret look alike. */
export async function issueToken(
  place: AccessPlace,
  credentials: { readonly id: string; readonly secret: string },
): Promise<{ readonly token: string; readonly scopes: readonly Scope[] }> {
  const client = await findClient(place.database.forTenant(place.tenant.code), credentials.id);
  if (!client || !sameText(client.secretHash, sha256(credentials.secret)))
    throw new AppError("unauthenticated", { reason: "invalid-client" });
  const expires = place.clock.now().getTime() + TOKEN_SECONDS * 1_000;
  return { token: sealJson(place.secret, PURPOSE, [place.tenant.code, client.id, expires]), scopes: client.scopes };
}

/** The client of a call, as it is now: revoking it or taking a scope away counts at once. */
export async function clientOf(
  place: AccessPlace,
  authorization: string | undefined,
  scope: Scope,
): Promise<ProgramClient> {
  const id = idIn(place, /^Bearer ([\w.~+/=-]{1,2000})$/.exec(authorization ?? "")?.[1]);
  const client = id === undefined ? undefined : await findClient(place.database.forTenant(place.tenant.code), id);
  if (!client) throw new AppError("unauthenticated", { reason: "invalid-token" });
  if (!client.scopes.includes(scope))
    throw new AppError("forbidden", { reason: "insufficient-scope", details: { scope } });
  return client;
}

function idIn(place: AccessPlace, token: string | undefined): string | undefined {
  const opened = token ? openJson(place.secret, PURPOSE, token) : undefined;
  if (!Array.isArray(opened)) return undefined;
  const [tenant, id, expires] = opened as readonly unknown[];
  const good = tenant === place.tenant.code && Number(expires) > place.clock.now().getTime();
  return good && typeof id === "string" ? id : undefined;
}
