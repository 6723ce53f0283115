import { sameText } from "#kit/crypto.ts";
import { readUnpaidFeeMessage, type UnpaidBill, type UnpaidFeeAnswer } from "#protocols/payment-order/index.ts";
import { type Fees, orderText, type PayableDossier } from "./fee.ts";
import { findObligation, findObligationByPayCode, findPayableDossier, findPayableDossierByName } from "./fee-view.ts";
import { maskName } from "./mask-name.ts";
import { openPayment } from "./open-payment.ts";

/**
 * The hub's two questions about a dossier's unpaid fee: what is owed, and open an order for it. Answers 401 without the
 * token that hub and province share.
 */
export async function answerUnpaidFee(
  fees: Fees,
  bearer: string,
  body: unknown,
): Promise<{ readonly status: number; readonly answer: UnpaidFeeAnswer }> {
  const say = (error_code: UnpaidFeeAnswer["error_code"], message: string, status = 200) => ({
    status,
    answer: { error_code, message },
  });
  if (!sameText(fees.hub.token, bearer)) return say(-1, "Mã truy cập không đúng", 401);
  const message = readUnpaidFeeMessage(body);
  if (!message) return say(-1, "Thông điệp không đúng cấu trúc");
  const db = fees.database.forTenant(fees.tenant);
  if (!("MaTraCuuTT" in message)) {
    const dossier = await findPayableDossierByName(db, message.MaHoSo.normalize("NFC").trim());
    const bill = dossier && (await billOf(fees, dossier));
    return bill ? say(1, JSON.stringify(bill)) : say(0, "Không có khoản phải nộp");
  }
  const obligation = await findObligationByPayCode(db, message.MaTraCuuTT);
  const dossier = obligation && (await findPayableDossier(db, obligation.dossierId));
  if (!dossier) return say(0, "Không có khoản phải nộp");
  const opened = await openPayment(fees, { dossier, requestId: message.MaYeuCau, payerIp: message.Ip });
  switch (opened.kind) {
    case "redirect":
      return say(1, JSON.stringify({ UrlThanhToan: opened.payUrl }));
    case "hub-silent":
    case "refused":
      return say(-1, "Chưa khởi tạo được giao dịch");
    default:
      return say(0, "Không có khoản phải nộp");
  }
}

async function billOf(fees: Fees, dossier: PayableDossier): Promise<UnpaidBill | undefined> {
  const obligation = await findObligation(fees.database.forTenant(fees.tenant), dossier.id);
  if (obligation?.state !== "due" || ["declined", "withdrawn", "stopped"].includes(dossier.state)) return undefined;
  return {
    MaTraCuuTT: obligation.payCode,
    MaHoSo: dossier.code ?? String(dossier.number ?? ""),
    SoTien: String(obligation.total),
    NoiDung: orderText(dossier),
    HoTenNguoiNop: maskName(dossier.applicant.name),
    TenTTHC: dossier.procedure.name.vi,
    TenDonVi: dossier.agency.name,
    TenTKThuHuong: fees.payeeOf(dossier.agency.id).holderName.vi,
    PhiLePhi: obligation.lines
      .filter((line) => line.amount > 0)
      .map((line) => ({
        LoaiPhiLePhi: "1",
        MaPhiLePhi: line.code,
        TenPhiLePhi: line.name.vi,
        SoTien: String(line.amount),
      })),
  };
}
