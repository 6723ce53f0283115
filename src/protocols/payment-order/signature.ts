/**
 * MaXacThuc of the national payment platform's messages, version 1.0.6: lower-case hex SHA-256 (a plain hash, not an
 * HMAC) over the fields in a fixed order, joined by "|", with the partner's secret as the last part. Pure.
 * Source: the open client of version 1.0.6 that provinces run (`Infrastructure/DvcPayment`); the vector is in the test.
 */
import { sameText, sha256 } from "#kit/crypto.ts";
import type {
  BillRequest,
  ConfirmAnswer,
  ConfirmMessage,
  DisputeMessage,
  InitMessage,
  QueryAnswer,
  QueryMessage,
  RefundAnswer,
  RefundMessage,
} from "./messages.ts";

/** The partner's secret now and, while it is being rotated, the one before: both are accepted, the first one signs. */
export type Secrets = readonly [current: string, ...previous: string[]];

export function signInit(message: Omit<InitMessage, "MaXacThuc">, secret: string): string {
  return hash([
    message.LoaiBanTin,
    message.PhienBan,
    message.MaDoiTac,
    message.MaThamChieu,
    message.SoTien,
    message.LoaiHinhThanhToan,
    message.MaKenhThanhToan,
    message.MaThietBi,
    message.NgonNgu,
    message.MaTienTe,
    message.MaNganHang,
    message.ThongTinGiaoDich,
    message.ThoiGianGD,
    message.Ip,
    secret,
  ]);
}

export function signConfirm(message: Omit<ConfirmMessage, "MaXacThuc">, secret: string): string {
  return hash([
    message.LoaiBanTin,
    message.MaLoi,
    message.MaDoiTac,
    message.MaThamChieu,
    message.SoTien,
    message.MaTienTe,
    message.MaGiaoDich,
    message.MaNganHang,
    message.ThoiGianGD,
    message.ThongTinGiaoDich,
    secret,
  ]);
}

/** The answer's order is not published; it is the order in which the fields are listed, as in every other message. */
export function signConfirmAnswer(answer: Omit<ConfirmAnswer, "MaXacThuc">, secret: string): string {
  return hash([answer.MaLoi, answer.MoTaLoi, answer.MaDoiTac, answer.ThoiGianGD, secret]);
}

/** QUERY and GET_BILL: `QUERY|1.0.6|MaDoiTac|MaThamChieu|ThoiGianGD|SECRET`. */
export function signQuery(
  message: Omit<QueryMessage, "MaXacThuc"> | Omit<BillRequest, "MaXacThuc">,
  secret: string,
): string {
  return hash([
    message.LoaiBanTin,
    message.PhienBan,
    message.MaDoiTac,
    message.MaThamChieu,
    message.ThoiGianGD,
    secret,
  ]);
}

/** The answer's order is not published; the order in which the fields are listed. `DSXacNhan` carries its own hashes. */
export function signQueryAnswer(answer: Omit<QueryAnswer, "MaXacThuc" | "DSXacNhan">, secret: string): string {
  return hash([
    answer.LoaiBanTin,
    answer.PhienBan,
    answer.MaLoi,
    answer.MoTaLoi,
    answer.MaDoiTac,
    answer.MaThamChieu,
    answer.SoTien,
    answer.MaTienTe,
    answer.TrangThaiGD,
    answer.ThoiGianGD,
    secret,
  ]);
}

/** REFUND, its answer and DISPUTE are ours: every field in the order in which it is listed. */
export function signRefund(message: Omit<RefundMessage, "MaXacThuc">, secret: string): string {
  return hash([
    message.LoaiBanTin,
    message.PhienBan,
    message.MaDoiTac,
    message.MaYeuCauHoan,
    message.MaThamChieu,
    message.MaGiaoDich,
    message.SoTien,
    message.MaTienTe,
    message.LyDo,
    message.NguoiNhan,
    message.TaiKhoanNhan,
    message.ThoiGianGD,
    secret,
  ]);
}

export function signRefundAnswer(answer: Omit<RefundAnswer, "MaXacThuc">, secret: string): string {
  return hash([
    answer.LoaiBanTin,
    answer.PhienBan,
    answer.MaLoi,
    answer.MoTaLoi,
    answer.MaDoiTac,
    answer.MaYeuCauHoan,
    answer.SoTien,
    answer.TrangThaiHoan,
    answer.LyDo,
    answer.MaGiaoDichHoan,
    answer.ThoiGianGD,
    secret,
  ]);
}

export function signDispute(message: Omit<DisputeMessage, "MaXacThuc">, secret: string): string {
  return hash([
    message.LoaiBanTin,
    message.PhienBan,
    message.MaDoiTac,
    message.MaKhieuNai,
    message.MaThamChieu,
    message.MaGiaoDich,
    message.SoTien,
    message.TrangThaiKhieuNai,
    message.LyDo,
    message.ThoiGianGD,
    secret,
  ]);
}

/** True when `mac` was made with one of the secrets by `sign`; compared in constant time, every generation tried. */
export function verifyMac<Message extends { readonly MaXacThuc: string }>(
  message: Message,
  sign: (message: Message, secret: string) => string,
  secrets: Secrets,
): boolean {
  let matches = false;
  for (const secret of secrets) {
    if (sameText(sign(message, secret), message.MaXacThuc.toLowerCase())) matches = true;
  }
  return matches;
}

function hash(parts: readonly string[]): string {
  return sha256(parts.join("|"));
}
