import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const shop = { row: "r1", ddTen: "Tạp hóa Út An", ddDiaChi: HOME, ddDienThoai: "02763813363" };
const supplier = { row: "r1", nccTen: "Công ty Rượu Miền Đông", nccMaSo: "6100000004", nccGiayPhep: "12/GP-BCT" };
const household: Answers = {
  loaiHinh: "hoKinhDoanh",
  tenThuongNhan: "Hộ kinh doanh Út An",
  soDangKyHkd: "45C8001234",
  truSo: HOME,
  khuVuc: "khac",
  diaDiem: [{ row: "r1", ddTen: "Tạp hóa Út An", ddDiaChi: HOME }],
  nhaCungCap: [supplier],
  camKetBan: ["khongBanTreEm", "anToanThucPham"],
};
const { soDangKyHkd: _number, ...trader } = household;
const chain: Answers = {
  ...trader,
  loaiHinh: "doanhNghiep",
  tenThuongNhan: "Công ty TNHH Siêu thị Bến Cầu",
  maSo: "6100000004",
  khuVuc: "doThi",
  diaDiem: [shop, { ...shop, row: "r2", ddTen: "Cửa hàng số 2" }],
};
const PAPERS = ["shop-right", "supplier-agreement"];

judgeForm(import.meta.dirname, {
  questions: 12,
  filed: {
    "a village shop": { answers: household, papers: PAPERS, due: 200_000 },
    "a company with two shops in town": { answers: chain, papers: PAPERS, due: 2_400_000 },
    "a shop in town": { answers: { ...household, khuVuc: "doThi" }, papers: PAPERS, due: 400_000 },
  },
  refused: [
    ["a village shop", { tenThuongNhan: "" }, "tenThuongNhan: required-text"],
    ["a village shop", { soDangKyHkd: "" }, "soDangKyHkd: required-text"],
    ["a village shop", { khuVuc: "" }, "khuVuc: required-choice"],
    ["a village shop", { truSo: { detail: "12", area: "" } }, "truSo.area: required-area"],
    ["a village shop", { diaDiem: [{ row: "r1", ddDiaChi: HOME }] }, "diaDiem.r1.ddTen: required-text"],
    ["a village shop", { nhaCungCap: [{ ...supplier, nccGiayPhep: "" }] }, "nhaCungCap.r1.nccGiayPhep: required-text"],
    ["a village shop", { nhaCungCap: [{ ...supplier, nccMaSo: "6100000005" }] }, "nhaCungCap.r1.nccMaSo: tax-checksum"],
    ["a village shop", { camKetBan: ["khongBanTreEm"] }, "camKetBan: rule:thieuCamKet"],
    ["a village shop", { camKetBan: [] }, "camKetBan: required-choice"],
    ["a company with two shops in town", { maSo: "610" }, "maSo: tax-length"],
    [
      "a company with two shops in town",
      { diaDiem: [{ ...shop, ddDienThoai: "0123456789" }] },
      "diaDiem.r1.ddDienThoai: phone-prefix",
    ],
    [
      "a company with two shops in town",
      { diaDiem: Array.from({ length: 21 }, (_, index) => ({ ...shop, row: `r${index + 1}` })) },
      "diaDiem: rows-too-many",
    ],
  ],
});
