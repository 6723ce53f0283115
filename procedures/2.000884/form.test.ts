import type { Answers } from "#province/forms/index.ts";
import { judgeForm } from "../judge-form.ts";

const power: Answers = {
  loaiVanBan: "giayUyQuyen",
  uyQuyenDonGian: ["khongThuLao"],
  ngayHen: "2026-11-24",
  buoi: "sang",
};

judgeForm(import.meta.dirname, {
  questions: 9,
  filed: {
    "a power of attorney": { answers: power, papers: ["document-to-sign"], due: 10_000 },
    "three personal records": {
      answers: { loaiVanBan: "soYeuLyLich", soVanBan: 3, ngayHen: "2026-11-21", buoi: "chieu" },
      papers: ["document-to-sign"],
      due: 30_000,
    },
    "a foreign paper of two old people": {
      answers: {
        loaiVanBan: "khac",
        tenVanBan: "Đơn xin hưởng lương hưu",
        ngonNgu: "nuocNgoai",
        soNguoiKy: 2,
        cachKy: "diemChi",
        ngayHen: "2026-12-01",
        buoi: "sang",
        kyTaiNha: true,
      },
      papers: ["document-to-sign"],
      due: 10_000,
    },
  },
  refused: [
    ["a power of attorney", { loaiVanBan: "" }, "loaiVanBan: required-choice"],
    ["three personal records", { loaiVanBan: "hopDong" }, "loaiVanBan: choice-unknown"],
    ["a power of attorney", { uyQuyenDonGian: [] }, "uyQuyenDonGian: required-choice"],
    ["a foreign paper of two old people", { tenVanBan: "" }, "tenVanBan: required-text"],
    ["a foreign paper of two old people", { tenVanBan: "x".repeat(151) }, "tenVanBan: text-too-long"],
    ["three personal records", { soVanBan: 0 }, "soVanBan: number-too-small"],
    ["three personal records", { soVanBan: 21 }, "soVanBan: number-too-large"],
    ["three personal records", { soVanBan: 1.5 }, "soVanBan: number-shape"],
    ["a power of attorney", { ngayHen: "2026-11-20" }, "ngayHen: date-too-old"],
    ["a power of attorney", { ngayHen: "2026-12-30" }, "ngayHen: date-too-late"],
    ["a power of attorney", { ngayHen: "mai" }, "ngayHen: date-shape"],
    ["a power of attorney", { buoi: "toi" }, "buoi: choice-unknown"],
    ["a power of attorney", { kyTaiNha: "vâng" }, "kyTaiNha: choice-unknown"],
  ],
});
