import { formatCompact } from "#kit/calendar.ts";
import { sameText } from "#kit/crypto.ts";
import {
  type ConfirmMessage,
  type PlatformEnvelope,
  PLATFORM_VERSION,
  type QueryAnswer,
  type QueryMessage,
  type RefundAnswer,
  RESULT_CODE,
  readMessage,
  signConfirm,
  signQuery,
  signQueryAnswer,
  TRANSACTION_STATUS,
  type TransactionStatus,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import { answerRefund } from "./answer-refund.ts";
import { openOrder } from "./open-order.ts";
import type { Merchant, PaymentAttempt, PaymentHub, PaymentOrder } from "./payment.ts";
import { isUnfinished } from "./payment-lifecycle.ts";
import { findOrderByReference, listAttempts } from "./payment-store.ts";
import { renderBill } from "./render-bill.ts";

export interface PlatformAnswer {
  readonly status: number;
  readonly body: PlatformEnvelope | QueryAnswer | RefundAnswer;
}

/** One message of a merchant: INIT, QUERY, GET_BILL or REFUND. `bearer` is what stood after `Authorization: Bearer`. */
export async function answerPlatform(hub: PaymentHub, bearer: string, body: unknown): Promise<PlatformAnswer> {
  const { LoaiBanTin: kind, MaDoiTac: partner } = (typeof body === "object" && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const merchant = typeof partner === "string" ? hub.merchants.get(partner) : undefined;
  if (!merchant || !sameText(merchant.token, bearer)) {
    return refuse(401, RESULT_CODE.partnerUnknown, "Đối tác hoặc mã truy cập không đúng");
  }
  if (kind === "INIT") {
    const read = readMessage("INIT", body);
    if (!read.ok) return refuse(200, RESULT_CODE.malformed, read.why);
    const answer = await openOrder(hub, merchant, read.message);
    return {
      status: 200,
      body: { error_code: answer.MaLoi === "00" ? "0" : answer.MaLoi, message: JSON.stringify(answer) },
    };
  }
  if (kind === "QUERY") {
    const read = readMessage("QUERY", body);
    if (!read.ok) return refuse(200, RESULT_CODE.malformed, read.why);
    return { status: 200, body: await answerQuery(hub, merchant, read.message) };
  }
  if (kind === "GET_BILL") {
    const read = readMessage("GET_BILL", body);
    if (!read.ok) return refuse(200, RESULT_CODE.malformed, read.why);
    if (!verifyMac(read.message, signQuery, merchant.secrets))
      return refuse(200, RESULT_CODE.wrongMac, "MaXacThuc không đúng");
    return answerBill(hub, merchant, read.message.MaThamChieu);
  }
  if (kind === "REFUND") {
    const read = readMessage("REFUND", body);
    if (!read.ok) return refuse(200, RESULT_CODE.malformed, read.why);
    return { status: 200, body: await answerRefund(hub, merchant, read.message) };
  }
  return refuse(200, RESULT_CODE.malformed, "LoaiBanTin không được hỗ trợ");
}

/** The bill of a paid order as PDF, base64 in `NoiDungTep`; the field's name is ours (the platform's is not published). */
async function answerBill(hub: PaymentHub, merchant: Merchant, reference: string): Promise<PlatformAnswer> {
  const order = await findOrderByReference(hub.database, merchant.code, reference);
  if (!order) return refuse(200, RESULT_CODE.orderNotFound, "Không có yêu cầu này");
  const attempts = await listAttempts(hub.database, order.id);
  const paid = attempts.find((attempt) => attempt.state === "succeeded" && attempt.kept !== false);
  if (order.state !== "paid" || !paid) return refuse(200, RESULT_CODE.failed, "Yêu cầu này chưa được thanh toán");
  const answer = {
    MaLoi: RESULT_CODE.ok,
    MoTaLoi: "Thành công",
    MaThamChieu: reference,
    TenTep: `chung-tu-${paid.hubTransaction}.pdf`,
    NoiDungTep: Buffer.from(renderBill(hub, order, paid)).toString("base64"),
  };
  return { status: 200, body: { error_code: "0", message: JSON.stringify(answer) } };
}

function refuse(status: number, code: string, why: string): PlatformAnswer {
  return { status, body: { error_code: code, message: JSON.stringify({ MaLoi: code, MoTaLoi: why }) } };
}

async function answerQuery(hub: PaymentHub, merchant: Merchant, question: QueryMessage): Promise<QueryAnswer> {
  const base = {
    LoaiBanTin: "QUERY",
    PhienBan: PLATFORM_VERSION,
    MaDoiTac: merchant.code,
    MaThamChieu: question.MaThamChieu,
    MaTienTe: "VND",
    ThoiGianGD: formatCompact(hub.clock.now()),
  } as const;
  const sign = (answer: Omit<QueryAnswer, "MaXacThuc">): QueryAnswer => ({
    ...answer,
    MaXacThuc: signQueryAnswer(answer, merchant.secrets[0]),
  });
  const none = { SoTien: "0", TrangThaiGD: "" };
  if (!verifyMac(question, signQuery, merchant.secrets)) {
    return sign({ ...base, ...none, MaLoi: RESULT_CODE.wrongMac, MoTaLoi: "MaXacThuc không đúng" });
  }
  const order = await findOrderByReference(hub.database, merchant.code, question.MaThamChieu);
  if (!order) return sign({ ...base, ...none, MaLoi: RESULT_CODE.orderNotFound, MoTaLoi: "Không có yêu cầu này" });
  const attempts = await listAttempts(hub.database, order.id);
  return sign({
    ...base,
    SoTien: String(order.amount),
    MaLoi: RESULT_CODE.ok,
    MoTaLoi: "Thành công",
    TrangThaiGD: statusOf(order, attempts, hub.clock.now()),
    DSXacNhan: attempts.flatMap((attempt) => confirmOf(order, attempt, merchant) ?? []),
  });
}

function statusOf(order: PaymentOrder, attempts: readonly PaymentAttempt[], now: Date): TransactionStatus {
  if (order.state === "paid") return TRANSACTION_STATUS.paid;
  if (attempts.some((attempt) => isUnfinished(attempt.state))) return TRANSACTION_STATUS.verifying;
  if (order.expiresAt.getTime() <= now.getTime()) return TRANSACTION_STATUS.closed;
  return attempts.length > 0 ? TRANSACTION_STATUS.failed : TRANSACTION_STATUS.untried;
}

/**
 * How one finished attempt is told to the merchant. undefined: unfinished, or a second success of a paid order, whose
 * money is not the merchant's and goes back to the payer.
 */
export function confirmOf(
  order: PaymentOrder,
  attempt: PaymentAttempt,
  merchant: Merchant,
): ConfirmMessage | undefined {
  if (isUnfinished(attempt.state) || attempt.kept === false) return undefined;
  const paid = attempt.state === "succeeded";
  const message: Omit<ConfirmMessage, "MaXacThuc"> = {
    LoaiBanTin: "CONFIRM",
    MaLoi: paid
      ? RESULT_CODE.ok
      : attempt.reason === "cancelled" || attempt.reason === "given-up"
        ? RESULT_CODE.cancelled
        : RESULT_CODE.failed,
    MaDoiTac: order.merchant,
    MaThamChieu: order.reference,
    SoTien: String(attempt.amount),
    MaTienTe: "VND",
    MaGiaoDich: attempt.hubTransaction,
    MaNganHang: attempt.channel,
    ThoiGianGD: formatCompact(attempt.changedAt),
    ThongTinGiaoDich: order.information,
  };
  return { ...message, MaXacThuc: signConfirm(message, merchant.secrets[0]) };
}
