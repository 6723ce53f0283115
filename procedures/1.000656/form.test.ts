import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const mother: Answers = {
  nycQuanHe: "con",
  nktHoTen: "Lê Thị Hai",
  nktGioiTinh: "nu",
  nktNgaySinh: "1948",
  nktSoGiayToTuyThan: "072148000123",
  nktDanToc: "01",
  nktNoiCuTru: HOME,
  nktNgayChet: "2026-11-15",
  nktGioPhutChet: "14 giờ 30 phút",
  nktNoiChet: "Bệnh viện đa khoa tỉnh Tây Ninh",
  nktNguyenNhanChet: "Bệnh lý",
  gbtLoai: "giayBaoTu",
  gbtSo: "45/2026",
  gbtNgay: "2026-11-16",
  gbtCoQuanCap: "Bệnh viện đa khoa tỉnh Tây Ninh",
};
const { gbtLoai: _kind, gbtSo: _number, gbtNgay: _day, gbtCoQuanCap: _issuer, ...unnoticed } = mother;

judgeForm(import.meta.dirname, {
  questions: 22,
  official: { form: "khai-tu", elsewhere: [] },
  filed: {
    "a mother with a death notice on paper": { answers: mother, papers: ["death-notice"], due: 0 },
    "a neighbour with the hospital's electronic notice and three copies": {
      answers: { ...unnoticed, nycQuanHe: "uyQuyen", maGBT: "GBT-0001", ngayCapGBT: "2026-11-16", soLuongBanSao: 3 },
      papers: ["authorisation"],
      due: 24_000,
    },
    "a grandfather who died long ago": {
      answers: {
        ...unnoticed,
        nktSoGiayToTuyThan: "290123456",
        nktNgayChet: "1999-02-03",
        nktLoaiCuTru: "thuongTru",
        gbtLoai: "khongCo",
      },
      papers: ["death-evidence"],
      due: 0,
    },
  },
  refused: [
    ["a mother with a death notice on paper", { nycQuanHe: "" }, "nycQuanHe: required-choice"],
    ["a mother with a death notice on paper", { nktHoTen: "Lê Thị 2" }, "nktHoTen: name-characters"],
    ["a mother with a death notice on paper", { nktNgayChet: "" }, "nktNgayChet: required-date"],
    ["a mother with a death notice on paper", { nktNgayChet: "2026-12-01" }, "nktNgayChet: date-future"],
    ["a grandfather who died long ago", { nktNgayChet: "1947-02-03" }, "nktNgayChet: rule:chetTruocKhiSinh"],
    ["a mother with a death notice on paper", { gbtNgay: "2026-11-14" }, "gbtNgay: rule:baoTuTruocKhiChet"],
    ["a mother with a death notice on paper", { gbtSo: "" }, "gbtSo: required-text"],
    [
      "a mother with a death notice on paper",
      { nktSoGiayToTuyThan: "07214800012" },
      "nktSoGiayToTuyThan: identity-length",
    ],
    [
      "a mother with a death notice on paper",
      { nktSoGiayToTuyThan: "072090001234", nktNgaySinh: "1990" },
      "nktSoGiayToTuyThan: rule:chinhMinhDaChet",
    ],
    [
      "a neighbour with the hospital's electronic notice and three copies",
      { ngayCapGBT: "2026-11-01" },
      "ngayCapGBT: rule:baoTuDienTuTruocKhiChet",
    ],
    [
      "a neighbour with the hospital's electronic notice and three copies",
      { soLuongBanSao: -1 },
      "soLuongBanSao: number-too-small",
    ],
    [
      "a grandfather who died long ago",
      { nktNoiCuTru: { detail: "12 ấp 3", area: "Bến Cầu" } },
      "nktNoiCuTru.area: area-parts",
    ],
  ],
});
