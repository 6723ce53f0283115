import { isPlainDate, type PlainDate } from "#kit/calendar.ts";
import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { isDong } from "#kit/money.ts";
import { DISPUTE_KINDS } from "./dispute.ts";
import { DISPUTE_ACTIONS } from "./dispute-lifecycle.ts";
import { type OpenWord, putDispute, putDisputeStep, type StepWord } from "./dispute-store.ts";
import { findCapture } from "./dispute-view.ts";

export type OpenProblem = "kind" | "transaction" | "amount" | "reason" | "day" | "again";

/**
 * An operator opens a dispute that a bank or wallet has announced (letter, portal, telephone): by MaGiaoDich, for the whole or
 * a part. The same `id` again is the same dispute. Those that a provider's answer, callback, file or statement shows open by
 * themselves (`payment_reversed`).
 */
export async function openDispute(
  db: Db,
  input: {
    readonly id: string;
    readonly hubTransaction: string;
    readonly kind: string;
    /** đồng; NaN: the whole */
    readonly amount: number | undefined;
    readonly providerCase: string;
    readonly reason: string;
    readonly dueOn: PlainDate | undefined;
    readonly operatorId: string;
  },
): Promise<OpenWord | OpenProblem> {
  const kind = DISPUTE_KINDS.find((one) => one === input.kind);
  if (!isId(input.id)) return "again";
  const settlement = await findCapture(db, input.hubTransaction.trim());
  if (!settlement) return "transaction";
  if (!kind) return "kind";
  const amount = input.amount ?? settlement.amount;
  if (!isDong(amount) || amount < 1) return "amount";
  const reason = input.reason.normalize("NFC").trim().slice(0, 500);
  if (!input.dueOn || !isPlainDate(input.dueOn)) return "day";
  if (reason === "") return "reason";
  const { id, operatorId, dueOn } = input;
  const providerCase = input.providerCase.trim().slice(0, 64);
  return putDispute(db, { id, settlementId: settlement.id, kind, amount, providerCase, reason, dueOn, operatorId });
}

/** Evidence was handed in, or how it ended; always with words. What follows (ledger, the agency is told) is one commit. */
export async function stepDispute(
  db: Db,
  input: { readonly id: string; readonly action: string; readonly note: string; readonly operatorId: string },
): Promise<StepWord | "no-note"> {
  const action = DISPUTE_ACTIONS.find((one) => one === input.action);
  const note = input.note.normalize("NFC").trim().slice(0, 2_000);
  if (!action) return "no-such-step";
  if (!isId(input.id)) return "unknown";
  if (note === "") return "no-note";
  return putDisputeStep(db, input.id, action, input.operatorId, note);
}
