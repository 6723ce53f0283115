import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDatabase } from "#tests/support/database.ts";
import { createCaptchaDesk } from "./captcha.ts";
import { numberInEnglish, numberInVietnamese } from "./captcha-words.ts";
import { openJson } from "./crypto.ts";
import type { Database } from "./db.ts";
import { toText } from "./html.ts";

const secret = "a-secret-of-the-test";
let now = new Date("2026-05-04T03:00:00Z");
const clock = { now: () => now };
const deskOn = (db: Database, demoAnswer?: string) => createCaptchaDesk({ db, secret, clock, demoAnswer });
const inside = (token: string) => openJson(secret, "captcha:sign-in", token) as { code: string; sum: number };

describe("security code", () => {
  test("picture and question are both answers, without regard to case, marks and blanks", () =>
    withDatabase("national", async (db) => {
      const desk = deskOn(db);
      const answers = [
        (it: { code: string; sum: number }) => it.code.toLowerCase().split("").join(" "),
        (it: { code: string; sum: number }) => String(it.sum),
        (it: { code: string; sum: number }) => numberInVietnamese(it.sum),
        (it: { code: string; sum: number }) => numberInEnglish(it.sum).toUpperCase(),
      ];
      for (const answer of answers) {
        const { token } = desk.issue("sign-in");
        assert.equal(await desk.judge("sign-in", token, answer(inside(token))), "right");
      }
    }));

  test("one answer each: a wrong one spends the code, and twenty right ones at once count once", () =>
    withDatabase("province", async (db) => {
      const desk = deskOn(db);
      const tried = desk.issue("sign-in").token;
      assert.equal(await desk.judge("sign-in", tried, "wrong"), "wrong");
      assert.equal(await desk.judge("sign-in", tried, String(inside(tried).sum)), "expired");
      const { token } = desk.issue("sign-in");
      const all = await Promise.all(
        Array.from({ length: 20 }, () => desk.judge("sign-in", token, String(inside(token).sum))),
      );
      assert.equal(all.filter((one) => one === "right").length, 1);
    }));

  test("a code of another purpose, another maker or eleven minutes ago is none", () =>
    withDatabase("national", async (db) => {
      const desk = deskOn(db);
      const { token } = desk.issue("sign-in");
      const answer = String(inside(token).sum);
      assert.equal(await desk.judge("register", token, answer), "expired");
      assert.equal(
        await createCaptchaDesk({ db, secret: "another", clock }).judge("sign-in", token, answer),
        "expired",
      );
      now = new Date(now.getTime() + 11 * 60_000);
      assert.equal(await desk.judge("sign-in", token, answer), "expired");
    }));

  test("the answer stands neither in the token nor as letters in the picture; nothing is missing, nothing passes", () =>
    withDatabase("national", async (db) => {
      const desk = deskOn(db);
      const { token, picture } = desk.issue("sign-in");
      assert.doesNotMatch(Buffer.from(token, "base64url").toString("latin1"), new RegExp(inside(token).code));
      assert.doesNotMatch(toText(picture), /<text|aria-label/);
      assert.equal(await desk.judge("sign-in", token, "  "), "missing");
      assert.equal(await desk.judge("sign-in", "", "x"), "expired");
    }));

  test("the demo's answer passes in the demo and nowhere else", () =>
    withDatabase("national", async (db) => {
      assert.equal(await deskOn(db, "demo2468").judge("sign-in", "", "demo2468"), "right");
      const desk = deskOn(db);
      assert.equal(await desk.judge("sign-in", desk.issue("sign-in").token, "demo2468"), "wrong");
    }));
});

test("numbers are said as people say them", () => {
  assert.deepEqual([15, 21, 24, 55, 60, 5, 10].map(numberInVietnamese), [
    "mười lăm",
    "hai mươi mốt",
    "hai mươi bốn",
    "năm mươi lăm",
    "sáu mươi",
    "năm",
    "mười",
  ]);
  assert.deepEqual([15, 21, 60].map(numberInEnglish), ["fifteen", "twenty-one", "sixty"]);
});
