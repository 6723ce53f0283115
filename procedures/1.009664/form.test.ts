import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const place = { detail: "Lô B2", area: "Xã Bờ Y, Huyện Ngọc Hồi, Tỉnh Kon Tum" };
const factory: Answers = {
  loaiNhaDauTu: "toChuc",
  ndtTen: "Công ty TNHH Gỗ Bờ Y",
  ndtMaSo: "6100000004",
  ndtTruSo: "Thị trấn Plei Kần, Huyện Ngọc Hồi, Tỉnh Kon Tum",
  ndtDaiDien: "Trần Thị Bình",
  truongHop: "khongChuTruong",
  tenDuAn: "Nhà máy chế biến gỗ Bờ Y",
  mucTieu: "Chế biến gỗ xuất khẩu",
  viTri: "khuKinhTe",
  tenKhu: "Khu kinh tế cửa khẩu quốc tế Bờ Y",
  diaDiem: place,
  dienTichDat: 20_000,
  quyenSuDungDat: "thueLai",
  congSuat: "5.000 m³ một năm",
  tongVon: 60_000_000_000,
  vonGop: 20_000_000_000,
  thoiHan: 60,
  khoiCong: "2027-03-01",
  hoatDong: "2028-01-01",
  laoDong: 120,
  uuDai: true,
  coSoUuDai: "Khu kinh tế",
  thamDinhCongNghe: false,
  hopDongBcc: false,
};
const { ndtMaSo: _code, ...withoutCode } = factory;
const {
  ndtTen: _n,
  ndtTruSo: _s,
  ndtDaiDien: _r,
  tenKhu: _z,
  thamDinhCongNghe: _t,
  hopDongBcc: _b,
  ...person
} = withoutCode;

const { kept } = judgeForm(import.meta.dirname, {
  questions: 27,
  filed: {
    "a company in the border-gate zone": {
      answers: factory,
      papers: ["financial-capacity", "project-proposal", "site-right"],
      due: 0,
    },
    "a Lao company with new technology under a contract": {
      answers: {
        ...withoutCode,
        ndtQuocGia: "LA",
        ndtSoDangKy: "LA-0099",
        thamDinhCongNghe: true,
        hopDongBcc: true,
        nhaDauTuKhac: [{ row: "r1", ndkTen: "Nguyễn Minh Khôi", ndkSo: "062090000123", ndkVonGop: 5_000_000_000 }],
      },
      papers: [
        "investor-status",
        "financial-capacity",
        "project-proposal",
        "site-right",
        "technology-explanation",
        "bcc",
      ],
      due: 0,
    },
    "a person whose project was approved": {
      answers: {
        ...person,
        loaiNhaDauTu: "caNhan",
        ndtNoiCuTru: HOME,
        truongHop: "daChapThuan",
        soChapThuan: "120/QĐ-UBND",
        ngayChapThuan: "2026-09-01",
        viTri: "ngoaiKhu",
        thoiHan: 50,
        quyenSuDungDat: "xinGiao",
      },
      papers: [],
      due: 0,
    },
  },
  refused: [
    ["a company in the border-gate zone", { ndtTen: "" }, "ndtTen: required-text"],
    ["a company in the border-gate zone", { ndtMaSo: "6100000005" }, "ndtMaSo: tax-checksum"],
    ["a company in the border-gate zone", { ndtMaSo: "61000" }, "ndtMaSo: tax-length"],
    ["a company in the border-gate zone", { vonGop: 60_000_000_001 }, "vonGop: rule:vonGopLonHon"],
    ["a company in the border-gate zone", { tongVon: "" }, "tongVon: required-text"],
    ["a company in the border-gate zone", { viTri: "khuCongNghiep" }, "thoiHan: rule:quaNamMuoiNam"],
    ["a company in the border-gate zone", { thoiHan: 71 }, "thoiHan: number-too-large"],
    ["a company in the border-gate zone", { hoatDong: "2027-02-28" }, "hoatDong: rule:hoatDongTruocKhoiCong"],
    ["a company in the border-gate zone", { coSoUuDai: "" }, "coSoUuDai: required-text"],
    ["a Lao company with new technology under a contract", { ndtSoDangKy: "" }, "ndtSoDangKy: required-text"],
    [
      "a Lao company with new technology under a contract",
      { nhaDauTuKhac: [{ row: "r1", ndkTen: "Nguyễn Minh Khôi", ndkSo: "062090000123", ndkVonGop: 0 }] },
      "nhaDauTuKhac.r1.ndkVonGop: number-too-small",
    ],
    ["a person whose project was approved", { ngayChapThuan: "2026-12-01" }, "ngayChapThuan: date-future"],
  ],
});

test("loans are what the own capital leaves", () => assert.equal(kept(factory)["vonHuyDong"], 40_000_000_000));
