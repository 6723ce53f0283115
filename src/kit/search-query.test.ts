import assert from "node:assert/strict";
import { test } from "node:test";
import { fewerWords, readQuery } from "./search-query.ts";

const everyday = new Map([
  ["mo quan", ["thanh lap ho kinh doanh"]],
  ["mat bang lai", ["cap lai giay phep lai xe"]],
  ["mat", ["cap lai"]],
]);
const vocabulary = new Map(["mot", "cai", "bang", "lai", "an"].map((word) => [word, 1]));
const meant = (text: string) => readQuery(text, everyday, vocabulary)?.groups.map(([first]) => first?.join(" "));

test("small words inside an everyday phrase do not hide it, and other words do", () => {
  assert.deepEqual(meant("mở một cái quán"), ["thanh lap ho kinh doanh"]);
  assert.deepEqual(meant("mất cái bằng lái"), ["cap lai giay phep lai xe"]);
  assert.deepEqual(meant("mất an bằng lái"), ["cap lai", "an", "bang", "lai"]);
});

test("when nothing has all the words, unknown and common ones are given up first, and the everyday phrase last", () => {
  const counted = new Map([
    ["mot", 90],
    ["an", 2],
    ["bang", 1],
  ]);
  const read = readQuery("mở quán an mot xyzt", everyday, counted) ?? assert.fail();
  assert.deepEqual(
    fewerWords(read, counted).map(({ groups }) => groups.map(([first]) => first?.join(" "))),
    [["thanh lap ho kinh doanh", "an", "mot"], ["thanh lap ho kinh doanh", "an"], ["thanh lap ho kinh doanh"]],
  );
  const plain = readQuery("an xyzt qqqq", everyday, counted) ?? assert.fail();
  assert.deepEqual(fewerWords(plain, counted).at(-1)?.groups, [[["an"]]]);
});
