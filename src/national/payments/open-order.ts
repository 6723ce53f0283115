import { sha256 } from "#kit/crypto.ts";
import { DONG_MAX } from "#kit/money.ts";
import { type InitAnswer, type InitMessage, RESULT_CODE, signInit, verifyMac } from "#protocols/payment-order/index.ts";
import { paymentPaths } from "./paths.ts";
import { type Merchant, ORDER_HOURS, type PaymentHub } from "./payment.ts";
import { keepEvidence, putOrder } from "./payment-store.ts";

/**
 * INIT of a merchant: opens an order and answers the address of its page. The same message again answers the same page;
 * another message under the same MaThamChieu is refused. What names the payer is used by nobody here and is not kept.
 */
export async function openOrder(hub: PaymentHub, merchant: Merchant, message: InitMessage): Promise<InitAnswer> {
  const answer = (MaLoi: string, MoTaLoi: string, UrlThanhToan = ""): InitAnswer => ({
    MaLoi,
    MoTaLoi,
    MaDoiTac: message.MaDoiTac,
    MaThamChieu: message.MaThamChieu,
    UrlThanhToan,
  });
  if (!verifyMac(message, signInit, merchant.secrets)) {
    await keepEvidence(hub.database, `platform/${merchant.code}`, "signature", JSON.stringify(message));
    return answer(RESULT_CODE.wrongMac, "MaXacThuc không đúng");
  }
  const amount = Number(message.SoTien);
  const { ThongTinBienLai: receipt } = message;
  const lines = receipt.PhiLePhi.map((due) => ({ name: due.TenPhiLePhi, amount: Number(due.SoTien) }));
  const sum = lines.reduce((total, line) => total + line.amount, 0);
  if (amount > DONG_MAX || (lines.length > 0 && sum !== amount)) {
    return answer(RESULT_CODE.amountDiffers, "SoTien khác tổng các khoản phí, lệ phí");
  }
  const order = await putOrder(hub.database, {
    merchant: merchant.code,
    reference: message.MaThamChieu,
    requestHash: contentHash(message),
    amount,
    information: message.ThongTinGiaoDich,
    dossier: receipt.MaHoSo,
    details: { payeeName: receipt.TenTKThuHuong, payeeAccount: receipt.TKThuHuong, procedure: receipt.TenTTHC, lines },
    expiresAt: new Date(hub.clock.now().getTime() + ORDER_HOURS * 3_600_000),
  });
  if (order.requestHash !== contentHash(message)) {
    return answer(RESULT_CODE.referenceReused, "MaThamChieu đã dùng cho một yêu cầu khác");
  }
  return answer(RESULT_CODE.ok, "Thành công", hub.origin + paymentPaths.order(order.id));
}

/** What makes two INITs the same one: what is paid and for what. A repeated message may carry a later time. */
function contentHash(message: InitMessage): string {
  return sha256(
    JSON.stringify([
      message.SoTien,
      message.ThongTinGiaoDich,
      message.ThongTinBienLai.MaHoSo,
      message.ThongTinBienLai.PhiLePhi,
    ]),
  );
}
