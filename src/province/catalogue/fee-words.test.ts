import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FeeRule } from "#province/procedure/index.ts";
import { feeLines, feeRows, feeWords, rowWords } from "./fee-words.ts";
import { loadProcedures } from "./load-procedures.ts";

const context = { lang: "vi", on: "2026-11-20", localAmounts: {} } as const;
const plain = (text: string) => text.replaceAll("\u00a0", " ");

function feesOf(code: string): FeeRule[] {
  const found = loadProcedures().find(({ definition }) => definition.code === code);
  assert.ok(found, code);
  return found.definition.fees;
}

describe("fees in words", () => {
  test("certified copies name every step of the tariff and the cap", () => {
    assert.deepEqual(feeLines(feesOf("2.000815"), context).map(plain), [
      "2.000 đ/trang của bản chính; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản",
    ]);
  });

  test("birth registration in time is free, and its extract copies are not", () => {
    assert.deepEqual(feeLines(feesOf("1.001193"), context).map(plain), [
      "Đăng ký đúng hạn: miễn",
      "Phí bản sao trích lục (không bắt buộc): 8.000 đ/bản",
    ]);
  });

  test("an amount that the province has not published is never printed as free or as 0", () => {
    const [rule] = feesOf("1.004873");
    assert.ok(rule);
    const words = feeWords(rule, "online", context);
    assert.equal(words.kind, "unknown");
    assert.doesNotMatch(words.text, /miễn|\b0\b/i);
    const decided = { ...context, localAmounts: { "marital-status": { amount: 15_000, basis: "Nghị quyết" } } };
    assert.equal(plain(feeWords(rule, "online", decided).text), "15.000 đ");
  });

  test("one charge that is less online is one row, and a way without a rule is not called free", () => {
    const rows = feeRows(feesOf("1.004222"), context.on);
    assert.equal(rows.length, 1);
    const [row] = rows;
    assert.ok(row);
    assert.deepEqual(
      (["online", "counter", "post"] as const).map((way) => plain(rowWords(row, way, context).text)),
      ["10.000 đ/lần", "20.000 đ/lần", "Không áp dụng"],
    );
  });
});
