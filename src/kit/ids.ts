import { randomBytes, randomUUID } from "node:crypto";

/** A new UUID version 7 (RFC 9562): sorts by time, so that keyset pages and indexes stay in order of creation. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A random UUID version 4: for addresses that must not be guessable and tell nothing of their time. */
export function newSecretId(): string {
  return randomUUID();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isId(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}

/** Letters and digits that people do not mix up (no 0 O 1 I L), for codes that are read aloud or typed. */
const READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** An unguessable readable code; 16 characters hold about 79 bits. */
export function newReadableCode(length = 16): string {
  let out = "";
  while (out.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // Bytes above the largest multiple of the alphabet would make some letters likelier.
      if (byte < 256 - (256 % READABLE.length) && out.length < length) out += READABLE[byte % READABLE.length];
    }
  }
  return out;
}
