import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { formTrial } from "#province/forms/form-trial.ts";

const { problems, refusals, kept } = formTrial(import.meta.dirname);
const address = { detail: "45 quốc lộ 22B", area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" };
const seller = {
  row: "r1",
  hoTen: "Nguyễn Văn An",
  vaiTro: "banHang",
  trinhDo: "boiDuong",
  soChungNhan: "123/GCN",
  ngayChungNhan: "2025-03-04",
};

const retail: Answers = {
  loaiDeNghi: "capMoi",
  tenCoSo: "Cửa hàng vật tư nông nghiệp Bến Cầu",
  diaChiCoSo: address,
  loaiHinh: "coCuaHang",
  quyMo: "banLe",
  laChuCoSo: true,
  tmSoDkkd: "45C8001234",
  tmNgayDkkd: "2024-01-15",
  tmNoiCapDkkd: "Ủy ban nhân dân huyện Bến Cầu",
  tmNhanLuc: [seller],
  tmDienTichCuaHang: 35.5,
  tmDienTichKho: 20,
  dieuKienDat: ["keHang", "phongChay"],
  tmTrangThietBi: "Kệ sắt 5 tầng, bình chữa cháy, găng tay",
};
const wholesale: Answers = {
  ...retail,
  loaiHinh: "khongCuaHang",
  quyMo: "banBuon",
  dieuKienDat: [],
  maSoThue: "0100047516",
  donViChuQuan: "Công ty Vật tư nông nghiệp",
  donViDiaChi: address,
  tmNhanLuc: [
    seller,
    {
      row: "r2",
      hoTen: "Trần Thị Bình",
      vaiTro: "quanLy",
      trinhDo: "daiHoc",
      chuyenNganh: "Bảo vệ thực vật",
      soChungNhan: "B123",
      ngayChungNhan: "2015-06-30",
    },
  ],
};
const again: Answers = {
  ...retail,
  loaiDeNghi: "capLai",
  capLaiLanThu: 2,
  soGcnCu: "12/GCN-BVTV",
  laChuCoSo: false,
  tmNguoiDaiDien: "Lê Văn Chủ",
  tmSoGiayTo: "072080000001",
};

test("the form can be published", () => assert.deepEqual(problems, []));

test("a retail shop, a wholesaler with a parent company and a second certificate can be asked for", () => {
  for (const answers of [retail, wholesale, again]) assert.deepEqual(refusals(answers), []);
});

test("an owner who files is not asked for name and paper again", () => {
  const answers = kept(retail);
  assert.deepEqual(
    [answers["tmNguoiDaiDien"], answers["tmSoGiayTo"], answers["dienThoai"]],
    ["Nguyễn Văn An", "072090001234", "0869123603"],
  );
});

test("what is wrong is refused with its reason", () => {
  const row = (change: object): Answers => ({ tmNhanLuc: [{ ...seller, ...change }] });
  const wrong: [Answers, string][] = [
    [{ tenCoSo: "" }, "tenCoSo: required-text"],
    [{ loaiDeNghi: "capLai", capLaiLanThu: 1 }, "soGcnCu: required-text"],
    [{ dienThoai: "0276381336" }, "dienThoai: phone-length"],
    [{ email: "ban@" }, "email: email-shape"],
    [{ maSoThue: "0100047517" }, "maSoThue: tax-checksum"],
    [{ donViChuQuan: "Công ty" }, "donViDiaChi.detail: required-detail"],
    [{ tmNgayDkkd: "2027-01-01" }, "tmNgayDkkd: date-future"],
    [{ tmDienTichCuaHang: "rộng" }, "tmDienTichCuaHang: decimal-shape"],
    [{ tmDienTichCuaHang: 0 }, "tmDienTichCuaHang: number-too-small"],
    [{ dieuKienDat: ["phongChay"] }, "dieuKienDat: rule:keHangBanLe"],
    [row({ trinhDo: "trungCap" }), "tmNhanLuc.r1.chuyenNganh: required-text"],
    [row({ hoTen: "" }), "tmNhanLuc.r1.hoTen: required-text"],
    [row({ vaiTro: "giamDoc" }), "tmNhanLuc.r1.vaiTro: choice-unknown"],
  ];
  for (const [change, reason] of wrong) assert.deepEqual(refusals({ ...retail, ...change }), [reason]);
});
