import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const own: Answers = {
  truongHop: "soHuu",
  noiDung: "lapHo",
  noiThuongTruMoi: HOME,
  soGiayChungNhan: "BD 123456",
};
const son = {
  row: "r1",
  tvHoTen: "Nguyễn Minh Khôi",
  tvNgaySinh: "2019-03-04",
  tvGioiTinh: "nam",
  tvSoDinhDanh: "072219000123",
  tvQuanHe: "con",
};
const withWife: Answers = {
  truongHop: "nguoiThan",
  noiDung: "nhapHo",
  hoTenChuHo: "Trần Thị Bình",
  soDinhDanhChuHo: "072194004321",
  quanHeChuHo: "voChong",
  noiThuongTruMoi: HOME,
  thanhVien: [son],
};
const rented: Answers = {
  truongHop: "thueMuon",
  noiDung: "lapHo",
  noiThuongTruMoi: HOME,
  chuNhaHoTen: "Lê Văn Ba",
  chuNhaSoDinhDanh: "072070000111",
  dienTichO: 24.5,
};
const child = (change: object): Answers => ({ thanhVien: [{ ...son, ...change }] });

judgeForm(import.meta.dirname, {
  questions: 6,
  official: { form: "ct01", elsewhere: [] },
  filed: {
    "an owner with the certificate's number": { answers: own, papers: [], due: 10_000 },
    "a husband who joins his wife's household with a child": { answers: withWife, papers: [], due: 10_000 },
    "a tenant": { answers: rented, papers: ["lease"], due: 10_000 },
    "an owner with papers only": {
      answers: { truongHop: "soHuu", noiDung: "lapHo", noiThuongTruMoi: HOME },
      papers: ["dwelling-proof"],
      due: 10_000,
    },
    "a soldier": {
      answers: { truongHop: "donVi", noiDung: "lapHo", noiThuongTruMoi: HOME },
      papers: ["unit-letter"],
      due: 10_000,
    },
  },
  refused: [
    ["an owner with the certificate's number", { truongHop: "" }, "truongHop: required-choice"],
    [
      "an owner with the certificate's number",
      { noiThuongTruMoi: { detail: "12", area: "Bến Cầu" } },
      "noiThuongTruMoi.area: area-parts",
    ],
    ["an owner with the certificate's number", { soGiayChungNhan: "9".repeat(41) }, "soGiayChungNhan: text-too-long"],
    [
      "a husband who joins his wife's household with a child",
      { soDinhDanhChuHo: "072090001234" },
      "soDinhDanhChuHo: rule:chuHoLaMinh",
    ],
    [
      "a husband who joins his wife's household with a child",
      { quanHeChuHo: "chuHo" },
      "quanHeChuHo: rule:quanHeChuHoSai",
    ],
    ["a husband who joins his wife's household with a child", { hoTenChuHo: "" }, "hoTenChuHo: required-text"],
    [
      "a husband who joins his wife's household with a child",
      { noiDung: "lapHo" },
      "noiDung: rule:nguoiThanPhaiNhapHo",
    ],
    [
      "a husband who joins his wife's household with a child",
      child({ tvSoDinhDanh: "072218000123" }),
      "thanhVien.r1.tvSoDinhDanh: identity-birth",
    ],

    ["a tenant", { chuNhaSoDinhDanh: "070000111" }, "chuNhaSoDinhDanh: identity-paper"],
    ["a tenant", { dienTichO: 0 }, "dienTichO: number-too-small"],
    ["a tenant", { dienTichO: "rộng" }, "dienTichO: decimal-shape"],
  ],
});
