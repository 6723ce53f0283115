import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const father: Answers = {
  nycNgayCapGiayToTuyThan: "2021-05-10",
  nycNoiCapGiayToTuyThan: "Bộ Công an",
  nycNoiCuTru: HOME,
  nycQuanHe: "cha",
  nksHoTen: "Nguyễn Gia Bảo",
  nksGioiTinh: "nam",
  nksNgaySinh: "2026-10-20",
  nksDanToc: "01",
  nksNoiSinh: { detail: "Trung tâm Y tế huyện Bến Cầu", area: HOME.area },
  nksQueQuan: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh",
  meHoTen: "Trần Thị Bình",
  meNgaySinh: "1994-05-06",
  meSoGiayToTuyThan: "072194004321",
  meDanToc: "01",
  meCungNoiCuTru: true,
  chaDanToc: "01",
  yKienNguoiConLai: ["dongY"],
  chungCu: "vanBan",
  vbCoQuan: "Viện Pháp y quốc gia",
  vbSo: "125/ADN",
  vbNgay: "2026-11-10",
};
const { vbCoQuan: _office, vbSo: _number, vbNgay: _day, ...undocumented } = father;
const witnesses = [
  { row: "r1", ncHoTen: "Lê Văn Ba", ncNgaySinh: "1970", ncSoGiayTo: "072070000111", ncNoiCuTru: HOME.area },
  { row: "r2", ncHoTen: "Phạm Thị Tư", ncNgaySinh: "1985-01-02", ncSoGiayTo: "072185000222", ncNoiCuTru: HOME.area },
];

judgeForm(import.meta.dirname, {
  questions: 29,
  filed: {
    "a father with a laboratory's document": { answers: father, papers: ["birth-proof", "parentage-document"], due: 0 },
    "a father with two witnesses": {
      answers: { ...undocumented, chungCu: "camDoan", nhanChung: witnesses, extractCopies: 1 },
      papers: ["birth-proof", "parentage-declaration"],
      due: 8_000,
    },
    "a father with the hospital's electronic notice": {
      answers: { ...father, maGCS: "GCS-0002", ngayCapGCS: "2026-10-21", meCungNoiCuTru: false, meNoiCuTru: HOME },
      papers: ["parentage-document"],
      due: 0,
    },
  },
  refused: [
    ["a father with a laboratory's document", { chungCu: "adn", vbCoQuan: "" }, "chungCu: choice-unknown"],
    ["a father with a laboratory's document", { nksNgaySinh: "2026-11-30" }, "nksNgaySinh: date-future"],
    ["a father with a laboratory's document", { meSoGiayToTuyThan: "" }, "meSoGiayToTuyThan: required-text"],
    [
      "a father with a laboratory's document",
      { meNgaySinh: "1990", meSoGiayToTuyThan: "072090001234" },
      "chaSoGiayToTuyThan: rule:haiSoGiayToTrungNhau",
    ],
    ["a father with a laboratory's document", { yKienNguoiConLai: [] }, "yKienNguoiConLai: required-choice"],
    ["a father with a laboratory's document", { vbNgay: "2026-10-01" }, "vbNgay: rule:vanBanTruocKhiSinh"],
    ["a father with a laboratory's document", { vbCoQuan: "" }, "vbCoQuan: required-text"],
    ["a father with two witnesses", { chungCu: "" }, "chungCu: required-choice"],
    [
      "a father with two witnesses",
      { nhanChung: [witnesses[0], { ...witnesses[1], ncHoTen: "" }] as Answers[string] },
      "nhanChung.r2.ncHoTen: required-text",
    ],
    [
      "a father with two witnesses",
      {
        nhanChung: [
          witnesses[0],
          { ...witnesses[1], ncNgaySinh: "2012", ncSoGiayTo: "072312000222" },
        ] as Answers[string],
      },
      "nhanChung.r2.ncNgaySinh: date-too-late",
    ],
    [
      "a father with two witnesses",
      {
        nhanChung: Array.from({ length: 6 }, (_, index) => ({
          ...witnesses[0],
          row: `r${index + 1}`,
        })) as Answers[string],
      },
      "nhanChung: rows-too-many",
    ],
    [
      "a father with the hospital's electronic notice",
      { ngayCapGCS: "2026-10-01" },
      "ngayCapGCS: rule:giayChungSinhTruocNgaySinh",
    ],
  ],
});
