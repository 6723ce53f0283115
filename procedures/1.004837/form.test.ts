import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const brother: Answers = {
  laGiamHo: "nguoiGiamHo",
  nycNoiCuTru: HOME,
  ghDanToc: "01",
  dghHoTen: "Nguyễn Thị Ngọc",
  dghGioiTinh: "nu",
  dghNgaySinh: "2014-06-07",
  dghSoGiayTo: "072314000123",
  dghDanToc: "01",
  dghCungNoiO: true,
  loaiGiamHo: "duongNhien",
  lyDoGiamHo: "chuaThanhNien",
};
const appointed: Answers = {
  ...brother,
  laGiamHo: "nguoiCu",
  ghHoTen: "Trần Thị Bình",
  ghNgaySinh: "1991-05-06",
  ghSoGiayTo: "072191004321",
  ghNoiCuTru: HOME,
  loaiGiamHo: "cu",
  ngayVanBanCu: "2026-11-01",
  soLuongBanSao: 2,
};

judgeForm(import.meta.dirname, {
  questions: 13,
  filed: {
    "a brother by law": { answers: brother, papers: ["guardianship-by-law"], due: 0 },
    "a neighbour by appointment": { answers: appointed, papers: ["guardian-appointment"], due: 16_000 },
    "a son for his mother without capacity": {
      answers: {
        ...brother,
        dghHoTen: "Lê Thị Hai",
        dghNgaySinh: "1950-01-02",
        dghSoGiayTo: "072150000123",
        dghCungNoiO: false,
        dghNoiCuTru: HOME,
        lyDoGiamHo: "matNangLuc",
        soQuyetDinhToa: "08/2026/QĐST-DS",
      },
      papers: ["guardianship-by-law"],
      due: 0,
    },
  },
  refused: [
    [
      "a brother by law",
      {
        laGiamHo: "",
        ghHoTen: "Trần Thị Bình",
        ghNgaySinh: "1991-05-06",
        ghSoGiayTo: "072191004321",
        ghNoiCuTru: HOME,
      },
      "laGiamHo: required-choice",
    ],
    ["a brother by law", { dghHoTen: "" }, "dghHoTen: required-text"],
    ["a brother by law", { dghNgaySinh: "2027-06-07", dghSoGiayTo: undefined }, "dghNgaySinh: date-future"],
    ["a brother by law", { dghNgaySinh: "2000-06-07", dghSoGiayTo: "072300000123" }, "dghNgaySinh: rule:nguoiLon"],
    ["a brother by law", { dghSoGiayTo: "072313000123" }, "dghSoGiayTo: identity-birth"],
    ["a brother by law", { dghGioiTinh: "" }, "dghGioiTinh: required-choice"],
    ["a brother by law", { loaiGiamHo: "tuNguyen" }, "loaiGiamHo: choice-unknown"],
    ["a neighbour by appointment", { ngayVanBanCu: "" }, "ngayVanBanCu: required-date"],
    [
      "a neighbour by appointment",
      { ghNgaySinh: "2012-05-06", ghSoGiayTo: "072312004321" },
      "ghNgaySinh: date-too-late",
    ],
    [
      "a neighbour by appointment",
      { ghNoiCuTru: { detail: "", area: HOME.area } },
      "ghNoiCuTru.detail: required-detail",
    ],
    ["a neighbour by appointment", { soLuongBanSao: 30 }, "soLuongBanSao: number-too-large"],
    ["a son for his mother without capacity", { soQuyetDinhToa: "" }, "soQuyetDinhToa: required-text"],
    [
      "a son for his mother without capacity",
      { dghNgaySinh: "1990-01-02", dghSoGiayTo: "072090001234" },
      "dghSoGiayTo: rule:cungMotNguoi",
    ],
  ],
});
