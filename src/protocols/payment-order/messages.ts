/**
 * The national payment platform's messages, version 1.0.6, between a collecting agency ("đối tác", merchant) and the
 * hub. Field names are the platform's own. Every amount is a string of whole đồng, every time `yyyyMMddHHmmss` in GMT+7.
 */
export const PLATFORM_VERSION = "1.0.6";

/** One kind of due in the receipt's information. LoaiPhiLePhi: 1 fee or charge, 2 appraisal, 3 extension. */
export interface PlatformDue {
  readonly LoaiPhiLePhi: string;
  readonly MaPhiLePhi: string;
  readonly TenPhiLePhi: string;
  readonly SoTien: string;
}

export interface PlatformDeposit {
  readonly NoiDung: string;
  readonly SoTien: string;
}

/** What the receipt needs to know about the dossier, the payee and the payer. TenTTHC has at most 250 characters. */
export interface ReceiptInformation {
  readonly MaDichVu: "2";
  /** MaTTHC + ".01" */
  readonly MaDVC: string;
  readonly TenDVC: string;
  readonly MaTTHC: string;
  readonly TenTTHC: string;
  readonly MaDonVi: string;
  readonly TenDonVi: string;
  readonly MaHoSo: string;
  readonly TKThuHuong: string;
  readonly MaNHThuHuong: string;
  readonly TenTKThuHuong: string;
  readonly NoiDungThanhToan: string;
  readonly HoTenNguoiNop: string;
  readonly SoCMNDNguoiNop: string;
  readonly DiaChiNguoiNop: string;
  readonly HuyenNguoiNop: string;
  readonly TinhNguoiNop: string;
  readonly PhiLePhi: readonly PlatformDue[];
  readonly DSKhoanNop: readonly PlatformDeposit[];
}

/** Merchant → hub: open an order. `MaThamChieu` is unique per partner and per INIT; sending it again opens nothing new. */
export interface InitMessage {
  readonly LoaiBanTin: "INIT";
  readonly PhienBan: typeof PLATFORM_VERSION;
  readonly MaDoiTac: string;
  readonly MaThamChieu: string;
  readonly SoTien: string;
  readonly LoaiHinhThanhToan: "PAY";
  readonly MaKenhThanhToan: string;
  readonly MaThietBi: string;
  readonly NgonNgu: string;
  readonly MaTienTe: "VND";
  readonly MaNganHang: string;
  readonly ThongTinGiaoDich: string;
  readonly ThoiGianGD: string;
  readonly Ip: string;
  readonly MaXacThuc: string;
  readonly ThongTinBienLai: ReceiptInformation;
}

/** The hub's answer to INIT, QUERY errors and refusals: `message` is itself a JSON text. "0" = accepted. */
export interface PlatformEnvelope {
  readonly error_code: string;
  readonly message: string;
}

/** What stands inside the INIT answer's `message`. */
export interface InitAnswer {
  readonly MaLoi: string;
  readonly MoTaLoi: string;
  readonly MaDoiTac: string;
  readonly MaThamChieu: string;
  readonly UrlThanhToan: string;
}

/** Hub → merchant, one per attempt of the payer: MaLoi "00" = paid, anything else = that attempt failed. */
export interface ConfirmMessage {
  readonly LoaiBanTin: "CONFIRM";
  readonly MaLoi: string;
  readonly MaDoiTac: string;
  readonly MaThamChieu: string;
  readonly SoTien: string;
  readonly MaTienTe: string;
  readonly MaGiaoDich: string;
  readonly MaNganHang: string;
  readonly ThoiGianGD: string;
  readonly ThongTinGiaoDich: string;
  readonly MaXacThuc: string;
}

export interface ConfirmAnswer {
  readonly MaLoi: string;
  readonly MoTaLoi: string;
  readonly MaDoiTac: string;
  readonly ThoiGianGD: string;
  readonly MaXacThuc: string;
}

export interface QueryMessage {
  readonly LoaiBanTin: "QUERY";
  readonly PhienBan: typeof PLATFORM_VERSION;
  readonly MaDoiTac: string;
  readonly MaThamChieu: string;
  readonly ThoiGianGD: string;
  readonly MaXacThuc: string;
}

export interface BillRequest {
  readonly LoaiBanTin: "GET_BILL";
  readonly PhienBan: typeof PLATFORM_VERSION;
  readonly MaDoiTac: string;
  readonly MaThamChieu: string;
  readonly ThoiGianGD: string;
  readonly MaXacThuc: string;
}

/**
 * Where an order stands. The platform's own list of values is not published; these are ours.
 * 0 nobody tried yet · 1 paid · 2 the last attempt failed, another may follow · 3 being verified · 4 closed unpaid
 */
export const TRANSACTION_STATUS = { untried: "0", paid: "1", failed: "2", verifying: "3", closed: "4" } as const;
export type TransactionStatus = (typeof TRANSACTION_STATUS)[keyof typeof TRANSACTION_STATUS];

/**
 * Answer to QUERY. `DSXacNhan` (ours; another hub may leave it out) repeats the CONFIRM of every finished attempt, each
 * with its own hash, so that a merchant that missed a CONFIRM settles from the very same message.
 */
export interface QueryAnswer {
  readonly LoaiBanTin: "QUERY";
  readonly PhienBan: string;
  readonly MaLoi: string;
  readonly MoTaLoi: string;
  readonly MaDoiTac: string;
  readonly MaThamChieu: string;
  readonly SoTien: string;
  readonly MaTienTe: string;
  readonly TrangThaiGD: string;
  readonly ThoiGianGD: string;
  readonly MaXacThuc: string;
  readonly DSXacNhan?: readonly ConfirmMessage[];
}

/**
 * Merchant → hub: give a payment back, whole or in part. Ours: the platform's refund call is not published. `MaYeuCauHoan` is
 * the merchant's number of the request: the same message again asks for nothing new and is answered with where it stands,
 * so that it is also the question. NguoiNhan and TaiKhoanNhan are used when the provider cannot give the money back itself.
 */
export interface RefundMessage {
  readonly LoaiBanTin: "REFUND";
  readonly PhienBan: typeof PLATFORM_VERSION;
  readonly MaDoiTac: string;
  readonly MaYeuCauHoan: string;
  readonly MaThamChieu: string;
  readonly MaGiaoDich: string;
  readonly SoTien: string;
  readonly MaTienTe: "VND";
  readonly LyDo: string;
  readonly NguoiNhan: string;
  readonly TaiKhoanNhan: string;
  readonly ThoiGianGD: string;
  readonly MaXacThuc: string;
}

/** 0 waits for the hub's operators · 1 the payer has it · 2 refused, LyDo says why · 3 decided and on its way, not known yet */
export const REFUND_STATUS = { waiting: "0", refunded: "1", refused: "2", sending: "3" } as const;

/** `MaGiaoDichHoan`: the provider's or bank's number of the money that went back, when TrangThaiHoan is 1. */
export interface RefundAnswer {
  readonly LoaiBanTin: "REFUND";
  readonly PhienBan: string;
  readonly MaLoi: string;
  readonly MoTaLoi: string;
  readonly MaDoiTac: string;
  readonly MaYeuCauHoan: string;
  readonly SoTien: string;
  readonly TrangThaiHoan: string;
  readonly LyDo: string;
  readonly MaGiaoDichHoan: string;
  readonly ThoiGianGD: string;
  readonly MaXacThuc: string;
}

/**
 * Hub → merchant: a bank or wallet wants a payment back (OPEN), or how that ended: KEPT, LOST (the money is gone). Ours, as
 * REFUND is. Repeated until the merchant answers "00"; `MaKhieuNai` names the dispute. The answer is CONFIRM's.
 */
export interface DisputeMessage {
  readonly LoaiBanTin: "DISPUTE";
  readonly PhienBan: typeof PLATFORM_VERSION;
  readonly MaDoiTac: string;
  readonly MaKhieuNai: string;
  readonly MaThamChieu: string;
  readonly MaGiaoDich: string;
  readonly SoTien: string;
  readonly TrangThaiKhieuNai: "OPEN" | "KEPT" | "LOST";
  readonly LyDo: string;
  readonly ThoiGianGD: string;
  readonly MaXacThuc: string;
}

/**
 * MaLoi values. Only "00" is published; the others are ours and stand in the answers next to words (MoTaLoi).
 * 01 the attempt failed or was declined · 02 unknown order · 03 unknown partner · 04 another amount · 07 another request
 * under the same MaThamChieu · 24 cancelled by the payer · 30 malformed · 97 wrong MaXacThuc · 99 something else
 */
export const RESULT_CODE = {
  ok: "00",
  failed: "01",
  orderNotFound: "02",
  partnerUnknown: "03",
  amountDiffers: "04",
  referenceReused: "07",
  cancelled: "24",
  malformed: "30",
  wrongMac: "97",
  other: "99",
} as const;

/**
 * MaThamChieu: "dvc" + the dossier's code or number without punctuation + `yyyyMMddHHmmss`, unique for each INIT.
 * Longer codes keep their end, which tells dossiers apart. The platform's limit is not published; 50 characters is ours.
 */
export function makeReference(codeOrNumber: string, timestamp: string): string {
  const bare = codeOrNumber.replace(/[^0-9A-Za-z]/g, "");
  return `dvc${bare.slice(-33)}${timestamp}`;
}
