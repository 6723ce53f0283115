import { formatCompact } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import {
  type ConfirmMessage,
  type InitMessage,
  PLATFORM_VERSION,
  type PlatformPartner,
  readMessage,
  RESULT_CODE,
  sendInit,
  sendQuery,
  signConfirm,
  signConfirmAnswer,
  TRANSACTION_STATUS,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import type {
  AttemptFacts,
  CallbackAnswer,
  CallbackInput,
  CallbackReading,
  CallbackVerdict,
  PaymentProvider,
  Report,
  StartInput,
  StartOutcome,
} from "../provider.ts";

/**
 * VNPT Pay wallet. Its merchant protocol is not public; it is spoken to with the national platform's messages 1.0.6, in
 * which the hub is the merchant. Another protocol is another file like this one. There is no refund message among them.
 */
export function vnptPayProvider(partner: PlatformPartner): PaymentProvider {
  return {
    id: "vnpt-pay",
    name: "VNPT Pay",
    channels: [{ code: "vnpt-pay", kind: "wallet", name: "VNPT Pay" }],
    amountMin: 1_000,
    amountMax: 100_000_000,
    minutesToPay: 15,
    origin: new URL(partner.url).origin,
    start: (input) => start(partner, input),
    ask: (attempt) => ask(partner, attempt),
    readCallback: (input) => readCallback(partner, input),
    answerCallback: (verdict) => answerCallback(partner, verdict),
  };
}

async function start(partner: PlatformPartner, input: StartInput): Promise<StartOutcome> {
  try {
    const outcome = await sendInit(partner, initOf(partner, input));
    if (outcome.accepted) return { kind: "redirect", payUrl: outcome.payUrl };
    const undecided = outcome.code === RESULT_CODE.referenceReused || outcome.code === RESULT_CODE.other;
    return { kind: undecided ? "unknown" : "rejected", code: outcome.code };
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

/** Nothing that names the payer: the receipt is the province's, not the wallet's. */
function initOf(partner: PlatformPartner, input: StartInput): Omit<InitMessage, "MaXacThuc"> {
  const amount = String(input.amount);
  const information = input.information.slice(0, 250);
  return {
    LoaiBanTin: "INIT",
    PhienBan: PLATFORM_VERSION,
    MaDoiTac: partner.partnerCode,
    MaThamChieu: input.providerOrder,
    SoTien: amount,
    LoaiHinhThanhToan: "PAY",
    MaKenhThanhToan: "1",
    MaThietBi: "1",
    NgonNgu: input.lang === "en" ? "en-US" : "vi-VN",
    MaTienTe: "VND",
    MaNganHang: "PAYMENT",
    ThongTinGiaoDich: information,
    ThoiGianGD: formatCompact(input.createdAt),
    Ip: input.payerIp,
    ThongTinBienLai: {
      MaDichVu: "2",
      MaDVC: "DVCQG.01",
      TenDVC: information,
      MaTTHC: "DVCQG",
      TenTTHC: information,
      MaDonVi: "",
      TenDonVi: "",
      MaHoSo: input.providerOrder,
      TKThuHuong: "",
      MaNHThuHuong: "",
      TenTKThuHuong: "",
      NoiDungThanhToan: information,
      HoTenNguoiNop: "",
      SoCMNDNguoiNop: "",
      DiaChiNguoiNop: "",
      HuyenNguoiNop: "",
      TinhNguoiNop: "",
      PhiLePhi: [],
      DSKhoanNop: [],
    },
  };
}

async function ask(partner: PlatformPartner, attempt: AttemptFacts): Promise<Report> {
  try {
    const answer = await sendQuery(partner, attempt.providerOrder, formatCompact(new Date()));
    const code = `${answer.MaLoi}/${answer.TrangThaiGD}`;
    // An order that it has never seen cannot have been paid.
    if (answer.MaLoi === RESULT_CODE.orderNotFound) return { kind: "untouched", code };
    if (answer.MaLoi !== RESULT_CODE.ok) return { kind: "unknown", code };
    const confirmed = (answer.DSXacNhan ?? []).filter(
      (one) => one.MaThamChieu === attempt.providerOrder && verifyMac(one, signConfirm, partner.secrets),
    );
    switch (answer.TrangThaiGD) {
      case TRANSACTION_STATUS.paid: {
        // The status alone does not say which transaction it was; the confirmation does, under its own hash.
        const paid = confirmed.find((one) => one.MaLoi === RESULT_CODE.ok);
        return paid ? reportOf(paid) : { kind: "unknown", code };
      }
      case TRANSACTION_STATUS.failed: {
        const last = confirmed.at(-1);
        return last ? reportOf(last) : { kind: "failed", amount: attempt.amount, reason: "declined", code };
      }
      case TRANSACTION_STATUS.closed:
        return { kind: "failed", amount: attempt.amount, reason: "expired", code };
      case TRANSACTION_STATUS.untried:
        return { kind: "untouched", code };
      case TRANSACTION_STATUS.verifying:
        return { kind: "processing", code };
      default:
        return { kind: "unknown", code };
    }
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

function readCallback(partner: PlatformPartner, input: CallbackInput): CallbackReading {
  const raw = JSON.stringify(input.body ?? null).slice(0, 20_000);
  const read = readMessage("CONFIRM", input.body);
  if (!read.ok) return { trusted: false, why: "malformed", raw };
  if (read.message.MaDoiTac !== partner.partnerCode) return { trusted: false, why: "partner", raw };
  if (!verifyMac(read.message, signConfirm, partner.secrets)) return { trusted: false, why: "signature", raw };
  if (read.message.MaTienTe !== "VND") return { trusted: false, why: "malformed", raw };
  return { trusted: true, providerOrder: read.message.MaThamChieu, report: reportOf(read.message), raw };
}

function reportOf(confirm: ConfirmMessage): Extract<Report, { kind: "captured" | "failed" }> {
  const amount = Number(confirm.SoTien);
  const code = confirm.MaLoi;
  if (code === RESULT_CODE.ok) return { kind: "captured", amount, transaction: confirm.MaGiaoDich, code };
  return { kind: "failed", amount, reason: code === RESULT_CODE.cancelled ? "cancelled" : "declined", code };
}

const ANSWERS: Readonly<Record<CallbackVerdict, readonly [code: string, words: string]>> = {
  recorded: [RESULT_CODE.ok, "Thành công"],
  already: [RESULT_CODE.ok, "Đã ghi nhận trước đó"],
  "not-final": [RESULT_CODE.ok, "Thành công"],
  "unknown-order": [RESULT_CODE.orderNotFound, "Không tìm thấy giao dịch"],
  "amount-differs": [RESULT_CODE.amountDiffers, "Số tiền không khớp"],
  untrusted: [RESULT_CODE.wrongMac, "MaXacThuc không đúng"],
  trouble: [RESULT_CODE.other, "Lỗi khác"],
};

function answerCallback(partner: PlatformPartner, verdict: CallbackVerdict): CallbackAnswer {
  const [MaLoi, MoTaLoi] = ANSWERS[verdict];
  const answer = { MaLoi, MoTaLoi, MaDoiTac: partner.partnerCode, ThoiGianGD: formatCompact(new Date()) };
  return { status: 200, body: { ...answer, MaXacThuc: signConfirmAnswer(answer, partner.secrets[0]) } };
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? (error.reason ?? error.code) : "error";
}
