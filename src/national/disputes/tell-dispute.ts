import { formatCompact } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import { type Job, JobRefused } from "#kit/jobs.ts";
import type { PaymentHub } from "#national/payments/index.ts";
import { type DisputeMessage, PLATFORM_VERSION, RESULT_CODE, sendDispute } from "#protocols/payment-order/index.ts";
import type { DisputeState } from "./dispute-lifecycle.ts";
import { findDispute } from "./dispute-view.ts";

/**
 * Job `tell-dispute`, key = the settlement, so that an agency hears of the turns of a dispute in their order: sends DISPUTE
 * and is done when the agency answers "00". The agency knows MaKhieuNai, so hearing it twice changes nothing.
 */
export async function tellDispute(hub: PaymentHub, job: Job): Promise<void> {
  const { dispute: id, state } = job.payload as { dispute: string; state: DisputeState };
  const dispute = await findDispute(hub.database, id);
  const merchant = dispute && hub.merchants.get(dispute.merchant);
  if (!dispute || !merchant) throw new JobRefused(`no dispute or merchant for ${id}`);
  const message: Omit<DisputeMessage, "MaXacThuc"> = {
    LoaiBanTin: "DISPUTE",
    PhienBan: PLATFORM_VERSION,
    MaDoiTac: merchant.code,
    MaKhieuNai: dispute.id,
    MaThamChieu: dispute.reference,
    MaGiaoDich: dispute.hubTransaction,
    SoTien: String(dispute.reserved),
    TrangThaiKhieuNai: state === "lost" ? "LOST" : state === "won" || state === "withdrawn" ? "KEPT" : "OPEN",
    LyDo: wordsOf(dispute),
    ThoiGianGD: formatCompact(hub.clock.now()),
  };
  const answer = await sendDispute(merchant.disputeUrl, message, merchant.secrets);
  // R6: the agency has written it down, the job is not marked done.
  crashPoint("R6");
  if (answer.MaLoi !== RESULT_CODE.ok) {
    throw new AppError("unavailable", {
      reason: "refused",
      message: `${merchant.code} answers DISPUTE with ${answer.MaLoi}: ${answer.MoTaLoi}`,
    });
  }
}

/** What a provider has said by a code alone is put in words; people's own words stay. */
function wordsOf({ source, reason }: { readonly source: string; readonly reason: string }): string {
  return source === "operator" ? reason : `Nhà cung cấp báo giao dịch bị đảo (mã ${reason})`;
}
