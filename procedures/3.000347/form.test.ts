import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const car: Answers = {
  nycNoiCuTru: HOME,
  gplxSo: "720164000123",
  gplxHang: "B",
  gplxNgayCap: "2016-12-20",
  gplxNgayHetHan: "2026-12-20",
  lyDoDoi: "sapHetHan",
  dangBiTuoc: false,
  soGiayKham: "KSK-2026-00012",
  ngayKham: "2026-11-10",
  khongCapLaiSai: ["dungSuThat"],
};
const motorbike: Answers = {
  nycNoiCuTru: HOME,
  gplxSo: "720104000456",
  gplxHang: "A1",
  gplxNgayCap: "2010-06-01",
  lyDoDoi: "thongTin",
  thongTinThayDoi: "Ngày sinh",
  dangBiTuoc: false,
  khongCapLaiSai: ["dungSuThat"],
};
const { soGiayKham: _health, ...examinedOnPaper } = car;

judgeForm(import.meta.dirname, {
  questions: 11,
  filed: {
    "a car driver before the expiry": { answers: car, papers: [], due: 135_000 },
    "a motorcyclist whose birth date was wrong": { answers: motorbike, papers: [], due: 135_000 },
    "a suspended driver who goes down a class": {
      answers: { ...examinedOnPaper, gplxHang: "C", lyDoDoi: "xuongHang", hangMoi: "B", dangBiTuoc: true },
      papers: ["health-certificate", "sanction-decision"],
      due: 135_000,
    },
  },
  refused: [
    ["a car driver before the expiry", { gplxSo: "" }, "gplxSo: required-text"],
    ["a car driver before the expiry", { gplxHang: "B2" }, "gplxHang: choice-unknown"],
    ["a car driver before the expiry", { gplxNgayHetHan: "2026-11-20" }, "gplxNgayHetHan: rule:daHetHan"],
    ["a car driver before the expiry", { gplxNgayCap: "2026-11-30" }, "gplxNgayCap: date-future"],
    ["a car driver before the expiry", { gplxNgayHetHan: "2056-01-01" }, "gplxNgayHetHan: date-too-late"],
    ["a car driver before the expiry", { ngayKham: "2025-11-01" }, "ngayKham: rule:giayKhamCu"],
    ["a car driver before the expiry", { ngayKham: "" }, "ngayKham: required-date"],
    ["a car driver before the expiry", { lyDoDoi: "" }, "lyDoDoi: required-choice"],
    ["a car driver before the expiry", { khongCapLaiSai: [] }, "khongCapLaiSai: required-choice"],
    ["a motorcyclist whose birth date was wrong", { thongTinThayDoi: "" }, "thongTinThayDoi: required-text"],
    ["a motorcyclist whose birth date was wrong", { dangBiTuoc: "" }, "dangBiTuoc: required-choice"],
    ["a suspended driver who goes down a class", { hangMoi: "D" }, "hangMoi: choice-unknown"],
  ],
});
