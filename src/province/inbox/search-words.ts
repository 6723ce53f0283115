/** What an officer types into the search, or a scanner reads into it. Pure. */
import { fold } from "#kit/vietnamese.ts";
import { readCode } from "#province/verification/index.ts";

export interface SearchWords {
  /** Letters: words of a name without marks. */
  readonly name: string | null;
  /** Digits from the last to the first: of a code, a paper or a phone. */
  readonly digitsBack: string | null;
  /** The internal number. */
  readonly number: number | null;
  /** Verification code of a slip, a receipt or a result. */
  readonly document: string | null;
}

/** Fewer are in too many dossiers to mean one. */
const DIGITS_LEAST = 3;
const VERIFIES = /^\s*https?:\/\/[^\s?#]*\/xac-minh\//i;
/** As it is printed beside the QR code. */
const IN_GROUPS = /^[\dA-Z]{4}(?:-[\dA-Z]{4}){3}$/i;

/**
 * A QR code of ours is an address that ends with the dossier's code or with a document's verification code; the one of an
 * identity card is `number|old number|name|…`. undefined when there is too little to look for.
 */
export function readSearch(typed: string): SearchWords | undefined {
  const text = essence(typed.normalize("NFC").trim().slice(0, 400));
  const document = VERIFIES.test(typed) || IN_GROUPS.test(text) ? readCode(text) : undefined;
  if (document) return { name: null, digitsBack: null, number: null, document };
  const digits = text.replaceAll(/\D/g, "");
  if (/^[\d\s.\-+()/H]*$/i.test(text) || /^[\d.]+\.H\d\d-[\d-]+$/i.test(text)) {
    if (digits.length < DIGITS_LEAST) return undefined;
    const number = Number(digits);
    return {
      name: null,
      digitsBack: [...digits].reverse().join("").slice(0, 40),
      number: digits === text && Number.isSafeInteger(number) ? number : null,
      document: null,
    };
  }
  const name = fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .slice(0, 100);
  return name.length >= 2 ? { name, digitsBack: null, number: null, document: null } : undefined;
}

function essence(text: string): string {
  if (/^https?:\/\//i.test(text)) {
    const path = text.split(/[?#]/)[0] ?? "";
    return /[?&]ma=([^&#]+)/.exec(text)?.[1] ?? path.split("/").filter(Boolean).at(-1) ?? text;
  }
  return text.includes("|") ? (text.split("|")[0] ?? text) : text;
}
