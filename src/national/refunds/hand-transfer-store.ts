import { type Db, statement } from "#kit/db.ts";

const recordCall = statement<
  { word: RecordWord },
  [id: string, refund: string | null, proposal: string | null, reference: string, on: string, operator: string]
>("refunds.record-transfer", "select hand_transfer_record($1, $2, $3, $4, $5::date, $6) as word");

const decideCall = statement<{ word: ConfirmWord }, [id: string, confirm: boolean, operator: string]>(
  "refunds.decide-transfer",
  "select hand_transfer_decide($1, $2, $3) as word",
);

export type RecordWord = "recorded" | "replayed" | "unknown" | "not-approved" | "taken" | "reference-used";
export type ConfirmWord = "confirmed" | "rejected" | "already" | "same-person" | "unknown";

export async function putTransfer(
  db: Db,
  transfer: {
    id: string;
    what: "refund" | "return";
    of: string;
    bankReference: string;
    transferredOn: string;
    operatorId: string;
  },
): Promise<RecordWord> {
  const { id, what, of, bankReference, transferredOn, operatorId } = transfer;
  const [refund, proposal] = what === "refund" ? [of, null] : [null, of];
  return (await db.one(recordCall, [id, refund, proposal, bankReference, transferredOn, operatorId])).word;
}

export async function putTransferDecision(
  db: Db,
  id: string,
  confirm: boolean,
  operatorId: string,
): Promise<ConfirmWord> {
  return (await db.one(decideCall, [id, confirm, operatorId])).word;
}
