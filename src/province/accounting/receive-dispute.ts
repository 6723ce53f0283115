import type { FastifyInstance } from "fastify";
import { formatCompact } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import {
  type ConfirmAnswer,
  type DisputeMessage,
  readMessage,
  RESULT_CODE,
  signConfirmAnswer,
  signDispute,
  verifyMac,
} from "#protocols/payment-order/index.ts";
import { type Fees, keepEvidence } from "#province/fees/index.ts";
import { type DisputeWord, putDispute } from "./dispute-store.ts";
import { waitingMessages } from "./waiting-messages.ts";

/** `POST /thanh-toan/khieu-nai` on the portal, for the hub: it brings its signature, so there is no browser check. */
export function disputeRoutes(site: FastifyInstance, fees: Fees): void {
  const config = { csrf: false, api: true };
  site.post("/thanh-toan/khieu-nai", { config, bodyLimit: 20_000 }, async (request) =>
    receiveDispute(fees, request.body),
  );
}

/**
 * DISPUTE of the hub: a bank or wallet wants a payment back, or how that ended. Nothing is believed before MaXacThuc and
 * MaDoiTac; the same message again is answered "00" and changes nothing. A payment that we do not know yet is refused, so
 * that the hub comes again after its CONFIRM.
 */
export async function receiveDispute(fees: Fees, body: unknown): Promise<ConfirmAnswer> {
  const db = fees.database.forTenant(fees.tenant);
  const raw = JSON.stringify(body ?? null);
  const read = readMessage("DISPUTE", body);
  if (!read.ok) {
    await keepEvidence(db, "dispute", "malformed", raw);
    return answerHub(fees, RESULT_CODE.malformed, read.why);
  }
  const { message } = read;
  const trusted = verifyMac(message, signDispute, fees.hub.secrets);
  if (!trusted || message.MaDoiTac !== fees.hub.partnerCode) {
    await keepEvidence(db, "dispute", trusted ? "partner" : "signature", raw);
    fees.log.error({ reference: message.MaThamChieu }, "DISPUTE not believed");
    return answerHub(fees, RESULT_CODE.wrongMac, "MaXacThuc không đúng");
  }
  const word = await putDispute(fees.database, {
    tenant: fees.tenant,
    id: message.MaKhieuNai,
    reference: message.MaThamChieu,
    hubTransaction: message.MaGiaoDich,
    amount: Number(message.SoTien),
    state: STATES[message.TrangThaiKhieuNai],
    reason: message.LyDo,
    words: waitingMessages.vi.dueAgain(message.MaGiaoDich),
  });
  // R5: written, the hub has not been answered.
  crashPoint("R5");
  return answerHub(fees, ...ANSWERS[word]);
}

const STATES: Record<DisputeMessage["TrangThaiKhieuNai"], "open" | "kept" | "lost"> = {
  OPEN: "open",
  KEPT: "kept",
  LOST: "lost",
};

const ANSWERS: Record<DisputeWord, [code: string, words: string]> = {
  noted: [RESULT_CODE.ok, "Đã ghi nhận"],
  already: [RESULT_CODE.ok, "Đã ghi nhận trước đó"],
  "unknown-payment": [RESULT_CODE.orderNotFound, "Chưa biết giao dịch này"],
};

function answerHub(fees: Fees, code: string, words: string): ConfirmAnswer {
  const answer = {
    MaLoi: code,
    MoTaLoi: words,
    MaDoiTac: fees.hub.partnerCode,
    ThoiGianGD: formatCompact(fees.clock.now()),
  };
  return { ...answer, MaXacThuc: signConfirmAnswer(answer, fees.hub.secrets[0]) };
}
