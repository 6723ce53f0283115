import { isPlainDate, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { type ConfirmWord, putTransfer, putTransferDecision, type RecordWord } from "./hand-transfer-store.ts";
import { listTransfersToMake, type TransferToMake } from "./hand-transfer-view.ts";

export type TransferProblem = "reference" | "day" | "day-future";

/**
 * Somebody has transferred at the bank: its own number of the booking and the day. What it is for was approved by two
 * persons before; now a second person must have seen the voucher.
 */
export async function recordTransfer(
  db: Db,
  input: {
    readonly id: string;
    readonly what: "refund" | "return";
    readonly of: string;
    readonly bankReference: string;
    /** As the day field gives it; undefined: not a day of the calendar. */
    readonly transferredOn: PlainDate | undefined;
    readonly operatorId: string;
    readonly now: Date;
  },
): Promise<RecordWord | TransferProblem> {
  const bankReference = input.bankReference.replace(/\s/g, "").toUpperCase();
  if (!/^[0-9A-Z._/-]{3,64}$/.test(bankReference)) return "reference";
  const { transferredOn } = input;
  if (!transferredOn || !isPlainDate(transferredOn)) return "day";
  if (transferredOn > plainDateOf(input.now)) return "day-future";
  if (!isId(input.id) || !isId(input.of)) return "unknown";
  const { id, what, of, operatorId } = input;
  return putTransfer(db, { id, what, of, bankReference, transferredOn, operatorId });
}

/** The second person: confirmed (the payer has the money), or rejected, so that it can be recorded again. */
export async function decideTransfer(
  db: Db,
  input: { readonly transferId: string; readonly confirm: boolean; readonly operatorId: string },
): Promise<ConfirmWord> {
  return isId(input.transferId)
    ? putTransferDecision(db, input.transferId, input.confirm, input.operatorId)
    : "unknown";
}

export async function findTransferToMake(db: Db, what: string, id: string): Promise<TransferToMake | undefined> {
  if (!isId(id)) return undefined;
  return (await listTransfersToMake(db)).find((one) => one.what === what && one.id === id);
}
