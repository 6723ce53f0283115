import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readFeedPage } from "./index.ts";

const example = () =>
  JSON.parse(readFileSync(new URL("./examples/page.json", import.meta.url), "utf8")) as {
    items: Record<string, unknown>[];
    cursor: unknown;
  };

test("the example is a page; a path that leads off the province's site is left out of it, and the rest is read", () => {
  assert.equal(readFeedPage(example()).ok, true);
  for (const path of ["//elsewhere.vn/x", "https://elsewhere.vn", "/\\elsewhere", "thu-tuc/1"]) {
    const page = example();
    page.items[0] = { ...page.items[0], path };
    const read = readFeedPage(page);
    assert.ok(read.ok);
    assert.deepEqual(
      read.unreadable.map(({ code }) => code),
      [page.items[0]["code"]],
      path,
    );
    assert.equal(read.page.items.length, page.items.length - 1);
  }
  assert.equal(readFeedPage({ ...example(), cursor: 12 }).ok, false);
  assert.equal(readFeedPage(null).ok, false);
});
