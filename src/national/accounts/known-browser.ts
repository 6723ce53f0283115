/**
 * Browsers that signed a number in before. Failures elsewhere make a number wait, so that a password cannot be guessed
 * from many places; its owner's own browser must not wait for what strangers do (OWASP: device cookies). The cookie
 * opens nothing: password and code are asked all the same, and failures with it are counted for it.
 */
import { deriveKey, hmacSha256, randomToken, sameText } from "#kit/crypto.ts";

export const KNOWN_BROWSER_COOKIE = "dvcqg_known";
export const KNOWN_BROWSER_SECONDS = 180 * 86_400;
/** A family's shared phone; the oldest leave first. */
const NUMBERS_MAX = 4;

/** The browser's name for this number, when the cookie proves that it signed the number in. */
export function knownBrowser(secret: string, cookie: string | undefined, identityNumber: string): string | undefined {
  return marksOf(cookie).find(({ nonce, proof }) => sameText(proof, prove(secret, nonce, identityNumber)))?.nonce;
}

/** The cookie's value after a sign-in of this number. */
export function rememberBrowser(secret: string, cookie: string | undefined, identityNumber: string): string {
  const nonce = randomToken(12);
  const others = marksOf(cookie).filter(({ nonce: n, proof }) => !sameText(proof, prove(secret, n, identityNumber)));
  const marks = [{ nonce, proof: prove(secret, nonce, identityNumber) }, ...others].slice(0, NUMBERS_MAX);
  return marks.map((mark) => `${mark.nonce}.${mark.proof}`).join("~");
}

function marksOf(cookie: string | undefined): { nonce: string; proof: string }[] {
  return (cookie ?? "")
    .slice(0, 1_000)
    .split("~")
    .slice(0, NUMBERS_MAX)
    .flatMap((mark) => {
      const [nonce, proof] = mark.split(".");
      return nonce && proof ? [{ nonce, proof }] : [];
    });
}

function prove(secret: string, nonce: string, identityNumber: string): string {
  return hmacSha256(deriveKey(secret, "national:known-browser"), `${nonce}:${identityNumber}`).slice(0, 40);
}
