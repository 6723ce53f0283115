import type { Answers } from "#province/forms/index.ts";
import { judgeForm } from "../judge-form.ts";

const place = { detail: "Lô B2", area: "Xã Bờ Y, Huyện Ngọc Hồi, Tỉnh Kon Tum" };
const plant: Answers = {
  tenDoanhNghiep: "Công ty TNHH Gỗ Bờ Y",
  maSoDoanhNghiep: "6100000004",
  truSoDoanhNghiep: place,
  laDaiDien: true,
  daiDienChucDanh: "Giám đốc",
  tenCongTrinh: "Nhà máy chế biến gỗ Bờ Y",
  loDat: "Lô B2, Khu kinh tế cửa khẩu quốc tế Bờ Y",
  diaDiemXayDung: place,
  dienTichDat: 20_000,
  capCongTrinh: "cap2",
  loaiCongTrinh: "khongTheoTuyen",
  dienTichXayDung: 8000,
  tongDienTichSan: 9500,
  soTang: 2,
  chieuCao: 14.5,
  soQuyetDinhDuAn: "12/QĐ-GBY",
  ngayQuyetDinhDuAn: "2026-08-01",
  soThamDinh: "88/TB-BQL",
  donViThietKe: "Công ty Cổ phần Tư vấn Tây Nguyên",
  maChungChi: "KON-00054321",
  pccc: true,
  thoiGianThiCong: 12,
};
const { dienTichXayDung: _built, tongDienTichSan: _floor, soTang: _floors, chieuCao: _height, ...line } = plant;

judgeForm(import.meta.dirname, {
  questions: 25,
  filed: {
    "a plant on subleased land": {
      answers: plant,
      papers: ["works-land-right", "project-approval", "works-drawings", "fire-approval"],
      due: 0,
    },
    "a water main": {
      answers: { ...line, loaiCongTrinh: "theoTuyen", chieuDai: 3200, pccc: false },
      papers: ["works-land-right", "project-approval", "works-drawings"],
      due: 0,
    },
    "a hotel on own land with its place on the map": {
      answers: {
        ...plant,
        capCongTrinh: "cap1",
        soGiayChungNhan: "BD 123456",
        toaDo: { lat: 14.7, lng: 107.65 },
        laDaiDien: false,
        daiDienHoTen: "Trần Thị Bình",
      },
      papers: ["project-approval", "works-drawings", "fire-approval"],
      due: 0,
    },
  },
  refused: [
    ["a plant on subleased land", { tenCongTrinh: "" }, "tenCongTrinh: required-text"],
    [
      "a plant on subleased land",
      { dienTichXayDung: 20_001, tongDienTichSan: 20_001 },
      "dienTichXayDung: rule:xayLonHonDat",
    ],
    ["a plant on subleased land", { tongDienTichSan: 7999 }, "tongDienTichSan: rule:sanNhoHonXayDung"],
    ["a plant on subleased land", { soTang: 0 }, "soTang: number-too-small"],
    ["a plant on subleased land", { capCongTrinh: "cap3" }, "capCongTrinh: choice-unknown"],
    ["a plant on subleased land", { ngayQuyetDinhDuAn: "2026-12-01" }, "ngayQuyetDinhDuAn: date-future"],
    ["a plant on subleased land", { donViThietKe: "" }, "donViThietKe: required-text"],
    ["a plant on subleased land", { pccc: "" }, "pccc: required-choice"],
    ["a plant on subleased land", { thoiGianThiCong: 241 }, "thoiGianThiCong: number-too-large"],
    ["a water main", { chieuDai: "" }, "chieuDai: required-text"],
    ["a water main", { chieuDai: "ba cây số" }, "chieuDai: decimal-shape"],
    ["a hotel on own land with its place on the map", { daiDienHoTen: "" }, "daiDienHoTen: required-text"],
  ],
});
