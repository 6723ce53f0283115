import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const eatery: Answers = {
  nycNoiCuTru: HOME,
  chuThe: "caNhan",
  tenRieng: "Bánh canh Trảng Bàng Út An",
  truSo: { detail: "Ki-ốt 7, chợ Bến Cầu", area: HOME.area },
  nganhChinhTen: "Nhà hàng, quán ăn",
  nganhChinhMa: "5610",
  vonKinhDoanh: 50_000_000,
  soLaoDong: 2,
  ngayBatDau: "2026-12-01",
};
const family: Answers = {
  ...eatery,
  chuThe: "hoGiaDinh",
  thanhVien: [{ row: "r1", tvHoTen: "Trần Thị Bình", tvNgaySinh: "1994-05-06", tvSoDinhDanh: "072194004321" }],
  nganhKhac: [{ row: "r1", nganhTen: "Bán lẻ đồ uống", nganhMa: "4723" }],
};
const member = (change: object): Answers => ({
  thanhVien: [
    { row: "r1", tvHoTen: "Trần Thị Bình", tvNgaySinh: "1994-05-06", tvSoDinhDanh: "072194004321", ...change },
  ],
});

judgeForm(import.meta.dirname, {
  questions: 16,
  filed: {
    "an eatery of one person": { answers: eatery, papers: [], due: 0 },
    "a family's eatery": { answers: family, papers: ["family-authorisation"], due: 0 },
    "a shop filed by an accountant": {
      answers: { ...eatery, nguoiNop: "uyQuyen", dienThoaiKd: "02763813363", coHoaDon: true },
      papers: ["filing-authorisation"],
      due: 0,
    },
  },
  refused: [
    ["an eatery of one person", { tenRieng: "" }, "tenRieng: required-text"],
    ["an eatery of one person", { tenRieng: "x".repeat(101) }, "tenRieng: text-too-long"],
    ["an eatery of one person", { truSo: { detail: "Ki-ốt 7", area: "" } }, "truSo.area: required-area"],
    ["an eatery of one person", { nganhChinhTen: "" }, "nganhChinhTen: required-text"],
    ["an eatery of one person", { nganhChinhMa: "56101" }, "nganhChinhMa: text-too-long"],
    ["an eatery of one person", { vonKinhDoanh: 0 }, "vonKinhDoanh: number-too-small"],
    ["an eatery of one person", { vonKinhDoanh: "năm mươi triệu" }, "vonKinhDoanh: number-shape"],
    ["an eatery of one person", { ngayBatDau: "2028-01-01" }, "ngayBatDau: date-too-late"],
    ["an eatery of one person", { chuThe: "" }, "chuThe: required-choice"],
    ["a shop filed by an accountant", { dienThoaiKd: "0123456789" }, "dienThoaiKd: phone-prefix"],
    [
      "a family's eatery",
      member({ tvNgaySinh: "2010-05-06", tvSoDinhDanh: "072310004321" }),
      "thanhVien.r1.tvNgaySinh: date-too-late",
    ],
    ["a family's eatery", member({ tvSoDinhDanh: "" }), "thanhVien.r1.tvSoDinhDanh: required-text"],
    ["a family's eatery", { nganhKhac: [{ row: "r1", nganhTen: "" }] }, "nganhKhac.r1.nganhTen: required-text"],
  ],
});
