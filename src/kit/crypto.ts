import {
  argon2,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from "node:crypto";
import { promisify } from "node:util";

const argon2Async = promisify(argon2);

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

export function hmacSha256(key: string | Uint8Array, data: string): string {
  return createHmac("sha256", key).update(data, "utf8").digest("hex");
}

export function hmacSha512(key: string | Uint8Array, data: string): string {
  return createHmac("sha512", key).update(data, "utf8").digest("hex");
}

/** Compares two texts in constant time; texts of different length are unequal (their length is not a secret). */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a, "utf8");
  const right = Buffer.from(b, "utf8");
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A random token of `bytes` bytes, base64url. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

/** `length` decimal digits, each equally likely. */
export function randomDigits(length: number): string {
  let out = "";
  for (let index = 0; index < length; index += 1) out += String(randomInt(10));
  return out;
}

/** OWASP's argon2id parameters: 19 MiB, 2 passes, 1 lane (about 30 ms of CPU). */
const ARGON = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

/** Hash of a password in PHC string form. The password is NFC first: the same keys give other bytes on other keyboards. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await deriveArgon2(password, nonce, ARGON);
  return `$argon2id$v=19$m=${ARGON.memory},t=${ARGON.passes},p=${ARGON.parallelism}$${b64(nonce)}$${b64(tag)}`;
}

/** True when the password belongs to the hash. Never throws on a malformed hash: it is then false. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc);
  if (!match) return false;
  const expected = Buffer.from(match[5] ?? "", "base64");
  const tag = await deriveArgon2(password, Buffer.from(match[4] ?? "", "base64"), {
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    tagLength: expected.length,
  });
  return tag.length === expected.length && timingSafeEqual(tag, expected);
}

async function deriveArgon2(
  password: string,
  nonce: Uint8Array,
  parameters: { memory: number; passes: number; parallelism: number; tagLength: number },
): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFC"), "utf8");
  return (await argon2Async("argon2id", { message, nonce, ...parameters })) as Buffer;
}

/** Key of 32 bytes for one purpose, derived from the building's secret, so that no key serves two purposes. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "motcua", purpose, 32));
}

/** Seals a JSON value with AES-256-GCM; the purpose is bound to the ciphertext. Returns base64url. */
export function sealJson(secret: string, purpose: string, value: unknown): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(secret, purpose), iv);
  cipher.setAAD(Buffer.from(purpose, "utf8"));
  const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** Opens what `sealJson` made; undefined when it is not ours, was changed, or was made for another purpose. */
export function openJson(secret: string, purpose: string, sealed: string): unknown {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < 29) return undefined;
  try {
    const decipher = createDecipheriv("aes-256-gcm", deriveKey(secret, purpose), bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(purpose, "utf8"));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8"));
  } catch {
    // Wrong key, changed bytes and text that is not JSON are one answer to the caller: not ours.
    return undefined;
  }
}

function b64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}
