import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const child: Answers = {
  bhytHoTen: "Nguyễn Minh Khôi",
  bhytNgaySinh: "2026-11-01",
  bhytGioiTinh: "nam",
  bhytSoDinhDanh: "072226000123",
  bhytNoiO: HOME,
  bhytNoiKham: "Trạm Y tế thị trấn Bến Cầu",
};
const { bhytSoDinhDanh: _number, ...unnumbered } = child;
const CHILD = "a child with a personal number";

judgeForm(import.meta.dirname, {
  questions: 8,
  filed: {
    [CHILD]: { answers: child, papers: [], due: 0 },
    "a child whose number is not given yet": {
      answers: { ...unnumbered, bhytSoGiayKhaiSinh: "12/KS", bhytNgayKhaiSinh: "2026-11-03" },
      papers: [],
      due: 0,
    },
    "a grown person": {
      answers: { ...child, bhytHoTen: "Trần Thị Bình", bhytNgaySinh: "1994-05-06", bhytGioiTinh: "nu" },
      papers: [],
      due: 0,
    },
  },
  refused: [
    [CHILD, { bhytSoDinhDanh: "" }, "bhytSoDinhDanh: required-text"],
    [CHILD, { bhytSoDinhDanh: "C1234567" }, "bhytSoDinhDanh: identity-paper"],
    [CHILD, { bhytNgaySinh: "32/01/2026" }, "bhytNgaySinh: date-not-real"],
    [CHILD, { bhytNgaySinh: "" }, "bhytNgaySinh: required-date"],
    [CHILD, { bhytHoTen: "" }, "bhytHoTen: required-text"],
    [CHILD, { bhytGioiTinh: "" }, "bhytGioiTinh: required-choice"],
    [CHILD, { bhytGioiTinh: "khac" }, "bhytGioiTinh: choice-unknown"],
    [CHILD, { bhytNoiKham: "" }, "bhytNoiKham: required-text"],
    [CHILD, { bhytNoiKham: "x".repeat(151) }, "bhytNoiKham: text-too-long"],
    [CHILD, { bhytNoiO: { detail: "", area: "" } }, "bhytNoiO.detail: required-detail"],
  ],
});
