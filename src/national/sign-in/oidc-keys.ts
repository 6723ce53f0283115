/** Signing keys of the provider: made once, sealed in the database, the same in every process and after every restart. */
import { generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { openJson, sealJson, sha256 } from "#kit/crypto.ts";
import type { Db } from "#kit/db.ts";
import { addSigningKey, listSigningKeys } from "./oidc-store.ts";

const SEAL = "national:oidc-signing-key";
const ALGORITHMS = ["RS256", "ES256"] as const;
type Algorithm = (typeof ALGORITHMS)[number];

/** Private keys as JWKs, the signing ones first, retired ones after them. Throws when the data key does not open them. */
export async function loadSigningKeys(db: Db, secret: string): Promise<JsonWebKey[]> {
  let rows = await listSigningKeys(db);
  const missing = ALGORITHMS.filter((alg) => !rows.some((row) => row.alg === alg));
  for (const alg of missing) {
    const made = makeKey(alg);
    // Another process may be making one too: the first in the table is everybody's.
    await addSigningKey(db, { kid: made.kid, alg, sealed: sealJson(secret, SEAL, made.jwk) });
  }
  if (missing.length > 0) rows = await listSigningKeys(db);
  return rows.map((row) => {
    const jwk = openJson(secret, SEAL, row.sealed) as JsonWebKey | undefined;
    if (!jwk)
      throw new Error(`signing key ${row.kid} cannot be opened: is dataKeys.national the one it was sealed with?`);
    return { ...jwk, kid: row.kid, alg: row.alg, use: "sig" };
  });
}

function makeKey(alg: Algorithm): { kid: string; jwk: JsonWebKey } {
  const { privateKey, publicKey } =
    alg === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  const kid = sha256(publicKey.export({ type: "spki", format: "der" })).slice(0, 24);
  return { kid, jwk: privateKey.export({ format: "jwk" }) };
}
