import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const product = { row: "r1", spTen: "Bánh tráng phơi sương", spNguon: "Gạo của nông dân Trảng Bàng" };
const maker: Answers = {
  tenCoSo: "Cơ sở bánh tráng Út An",
  diaChiCoSo: HOME,
  loaiHinh: "sanXuat",
  soDkkd: "45C8001234",
  ngayDkkd: "2022-03-04",
  lanCap: "moi",
  sanPham: [product],
  dienTich: 250,
  tongNguoi: 8,
  nguoiTrucTiep: 6,
  daTapHuan: 6,
  daKhamSucKhoe: 7,
  nguonNuoc: "giengKhoan",
  xuLyNuoc: true,
};
const { xuLyNuoc: _treated, ...piped } = maker;

judgeForm(import.meta.dirname, {
  questions: 19,
  filed: {
    "a maker of rice paper": { answers: maker, papers: ["premises-plan"], due: 700_000 },
    "a fish shop": {
      answers: { ...piped, loaiHinh: "kinhDoanh", nguonNuoc: "congCong", sanPham: [{ ...product, spTen: "Cá khô" }] },
      papers: [],
      due: 700_000,
    },
    "a certified maker before the expiry": {
      answers: {
        ...maker,
        lanCap: "sapHetHan",
        soGcnCu: "12/2023/NNPTNT-TN",
        heThongChatLuong: ["haccp"],
        sanLuong: 12.5,
      },
      papers: ["premises-plan"],
      due: 700_000,
    },
  },
  refused: [
    ["a maker of rice paper", { tenCoSo: "" }, "tenCoSo: required-text"],
    ["a maker of rice paper", { loaiHinh: "" }, "loaiHinh: required-choice"],
    ["a maker of rice paper", { ngayDkkd: "2027-01-01" }, "ngayDkkd: date-future"],
    ["a maker of rice paper", { sanPham: [{ ...product, spNguon: "" }] }, "sanPham.r1.spNguon: required-text"],
    [
      "a maker of rice paper",
      { nguoiTrucTiep: 9, daTapHuan: 9, daKhamSucKhoe: 9 },
      "nguoiTrucTiep: rule:trucTiepQuaTong",
    ],
    ["a maker of rice paper", { daTapHuan: 5 }, "daTapHuan: rule:chuaTapHuanDu"],
    ["a maker of rice paper", { daKhamSucKhoe: 5 }, "daKhamSucKhoe: rule:chuaKhamDu"],
    ["a maker of rice paper", { dienTich: 0 }, "dienTich: number-too-small"],
    ["a maker of rice paper", { xuLyNuoc: "" }, "xuLyNuoc: required-choice"],
    ["a maker of rice paper", { tongNguoi: "sáu" }, "tongNguoi: number-shape"],
    ["a certified maker before the expiry", { soGcnCu: "" }, "soGcnCu: required-text"],
    ["a certified maker before the expiry", { heThongChatLuong: ["vietgap"] }, "heThongChatLuong: choice-unknown"],
  ],
});
