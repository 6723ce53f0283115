import { type Db, statement } from "#kit/db.ts";
import type { DisputeKind } from "./dispute.ts";
import type { DisputeAction, DisputeState } from "./dispute-lifecycle.ts";

const openCall = statement<
  { word: OpenWord },
  [
    id: string,
    settlement: string,
    kind: string,
    amount: number,
    source: string,
    providerCase: string,
    reason: string,
    due: string,
    operator: string,
  ]
>("disputes.open", "select dispute_open($1, $2, $3, $4, $5, $6, $7, $8::date, $9) as word");

const stepCall = statement<{ word: StepWord }, [id: string, action: string, operator: string, note: string]>(
  "disputes.step",
  "select dispute_step($1, $2, $3, $4) as word",
);

export type OpenWord = "opened" | "replayed" | "already" | "unknown-settlement" | "too-much";
export type StepWord = DisputeState | "no-such-step" | "unknown";

export async function putDispute(
  db: Db,
  dispute: {
    id: string;
    settlementId: string;
    kind: DisputeKind;
    amount: number;
    providerCase: string;
    reason: string;
    dueOn: string;
    operatorId: string;
  },
): Promise<OpenWord> {
  const { id, settlementId, kind, amount, providerCase, reason, dueOn, operatorId } = dispute;
  const params = [id, settlementId, kind, amount, "operator", providerCase, reason, dueOn, operatorId] as const;
  return (await db.one(openCall, [...params])).word;
}

/** The state afterwards; the note is the evidence or the provider's word. */
export async function putDisputeStep(
  db: Db,
  id: string,
  action: DisputeAction,
  operatorId: string,
  note: string,
): Promise<StepWord> {
  return (await db.one(stepCall, [id, action, operatorId, note])).word;
}
