import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const row = { row: "r1", muc: "ngaySinh", tu: "11/02/1991", thanh: "11/02/1990" };
const own: Answers = {
  choAi: "banThan",
  nycNoiCuTru: HOME,
  loaiViec: "caiChinh",
  noiDaDangKy: "Ủy ban nhân dân thị trấn Bến Cầu",
  ngayDangKy: "1990",
  thayDoi: [row],
  lyDo: "Ghi nhầm năm sinh so với giấy chứng sinh.",
};
const daughter: Answers = {
  ...own,
  choAi: "con",
  ntdHoTen: "Nguyễn Thị Ngọc",
  ntdNgaySinh: "2014-06-07",
  loaiViec: "thayDoi",
  dongYTuChinTuoi: ["dongY"],
  chaMeDongY: true,
  ngayDangKy: "2014-06-20",
  thayDoi: [{ ...row, muc: "hoTen", tu: "Nguyễn Thị Ngọc", thanh: "Nguyễn Bảo Ngọc" }],
  soLuongBanSao: 1,
};

judgeForm(import.meta.dirname, {
  questions: 12,
  filed: {
    "a man whose birth year is wrong": { answers: own, papers: ["grounds-proof"], due: 0 },
    "a daughter's new name": { answers: daughter, papers: ["grounds-proof"], due: 8_000 },
    "an aunt's ethnic group and native place, by authorisation": {
      answers: {
        ...own,
        choAi: "khac",
        ntdHoTen: "Lê Thị Hai",
        ntdNgaySinh: "1965-01-02",
        ntdSoGiayTo: "072165000123",
        loaiViec: "xacDinhLaiDanToc",
        thayDoi: [
          { row: "r1", muc: "danToc", tu: "Kinh", thanh: "Khmer" },
          { row: "r2", muc: "queQuan", thanh: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh" },
        ],
      },
      papers: ["grounds-proof", "authorisation"],
      due: 0,
    },
  },
  refused: [
    ["a man whose birth year is wrong", { loaiViec: "" }, "loaiViec: required-choice"],
    ["a man whose birth year is wrong", { noiDaDangKy: "" }, "noiDaDangKy: required-text"],
    ["a man whose birth year is wrong", { ngayDangKy: "2027" }, "ngayDangKy: date-future"],
    ["a man whose birth year is wrong", { thayDoi: [{ ...row, thanh: "" }] }, "thayDoi.r1.thanh: required-text"],
    ["a man whose birth year is wrong", { thayDoi: [{ ...row, muc: "tuoi" }] }, "thayDoi.r1.muc: choice-unknown"],
    [
      "a man whose birth year is wrong",
      { thayDoi: Array.from({ length: 11 }, (_, index) => ({ ...row, row: `r${index + 1}` })) },
      "thayDoi: rows-too-many",
    ],
    ["a man whose birth year is wrong", { lyDo: "x".repeat(1001) }, "lyDo: text-too-long"],
    ["a daughter's new name", { dongYTuChinTuoi: [] }, "dongYTuChinTuoi: required-choice"],
    ["a daughter's new name", { chaMeDongY: false }, "chaMeDongY: rule:chaMeChuaDongY"],
    ["a daughter's new name", { ntdNgaySinh: "2006-06-07" }, "ntdNgaySinh: rule:conDaLon"],
    ["a daughter's new name", { ntdHoTen: "Ngọc" }, "ntdHoTen: name-one-word"],
    ["an aunt's ethnic group and native place, by authorisation", { ntdSoGiayTo: "" }, "ntdSoGiayTo: required-text"],
    [
      "an aunt's ethnic group and native place, by authorisation",
      { ntdSoGiayTo: "072166000123" },
      "ntdSoGiayTo: identity-birth",
    ],
  ],
});
