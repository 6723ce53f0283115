import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readFeedPage } from "./index.ts";

const example = () =>
  JSON.parse(readFileSync(new URL("./examples/page.json", import.meta.url), "utf8")) as {
    items: Record<string, unknown>[];
    cursor: unknown;
  };

test("the example is a page; a path that leads off the province's site is not", () => {
  assert.equal(readFeedPage(example()).ok, true);
  for (const path of ["//elsewhere.vn/x", "https://elsewhere.vn", "/\\elsewhere", "thu-tuc/1"]) {
    const page = example();
    page.items[0] = { ...page.items[0], path };
    assert.equal(readFeedPage(page).ok, false, path);
  }
  assert.equal(readFeedPage({ ...example(), cursor: 12 }).ok, false);
  assert.equal(readFeedPage(null).ok, false);
});
