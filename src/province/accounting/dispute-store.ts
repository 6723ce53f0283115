import { type Database, statement } from "#kit/db.ts";

const toldCall = statement<
  { word: DisputeWord },
  [
    tenant: string,
    id: string,
    reference: string,
    hubTransaction: string,
    amount: number,
    state: string,
    reason: string,
    words: string,
  ]
>("accounting.dispute-told", "select dispute_told($1, $2, $3, $4, $5, $6, $7, $8) as word");

export type DisputeWord = "noted" | "already" | "unknown-payment";

export interface ToldDispute {
  readonly tenant: string;
  readonly id: string;
  readonly reference: string;
  readonly hubTransaction: string;
  /** đồng */
  readonly amount: number;
  readonly state: "open" | "kept" | "lost";
  readonly reason: string;
  /** Why the fee is due again, for the payer. */
  readonly words: string;
}

/** One turn of a dispute: the fee, the ledger, the dossier's history and the dispute's row in one commit; again: nothing. */
export async function putDispute(database: Database, told: ToldDispute): Promise<DisputeWord> {
  const { tenant, id, reference, hubTransaction, amount, state, reason, words } = told;
  return (await database.one(toldCall, [tenant, id, reference, hubTransaction, amount, state, reason, words])).word;
}
