import type { Answers } from "#province/forms/index.ts";
import { judgeForm } from "../judge-form.ts";

const place = { detail: "Lô B2", area: "Xã Bờ Y, Huyện Ngọc Hồi, Tỉnh Kon Tum" };
const expert: Answers = {
  tenDoanhNghiep: "Công ty TNHH Gỗ Bờ Y",
  maSoDoanhNghiep: "6100000004",
  truSoDoanhNghiep: place,
  laDaiDien: true,
  daiDienChucDanh: "Giám đốc",
  soLaoDongNuocNgoai: 3,
  nldHoTen: "Somchai Vong",
  nldGioiTinh: "nam",
  nldNgaySinh: "1985-04-05",
  nldQuocTich: "LA",
  nldHoChieu: "P1234567",
  nldHoChieuHetHan: "2030-01-01",
  gpSo: "62/2024/GPLĐ",
  gpNgayHetHan: "2026-12-20",
  viTri: "chuyenGia",
  chucDanh: "Chuyên gia chế biến gỗ",
  noiLamViec: place,
  tuNgay: "2026-12-20",
  denNgay: "2028-12-19",
  daGiaHan: false,
};
const PAPERS = ["worker-photo", "present-permit", "passport-copy", "worker-health", "employment-proof"];

judgeForm(import.meta.dirname, {
  questions: 21,
  filed: {
    "an expert for two years": { answers: expert, papers: PAPERS, due: 0 },
    "a manager for half a year": {
      answers: { ...expert, viTri: "nhaQuanLy", denNgay: "2027-06-30", nldGioiTinh: "nu" },
      papers: PAPERS,
      due: 0,
    },
    "a technician, filed by the staff office": {
      answers: { ...expert, laDaiDien: false, daiDienHoTen: "Trần Thị Bình", viTri: "laoDongKyThuat" },
      papers: PAPERS,
      due: 0,
    },
  },
  refused: [
    ["an expert for two years", { nldQuocTich: "VN" }, "nldQuocTich: rule:nguoiVietNam"],
    ["an expert for two years", { nldHoChieu: "072090001234" }, "nldHoChieu: identity-paper"],
    ["an expert for two years", { nldHoChieuHetHan: "2028-12-01" }, "nldHoChieuHetHan: rule:hoChieuHetTruoc"],
    ["an expert for two years", { gpNgayHetHan: "2026-11-25" }, "gpNgayHetHan: date-too-old"],
    ["an expert for two years", { gpNgayHetHan: "2027-02-01" }, "gpNgayHetHan: date-too-late"],
    ["an expert for two years", { tuNgay: "2026-12-19" }, "tuNgay: rule:chongGiayPhepCu"],
    ["an expert for two years", { denNgay: "2028-12-25" }, "denNgay: rule:quaHaiNam"],
    ["a manager for half a year", { denNgay: "2026-12-01" }, "denNgay: rule:denTruocTu"],
    ["a manager for half a year", { daGiaHan: true }, "daGiaHan: rule:daGiaHanMotLan"],
    ["a manager for half a year", { viTri: "giamSat" }, "viTri: choice-unknown"],
    ["a manager for half a year", { nldNgaySinh: "2010-01-01" }, "nldNgaySinh: date-too-late"],
    ["a technician, filed by the staff office", { maSoDoanhNghiep: "6100000014" }, "maSoDoanhNghiep: tax-checksum"],
    ["a technician, filed by the staff office", { soLaoDongNuocNgoai: 0 }, "soLaoDongNuocNgoai: number-too-small"],
  ],
});
