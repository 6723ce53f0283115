/**
 * Security code of our own: a picture for those who see it, and a question in words for everybody else; either answer is
 * right. The sealed token in the form carries what the server must know, so nothing is kept until somebody answers;
 * every answer, right or wrong, spends its code (`captcha_spent`), so a code cannot be tried twice.
 *
 * When it is asked is the owner's setting (`CaptchaMode`): always, or after a failure and for what looks automated.
 */
import { randomInt } from "node:crypto";
import { CAPTCHA_LETTERS, drawCaptcha } from "./captcha-picture.ts";
import { reapCaptchas, spendCaptcha } from "./captcha-store.ts";
import { type Clock, systemClock } from "./clock.ts";
import { openJson, randomToken, sameText, sealJson } from "./crypto.ts";
import type { Db } from "./db.ts";
import type { Html } from "./html.ts";
import type { Text } from "./i18n.ts";
import { numberInEnglish, numberInVietnamese } from "./captcha-words.ts";

export type CaptchaMode = "always" | "after-failure";

export interface Captcha {
  /** Goes into the hidden field `captchaToken`. */
  readonly token: string;
  readonly picture: Html;
  /** "Hai mươi ba cộng bốn bằng mấy?" */
  readonly question: Text;
}

export type CaptchaAnswer = "right" | "missing" | "wrong" | "expired";

export interface CaptchaDesk {
  /** A new code for one purpose (`sign-in`, `register` …); an answer given elsewhere does not count. */
  issue(purpose: string): Captcha;
  /** Judges an answer and spends the code. `expired` also says: used before, or not one of ours. */
  judge(purpose: string, token: string, answer: string): Promise<CaptchaAnswer>;
}

interface Sealed {
  readonly id: string;
  readonly code: string;
  readonly sum: number;
  /** Epoch milliseconds. */
  readonly until: number;
}

const LIFE_MS = 10 * 60_000;
const CODE_LENGTH = 6;

export function createCaptchaDesk(options: {
  readonly db: Db;
  /** The building's data key. */
  readonly secret: string;
  readonly clock?: Clock;
  /** Demo mode only: the answer by which programs pass every code. */
  readonly demoAnswer?: string | undefined;
}): CaptchaDesk {
  const { db, secret, demoAnswer } = options;
  const clock = options.clock ?? systemClock;
  const sealPurpose = (purpose: string): string => `captcha:${purpose}`;
  return {
    issue(purpose) {
      const code = Array.from({ length: CODE_LENGTH }, () => CAPTCHA_LETTERS[randomInt(CAPTCHA_LETTERS.length)]).join(
        "",
      );
      const left = randomInt(11, 90);
      const right = randomInt(2, 10);
      const sealed: Sealed = { id: randomToken(12), code, sum: left + right, until: clock.now().getTime() + LIFE_MS };
      return {
        token: sealJson(secret, sealPurpose(purpose), sealed),
        picture: drawCaptcha(code),
        question: {
          vi: `${capital(numberInVietnamese(left))} cộng ${numberInVietnamese(right)} bằng mấy?`,
          en: `What is ${numberInEnglish(left)} plus ${numberInEnglish(right)}?`,
        },
      };
    },

    async judge(purpose, token, answer) {
      const given = tidy(answer);
      if (given === "") return "missing";
      if (demoAnswer !== undefined && sameText(given, tidy(demoAnswer))) return "right";
      const sealed = openJson(secret, sealPurpose(purpose), token) as Sealed | undefined;
      if (sealed === undefined || sealed.until <= clock.now().getTime()) return "expired";
      const first = await db.maybe(spendCaptcha, [sealed.id, new Date(sealed.until)]);
      if (!first) return "expired";
      const right = [sealed.code, String(sealed.sum), numberInVietnamese(sealed.sum), numberInEnglish(sealed.sum)];
      return right.some((text) => sameText(given, tidy(text))) ? "right" : "wrong";
    },
  };
}

/** Removes what can no longer be answered; call it once in a while from the building's worker. */
export async function reapCaptchaDesk(db: Db): Promise<void> {
  await db.run(reapCaptchas, []);
}

/** Case, marks and blanks do not matter: the dead ends people meet with such codes are capitals and stray blanks. */
function tidy(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .replace(/[\s-]/g, "")
    .toLowerCase()
    .slice(0, 60);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
