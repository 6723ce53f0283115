import { formatCompact } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import { sha256 } from "#kit/crypto.ts";
import {
  PLATFORM_VERSION,
  REFUND_STATUS,
  type RefundAnswer,
  type RefundMessage,
  RESULT_CODE,
  signRefund,
  signRefundAnswer,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import {
  getMerchantRefund,
  type MerchantRefundStand,
  type MerchantRefundWord,
  putMerchantRefund,
} from "./merchant-refund-store.ts";
import type { Merchant, PaymentHub } from "./payment.ts";
import { keepEvidence } from "./payment-store.ts";

/**
 * REFUND of a merchant: written down once, decided by two operators; the same message again is answered with where it
 * stands. Nothing is promised by the answer: only TrangThaiHoan 1 says that the payer has the money.
 */
export async function answerRefund(hub: PaymentHub, merchant: Merchant, message: RefundMessage): Promise<RefundAnswer> {
  const answer = (MaLoi: string, MoTaLoi: string, stand: Partial<RefundAnswer> = {}): RefundAnswer => {
    const whole = {
      LoaiBanTin: "REFUND",
      PhienBan: PLATFORM_VERSION,
      MaLoi,
      MoTaLoi,
      MaDoiTac: merchant.code,
      MaYeuCauHoan: message.MaYeuCauHoan,
      SoTien: message.SoTien,
      TrangThaiHoan: "",
      LyDo: "",
      MaGiaoDichHoan: "",
      ...stand,
      ThoiGianGD: formatCompact(hub.clock.now()),
    } as const;
    return { ...whole, MaXacThuc: signRefundAnswer(whole, merchant.secrets[0]) };
  };
  if (!verifyMac(message, signRefund, merchant.secrets)) {
    await keepEvidence(hub.database, `platform/${merchant.code}`, "signature", JSON.stringify(message));
    return answer(RESULT_CODE.wrongMac, "MaXacThuc không đúng");
  }
  const { word, id } = await putMerchantRefund(hub.database, {
    merchant: merchant.code,
    request: message.MaYeuCauHoan,
    hash: contentHash(message),
    reference: message.MaThamChieu,
    transaction: message.MaGiaoDich,
    amount: Number(message.SoTien),
    reason: message.LyDo,
    payee: [message.NguoiNhan, message.TaiKhoanNhan].filter((part) => part !== "").join(" · "),
  });
  // R2: the hub has the request, the merchant has not been answered.
  crashPoint("R2");
  if (!id || word === "differs") return answer(...REFUSALS[word]);
  return answer(RESULT_CODE.ok, "Thành công", standOf(await getMerchantRefund(hub.database, id)));
}

const REFUSALS: Readonly<Record<MerchantRefundWord, readonly [code: string, words: string]>> = {
  received: [RESULT_CODE.other, "Lỗi khác"],
  known: [RESULT_CODE.other, "Lỗi khác"],
  differs: [RESULT_CODE.referenceReused, "MaYeuCauHoan đã dùng cho một yêu cầu khác"],
  "unknown-payment": [RESULT_CODE.orderNotFound, "Không có khoản đã thu nào với mã này"],
  "too-much": [RESULT_CODE.amountDiffers, "Số tiền vượt quá phần chưa hoàn của giao dịch"],
};

function standOf(stand: MerchantRefundStand): Partial<RefundAnswer> {
  const { state, refusal, refundState, transaction } = stand;
  if (state === "refunded") return { TrangThaiHoan: REFUND_STATUS.refunded, MaGiaoDichHoan: transaction ?? "" };
  if (state === "refused") return { TrangThaiHoan: REFUND_STATUS.refused, LyDo: refusal ?? "" };
  const decided = state === "proposed" && refundState !== "requested";
  return { TrangThaiHoan: decided ? REFUND_STATUS.sending : REFUND_STATUS.waiting };
}

/** What makes two requests the same one; the repeated message may carry a later time. */
function contentHash(message: RefundMessage): string {
  return sha256(JSON.stringify([message.MaThamChieu, message.MaGiaoDich, message.SoTien, message.MaTienTe]));
}
