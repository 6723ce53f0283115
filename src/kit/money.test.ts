import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatCompact,
  formatDate,
  formatIsoLocal,
  isPlainDate,
  parseCompact,
  plainDateOf,
  weekdayName,
} from "./calendar.ts";
import { dongInWords, formatDong, isDong } from "./money.ts";

test("amounts are written in figures and words as receipts want them", () => {
  assert.equal(formatDong(800_000), "800.000 đ");
  assert.equal(formatDong(0), "0 đ");
  assert.equal(dongInWords(800_000), "Tám trăm nghìn đồng");
  assert.equal(dongInWords(21_015), "Hai mươi mốt nghìn không trăm mười lăm đồng");
  assert.equal(dongInWords(1_000), "Một nghìn đồng");
  for (const bad of [-1, 1.5, Number.NaN, 1e13, "1"]) assert.equal(isDong(bad), false);
});

test("a day is a day of Viet Nam, whatever the machine's zone", () => {
  assert.equal(plainDateOf(new Date("2020-07-21T17:00:00Z")), "2020-07-22");
  assert.equal(plainDateOf(new Date("2020-07-21T16:59:59Z")), "2020-07-21");
  assert.equal(formatDate("2020-07-22"), "22/07/2020");
  assert.equal(formatCompact(new Date("2026-01-01T01:30:00Z")), "20260101083000");
  assert.equal(parseCompact("20260101083000")?.toISOString(), "2026-01-01T01:30:00.000Z");
  assert.equal(parseCompact("20260230083000"), undefined);
  assert.equal(formatIsoLocal(new Date("2026-01-01T01:30:00Z")), "2026-01-01T08:30:00+07:00");
  assert.equal(weekdayName("2026-11-21", "vi"), "Thứ Bảy");
  assert.equal(isPlainDate("2023-02-29"), false);
});
