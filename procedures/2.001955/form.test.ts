import type { Answers } from "#province/forms/index.ts";
import { judgeForm } from "../judge-form.ts";

const first: Answers = {
  tenDoanhNghiep: "Công ty TNHH Gỗ Bờ Y",
  maSoDoanhNghiep: "6100000004",
  truSoDoanhNghiep: { detail: "Lô B2", area: "Xã Bờ Y, Huyện Ngọc Hồi, Tỉnh Kon Tum" },
  laDaiDien: true,
  daiDienChucDanh: "Giám đốc",
  soLaoDong: 120,
  coCongDoan: true,
  tenToChucDaiDien: "Công đoàn cơ sở Công ty Gỗ Bờ Y",
  lanDangKy: "moi",
  soQuyetDinh: "05/QĐ-GBY",
  ngayBanHanh: "2026-11-15",
  ngayHieuLuc: "2026-12-15",
  noiDungCo: ["thoiGio", "tratTu", "anToan", "kyLuat", "boiThuong"],
  phamVi: ["truSo"],
};
const { tenToChucDaiDien: _union, ...withoutUnion } = first;

judgeForm(import.meta.dirname, {
  questions: 15,
  filed: {
    "a company with a union": { answers: first, papers: ["labour-rules-text", "union-opinion"], due: 0 },
    "a company without a union": {
      answers: { ...withoutUnion, coCongDoan: false, soLaoDong: 12 },
      papers: ["labour-rules-text"],
      due: 0,
    },
    "a company that changes its rules": {
      answers: {
        ...first,
        laDaiDien: false,
        daiDienHoTen: "Trần Thị Bình",
        lanDangKy: "suaDoi",
        soDangKyCu: "17/TB-BQL",
        phamVi: ["truSo", "chiNhanh"],
      },
      papers: ["labour-rules-text", "union-opinion"],
      due: 0,
    },
  },
  refused: [
    ["a company with a union", { ngayHieuLuc: "2026-12-05" }, "ngayHieuLuc: rule:hieuLucQuaSom"],
    ["a company with a union", { ngayHieuLuc: "2028-12-05" }, "ngayHieuLuc: date-too-late"],
    ["a company with a union", { ngayBanHanh: "2026-11-22" }, "ngayBanHanh: date-future"],
    ["a company with a union", { ngayBanHanh: "2024-11-22" }, "ngayBanHanh: date-too-old"],
    ["a company with a union", { noiDungCo: ["thoiGio"] }, "noiDungCo: rule:thieuKyLuat"],
    ["a company with a union", { noiDungCo: ["kyLuat", "khac"] }, "noiDungCo: choice-unknown"],
    ["a company with a union", { phamVi: [] }, "phamVi: required-choice"],
    ["a company with a union", { tenToChucDaiDien: "" }, "tenToChucDaiDien: required-text"],
    ["a company with a union", { soLaoDong: "nhiều" }, "soLaoDong: number-shape"],
    [
      "a company with a union",
      { truSoDoanhNghiep: { detail: "Lô B2", area: "Bờ Y" } },
      "truSoDoanhNghiep.area: area-parts",
    ],
    ["a company without a union", { coCongDoan: "" }, "coCongDoan: required-choice"],
    ["a company that changes its rules", { soDangKyCu: "" }, "soDangKyCu: required-text"],
    ["a company that changes its rules", { maSoDoanhNghiep: "" }, "maSoDoanhNghiep: required-text"],
  ],
});
