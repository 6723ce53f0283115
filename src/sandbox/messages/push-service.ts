/** A push service and the device behind it: takes RFC 8030 messages, checks who sent them (RFC 8292), decrypts (RFC 8291). */
import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from "node:crypto";

export interface PushHouse {
  readonly publicKey: Buffer;
  readonly auth: Buffer;
  /** What the device shows. @throws when the message was not made for it. */
  open(body: Buffer): { title: string; body: string };
}

/** Keys of the device; `kept` are those of an earlier start. */
export function createPushHouse(kept?: { readonly privateKey: string; readonly auth: string }): PushHouse & {
  readonly keys: { readonly privateKey: string; readonly auth: string };
} {
  const ecdh = createECDH("prime256v1");
  if (kept) ecdh.setPrivateKey(kept.privateKey, "base64url");
  else ecdh.generateKeys();
  const auth = kept ? Buffer.from(kept.auth, "base64url") : randomBytes(16);
  const publicKey = ecdh.getPublicKey();
  return {
    publicKey,
    auth,
    keys: { privateKey: ecdh.getPrivateKey("base64url"), auth: auth.toString("base64url") },
    open(body) {
      const salt = body.subarray(0, 16);
      const length = body[20] ?? 0;
      const sender = body.subarray(21, 21 + length);
      const mac = (key: Buffer, ...parts: readonly (Buffer | string)[]): Buffer => {
        const hmac = createHmac("sha256", key);
        for (const part of parts) hmac.update(part);
        return hmac.digest();
      };
      const prkKey = mac(auth, ecdh.computeSecret(sender));
      const ikm = mac(prkKey, "WebPush: info\0", publicKey, sender, "\u0001");
      const prk = mac(salt, ikm);
      const key = mac(prk, "Content-Encoding: aes128gcm\0\u0001").subarray(0, 16);
      const nonce = mac(prk, "Content-Encoding: nonce\0\u0001").subarray(0, 12);
      const sealed = body.subarray(21 + length);
      const decipher = createDecipheriv("aes-128-gcm", key, nonce);
      decipher.setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      const said = JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString("utf8")) as Record<string, unknown>;
      return { title: String(said["title"] ?? ""), body: String(said["body"] ?? "") };
    },
  };
}

/** `Authorization: vapid t=<JWT>, k=<key>`: signed by the key, for this service, not expired. */
export function isVapid(authorization: string, origin: string, now: Date): boolean {
  const token = /\bt=([\w-]+\.[\w-]+\.[\w-]+)/.exec(authorization)?.[1];
  const key = /\bk=([\w-]+)/.exec(authorization)?.[1];
  if (!token || !key) return false;
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65) return false;
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  try {
    const publicKey = createPublicKey({ key: jwk, format: "jwk" });
    const good = verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
    const { aud, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { aud?: unknown; exp?: unknown };
    return good && aud === origin && typeof exp === "number" && exp * 1_000 > now.getTime();
  } catch {
    return false;
  }
}
