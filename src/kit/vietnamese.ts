/**
 * Vietnamese text and numbers: folding for search, and checks of what people type. Pure; used by the server and by the
 * browser, so nothing of Node is imported. Checks answer a reason (a closed word) and the caller has the sentences.
 */
import { isPlainDate, type PlainDate } from "./calendar.ts";

/** For search and comparison: no marks, lower case, đ → d. Never for equality of names. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/** What people typed, as it is stored: NFC, trimmed, inner blanks one, no control or invisible characters. */
export function cleanText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}]/gu, (c) => (c === "\n" || c === "\t" ? " " : ""))
    .replace(/\s+/gu, " ")
    .trim();
}

/** As cleanText, but keeps line breaks: for long texts. */
export function cleanLines(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map(cleanText)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

export type Check<Reason extends string> =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: Reason };

const good = (value: string): { ok: true; value: string } => ({ ok: true, value });
const bad = <R extends string>(reason: R): { ok: false; reason: R } => ({ ok: false, reason });

export type NameReason = "name-empty" | "name-too-short" | "name-too-long" | "name-characters";

/** A person's name: 2–100 characters, letters of any script, blanks, apostrophe, hyphen, full stop. */
export function checkPersonName(text: string): Check<NameReason> {
  const value = cleanText(text);
  if (!value) return bad("name-empty");
  if (value.length < 2) return bad("name-too-short");
  if (value.length > 100) return bad("name-too-long");
  if (!/^\p{L}[\p{L}\p{M}'’.\- ]*$/u.test(value)) return bad("name-characters");
  return good(value);
}

export type IdentityReason =
  | "identity-empty"
  | "identity-digits"
  | "identity-length"
  | "identity-province"
  | "identity-birth";

/** Codes of TT 07/2016/TT-BCA: "0" + GSO province code; valid for ever, whatever merges later. 101+ born abroad. */
const PROVINCES = new Set(
  [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
  ].map((code) => String(code).padStart(3, "0")),
);

/**
 * Personal identification number (CCCD, 12 digits: NĐ 137/2015/NĐ-CP Đ13) or the former CMND (9 digits). There is no
 * checksum; what can be checked is the province and, when the birth date is known, century and year.
 */
export function checkIdentityNumber(text: string, birthDate?: PlainDate): Check<IdentityReason> {
  const value = text.replace(/[\s.-]/g, "");
  if (!value) return bad("identity-empty");
  if (!/^\d+$/.test(value)) return bad("identity-digits");
  if (value.length === 9) return good(value);
  if (value.length !== 12) return bad("identity-length");
  const place = value.slice(0, 3);
  if (!PROVINCES.has(place) && !(Number(place) >= 101 && Number(place) <= 399)) return bad("identity-province");
  if (birthDate && isPlainDate(birthDate)) {
    const year = 1900 + 100 * Math.floor(Number(value[3]) / 2) + Number(value.slice(4, 6));
    if (year !== Number(birthDate.slice(0, 4))) return bad("identity-birth");
  }
  return good(value);
}

export type PhoneReason = "phone-empty" | "phone-digits" | "phone-length" | "phone-prefix";

const MOBILE_PREFIX = /^0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])/;

/** A mobile number, stored as 0 + 9 digits; +84 and 84 are accepted and rewritten. */
export function checkMobile(text: string): Check<PhoneReason> {
  let value = text.replace(/[\s.()-]/g, "");
  if (!value) return bad("phone-empty");
  if (/^\+?84\d{9}$/.test(value)) value = `0${value.replace(/^\+?84/, "")}`;
  if (!/^\d+$/.test(value)) return bad("phone-digits");
  if (value.length !== 10) return bad("phone-length");
  if (!MOBILE_PREFIX.test(value)) return bad("phone-prefix");
  return good(value);
}

export type EmailReason = "email-shape" | "email-too-long";

/** Deliberately loose: one @, something before, a dot after; the only proof of an address is a message to it. */
export function checkEmail(text: string): Check<EmailReason> {
  const value = text.trim();
  if (value.length > 254) return bad("email-too-long");
  if (!/^[^\s@<>"(),;:\\]+@[^\s@.<>"(),;:\\]+(\.[^\s@.<>"(),;:\\]+)+$/u.test(value)) return bad("email-shape");
  return good(value);
}

export type TaxReason = "tax-empty" | "tax-digits" | "tax-length" | "tax-checksum";

const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3] as const;

/** Tax code: 10 digits with check digit 10 − (Σ weight·digit mod 11), with -NNN for a branch; persons: 12 digits. */
export function checkTaxCode(text: string): Check<TaxReason> {
  const value = text.replace(/[\s.]/g, "");
  if (!value) return bad("tax-empty");
  if (!/^\d+(-\d+)?$/.test(value)) return bad("tax-digits");
  if (/^\d{12}$/.test(value)) return checkIdentityNumber(value).ok ? good(value) : bad("tax-checksum");
  const match = /^(\d{10})(?:-?(\d{3}))?$/.exec(value);
  if (!match) return bad("tax-length");
  const base = match[1] ?? "";
  const sum = TAX_WEIGHTS.reduce((total, weight, index) => total + weight * Number(base[index]), 0);
  if (10 - (sum % 11) !== Number(base[9])) return bad("tax-checksum");
  return good(match[2] ? `${base}-${match[2]}` : base);
}

export type DateReason = "date-empty" | "date-shape" | "date-not-real" | "date-future" | "date-too-old";

/** A day typed as dd/mm/yyyy (also d-m-yyyy, yyyy-mm-dd); answers YYYY-MM-DD. */
export function checkDate(text: string, limits: { readonly notAfter?: PlainDate } = {}): Check<DateReason> {
  const value = text.trim();
  if (!value) return bad("date-empty");
  const local = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/.exec(value);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!local && !iso) return bad("date-shape");
  const date = local ? `${local[3]}-${(local[2] ?? "").padStart(2, "0")}-${(local[1] ?? "").padStart(2, "0")}` : value;
  if (!isPlainDate(date)) return bad("date-not-real");
  if (date < "1850-01-01") return bad("date-too-old");
  if (limits.notAfter && date > limits.notAfter) return bad("date-future");
  return good(date);
}
