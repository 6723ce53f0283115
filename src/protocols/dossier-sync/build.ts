/** Building the messages from plain facts: the portal's limits, its dates, its empty strings. Pure. */
import { formatCompact } from "#kit/calendar.ts";
import type { DossierRecord, ProgressRecord, SyncDue, SyncPaper, SyncResult, SyncSupplement } from "./messages.ts";
import { LIMITS } from "./schemas.ts";

/** A dossier as the sender knows it; absent instants are null. */
export interface DossierFacts {
  readonly number: number;
  readonly code: string | null;
  /** counts every change at the sender: later ones win at the receiver */
  readonly version: number;
  readonly link: string;
  /** the linked filing that it is a part of */
  readonly partOf?: { readonly province: string; readonly number: number };
  readonly procedure: {
    readonly code: string;
    readonly name: string;
    readonly fieldCode: string;
    readonly fieldName: string;
  };
  readonly way: "online" | "counter" | "post";
  readonly filedAtNationalPortal: boolean;
  readonly holder: string;
  readonly techId: string;
  readonly identityNumber: string;
  readonly email: string;
  readonly phone: string;
  readonly summary: string;
  readonly note: string;
  /** 1–10 */
  readonly status: number;
  readonly filedAt: Date;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly finishedAt: Date | null;
  readonly returnedAt: Date | null;
  readonly refusedAt: Date | null;
  readonly returnedByPost: boolean;
  readonly agencyName: string;
  readonly owed: number;
  readonly payableOnline: boolean;
  readonly papers: readonly {
    readonly id: string;
    readonly name: string;
    readonly component: string;
    readonly link: string;
  }[];
  readonly dues: readonly {
    readonly code: string;
    readonly name: string;
    readonly amount: number;
    readonly withResult: boolean;
  }[];
  readonly supplements: readonly {
    readonly round: number;
    readonly by: string;
    readonly text: string;
    readonly askedAt: Date;
    readonly answeredAt: Date | null;
  }[];
  readonly results: readonly {
    readonly id: string;
    readonly name: string;
    readonly link: string;
    readonly code: string;
  }[];
}

/** DongBoHoSoMC's record. Texts too long are cut at the portal's limit, never refused: the dossier must arrive. */
export function buildDossierRecord(facts: DossierFacts): DossierRecord {
  const kind = facts.identityNumber.length === 12 ? "1" : facts.identityNumber.length === 9 ? "2" : "";
  return {
    MaHoSo: facts.code ?? String(facts.number),
    SoBienNhan: String(facts.number),
    MaTTHC: facts.procedure.code,
    TenTTHC: clip(facts.procedure.name, LIMITS.TenTTHC),
    MaLinhVuc: facts.procedure.fieldCode,
    TenLinhVuc: clip(facts.procedure.fieldName, LIMITS.text),
    KenhThucHien: { counter: "1", online: "2", post: "3" }[facts.way],
    ChuHoSo: clip(facts.holder, LIMITS.ChuHoSo),
    LoaiDoiTuong: "1",
    MaDoiTuong: facts.techId,
    SoGiayToChuHoSo: facts.identityNumber,
    DinhDanhCHS: { LoaiDinhDanh: kind, SoDinhDanh: facts.identityNumber },
    ThongTinKhac: JSON.stringify({
      phienBan: facts.version,
      duongDan: facts.link,
      conPhaiNop: facts.owed,
      ...(facts.partOf ? { lienThong: { tinh: facts.partOf.province, so: String(facts.partOf.number) } } : {}),
    }),
    Email: facts.email,
    Fax: "",
    SoDienThoai: facts.phone,
    TrichYeuHoSo: clip(facts.summary, LIMITS.TrichYeuHoSo),
    GhiChu: clip(facts.note, LIMITS.GhiChu),
    NgayNopHoSo: compact(facts.filedAt),
    NgayTiepNhan: compact(facts.receivedAt),
    NgayHenTra: compact(facts.dueAt),
    NgayKetThucXuLy: compact(facts.finishedAt),
    NgayTra: compact(facts.returnedAt),
    NgayTuChoi: compact(facts.refusedAt),
    TrangThaiHoSo: String(facts.status),
    ThongTinTra: "",
    HinhThuc: facts.returnedByPost ? "1" : "0",
    DonViXuLy: clip(facts.agencyName, LIMITS.text),
    NoiNopHoSo: facts.filedAtNationalPortal ? "1" : "2",
    TaiLieuNop: facts.papers.map(paper),
    DanhSachLePhi: facts.dues.map(due),
    DanhSachTepDinhKemKhac: [],
    DanhSachHoSoBoSung: facts.supplements.map(supplement),
    DanhSachGiayToKetQua: facts.results.map(result),
    HoSoCoThanhPhanSoHoa: "0",
    TaiKhoanDuocXacThucVoiVNeID: "0",
    DuocThanhToanTrucTuyen: facts.payableOnline ? "1" : "0",
    DSKetNoiCSDL: [],
  };
}

/** CapNhatTienDoHoSoMC's record of one step. */
export function buildProgressRecord(step: {
  readonly dossierCode: string;
  readonly by: string;
  readonly role: string;
  readonly at: Date;
  readonly unit: string;
  readonly content: string;
  /** 1–10 */
  readonly status: number;
  readonly dueAt: Date | null;
}): ProgressRecord {
  return {
    MaHoSo: step.dossierCode,
    NguoiXuLy: clip(step.by, LIMITS.NguoiXuLy),
    ChucDanh: clip(step.role, LIMITS.text),
    ThoiDiemXuLy: compact(step.at),
    PhongBanXuLy: clip(step.unit, LIMITS.text),
    NoiDungXuLy: clip(step.content, LIMITS.NoiDungXuLy),
    TrangThai: String(step.status),
    NgayBatDau: compact(step.at),
    NgayKetThucTheoQuyDinh: compact(step.dueAt),
  };
}

function paper(file: DossierFacts["papers"][number]): SyncPaper {
  return {
    TepDinhKemId: file.id,
    TenTepDinhKem: clip(file.name, LIMITS.TenTepDinhKem),
    IsDeleted: "0",
    MaThanhPhanHoSo: file.component,
    DuongDanTaiTepTin: file.link,
    DuocSoHoa: "0",
    DuocTaiSuDung: "0",
    DuocLayTuKhoDMQG: "0",
    MaKetQuaThayThe: "",
  };
}

function due(line: DossierFacts["dues"][number]): SyncDue {
  return {
    TenPhiLePhi: clip(line.name, LIMITS.text),
    MaPhiLePhi: line.code,
    HinhThucThu: line.withResult ? "4" : "1",
    Gia: String(line.amount),
    LoaiPhiLePhi: "1",
  };
}

function supplement(round: DossierFacts["supplements"][number]): SyncSupplement {
  return {
    HoSoBoSungId: String(round.round),
    NguoiYeuCauBoSung: clip(round.by, LIMITS.text),
    NoiDungBoSung: clip(round.text, LIMITS.NoiDungBoSung),
    NgayBoSung: compact(round.askedAt),
    NguoiTiepNhanBoSung: "",
    ThongTinTiepNhan: "",
    NgayTiepNhanBoSung: compact(round.answeredAt),
    TrangThaiBoSung: round.answeredAt ? "1" : "0",
    NgayHenTraTruoc: "",
    NgayHenTraMoi: "",
  };
}

function result(one: DossierFacts["results"][number]): SyncResult {
  return {
    TenGiayTo: clip(one.name, LIMITS.TenGiayTo),
    MaThanhPhanHoSo: "",
    GiayToId: one.id,
    DuongDanTepTinKetQua: one.link,
    MaGiayToKetQua: one.code,
  };
}

function compact(instant: Date | null): string {
  return instant ? formatCompact(instant) : "";
}

/** Counted in code points, as JSON Schema counts, so that a cut never leaves half of one. */
function clip(text: string, max: number): string {
  const points = Array.from(text.normalize("NFC"));
  return points.length <= max ? points.join("") : `${points.slice(0, max - 1).join("")}…`;
}
