/**
 * Dossier synchronisation province → national portal, 2020 generation with the fields added 2023–2025 (domain §5.1–5.2).
 * Field names are the national portal's. Every value is a string; instants are `yyyyMMddHHmmss` of Asia/Ho_Chi_Minh,
 * "" when there is none.
 */

/** TaiLieuNop: a paper handed in. */
export interface SyncPaper {
  readonly TepDinhKemId: string;
  readonly TenTepDinhKem: string;
  readonly IsDeleted: string;
  readonly MaThanhPhanHoSo: string;
  readonly DuongDanTaiTepTin: string;
  readonly DuocSoHoa: string;
  readonly DuocTaiSuDung: string;
  readonly DuocLayTuKhoDMQG: string;
  readonly MaKetQuaThayThe: string;
}

/** DanhSachLePhi: one line owed. LoaiPhiLePhi 1 fee or charge; HinhThucThu 1 on reception, 4 with the result. */
export interface SyncDue {
  readonly TenPhiLePhi: string;
  readonly MaPhiLePhi: string;
  readonly HinhThucThu: string;
  readonly Gia: string;
  readonly LoaiPhiLePhi: string;
}

/** DanhSachHoSoBoSung: one supplement round. TrangThaiBoSung 0 asked, 1 answered. */
export interface SyncSupplement {
  readonly HoSoBoSungId: string;
  readonly NguoiYeuCauBoSung: string;
  readonly NoiDungBoSung: string;
  readonly NgayBoSung: string;
  readonly NguoiTiepNhanBoSung: string;
  readonly ThongTinTiepNhan: string;
  readonly NgayTiepNhanBoSung: string;
  readonly TrangThaiBoSung: string;
  readonly NgayHenTraTruoc: string;
  readonly NgayHenTraMoi: string;
}

/** DanhSachGiayToKetQua: one paper of the result. */
export interface SyncResult {
  readonly TenGiayTo: string;
  readonly MaThanhPhanHoSo: string;
  readonly GiayToId: string;
  readonly DuongDanTepTinKetQua: string;
  readonly MaGiayToKetQua: string;
}

/** One element of DongBoHoSoMC's `data`: the dossier as it stands, whole. */
export interface DossierRecord {
  /** the official code; before reception, when there is none, the internal number */
  readonly MaHoSo: string;
  /** the internal number, from filing on and for ever: what tells dossiers of one province apart */
  readonly SoBienNhan: string;
  readonly MaTTHC: string;
  readonly TenTTHC: string;
  readonly MaLinhVuc: string;
  readonly TenLinhVuc: string;
  /** 1 trực tiếp, 2 trực tuyến, 3 bưu chính công ích */
  readonly KenhThucHien: string;
  readonly ChuHoSo: string;
  /** 1 công dân, 2 doanh nghiệp, 3 cơ quan nhà nước, 4 tổ chức khác */
  readonly LoaiDoiTuong: string;
  /** TechID of the national account */
  readonly MaDoiTuong: string;
  readonly SoGiayToChuHoSo: string;
  readonly DinhDanhCHS: { readonly LoaiDinhDanh: string; readonly SoDinhDanh: string };
  /** free text of the sender; ours is the JSON of `SenderNote` */
  readonly ThongTinKhac: string;
  readonly Email: string;
  readonly Fax: string;
  readonly SoDienThoai: string;
  readonly TrichYeuHoSo: string;
  readonly GhiChu: string;
  readonly NgayNopHoSo: string;
  readonly NgayTiepNhan: string;
  readonly NgayHenTra: string;
  readonly NgayKetThucXuLy: string;
  readonly NgayTra: string;
  readonly NgayTuChoi: string;
  /** 1–10, domain §5.4 */
  readonly TrangThaiHoSo: string;
  readonly ThongTinTra: string;
  /** 0 direct, 1 post */
  readonly HinhThuc: string;
  readonly DonViXuLy: string;
  /** 1 national portal, 2 the province's own systems */
  readonly NoiNopHoSo: string;
  readonly TaiLieuNop: readonly SyncPaper[];
  readonly DanhSachLePhi: readonly SyncDue[];
  readonly DanhSachTepDinhKemKhac: readonly {
    readonly TenGiayTo: string;
    readonly SoLuong: string;
    readonly LoaiGiayTo: string;
  }[];
  readonly DanhSachHoSoBoSung: readonly SyncSupplement[];
  readonly DanhSachGiayToKetQua: readonly SyncResult[];
  readonly HoSoCoThanhPhanSoHoa: string;
  readonly TaiKhoanDuocXacThucVoiVNeID: string;
  /** 1 on the national hub, 2 on the province's own, 0 not */
  readonly DuocThanhToanTrucTuyen: string;
  readonly DSKetNoiCSDL: readonly { readonly MaCSDL: string }[];
}

/** One element of CapNhatTienDoHoSoMC's `data`: one step in the dossier's life. */
export interface ProgressRecord {
  readonly MaHoSo: string;
  readonly NguoiXuLy: string;
  readonly ChucDanh: string;
  readonly ThoiDiemXuLy: string;
  readonly PhongBanXuLy: string;
  readonly NoiDungXuLy: string;
  readonly TrangThai: string;
  readonly NgayBatDau: string;
  readonly NgayKetThucTheoQuyDinh: string;
}

/**
 * What our provinces put into ThongTinKhac, because the message has no place of its own for it. A portal that does not
 * know it sees a remark; ours orders late messages by `phienBan` and links to `duongDan`.
 */
export interface SenderNote {
  readonly phienBan: number;
  readonly duongDan: string;
  /** đồng still to be paid */
  readonly conPhaiNop: number;
  /** the linked filing (hồ sơ liên thông) that it is a part of: code of the province and number there */
  readonly lienThong?: { readonly tinh: string; readonly so: string };
}

export type SyncRequest =
  | {
      session: string;
      madonvi: string;
      service: "DongBoHoSoMC";
      isUpdating: "True" | "False";
      data: readonly DossierRecord[];
    }
  | { session: string; madonvi: string; service: "CapNhatTienDoHoSoMC"; data: readonly ProgressRecord[] };

/** "0" done; "3" / "-3" already there; others refused. Text, as the portal answers. */
export interface SyncAnswer {
  readonly error_code: string;
  readonly message: string;
}

export interface SignInRequest {
  readonly username: string;
  readonly password: string;
}

export interface SignInAnswer {
  readonly error_code: string;
  readonly session: string;
  readonly message?: string;
}

/** error_code of our own portal; "0" and "3" are the real one's too. */
export const SYNC_CODES = { done: "0", exists: "3", invalid: "1", session: "2", unknown: "4" } as const;

/** More are sent in several calls (a real system sends progress in tens). */
export const BATCH_MAX = 50;

export function readSenderNote(text: string): SenderNote | undefined {
  try {
    const note = JSON.parse(text) as Partial<SenderNote> | null;
    if (!note || !Number.isSafeInteger(note.phienBan) || typeof note.duongDan !== "string") return undefined;
    const owed = Number.isSafeInteger(note.conPhaiNop) ? Number(note.conPhaiNop) : 0;
    const { tinh, so } = note.lienThong ?? {};
    const isPart = /^[a-z][a-z0-9-]{1,30}$/.test(tinh ?? "") && /^\d{1,18}$/.test(so ?? "");
    return {
      phienBan: Number(note.phienBan),
      duongDan: note.duongDan,
      conPhaiNop: Math.max(0, owed),
      ...(isPart && tinh && so ? { lienThong: { tinh, so } } : {}),
    };
  } catch {
    // another sender's free text
    return undefined;
  }
}
