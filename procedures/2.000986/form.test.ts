import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const father: Answers = {
  nycNgayCapGiayToTuyThan: "2021-05-10",
  nycNoiCapGiayToTuyThan: "Bộ Công an",
  nycNoiCuTru: HOME,
  nycQuanHe: "cha",
  nksHoTen: "Nguyễn Minh Khôi",
  nksGioiTinh: "nam",
  nksNgaySinh: "2026-11-01",
  nksDanToc: "01",
  nksNoiSinh: { detail: "Trung tâm Y tế huyện Bến Cầu", area: HOME.area },
  nksQueQuan: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh",
  meHoTen: "Trần Thị Bình",
  meNgaySinh: "1994",
  meSoGiayToTuyThan: "072194004321",
  meDanToc: "01",
  meCungNoiCuTru: true,
  chaDanToc: "01",
  ttTheo: "cha",
  ttLaChuHo: true,
  bhytNoiKham: "Trạm Y tế thị trấn Bến Cầu",
};
const { chaDanToc: _group, ttLaChuHo: _head, ...withoutFather } = father;

const { kept } = judgeForm(import.meta.dirname, {
  questions: 28,
  filed: {
    "a father who is the head of the household": { answers: father, papers: ["birth-proof"], due: 0 },
    "a mother alone, registered with her own mother": {
      answers: {
        ...withoutFather,
        nycQuanHe: "nguoiThan",
        nksLoaiKhaiSinh: "chuaXacDinhCha",
        ttTheo: "nguoiKhac",
        ttNoiThuongTru: HOME,
        hoTenChuHo: "Lê Thị Hai",
        soDinhDanhChuHo: "072165000123",
        quanHeChuHo: "chau",
      },
      papers: ["birth-proof", "household-consent"],
      due: 0,
    },
    "a late registration with an electronic notice": {
      answers: { ...father, nksNgaySinh: "2025-01-05", maGCS: "GCS-9", ngayCapGCS: "2025-01-06", extractCopies: 2 },
      papers: [],
      due: 16_000,
    },
  },
  refused: [
    ["a father who is the head of the household", { nksNgaySinh: "2020-11-01" }, "nksNgaySinh: rule:treTuSauTuoi"],
    ["a father who is the head of the household", { nksNgaySinh: "32/01/2026" }, "nksNgaySinh: date-not-real"],
    ["a father who is the head of the household", { nksGioiTinh: "" }, "nksGioiTinh: required-choice"],
    ["a father who is the head of the household", { ttTheo: "" }, "ttTheo: required-choice"],
    [
      "a father who is the head of the household",
      { ttLaChuHo: "co", hoTenChuHo: "Lê Thị Hai", soDinhDanhChuHo: "072165000123", quanHeChuHo: "con" },
      "ttLaChuHo: choice-unknown",
    ],
    ["a father who is the head of the household", { bhytNoiKham: "" }, "bhytNoiKham: required-text"],
    ["a father who is the head of the household", { nksLoaiKhaiSinh: "boRoi" }, "nksLoaiKhaiSinh: choice-unknown"],
    [
      "a mother alone, registered with her own mother",
      { ttTheo: "cha", ttLaChuHo: false },
      "ttTheo: rule:thuongTruTheoCha",
    ],
    [
      "a mother alone, registered with her own mother",
      { soDinhDanhChuHo: "C1234567" },
      "soDinhDanhChuHo: identity-paper",
    ],
    ["a mother alone, registered with her own mother", { hoTenChuHo: "" }, "hoTenChuHo: required-text"],
    ["a mother alone, registered with her own mother", { quanHeChuHo: "" }, "quanHeChuHo: required-choice"],
    [
      "a late registration with an electronic notice",
      { ngayCapGCS: "2024-12-31" },
      "ngayCapGCS: rule:giayChungSinhTruocNgaySinh",
    ],
  ],
});

test("one form serves three procedures: the head of the household and the child's home come from the parents' part", () => {
  const answers = kept(father);
  assert.equal(answers["hoTenChuHo"], "Nguyễn Văn An");
  assert.equal(answers["soDinhDanhChuHo"], "072090001234");
  assert.equal(answers["quanHeChuHo"], "con");
  assert.deepEqual(answers["ttNoiThuongTru"], HOME);
});
