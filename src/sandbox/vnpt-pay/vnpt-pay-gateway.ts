import { formatCompact } from "#kit/calendar.ts";
import { newSecretId } from "#kit/ids.ts";
import type { WalletHouse, WalletPayment } from "../wallet/index.ts";
import { isOver } from "../wallet/index.ts";
import { confirmOf, type VnptPayMerchant } from "./vnpt-pay-house.ts";
import { type Fields, isPlatformMac, platformMac } from "./vnpt-pay-signature.ts";

export interface VnptPayGateway {
  readonly house: WalletHouse & { readonly merchant: VnptPayMerchant };
  readonly origin: string;
}

const LEAST = 1_000;
const MOST = 100_000_000;
const VALID_FOR_MS = 20 * 60_000;

/** `POST /vnpt-pay/api`: INIT and QUERY; anything else is malformed (30). */
export function answerPlatformCall(gateway: VnptPayGateway, body: Fields): Record<string, unknown> {
  if (body.LoaiBanTin === "QUERY") return answerQuery(gateway, body);
  return envelope(answerInit(gateway, body));
}

/** The INIT answer stands as a JSON text inside `message`. */
function envelope(answer: Readonly<Record<string, string>>): Record<string, string> {
  return { error_code: answer.MaLoi === "00" ? "0" : "1", message: JSON.stringify(answer) };
}

function answerInit({ house, origin }: VnptPayGateway, body: Fields): Record<string, string> {
  const { merchant } = house;
  const order = typeof body.MaThamChieu === "string" ? body.MaThamChieu.slice(0, 64) : "";
  const say = (MaLoi: string, MoTaLoi: string, UrlThanhToan = "") => {
    if (MaLoi !== "00") house.journal.append({ kind: "refused", call: "INIT", code: MaLoi, order });
    return { MaLoi, MoTaLoi, MaDoiTac: merchant.partner, MaThamChieu: order, UrlThanhToan };
  };
  const amount = typeof body.SoTien === "string" && /^[1-9]\d{0,11}$/.test(body.SoTien) ? Number(body.SoTien) : 0;
  if (body.LoaiBanTin !== "INIT" || body.PhienBan !== "1.0.6" || !/^[0-9A-Za-z._-]{5,64}$/.test(order)) {
    return say("30", "Bản tin sai định dạng");
  }
  if (body.MaDoiTac !== merchant.partner) return say("03", "Không có đối tác này");
  if (!isPlatformMac("INIT", body, merchant.secret)) return say("97", "MaXacThuc không đúng");
  if (amount < LEAST || amount > MOST) return say("04", "Số tiền ngoài hạn mức");
  const pageOf = (payment: WalletPayment) => `${origin}/vnpt-pay/vi/${payment.payId}`;
  const known = house.book.byOrder.get(order);
  if (known) return known.amount === amount ? say("00", "Thành công", pageOf(known)) : say("07", "MaThamChieu đã dùng");
  const payId = newSecretId();
  house.journal.append({
    kind: "created",
    payId,
    order,
    merchant: merchant.partner,
    amount,
    orderInfo: String(body.ThongTinGiaoDich ?? "").slice(0, 250),
    returnUrl: merchant.returnUrl,
    callbackUrl: merchant.confirmUrl,
    wire: {},
    expiresAt: new Date(house.clock.now().getTime() + VALID_FOR_MS).toISOString(),
  });
  const payment = house.book.byOrder.get(order);
  if (!payment) throw new Error("the book did not take up its own payment");
  return say("00", "Thành công", pageOf(payment));
}

/** TrangThaiGD: 0 nobody tried · 1 paid · 2 failed · 3 undecided · 4 its time is over. */
function answerQuery({ house }: VnptPayGateway, body: Fields): Record<string, unknown> {
  const { merchant, clock } = house;
  const order = typeof body.MaThamChieu === "string" ? body.MaThamChieu.slice(0, 64) : "";
  const signed = body.MaDoiTac === merchant.partner && isPlatformMac("QUERY", body, merchant.secret);
  const payment = signed ? house.book.byOrder.get(order) : undefined;
  const MaLoi = signed ? (payment ? "00" : "02") : "97";
  if (MaLoi !== "00") house.journal.append({ kind: "refused", call: "QUERY", code: MaLoi, order });
  const answer = {
    LoaiBanTin: "QUERY",
    PhienBan: "1.0.6",
    MaLoi,
    MoTaLoi: MaLoi === "00" ? "Thành công" : "Không trả lời được",
    MaDoiTac: merchant.partner,
    MaThamChieu: order,
    SoTien: String(payment?.amount ?? 0),
    MaTienTe: "VND",
    TrangThaiGD: payment ? statusOf(house, payment) : "0",
    ThoiGianGD: formatCompact(clock.now()),
  };
  return {
    ...answer,
    MaXacThuc: platformMac("queryAnswer", answer, merchant.secret),
    ...(payment?.result ? { DSXacNhan: [confirmOf(merchant, payment, "true")] } : {}),
  };
}

function statusOf(house: WalletHouse, payment: WalletPayment): string {
  if (payment.result) return payment.result.outcome === "paid" ? "1" : "2";
  if (payment.pending) return "3";
  return isOver(house, payment) ? "4" : "0";
}
