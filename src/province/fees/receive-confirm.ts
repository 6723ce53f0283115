import { formatCompact, parseCompact } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import {
  type ConfirmAnswer,
  type ConfirmMessage,
  RESULT_CODE,
  readMessage,
  signConfirm,
  signConfirmAnswer,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import type { Fees } from "./fee.ts";
import { type FeeVerdict, keepEvidence, settleInDatabase } from "./fee-store.ts";

/**
 * CONFIRM of the hub: how one attempt of the payer ended. Nothing is believed before MaXacThuc and MaDoiTac; the same
 * message again is answered "00" and changes nothing.
 */
export async function receiveConfirm(fees: Fees, body: unknown): Promise<ConfirmAnswer> {
  const raw = JSON.stringify(body ?? null);
  const read = readMessage("CONFIRM", body);
  if (!read.ok) {
    await keepEvidence(fees.database.forTenant(fees.tenant), "confirm", "malformed", raw);
    return answerConfirm(fees, RESULT_CODE.malformed, read.why);
  }
  const verdict = await settleConfirm(fees, read.message, "confirm");
  crashPoint("F7-province");
  return answerConfirm(fees, ...ANSWERS[verdict]);
}

const ANSWERS: Record<FeeVerdict | "untrusted", [code: string, words: string]> = {
  settled: [RESULT_CODE.ok, "Thành công"],
  overpaid: [RESULT_CODE.ok, "Đã ghi nhận, chờ hoàn trả"],
  failed: [RESULT_CODE.ok, "Đã ghi nhận"],
  already: [RESULT_CODE.ok, "Đã ghi nhận trước đó"],
  "unknown-reference": [RESULT_CODE.orderNotFound, "Không có MaThamChieu này"],
  "amount-differs": [RESULT_CODE.amountDiffers, "SoTien khác yêu cầu"],
  untrusted: [RESULT_CODE.wrongMac, "MaXacThuc không đúng"],
};

/** Checks and settles one CONFIRM, whether it was sent to us or stood in the answer to our QUERY. */
export async function settleConfirm(
  fees: Fees,
  message: ConfirmMessage,
  source: "confirm" | "query",
): Promise<FeeVerdict | "untrusted"> {
  const raw = JSON.stringify(message);
  const trusted = verifyMac(message, signConfirm, fees.hub.secrets);
  const occurredAt = parseCompact(message.ThoiGianGD);
  if (!trusted || message.MaDoiTac !== fees.hub.partnerCode || message.MaTienTe !== "VND" || !occurredAt) {
    await keepEvidence(fees.database.forTenant(fees.tenant), source, trusted ? "partner" : "signature", raw);
    fees.log.error({ source, reference: message.MaThamChieu }, "CONFIRM not believed");
    return "untrusted";
  }
  crashPoint("F4-province");
  const { verdict } = await settleInDatabase(fees.database, {
    tenant: fees.tenant,
    reference: message.MaThamChieu,
    hubTransaction: message.MaGiaoDich,
    paid: message.MaLoi === RESULT_CODE.ok,
    amount: Number(message.SoTien),
    errorCode: message.MaLoi,
    bank: message.MaNganHang,
    occurredAt,
    source,
    raw,
  });
  crashPoint("F6-province");
  if (verdict === "unknown-reference" || verdict === "amount-differs") {
    fees.log.error({ source, verdict, reference: message.MaThamChieu }, "CONFIRM settles nothing");
  }
  return verdict;
}

function answerConfirm(fees: Fees, code: string, words: string): ConfirmAnswer {
  const answer = {
    MaLoi: code,
    MoTaLoi: words,
    MaDoiTac: fees.hub.partnerCode,
    ThoiGianGD: formatCompact(fees.clock.now()),
  };
  return { ...answer, MaXacThuc: signConfirmAnswer(answer, fees.hub.secrets[0]) };
}
