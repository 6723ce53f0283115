import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const couple: Answers = {
  nycDanToc: "01",
  ngheNghiep: "Giáo viên",
  hinhThuc: "vochong",
  nycNoiCuTru: HOME,
  vcHoTen: "Trần Thị Bình",
  vcNgaySinh: "1991-05-06",
  vcSoGiayTo: "072191004321",
  soCon: 0,
  thuNhap: 20_000_000,
  lyDoNhan: "Vợ chồng chưa có con.",
  treHoTen: "Lê Minh Tâm",
  treGioiTinh: "nu",
  treNgaySinh: "2024-03-04",
  treDanToc: "01",
  treOVoi: "coSo",
  treNoiO: { detail: "Trung tâm Công tác xã hội", area: "Thành phố Tây Ninh, Tỉnh Tây Ninh" },
  tenCoSo: "Trung tâm Công tác xã hội tỉnh Tây Ninh",
  treDacBiet: false,
  quanHeVoiTre: "khongHo",
  chaMeDe: "boRoi",
  camKetNuoi: ["nuoiDuong", "baoCao"],
};
const { vcHoTen: _n, vcNgaySinh: _b, vcSoGiayTo: _p, tenCoSo: _c, treNoiO: _w, ...alone } = couple;
const uncle: Answers = {
  ...alone,
  hinhThuc: "docThan",
  treNgaySinh: "2009-12-01",
  treSoDinhDanh: "072309000123",
  treOVoi: "nguoiNhan",
  quanHeVoiTre: "coCauDiChuBac",
  chaMeDe: "daChet",
};
const HEALTH = ["adopter-health"];

judgeForm(import.meta.dirname, {
  questions: 25,
  filed: {
    "a couple for an abandoned child": {
      answers: couple,
      papers: [
        ...HEALTH,
        "family-circumstances",
        "child-birth-certificate",
        "child-health",
        "child-photos",
        "home-decision",
        "parents-fate",
      ],
      due: 400_000,
    },
    "an uncle for an orphaned niece of sixteen": {
      answers: uncle,
      papers: [...HEALTH, "child-health", "child-photos", "parents-fate"],
      due: 0,
    },
    "a single man for a disabled child of living parents": {
      answers: {
        ...alone,
        hinhThuc: "docThan",
        treOVoi: "giaDinh",
        treNoiO: HOME,
        treDacBiet: true,
        chaMeDe: "conSong",
      },
      papers: [...HEALTH, "family-circumstances", "child-birth-certificate", "child-health", "child-photos"],
      due: 0,
    },
  },
  refused: [
    ["a couple for an abandoned child", { treNgaySinh: "2010-11-01" }, "treNgaySinh: rule:treQuaTuoi"],
    ["a couple for an abandoned child", { vcHoTen: "" }, "vcHoTen: required-text"],
    ["a couple for an abandoned child", { vcSoGiayTo: "072192004321" }, "vcSoGiayTo: identity-birth"],
    ["a couple for an abandoned child", { soCon: 21 }, "soCon: number-too-large"],
    ["a couple for an abandoned child", { thuNhap: "hai mươi triệu" }, "thuNhap: number-shape"],
    ["a couple for an abandoned child", { tenCoSo: "" }, "tenCoSo: required-text"],
    ["a couple for an abandoned child", { camKetNuoi: ["nuoiDuong"] }, "camKetNuoi: rule:thieuCamKet"],
    ["a couple for an abandoned child", { lyDoNhan: "" }, "lyDoNhan: required-text"],
    [
      "an uncle for an orphaned niece of sixteen",
      { treNgaySinh: "2008-11-01", treSoDinhDanh: "072308000123" },
      "treNgaySinh: rule:treQuaTuoi",
    ],
    ["an uncle for an orphaned niece of sixteen", { treSoDinhDanh: "072308000123" }, "treSoDinhDanh: identity-birth"],
    ["a single man for a disabled child of living parents", { treDacBiet: "" }, "treDacBiet: required-choice"],
    ["a single man for a disabled child of living parents", { chaMeDe: "khongBiet" }, "chaMeDe: choice-unknown"],
  ],
});
