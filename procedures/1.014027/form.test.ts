import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const account = { bank: "970436", number: "0123456789" };
const mother: Answers = {
  choAi: "nguoiThan",
  nycNoiCuTru: HOME,
  viec: "huong",
  nhHoTen: "Lê Thị Hai",
  nhNgaySinh: "1950-01-02",
  nhSoDinhDanh: "072150000123",
  nhNoiO: HOME,
  hoNgheo: false,
  coLuongHuu: false,
  taiKhoan: account,
};
const { hoNgheo: _poor, coLuongHuu: _pension, ...known } = mother;

judgeForm(import.meta.dirname, {
  questions: 12,
  filed: {
    "a mother of seventy-six": { answers: mother, papers: [], due: 0 },
    "a poor neighbour of seventy-one, in cash": {
      answers: {
        ...mother,
        nhNgaySinh: "1955-01-02",
        nhSoDinhDanh: "072155000123",
        hoNgheo: true,
        cachNhan: "tienMat",
        taiKhoan: undefined,
      },
      papers: [],
      due: 0,
    },
    "a grandmother who moves to another account": {
      answers: { ...known, viec: "dieuChinh", lyDo: "Đổi tài khoản nhận tiền", chuTaiKhoan: "Trần Thị Bình" },
      papers: [],
      due: 0,
    },
  },
  refused: [
    [
      "a mother of seventy-six",
      { nhNgaySinh: "1955-01-02", nhSoDinhDanh: "072155000123" },
      "nhNgaySinh: rule:chuaDuTuoi",
    ],
    [
      "a poor neighbour of seventy-one, in cash",
      { nhNgaySinh: "1960-01-02", nhSoDinhDanh: "072160000123" },
      "nhNgaySinh: rule:chuaDuTuoi",
    ],
    ["a mother of seventy-six", { nhHoTen: "" }, "nhHoTen: required-text"],
    ["a mother of seventy-six", { nhSoDinhDanh: "072151000123" }, "nhSoDinhDanh: identity-birth"],
    ["a mother of seventy-six", { coLuongHuu: true }, "soTienDangHuong: required-text"],
    [
      "a mother of seventy-six",
      { coLuongHuu: true, soTienDangHuong: 600_000 },
      "soTienDangHuong: rule:dangHuongCaoHon",
    ],
    ["a mother of seventy-six", { hoNgheo: "" }, "hoNgheo: required-choice"],
    ["a mother of seventy-six", { viec: "tang", hoNgheo: undefined }, "viec: choice-unknown"],
    ["a mother of seventy-six", { cachNhan: "buuDien" }, "cachNhan: choice-unknown"],
    ["a mother of seventy-six", { nhNoiO: { detail: "", area: HOME.area } }, "nhNoiO.detail: required-detail"],
    ["a grandmother who moves to another account", { lyDo: "" }, "lyDo: required-text"],
    ["a grandmother who moves to another account", { chuTaiKhoan: "Bình" }, "chuTaiKhoan: name-one-word"],
  ],
});
