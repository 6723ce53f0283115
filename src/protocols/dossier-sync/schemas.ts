/** JSON Schemas (2020-12) of the messages, with the portal's limits; one check reads unknown JSON into a typed message. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import {
  BATCH_MAX,
  type DossierRecord,
  type ProgressRecord,
  type SignInAnswer,
  type SignInRequest,
  type SyncAnswer,
  type SyncRequest,
} from "./messages.ts";

/** Longest texts (domain §5.2 where it says so; else generous and bounded). */
export const LIMITS = {
  MaHoSo: 60,
  TenTTHC: 1_000,
  ChuHoSo: 500,
  TrichYeuHoSo: 1_000,
  GhiChu: 2_000,
  TenTepDinhKem: 4_000,
  TenGiayTo: 2_000,
  NguoiXuLy: 50,
  NoiDungXuLy: 2_000,
  NoiDungBoSung: 4_000,
  text: 500,
} as const;

const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength });
const time = { type: "string", pattern: "^([0-9]{14})?$" };
const needTime = { type: "string", pattern: "^[0-9]{14}$" };
const oneOf = (...values: string[]) => ({ enum: values });
const status = oneOf("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
const list = (items: object, maxItems = 200) => ({ type: "array", maxItems, items });

/** Every listed member must be there; unknown members are let through, because the portal adds some without asking. */
function record(properties: Record<string, object>) {
  return { type: "object", required: Object.keys(properties), properties };
}

const dossier = record({
  MaHoSo: text(LIMITS.MaHoSo, 1),
  SoBienNhan: text(60, 1),
  MaTTHC: text(50, 1),
  TenTTHC: text(LIMITS.TenTTHC, 1),
  MaLinhVuc: text(50),
  TenLinhVuc: text(LIMITS.text),
  KenhThucHien: oneOf("1", "2", "3"),
  ChuHoSo: text(LIMITS.ChuHoSo, 1),
  LoaiDoiTuong: oneOf("1", "2", "3", "4"),
  MaDoiTuong: text(100),
  SoGiayToChuHoSo: text(20),
  DinhDanhCHS: record({ LoaiDinhDanh: oneOf("1", "2", ""), SoDinhDanh: text(20) }),
  ThongTinKhac: text(2_000),
  Email: text(254),
  Fax: text(30),
  SoDienThoai: text(30),
  TrichYeuHoSo: text(LIMITS.TrichYeuHoSo),
  GhiChu: text(LIMITS.GhiChu),
  NgayNopHoSo: needTime,
  NgayTiepNhan: time,
  NgayHenTra: time,
  NgayKetThucXuLy: time,
  NgayTra: time,
  NgayTuChoi: time,
  TrangThaiHoSo: status,
  ThongTinTra: text(LIMITS.text),
  HinhThuc: oneOf("0", "1"),
  DonViXuLy: text(LIMITS.text),
  NoiNopHoSo: text(20),
  TaiLieuNop: list(
    record({
      TepDinhKemId: text(100, 1),
      TenTepDinhKem: text(LIMITS.TenTepDinhKem),
      MaThanhPhanHoSo: text(100),
      DuongDanTaiTepTin: text(1_000),
    }),
  ),
  DanhSachLePhi: list(
    record({
      TenPhiLePhi: text(LIMITS.text),
      MaPhiLePhi: text(100),
      Gia: { type: "string", pattern: "^[0-9]{1,12}$" },
      HinhThucThu: text(2),
      LoaiPhiLePhi: text(2),
    }),
    50,
  ),
  DanhSachTepDinhKemKhac: list(record({ TenGiayTo: text(LIMITS.TenGiayTo), SoLuong: text(10), LoaiGiayTo: text(10) })),
  DanhSachHoSoBoSung: list(
    record({
      HoSoBoSungId: text(100, 1),
      NguoiYeuCauBoSung: text(LIMITS.text),
      NoiDungBoSung: text(LIMITS.NoiDungBoSung),
      NgayBoSung: needTime,
      TrangThaiBoSung: text(2),
    }),
    100,
  ),
  DanhSachGiayToKetQua: list(
    record({ TenGiayTo: text(LIMITS.TenGiayTo), GiayToId: text(100, 1), DuongDanTepTinKetQua: text(1_000) }),
    50,
  ),
  HoSoCoThanhPhanSoHoa: oneOf("0", "1"),
  TaiKhoanDuocXacThucVoiVNeID: oneOf("0", "1"),
  DuocThanhToanTrucTuyen: oneOf("0", "1", "2", "3"),
  DSKetNoiCSDL: list(record({ MaCSDL: text(50) }), 50),
});

const progress = record({
  MaHoSo: text(LIMITS.MaHoSo, 1),
  NguoiXuLy: text(LIMITS.NguoiXuLy),
  ChucDanh: text(LIMITS.text),
  ThoiDiemXuLy: needTime,
  PhongBanXuLy: text(LIMITS.text),
  NoiDungXuLy: text(LIMITS.NoiDungXuLy),
  TrangThai: status,
  NgayBatDau: time,
  NgayKetThucTheoQuyDinh: time,
});

const head = { session: text(200, 1), madonvi: text(60, 1) };
const request = {
  type: "object",
  required: ["service"],
  oneOf: [
    record({
      ...head,
      service: { const: "DongBoHoSoMC" },
      isUpdating: oneOf("True", "False"),
      data: { ...list(dossier, BATCH_MAX), minItems: 1 },
    }),
    record({ ...head, service: { const: "CapNhatTienDoHoSoMC" }, data: { ...list(progress, BATCH_MAX), minItems: 1 } }),
  ],
};

export interface Messages {
  dossier: DossierRecord;
  progress: ProgressRecord;
  request: SyncRequest;
  answer: SyncAnswer;
  signIn: SignInRequest;
  signInAnswer: SignInAnswer;
}

const schemas: Record<keyof Messages, object> = {
  dossier,
  progress,
  request,
  answer: record({ error_code: text(20) }),
  signIn: record({ username: text(100, 1), password: text(500, 1) }),
  signInAnswer: record({ error_code: text(20), session: text(500) }),
};

const ajv = new Ajv2020({ strict: false, allErrors: false });
const checks = new Map<string, ValidateFunction>();

export type Read<T> = { ok: true; message: T } | { ok: false; why: string };

/** Reads unknown JSON; `why` names the place and never repeats the value (it may be personal). */
export function readSyncMessage<Kind extends keyof Messages>(kind: Kind, value: unknown): Read<Messages[Kind]> {
  let check = checks.get(kind);
  if (!check) {
    check = ajv.compile(schemas[kind]);
    checks.set(kind, check);
  }
  if (check(value)) return { ok: true, message: value as Messages[Kind] };
  const error =
    (check.errors ?? []).find((one) => one.keyword !== "oneOf" && one.keyword !== "const") ?? check.errors?.[0];
  return { ok: false, why: `${error?.instancePath || "/"} ${error?.message ?? "is not as it should be"}` };
}
