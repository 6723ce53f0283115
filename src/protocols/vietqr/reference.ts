import { sha256 } from "#kit/crypto.ts";

/** Letters and digits that people do not mix up when they type a content by hand (no 0 O 1 I L). */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 10;
const REFERENCE = new RegExp(`DVC[${ALPHABET}]{${LENGTH}}`, "g");
/** A statement line names one transfer; a text full of references is somebody's joke. */
const MOST = 5;

/**
 * The content by which a transfer is found again: `DVC` and ten characters (49 bits), made from the attempt's random id.
 * Pure; that no two attempts have the same one is kept by the database.
 */
export function transferReference(attemptId: string): string {
  let rest = BigInt(`0x${sha256(`vietqr:${attemptId}`).slice(0, 32)}`);
  let out = "";
  for (let index = 0; index < LENGTH; index += 1) {
    out += ALPHABET[Number(rest % BigInt(ALPHABET.length))] ?? "";
    rest /= BigInt(ALPHABET.length);
  }
  return `DVC${out}`;
}

/**
 * The references in a statement's content. Banks put their own words before and after it, change case and drop or add
 * spaces and marks, so only letters and digits are looked at.
 */
export function findReferences(content: string): string[] {
  const bare = content
    .normalize("NFD")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");
  const found = new Set<string>();
  for (const match of bare.matchAll(/(?=(DVC))/g)) {
    REFERENCE.lastIndex = match.index;
    const hit = REFERENCE.exec(bare);
    if (hit && hit.index === match.index) found.add(hit[0]);
    if (found.size >= MOST) break;
  }
  return [...found];
}
