import assert from "node:assert/strict";
import { test } from "node:test";
import { withMarks } from "./with-marks.ts";

test("corrected words get the marks of the name they stand together in", () => {
  const names = ["Đổi giấy phép lái xe", "Cấp lại giấy chứng nhận", "Đăng ký hộ kinh doanh đang hoạt động"];
  assert.equal(withMarks("giay phep lai xe", names), "giấy phép lái xe");
  assert.equal(withMarks("dang ky lai", names), "đăng ký lai");
  assert.equal(withMarks("ho ca the", names), "hộ ca the");
});
