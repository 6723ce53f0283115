/**
 * JSON Schemas (2020-12) of the platform's messages, and one check that reads unknown JSON into a typed message.
 * Unknown members are let through and dropped by nobody: the platform adds fields without asking us.
 */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type {
  BillRequest,
  ConfirmAnswer,
  ConfirmMessage,
  DisputeMessage,
  InitAnswer,
  InitMessage,
  PlatformEnvelope,
  QueryAnswer,
  QueryMessage,
  RefundAnswer,
  RefundMessage,
} from "./messages.ts";

export interface Messages {
  INIT: InitMessage;
  QUERY: QueryMessage;
  GET_BILL: BillRequest;
  CONFIRM: ConfirmMessage;
  REFUND: RefundMessage;
  DISPUTE: DisputeMessage;
  envelope: PlatformEnvelope;
  initAnswer: InitAnswer;
  queryAnswer: QueryAnswer;
  confirmAnswer: ConfirmAnswer;
  refundAnswer: RefundAnswer;
}

const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength });
const amount = { type: "string", pattern: "^[1-9][0-9]{0,11}$" };
const time = { type: "string", pattern: "^[0-9]{14}$" };
const mac = { type: "string", pattern: "^[0-9a-fA-F]{64}$" };
const partner = text(50, 1);
const reference = { type: "string", pattern: "^[0-9A-Za-z._-]{5,64}$" };
const version = { const: "1.0.6" };

/** An object in which every listed member must be present. */
function record(properties: Record<string, unknown>, optional: Record<string, unknown> = {}) {
  return { type: "object", required: Object.keys(properties), properties: { ...properties, ...optional } };
}

const due = record({ LoaiPhiLePhi: text(10), MaPhiLePhi: text(50), TenPhiLePhi: text(500), SoTien: amount });
const deposit = record({ NoiDung: text(500), SoTien: amount });

const receiptInformation = record({
  MaDichVu: { const: "2" },
  MaDVC: text(60, 1),
  TenDVC: text(1000),
  MaTTHC: text(50, 1),
  TenTTHC: text(250),
  MaDonVi: text(50),
  TenDonVi: text(500),
  MaHoSo: text(60, 1),
  TKThuHuong: text(50),
  MaNHThuHuong: text(50),
  TenTKThuHuong: text(300),
  NoiDungThanhToan: text(500),
  HoTenNguoiNop: text(200),
  SoCMNDNguoiNop: text(20),
  DiaChiNguoiNop: text(500),
  HuyenNguoiNop: text(200),
  TinhNguoiNop: text(200),
  PhiLePhi: { type: "array", maxItems: 50, items: due },
  DSKhoanNop: { type: "array", maxItems: 50, items: deposit },
});

const question = { PhienBan: version, MaDoiTac: partner, MaThamChieu: reference, ThoiGianGD: time, MaXacThuc: mac };

const confirm = record({
  LoaiBanTin: { const: "CONFIRM" },
  MaLoi: text(10, 1),
  MaDoiTac: partner,
  MaThamChieu: reference,
  SoTien: amount,
  MaTienTe: text(3, 3),
  MaGiaoDich: text(64, 1),
  MaNganHang: text(50),
  ThoiGianGD: time,
  ThongTinGiaoDich: text(500),
  MaXacThuc: mac,
});

export const schemas: Readonly<Record<keyof Messages, object>> = {
  INIT: record({
    LoaiBanTin: { const: "INIT" },
    PhienBan: version,
    MaDoiTac: partner,
    MaThamChieu: reference,
    SoTien: amount,
    LoaiHinhThanhToan: { const: "PAY" },
    MaKenhThanhToan: text(10),
    MaThietBi: text(10),
    NgonNgu: text(10),
    MaTienTe: { const: "VND" },
    MaNganHang: text(50),
    ThongTinGiaoDich: text(500),
    ThoiGianGD: time,
    Ip: text(64),
    MaXacThuc: mac,
    ThongTinBienLai: receiptInformation,
  }),
  QUERY: record({ LoaiBanTin: { const: "QUERY" }, ...question }),
  GET_BILL: record({ LoaiBanTin: { const: "GET_BILL" }, ...question }),
  CONFIRM: confirm,
  REFUND: record({
    LoaiBanTin: { const: "REFUND" },
    PhienBan: version,
    MaDoiTac: partner,
    MaYeuCauHoan: reference,
    MaThamChieu: reference,
    MaGiaoDich: text(64, 1),
    SoTien: amount,
    MaTienTe: { const: "VND" },
    LyDo: text(300, 1),
    NguoiNhan: text(200),
    TaiKhoanNhan: text(100),
    ThoiGianGD: time,
    MaXacThuc: mac,
  }),
  DISPUTE: record({
    LoaiBanTin: { const: "DISPUTE" },
    PhienBan: version,
    MaDoiTac: partner,
    MaKhieuNai: reference,
    MaThamChieu: reference,
    MaGiaoDich: text(64, 1),
    SoTien: amount,
    TrangThaiKhieuNai: { enum: ["OPEN", "KEPT", "LOST"] },
    LyDo: text(500, 1),
    ThoiGianGD: time,
    MaXacThuc: mac,
  }),
  envelope: record({ error_code: text(10), message: text(20_000) }),
  initAnswer: record({
    MaLoi: text(10),
    MoTaLoi: text(500),
    MaDoiTac: partner,
    MaThamChieu: reference,
    UrlThanhToan: text(2000),
  }),
  queryAnswer: record(
    {
      LoaiBanTin: { const: "QUERY" },
      PhienBan: text(10),
      MaLoi: text(10),
      MoTaLoi: text(500),
      MaDoiTac: partner,
      MaThamChieu: reference,
      SoTien: text(20),
      MaTienTe: text(3),
      TrangThaiGD: text(10),
      ThoiGianGD: time,
      MaXacThuc: mac,
    },
    { DSXacNhan: { type: "array", maxItems: 100, items: confirm } },
  ),
  refundAnswer: record({
    LoaiBanTin: { const: "REFUND" },
    PhienBan: text(10),
    MaLoi: text(10),
    MoTaLoi: text(500),
    MaDoiTac: partner,
    MaYeuCauHoan: reference,
    SoTien: text(20),
    TrangThaiHoan: text(10),
    LyDo: text(500),
    MaGiaoDichHoan: text(64),
    ThoiGianGD: time,
    MaXacThuc: mac,
  }),
  confirmAnswer: record({
    MaLoi: text(10),
    MoTaLoi: text(500),
    MaDoiTac: partner,
    ThoiGianGD: time,
    MaXacThuc: mac,
  }),
};

const compiled = new Map<keyof Messages, ValidateFunction>();
const ajv = new Ajv2020({ strict: true, allErrors: false });

export type ReadResult<Message> =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly why: string };

/** Reads unknown JSON as one kind of message; `why` names the first member that is wrong (for logs and MoTaLoi). */
export function readMessage<Kind extends keyof Messages>(kind: Kind, value: unknown): ReadResult<Messages[Kind]> {
  let validate = compiled.get(kind);
  if (!validate) {
    validate = ajv.compile(schemas[kind]);
    compiled.set(kind, validate);
  }
  if (validate(value)) return { ok: true, message: value as Messages[Kind] };
  const error = validate.errors?.[0];
  return { ok: false, why: `${error?.instancePath || "/"} ${error?.message ?? "is wrong"}` };
}
