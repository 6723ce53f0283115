import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { TRIAL_FACTS } from "#province/forms/form-trial.ts";
import { HOME, judgeForm } from "../judge-form.ts";

/** The account is the groom's: his name, birth date, number and address are not typed. */
const first: Answers = {
  nycNoiCuTru: HOME,
  voHoTen: "Trần Thị Bình",
  voNgaySinh: "1994-05-06",
  voSoGiayToTuyThan: "072194004321",
  voNgayCapGiayToTuyThan: "2021-08-01",
  voNoiCapGiayToTuyThan: "Bộ Công an",
  voDanToc: "01",
  voNoiCuTru: { detail: "Ấp Thuận Đông", area: "Xã Lợi Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh" },
  voLoaiTinhTrangHonNhan: "chuaKetHon",
  chongNgayCapGiayToTuyThan: "2021-05-10",
  chongNoiCapGiayToTuyThan: "Bộ Công an",
  chongDanToc: "01",
  chongLoaiTinhTrangHonNhan: "chuaKetHon",
  camDoanKetHon: ["tuNguyen", "coMat"],
};

const { kept } = judgeForm(import.meta.dirname, {
  questions: 28,
  official: { form: "ket-hon", elsewhere: ["voAnhDaiDien", "chongAnhDaiDien"] },
  filed: {
    "a first marriage": { answers: first, papers: [], due: 0 },
    "a divorced groom who wants two copies": {
      answers: { ...first, chongLoaiTinhTrangHonNhan: "daLyHon", chongSoLanKH: 2, soBanSao: 2 },
      papers: [],
      due: 16_000,
    },
    "a widow from another commune": {
      answers: { ...first, voLoaiTinhTrangHonNhan: "goa", voSoLanKH: 2, voLoaiCuTru: "tamTru", voYeuCauXNTTHN: true },
      papers: [],
      due: 0,
    },
  },
  refused: [
    ["a first marriage", { voHoTen: "Bình" }, "voHoTen: name-one-word"],
    ["a first marriage", { voSoGiayToTuyThan: "" }, "voSoGiayToTuyThan: required-text"],
    [
      "a first marriage",
      { voNgaySinh: "2009-05-06", voSoGiayToTuyThan: "072309004321" },
      "voNgaySinh: rule:voChuaDuTuoi",
    ],
    ["a first marriage", { voSoGiayToTuyThan: "072190004321" }, "voSoGiayToTuyThan: identity-birth"],
    ["a first marriage", { voSoGiayToTuyThan: "291234567" }, "voSoGiayToTuyThan: identity-cmnd-over"],
    ["a first marriage", { voQuocTich: "LA" }, "voQuocTich: rule:voNguoiNuocNgoai"],
    ["a first marriage", { chongLoaiTinhTrangHonNhan: "" }, "chongLoaiTinhTrangHonNhan: required-choice"],
    ["a divorced groom who wants two copies", { chongSoLanKH: 1 }, "chongSoLanKH: rule:chongSoLanKhongHop"],
    ["a divorced groom who wants two copies", { soBanSao: 21 }, "soBanSao: number-too-large"],
    ["a first marriage", { camDoanKetHon: ["tuNguyen"] }, "camDoanKetHon: rule:thieuCamDoan"],
    ["a first marriage", { chongNgayCapGiayToTuyThan: "2027-01-01" }, "chongNgayCapGiayToTuyThan: date-future"],
    [
      "a widow from another commune",
      { voNoiCuTru: { detail: "", area: HOME.area } },
      "voNoiCuTru.detail: required-detail",
    ],
  ],
});

test("the groom's own part comes from his account", () => {
  const answers = kept(first, { ...TRIAL_FACTS, "account.gender": "nam" });
  assert.equal(answers["chongHoTen"], "Nguyễn Văn An");
  assert.equal(answers["chongNgaySinh"], "1990-02-11");
  assert.deepEqual(answers["chongNoiCuTru"], HOME);
  assert.equal(answers["chongSoLanKH"], 1);
});
