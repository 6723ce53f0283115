/**
 * The picture of a security code: letters drawn as strokes of our own, so that no font is needed and each picture is
 * bent differently. Letters that people mix up (0 O 1 I L 5 S 8 B) are left out.
 */
import { randomInt } from "node:crypto";
import { type Html, html } from "./html.ts";

/** Strokes on a grid 10 wide, 16 high, as SVG paths. */
const GLYPHS: Readonly<Record<string, string>> = {
  "2": "M1 4C1 0 9 0 9 4C9 8 1 12 1 16H9",
  "3": "M1 2C4 -1 9 0 9 4C9 7 6 8 4 8C6 8 9 9 9 12C9 16 4 17 1 14",
  "4": "M7 16V0L1 11H10",
  "6": "M8 1C3 2 1 7 1 11C1 18 9 17 9 11C9 6 2 7 1 11",
  "7": "M1 0H9L4 16",
  "9": "M2 15C7 14 9 9 9 5C9 -2 1 -1 1 5C1 10 8 9 9 5",
  A: "M0 16L5 0L10 16M2 10H8",
  C: "M9 3C6 -2 1 0 1 8C1 16 6 18 9 13",
  E: "M9 0H1V16H9M1 8H7",
  F: "M9 0H1V16M1 8H7",
  H: "M1 0V16M9 0V16M1 8H9",
  J: "M8 0V11C8 17 2 17 1 12",
  K: "M1 0V16M9 0L1 9M4 7L9 16",
  M: "M1 16V0L5 9L9 0V16",
  N: "M1 16V0L9 16V0",
  P: "M1 16V0C12 -1 12 9 1 8",
  R: "M1 16V0C12 -1 12 9 1 8M5 8L9 16",
  T: "M0 0H10M5 0V16",
  U: "M1 0V10C1 18 9 18 9 10V0",
  V: "M0 0L5 16L10 0",
  X: "M1 0L9 16M9 0L1 16",
  Y: "M0 0L5 8L10 0M5 8V16",
};

export const CAPTCHA_LETTERS: readonly string[] = Object.keys(GLYPHS);

/** Draws `code` (letters of CAPTCHA_LETTERS). Decorative for a screen reader: the question beside it is the other way. */
export function drawCaptcha(code: string): Html {
  const letters = [...code].map((letter, index) => {
    const x = 16 + index * 29 + randomInt(-3, 4);
    const y = 15 + randomInt(-5, 6);
    const turn = randomInt(-18, 19);
    const skew = randomInt(-14, 15);
    const size = (13 + randomInt(0, 5)) / 10;
    const path = GLYPHS[letter] ?? "";
    return html`<path transform="translate(${x} ${y}) rotate(${turn} 5 8) skewX(${skew}) scale(${size})" d="${path}"/>`;
  });
  const noise = Array.from({ length: 3 }, () => {
    const y1 = randomInt(6, 50);
    const y2 = randomInt(6, 50);
    return html`<path stroke-width="1" opacity="0.55" d="M4 ${y1}C${randomInt(40, 80)} ${randomInt(0, 56)} ${randomInt(90, 150)} ${randomInt(0, 56)} 186 ${y2}"/>`;
  });
  return html`<svg class="captcha__picture" viewBox="0 0 190 56" width="190" height="56" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">${letters}${noise}</svg>`;
}
