import assert from "node:assert/strict";
import { test } from "node:test";
import { toText } from "#kit/html.ts";
import { differencesOf } from "../../definition-differences.ts";
import { differenceTable } from "./difference-table.ts";

const fee = (amount: number) => ({
  code: "copy",
  name: { vi: "Bản sao", en: "Copy" },
  amount: { type: "fixed", amount },
});

test("a changed amount is read as money at its place; what is equal in another order of keys is no change", () => {
  const before = { fees: [fee(8_000)], name: { vi: "A", en: "A" }, results: [{ code: "KQ.G15.000031", name: "x" }] };
  const after = { name: { en: "A", vi: "A" }, results: [], fees: [fee(9_000)] };
  const found = differencesOf(before, after);
  assert.deepEqual(
    found.map(({ place }) => place),
    ["results.KQ.G15.000031", "fees.copy.amount"],
  );
  const page = toText(differenceTable("vi", found));
  for (const words of ["Kết quả › KQ.G15.000031", "Mức thu › copy › Số tiền", "8.000 đ", "9.000 đ", "(không có)"])
    assert.ok(page.includes(words), words);
});

test("an amount by quantity says of what and by which answer", () => {
  const by = (amount: number, quantityItem: string) => ({
    fees: [{ code: "copy", amount: { type: "per_unit", amount, quantityItem, unit: { vi: "bản", en: "copy" } } }],
  });
  const page = toText(differenceTable("vi", differencesOf(by(8_000, "copies"), by(8_000, "pages"))));
  assert.match(page, /8\.000 đ\/bản × copies.*8\.000 đ\/bản × pages/s);
});

test("hostile words of a definition come out as words", () => {
  const evil = '<script>alert(1)</script>"&';
  const page = toText(
    differenceTable("vi", differencesOf({}, { [evil]: { vi: evil, en: evil }, notes: [{ vi: evil, en: "b" }] })),
  );
  assert.ok(!page.includes("<script"));
  assert.ok(page.includes("&lt;script&gt;"));
});
