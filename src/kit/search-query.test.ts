import assert from "node:assert/strict";
import { test } from "node:test";
import { readQuery } from "./search-query.ts";

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
