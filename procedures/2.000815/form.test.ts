import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { formTrial } from "#province/forms/form-trial.ts";

const { problems, refusals } = formTrial(import.meta.dirname);

const diploma = { row: "r1", documentName: "Bằng tốt nghiệp", pages: 2, copies: 3 };
const one: Answers = { documents: [diploma], banChinhHopLe: ["hopLe"] };
const several: Answers = {
  ...one,
  documents: [diploma, { row: "r3", documentName: "Sổ hộ khẩu", issuer: "Công an huyện", pages: 16, copies: 1 }],
};
const thick: Answers = { ...one, documents: [{ row: "r1", documentName: "Bản án", pages: 1000, copies: 100 }] };

test("the form can be published", () => assert.deepEqual(problems, []));

test("one document, several, and a thick one can be filed", () => {
  for (const answers of [one, several, thick]) assert.deepEqual(refusals(answers), []);
});

test("what is wrong is refused with its reason", () => {
  const row = (change: object): Answers => ({ documents: [{ ...diploma, ...change }] });
  const wrong: [Answers, string][] = [
    [row({ documentName: "" }), "documents.r1.documentName: required-text"],
    [row({ documentName: "x".repeat(151) }), "documents.r1.documentName: text-too-long"],
    [row({ pages: "" }), "documents.r1.pages: required-text"],
    [row({ pages: "hai" }), "documents.r1.pages: number-shape"],
    [row({ pages: 0 }), "documents.r1.pages: number-too-small"],
    [row({ pages: 1001 }), "documents.r1.pages: number-too-large"],
    [row({ pages: 1.5 }), "documents.r1.pages: number-shape"],
    [row({ copies: 0 }), "documents.r1.copies: number-too-small"],
    [row({ copies: 101 }), "documents.r1.copies: number-too-large"],
    [{ banChinhHopLe: [] }, "banChinhHopLe: required-choice"],
    [{ banChinhHopLe: ["khác"] }, "banChinhHopLe: choice-unknown"],
    [
      { documents: Array.from({ length: 21 }, (_, index) => ({ ...diploma, row: `r${index + 1}` })) },
      "documents: rows-too-many",
    ],
  ];
  for (const [change, reason] of wrong) assert.deepEqual(refusals({ ...one, ...change }), [reason]);
});

test("no document at all asks for the first one", () => {
  assert.deepEqual(
    refusals({ banChinhHopLe: ["hopLe"] }),
    ["documentName", "pages", "copies"].map((item) => `documents.r1.${item}: required-text`),
  );
});
