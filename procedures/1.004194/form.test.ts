import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const tenant: Answers = {
  noiDung: "lapHo",
  noiTamTruMoi: HOME,
  choO: "thueMuon",
  chuNhaHoTen: "Lê Văn Ba",
  chuNhaSoDinhDanh: "072070000111",
  tuNgay: "2026-11-20",
  denNgay: "2028-11-19",
  lyDo: "laoDong",
};
const list: Answers = {
  hinhThuc: "danhSach",
  soNguoi: 40,
  noiTamTruMoi: HOME,
  choO: "soHuu",
  tuNgay: "2026-12-01",
  denNgay: "2027-05-31",
  lyDo: "hocTap",
};

judgeForm(import.meta.dirname, {
  questions: 11,
  official: { form: "ct01", elsewhere: [] },
  filed: {
    "a worker in a rented room": { answers: tenant, papers: [], due: 7_000 },
    "a dormitory of forty students": { answers: list, papers: ["residents-list"], due: 200_000 },
    "a guest in a brother's household": {
      answers: {
        ...tenant,
        noiDung: "nhapHo",
        hoTenChuHo: "Nguyễn Văn Bảy",
        soDinhDanhChuHo: "072085000333",
        quanHeChuHo: "anhChiEm",
      },
      papers: [],
      due: 7_000,
    },
  },
  refused: [
    [
      "a worker in a rented room",
      { choO: "", chuNhaHoTen: undefined, chuNhaSoDinhDanh: undefined },
      "choO: required-choice",
    ],
    ["a worker in a rented room", { chuNhaHoTen: "" }, "chuNhaHoTen: required-text"],
    ["a worker in a rented room", { chuNhaSoDinhDanh: "C1234567" }, "chuNhaSoDinhDanh: identity-paper"],
    ["a worker in a rented room", { denNgay: "2026-11-19" }, "denNgay: rule:denTruocTu"],
    ["a worker in a rented room", { denNgay: "2028-12-31" }, "denNgay: rule:quaHaiNam"],
    ["a worker in a rented room", { tuNgay: "2025-01-01" }, "tuNgay: date-too-old"],
    ["a worker in a rented room", { lyDo: "" }, "lyDo: required-choice"],
    ["a dormitory of forty students", { soNguoi: 1 }, "soNguoi: number-too-small"],
    ["a dormitory of forty students", { soNguoi: 1001 }, "soNguoi: number-too-large"],
    ["a dormitory of forty students", { soNguoi: "" }, "soNguoi: required-text"],
    ["a guest in a brother's household", { soDinhDanhChuHo: "072090001234" }, "soDinhDanhChuHo: rule:chuHoLaMinh"],
    ["a guest in a brother's household", { quanHeChuHo: "chuHo" }, "quanHeChuHo: rule:quanHeChuHoSai"],
    [
      "a guest in a brother's household",
      { noiTamTruMoi: { detail: "", area: HOME.area } },
      "noiTamTruMoi.detail: required-detail",
    ],
  ],
});
