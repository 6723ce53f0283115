import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { formTrial } from "#province/forms/form-trial.ts";

const { problems, refusals } = formTrial(import.meta.dirname);
const address = { detail: "12 ấp 3", area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" };

const single: Answers = {
  yeuCauCho: "banThan",
  nxnGioiTinh: "nam",
  nxnDanToc: "01",
  nxnNoiCuTru: address,
  tinhTrangHonNhan: "chuaKetHon",
  mucDich: "ketHon",
  keHoTen: "Trần Thị Bình",
  keNgaySinh: "1992-05-06",
  keSoGiayToTuyThan: "072192004321",
  keNoiCuTru: address,
  noiDangKyKetHon: "Ủy ban nhân dân thị trấn Bến Cầu",
  daTungCap: false,
};
const divorced: Answers = {
  ...single,
  tinhTrangHonNhan: "daLyHon",
  soBanAn: "12/2019/HNGĐ-ST",
  ngayBanAn: "2019-04-05",
  toaAn: "Tòa án nhân dân huyện Bến Cầu",
  mucDich: "muaBanNhaDat",
  daTungCap: true,
  lyDoCapLai: "Giấy trước đã hết hạn",
};
const parent: Answers = {
  ...single,
  yeuCauCho: "nguoiKhac",
  quanHe: "con",
  nxnHoTen: "Nguyễn Thị Mai",
  nxnNgaySinh: "1965",
  nxnGioiTinh: "nu",
  tinhTrangHonNhan: "voChongDaChet",
  voChongHoTen: "Lê Văn Hai",
  soTrichLucKhaiTu: "15/2012",
  ngayKhaiTu: "2012-03-04",
  noiKhaiTu: "Ủy ban nhân dân xã Tiên Thuận",
  mucDich: "khac",
  mucDichKhac: "Làm hồ sơ xin trợ cấp",
  tuNgay: "2000-01-01",
  denNgay: "2010-01-01",
};

test("the form can be published", () => assert.deepEqual(problems, []));

test("a single person, a divorced one and a widowed parent can be filed for", () => {
  for (const answers of [single, divorced, parent]) assert.deepEqual(refusals(answers), []);
});

test("what is wrong is refused with its reason", () => {
  const wrong: [Answers, Answers, string][] = [
    [single, { tinhTrangHonNhan: "" }, "tinhTrangHonNhan: required-choice"],
    [single, { keHoTen: "" }, "keHoTen: required-text"],
    [single, { keNgaySinh: "2010" }, "keNgaySinh: date-too-late"],
    [single, { keSoGiayToTuyThan: "072090001234" }, "keSoGiayToTuyThan: rule:tuKetHonVoiMinh"],
    [single, { keSoGiayToTuyThan: "12" }, "keSoGiayToTuyThan: identity-length"],
    [single, { keNoiCuTru: { detail: "1", area: "Tây Ninh" } }, "keNoiCuTru.area: area-parts"],
    [single, { mucDich: "khac" }, "mucDichKhac: required-text"],
    [single, { daTungCap: true }, "lyDoCapLai: required-text"],
    [divorced, { ngayBanAn: "2027-01-01" }, "ngayBanAn: date-future"],
    [divorced, { soBanAn: "" }, "soBanAn: required-text"],
    [parent, { denNgay: "1999-01-01" }, "denNgay: rule:denTruocTu"],
    [parent, { nxnHoTen: "Mai 1" }, "nxnHoTen: name-characters"],
    [
      { ...single, voChongHoTen: "Lê Thị Ba", soGiayKetHon: "1", noiCapGiayKetHon: "x" },
      { tinhTrangHonNhan: "dangCoVoChong" },
      "mucDich: rule:dangCoVoChongMaKetHon",
    ],
  ];
  for (const [base, change, reason] of wrong) assert.deepEqual(refusals({ ...base, ...change }), [reason]);
});
