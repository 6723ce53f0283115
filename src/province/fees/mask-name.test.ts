import assert from "node:assert/strict";
import { test } from "node:test";
import { maskName } from "./mask-name.ts";

test("a masked name keeps the given name and the initials, whatever the spelling", () => {
  assert.equal(maskName("Nguyễn Văn An"), "N. V. An");
  assert.equal(maskName("  Đỗ   Thị Ánh "), "Đ. T. Ánh");
  assert.equal(maskName("Ê Đê".normalize("NFD")), "Ê. Đê");
  assert.equal(maskName("An"), "An");
});
