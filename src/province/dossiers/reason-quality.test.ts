import assert from "node:assert/strict";
import { test } from "node:test";
import { checkReason } from "./reason-quality.ts";

const refused: [string, string][] = [
  ["", "empty"],
  ["   …!!! ", "empty"],
  ["ABC", "too-short"],
  ["abc abc abc abc", "too-short"],
  ["aaaaaaaaaaaaaaa", "too-short"],
  ["Thiếu ảnh", "too-short"],
  ["KHÔNG HỢP LỆ", "says-nothing"],
  ["Nội dung không đúng.", "says-nothing"],
  ["Yêu cầu bổ sung hồ sơ", "says-nothing"],
];
for (const [text, fault] of refused) {
  test(`“${text}” is not a reason (${fault})`, () => assert.equal(checkReason(text), fault));
}

for (const text of [
  "Ảnh giấy chứng sinh bị mờ ở ngày sinh, đề nghị chụp lại",
  "Số CCCD của mẹ thiếu một chữ số",
  "Thiếu trang 2 của hợp đồng",
]) {
  test(`“${text}” says what is wrong`, () => assert.equal(checkReason(text), null));
}
