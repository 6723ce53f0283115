import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const carWash: Answers = {
  nycNoiCuTru: HOME,
  viTri: HOME,
  toaDo: { lat: 11.11, lng: 106.18 },
  chieuSau: 45,
  namXay: 2021,
  mucDich: "kinhDoanh",
  luuLuong: 8,
  soGio: 4,
  tuNgay: "2026-12-01",
  coDongHo: true,
};

const { kept } = judgeForm(import.meta.dirname, {
  questions: 11,
  filed: {
    "a car wash": { answers: carWash, papers: [], due: 0 },
    "an orchard with three wells": {
      answers: { ...carWash, mucDich: "tuoi", soGieng: 3, luuLuong: 10, tuNgay: "2015-01-01", coDongHo: false },
      papers: [],
      due: 0,
    },
    "a quarry that drains its pit": {
      answers: { ...carWash, mucDich: "moKhoang", luuLuong: 400, soGio: 24 },
      papers: [],
      due: 0,
    },
  },
  refused: [
    ["a car wash", { luuLuong: 10.5 }, "luuLuong: rule:vuotDangKy"],
    ["a car wash", { luuLuong: 0 }, "luuLuong: number-too-small"],
    ["a car wash", { luuLuong: "ít" }, "luuLuong: decimal-shape"],
    ["a car wash", { soGio: 25 }, "soGio: number-too-large"],
    ["a car wash", { soGio: "" }, "soGio: required-text"],
    ["a car wash", { namXay: 1899 }, "namXay: number-too-small"],
    ["a car wash", { mucDich: "sinhHoat" }, "mucDich: choice-unknown"],
    ["a car wash", { viTri: { detail: "12 ấp 3", area: "Bến Cầu" } }, "viTri.area: area-parts"],
    ["a car wash", { tuNgay: "2028-01-01" }, "tuNgay: date-too-late"],
    ["a car wash", { coDongHo: "" }, "coDongHo: required-choice"],
    ["an orchard with three wells", { soGieng: 51 }, "soGieng: number-too-large"],
    ["an orchard with three wells", { chieuSau: 0 }, "chieuSau: number-too-small"],
  ],
});

test("water an hour follows from water a day", () => assert.equal(kept(carWash)["luuLuongGio"], 2));
