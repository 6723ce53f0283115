import { formatCompact } from "#kit/calendar.ts";
import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import type { Periodic } from "#kit/jobs.ts";
import {
  PLATFORM_VERSION,
  REFUND_STATUS,
  type RefundAnswer,
  type RefundMessage,
  RESULT_CODE,
  sendRefund,
} from "#protocols/payment-order/index.ts";
import type { Fees } from "#province/fees/index.ts";
import { waitingMessages } from "./waiting-messages.ts";
import { claimRefunds, findRefundToSend, hearRefund, type RefundToSend } from "./refund-store.ts";

const SWEEP_EVERY_MS = 5_000;
const SWEEP_BATCH = 20;
/** After the first questions people at the hub must decide: hours or days, so it is asked ever more seldom. */
const NEXT_SECONDS = [10, 20, 30, 60, 60, 120, 300] as const;

/** Periodic work of the room for the province's worker; `all` has every province of the process. */
export function refundJobs(all: readonly Fees[]): Periodic[] {
  return [
    { name: "refund-sweep", everyMs: SWEEP_EVERY_MS, run: async () => void (await Promise.all(all.map(sweepRefunds))) },
  ];
}

/** Asks the hub for every approved refund, and about every one that it has not decided, one batch a round. */
export async function sweepRefunds(fees: Fees): Promise<void> {
  const db = fees.database.forTenant(fees.tenant);
  const results = await Promise.allSettled(
    (await claimRefunds(db, SWEEP_BATCH)).map(async (id) => {
      const refund = await findRefundToSend(db, id);
      if (refund) await askHubForRefund(fees, refund);
    }),
  );
  for (const result of results) {
    // The lease brings the refund back by itself.
    if (result.status === "rejected") fees.log.error({ err: result.reason }, "a refund could not be asked about");
  }
}

/**
 * Sends REFUND and writes down what the hub says. The number in it is the refund's and the round's, so that however often it
 * is sent it is one refund at the hub; silence changes nothing and is asked again ("đang xác minh").
 */
export async function askHubForRefund(fees: Fees, refund: RefundToSend): Promise<void> {
  const now = fees.clock.now();
  const seconds = NEXT_SECONDS[Math.min(refund.askCount, NEXT_SECONDS.length) - 1] ?? NEXT_SECONDS[0];
  const next = new Date(now.getTime() + seconds * 1_000);
  // R1: approved and claimed, the hub has not been asked.
  crashPoint("R1");
  try {
    const answer = await sendRefund(fees.hub, messageOf(fees, refund, now));
    // R3: the hub has answered, nothing is written.
    crashPoint("R3");
    await hearRefund(fees.database, fees.tenant, refund, { ...heardOf(answer), next });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
    fees.log.warn({ refund: refund.id, reason: error.reason }, "the hub does not answer REFUND");
    // Another hub may have no such message: then people return the money another way.
    const never = error.reason === "not-spoken" && refund.state === "approved";
    const reason = waitingMessages.vi.notSpoken;
    await hearRefund(
      fees.database,
      fees.tenant,
      refund,
      never ? { word: "refused", reason } : { word: "unheard", next },
    );
  }
}

function messageOf(fees: Fees, refund: RefundToSend, now: Date): Omit<RefundMessage, "MaXacThuc"> {
  return {
    LoaiBanTin: "REFUND",
    PhienBan: PLATFORM_VERSION,
    MaDoiTac: fees.hub.partnerCode,
    MaYeuCauHoan: `${refund.id}-${refund.round}`,
    MaThamChieu: refund.reference,
    MaGiaoDich: refund.hubTransaction,
    SoTien: String(refund.amount),
    MaTienTe: "VND",
    LyDo: refund.note.slice(0, 300),
    NguoiNhan: refund.payeeName.slice(0, 200),
    TaiKhoanNhan: refund.payeeAccount.slice(0, 100),
    ThoiGianGD: formatCompact(now),
  };
}

/** The hub's own no is final for this round; that it did not understand or believe us is not a no. */
const REFUSALS: readonly string[] = [RESULT_CODE.orderNotFound, RESULT_CODE.amountDiffers, RESULT_CODE.referenceReused];

function heardOf(answer: RefundAnswer): {
  word: "sent" | "done" | "refused" | "unheard";
  reference?: string;
  reason?: string;
} {
  if (REFUSALS.includes(answer.MaLoi)) return { word: "refused", reason: answer.MoTaLoi };
  if (answer.MaLoi !== RESULT_CODE.ok) return { word: "unheard" };
  switch (answer.TrangThaiHoan) {
    case REFUND_STATUS.refunded:
      return { word: "done", reference: answer.MaGiaoDichHoan || answer.MaYeuCauHoan };
    case REFUND_STATUS.refused:
      return { word: "refused", reason: answer.LyDo };
    case REFUND_STATUS.waiting:
    case REFUND_STATUS.sending:
      return { word: "sent" };
    default:
      return { word: "unheard" };
  }
}
