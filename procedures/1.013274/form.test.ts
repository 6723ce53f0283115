import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const wedding: Answers = {
  nycNoiCuTru: HOME,
  mucDich: "cuoi",
  phan: "viaHe",
  tenDuong: "Đường 782, trước nhà số 12",
  diaBan: HOME.area,
  dai: 12,
  rong: 3.5,
  conLai: 1.5,
  tuNgay: "2026-12-05",
  denNgay: "2026-12-06",
  phuongAn: "Cắm biển báo hai đầu, dọn sạch trong ngày.",
};
const { phuongAn: _plan, ...unplanned } = wedding;

judgeForm(import.meta.dirname, {
  questions: 12,
  filed: {
    "a wedding": { answers: wedding, papers: [], due: 0 },
    "a funeral from today": {
      answers: {
        ...unplanned,
        mucDich: "tang",
        phan: "longDuong",
        conLai: 3,
        tuNgay: "2026-11-21",
        denNgay: "2026-11-23",
      },
      papers: [],
      due: 0,
    },
    "a month of building materials": {
      answers: { ...wedding, mucDich: "vatLieu", tuNgay: "2026-12-01", denNgay: "2026-12-31", khungGio: "Cả ngày" },
      papers: ["pavement-plan"],
      due: 0,
    },
  },
  refused: [
    ["a wedding", { mucDich: "" }, "mucDich: required-choice"],
    ["a wedding", { tenDuong: "" }, "tenDuong: required-text"],
    ["a wedding", { diaBan: "Bến Cầu" }, "diaBan: area-parts"],
    ["a wedding", { dai: 0 }, "dai: number-too-small"],
    ["a wedding", { rong: 51 }, "rong: number-too-large"],
    ["a wedding", { rong: "rộng" }, "rong: decimal-shape"],
    ["a wedding", { conLai: 1.2 }, "conLai: rule:viaHeHep"],
    ["a wedding", { denNgay: "2026-12-04" }, "denNgay: rule:denTruocTu"],
    ["a wedding", { denNgay: "2026-12-09" }, "denNgay: rule:tangCuoiQuaDai"],
    ["a wedding", { phuongAn: "" }, "phuongAn: required-text"],
    ["a funeral from today", { tuNgay: "2026-11-19", denNgay: "2026-11-21" }, "tuNgay: date-too-old"],
    ["a month of building materials", { denNgay: "31/11/2026" }, "denNgay: date-not-real"],
  ],
});
