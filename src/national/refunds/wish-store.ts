import { type Db, statement } from "#kit/db.ts";

const refuseCall = statement<{ word: RefuseWord }, [id: string, operator: string, reason: string]>(
  "refunds.refuse-wish",
  "select merchant_refund_refuse($1, $2, $3) as word",
);

export type RefuseWord = "refused" | "already" | "unknown";

export async function putRefusal(db: Db, id: string, operatorId: string, reason: string): Promise<RefuseWord> {
  return (await db.one(refuseCall, [id, operatorId, reason])).word;
}
