import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const tree = { row: "r1", loaiCay: "Xà cừ", duongKinh: 60, chieuCaoCay: 14.5, viec: "chatHa", soCay: 1 };
const leaning: Answers = {
  nycNoiCuTru: HOME,
  diaDiem: { detail: "Trước nhà số 12, đường 782", area: HOME.area },
  lyDo: "nguyHiem",
  baoTon: false,
  cay: [tree],
  tuNgay: "2026-12-01",
};
const site: Answers = {
  ...leaning,
  lyDo: "xayDung",
  soGiayPhepXd: "15/GPXD",
  toaDo: { lat: 11.11, lng: 106.18 },
  cay: [tree, { ...tree, row: "r2", loaiCay: "Sao đen", viec: "dichChuyen", soCay: 4 }],
  donViThucHien: "Công ty Công trình đô thị",
};

const { kept } = judgeForm(import.meta.dirname, {
  questions: 13,
  filed: {
    "a tree that leans": { answers: leaning, papers: ["tree-photos"], due: 0 },
    "trees on a building site": { answers: site, papers: ["tree-photos"], due: 0 },
    "an old tree on the protected list": {
      answers: { ...leaning, lyDo: "benhKhac", giaiThich: "Cây già cỗi, mục thân.", baoTon: true },
      papers: ["tree-photos"],
      due: 0,
    },
  },
  refused: [
    ["a tree that leans", { lyDo: "" }, "lyDo: required-choice"],
    ["a tree that leans", { diaDiem: { detail: "Trước nhà", area: "" } }, "diaDiem.area: required-area"],
    ["a tree that leans", { baoTon: "" }, "baoTon: required-choice"],
    ["a tree that leans", { cay: [{ ...tree, loaiCay: "" }] }, "cay.r1.loaiCay: required-text"],
    ["a tree that leans", { cay: [{ ...tree, duongKinh: 0 }] }, "cay.r1.duongKinh: number-too-small"],
    ["a tree that leans", { cay: [{ ...tree, chieuCaoCay: 101 }] }, "cay.r1.chieuCaoCay: number-too-large"],
    ["a tree that leans", { cay: [{ ...tree, soCay: 1.5 }] }, "cay.r1.soCay: number-shape"],
    ["a tree that leans", { cay: [{ ...tree, viec: "tia" }] }, "cay.r1.viec: choice-unknown"],
    ["a tree that leans", { tuNgay: "2026-11-20" }, "tuNgay: date-too-old"],
    ["a tree that leans", { tuNgay: "2028-01-01" }, "tuNgay: date-too-late"],
    ["trees on a building site", { soGiayPhepXd: "" }, "soGiayPhepXd: required-text"],
    ["an old tree on the protected list", { giaiThich: "" }, "giaiThich: required-text"],
  ],
});

test("the trees are counted over the rows", () => assert.equal(kept(site)["tongSoCay"], 5));
