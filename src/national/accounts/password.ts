/**
 * Password rules (pure): length and a blocklist, no composition rules, no forced change (NIST SP 800-63B §5.1.1,
 * ASVS 5.0 6.2.1, 6.2.4, 6.2.5, 6.2.9). Nothing is cut off: a longer one is refused with words.
 */
import { COMMON_BASES, COMMON_PASSWORDS } from "./common-passwords.ts";

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

export type PasswordFault = "missing" | "too-short" | "too-long" | "common" | "personal" | "repeated";

/** What the password must not simply repeat. */
export interface PasswordOwner {
  readonly identityNumber: string;
  readonly phone: string;
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
}

/** The first reason against a password, or undefined. Length counts characters as people see them (after NFC). */
export function passwordFault(password: string, owner?: PasswordOwner): PasswordFault | undefined {
  const normal = password.normalize("NFC");
  const length = [...normal].length;
  if (length === 0) return "missing";
  if (length < PASSWORD_MIN) return "too-short";
  if (length > PASSWORD_MAX) return "too-long";
  const plain = flatten(normal);
  if (new Set(plain).size <= 2 || isRun(plain)) return "repeated";
  if (isCommon(plain)) return "common";
  if (owner && isPersonal(plain, owner)) return "personal";
  return undefined;
}

function isCommon(plain: string): boolean {
  if (COMMON_PASSWORDS.has(plain)) return true;
  // "matkhau123", "Password2024!": a common word with digits or marks around it is as common as the word.
  const core = plain.replace(/^[\d\W_]+|[\d\W_]+$/g, "");
  return COMMON_BASES.has(core) || COMMON_BASES.has(unleet(core));
}

function isPersonal(plain: string, owner: PasswordOwner): boolean {
  const [year = "", month = "", day = ""] = owner.birthDate.split("-");
  const name = flatten(owner.name);
  const words = flattenWords(owner.name);
  const given = words.at(-1) ?? "";
  const pieces = [
    owner.identityNumber,
    owner.phone,
    owner.phone.slice(1),
    name,
    day + month + year,
    year + month + day,
  ];
  if (
    pieces.some(
      (piece) => piece.length >= 6 && (plain === piece || plain.includes(piece)) && plain.length - piece.length < 4,
    )
  )
    return true;
  const rest = plain.replace(/\d+/g, "");
  return plain !== rest && rest !== "" && (rest === given || rest === name) && plain.includes(year);
}

/** Ascending or descending runs of the keyboard or the alphabet: 12345678, abcdefgh, qwertyui, 87654321. */
function isRun(plain: string): boolean {
  const rows = [
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "q1w2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p",
  ];
  return rows.some((row) => row.includes(plain) || [...row].reverse().join("").includes(plain));
}

function flatten(text: string): string {
  return strip(text).replace(/\s+/g, "");
}

function flattenWords(text: string): string[] {
  return strip(text).split(/\s+/).filter(Boolean);
}

function strip(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function unleet(text: string): string {
  return text
    .replace(/0/g, "o")
    .replace(/[1!]/g, "i")
    .replace(/3/g, "e")
    .replace(/[4@]/g, "a")
    .replace(/[5$]/g, "s")
    .replace(/7/g, "t");
}
