import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { formTrial } from "#province/forms/form-trial.ts";

const { problems, refusals, kept } = formTrial(import.meta.dirname);
const address = { detail: "12 ấp 3", area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" };

const own: Answers = {
  yeuCauCho: "banThan",
  loaiTrichLuc: "khaiSinh",
  noiDaDangKy: "Ủy ban nhân dân thị trấn Bến Cầu",
  ngayDangKy: "1990",
  nksGioiTinh: "nam",
  nksDanToc: "01",
  nksNoiCuTru: address,
  copies: 3,
};
const child: Answers = {
  ...own,
  yeuCauCho: "nguoiKhac",
  quanHe: "con",
  nksHoTen: "Nguyễn Minh Khôi",
  nksNgaySinh: "2015-03-04",
  ngayDangKy: "2015-04",
  nksSoGiayToTuyThan: "072215000001",
};
const deceased: Answers = {
  ...child,
  loaiTrichLuc: "khaiTu",
  nksNgaySinh: "1930",
  nksSoGiayToTuyThan: "290000123",
  ngayDangKy: "2010-05-06",
  mucDich: "Khai nhận di sản",
};

test("the form can be published", () => assert.deepEqual(problems, []));

test("for oneself, for a child and about a deceased parent it can be filed", () => {
  for (const answers of [own, child, deceased]) assert.deepEqual(refusals(answers), []);
});

test("for oneself the account gives name, birth date and paper", () => {
  const answers = kept(own);
  assert.deepEqual(
    [answers["nksHoTen"], answers["nksNgaySinh"], answers["nksSoGiayToTuyThan"]],
    ["Nguyễn Văn An", "1990-02-11", "072090001234"],
  );
});

test("what is wrong is refused with its reason", () => {
  const wrong: [Answers, Answers, string][] = [
    [own, { nksGioiTinh: "" }, "nksGioiTinh: required-choice"],
    [own, { loaiTrichLuc: "lyHon" }, "loaiTrichLuc: choice-unknown"],
    [own, { noiDaDangKy: "" }, "noiDaDangKy: required-text"],
    [own, { ngayDangKy: "1980" }, "ngayDangKy: rule:dangKyTruocKhiSinh"],
    [own, { loaiTrichLuc: "khaiTu" }, "loaiTrichLuc: rule:voChongChoNguoiKhac"],
    [own, { copies: "" }, "copies: required-text"],
    [own, { copies: 0 }, "copies: number-too-small"],
    [own, { copies: 21 }, "copies: number-too-large"],
    [own, { nksNoiCuTru: { detail: "", area: address.area } }, "nksNoiCuTru.detail: required-detail"],
    [child, { quanHe: "" }, "quanHe: required-choice"],
    [child, { nksHoTen: "Khôi" }, "nksHoTen: name-one-word"],
    [child, { nksSoGiayToTuyThan: "072214000001" }, "nksSoGiayToTuyThan: identity-birth"],
    [child, { nksNgaySinh: "2027", nksSoGiayToTuyThan: "" }, "nksNgaySinh: date-future"],
  ];
  for (const [base, change, reason] of wrong) assert.deepEqual(refusals({ ...base, ...change }), [reason]);
});
