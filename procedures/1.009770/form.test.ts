import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { judgeForm } from "../judge-form.ts";

const own: Answers = {
  tenDoanhNghiep: "Công ty TNHH Gỗ Bờ Y",
  maSoDoanhNghiep: "6100000004",
  truSoDoanhNghiep: { detail: "Lô B2", area: "Xã Bờ Y, Huyện Ngọc Hồi, Tỉnh Kon Tum" },
  laDaiDien: true,
  daiDienChucDanh: "Giám đốc",
  tenDuAn: "Nhà máy chế biến gỗ Bờ Y",
  maDuAn: "3801234567",
  ngayCap: "2007-06-01",
  hetHan: "2027-06-01",
  vonDaThucHien: 60_000_000_000,
  soNam: 30,
  lyDo: "Dự án hoạt động hiệu quả, tiếp tục đầu tư dây chuyền mới.",
  giaHanDat: false,
  camKetDuAn: ["khongCongNgheLacHau", "khongChuyenGiao"],
};

const { kept } = judgeForm(import.meta.dirname, {
  questions: 16,
  filed: {
    "a director": { answers: own, papers: ["project-report"], due: 0 },
    "a director who also extends the land": {
      answers: { ...own, giaHanDat: true, soNam: 50 },
      papers: ["project-report", "land-use-right"],
      due: 0,
    },
    "an accountant": {
      answers: { ...own, laDaiDien: false, daiDienHoTen: "Trần Thị Bình" },
      papers: ["project-report"],
      due: 0,
    },
  },
  refused: [
    ["a director", { soNam: 51 }, "soNam: rule:quaBayMuoiNam"],
    ["a director", { soNam: 0 }, "soNam: number-too-small"],
    ["a director", { hetHan: "2026-11-20" }, "hetHan: date-too-old"],
    ["a director", { ngayCap: "2026-11-30" }, "ngayCap: date-future"],
    ["a director", { tenDuAn: "" }, "tenDuAn: required-text"],
    ["a director", { maSoDoanhNghiep: "abc" }, "maSoDoanhNghiep: tax-digits"],
    ["a director", { vonDaThucHien: -1 }, "vonDaThucHien: number-too-small"],
    ["a director", { lyDo: "x".repeat(2001) }, "lyDo: text-too-long"],
    ["a director", { camKetDuAn: ["khongChuyenGiao"] }, "camKetDuAn: rule:thieuXacNhan"],
    ["a director", { camKetDuAn: [] }, "camKetDuAn: required-choice"],
    ["a director", { giaHanDat: "" }, "giaHanDat: required-choice"],
    ["an accountant", { daiDienHoTen: "" }, "daiDienHoTen: required-text"],
  ],
});

test("the whole term is worked out from issue, present end and extension", () =>
  assert.equal(kept(own)["tongThoiHan"], 50));
