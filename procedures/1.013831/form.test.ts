import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const bought: Answers = {
  nycNoiCuTru: HOME,
  loaiBienDong: "chuyenNhuong",
  vaiTro: "benNhan",
  soHopDong: "1234/2026",
  ngayHopDong: "2026-11-05",
  giaTri: 850_000_000,
  soPhatHanh: "BD 123456",
  soVaoSo: "CH 00456",
  ngayCapGcn: "2012-08-15",
  thuaSo: "45",
  toBanDo: "12",
  diaChiDat: { detail: "Khu phố 2", area: HOME.area },
  dienTich: 300.5,
  doDacLai: false,
  coTaiSan: true,
  dangTheChap: false,
  capMoi: true,
  bcHoTen: "Lê Văn Ba",
  bcSoGiayTo: "072070000111",
};
const { giaTri: _price, bcHoTen: _from, bcSoGiayTo: _number, ...common } = bought;

judgeForm(import.meta.dirname, {
  questions: 22,
  filed: {
    "a buyer": { answers: bought, papers: ["transfer-contract", "land-certificate"], due: 0 },
    "a father who gives mortgaged land to two children": {
      answers: {
        ...common,
        loaiBienDong: "tangCho",
        vaiTro: "benChuyen",
        mienThue: "giaDinh",
        dangTheChap: true,
        bnHoTen: "Nguyễn Minh Khôi",
        bnSoGiayTo: "072205000123",
        bnNoiCuTru: HOME,
        dongNhan: [{ row: "r1", dnHoTen: "Nguyễn Thị Ngọc", dnSoGiayTo: "072307000124" }],
      },
      papers: [
        "transfer-contract",
        "land-certificate",
        "mortgagee-consent",
        "shared-certificate-agreement",
        "tax-exemption-proof",
      ],
      due: 0,
    },
    "an heir of somebody who had no number": {
      answers: { ...common, loaiBienDong: "thuaKe", bcHoTen: "Nguyễn Văn Tám", mienThue: "nhaDuyNhat", doDacLai: true },
      papers: ["transfer-contract", "land-certificate"],
      due: 0,
    },
  },
  refused: [
    ["a buyer", { loaiBienDong: "", giaTri: undefined }, "loaiBienDong: required-choice"],
    ["a buyer", { giaTri: "" }, "giaTri: required-text"],
    ["a buyer", { giaTri: 0 }, "giaTri: number-too-small"],
    ["a buyer", { ngayHopDong: "2012-08-14" }, "ngayHopDong: rule:hopDongTruocGcn"],
    ["a buyer", { ngayHopDong: "2026-12-05" }, "ngayHopDong: date-future"],
    ["a buyer", { soPhatHanh: "" }, "soPhatHanh: required-text"],
    ["a buyer", { dienTich: "ba công" }, "dienTich: decimal-shape"],
    ["a buyer", { bcSoGiayTo: "" }, "bcSoGiayTo: required-text"],
    ["a buyer", { bcHoTen: "Ba" }, "bcHoTen: name-one-word"],
    ["a buyer", { capMoi: "" }, "capMoi: required-choice"],
    [
      "a father who gives mortgaged land to two children",
      { bnSoGiayTo: "072090001234" },
      "bnSoGiayTo: rule:cungMotNguoi",
    ],
    [
      "a father who gives mortgaged land to two children",
      { dongNhan: [{ row: "r1", dnHoTen: "Nguyễn Thị Ngọc" }] },
      "dongNhan.r1.dnSoGiayTo: required-text",
    ],
    [
      "an heir of somebody who had no number",
      { diaChiDat: { detail: "Khu phố 2", area: "Bến Cầu" } },
      "diaChiDat.area: area-parts",
    ],
  ],
});
