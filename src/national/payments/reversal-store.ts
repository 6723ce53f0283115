import { type Db, statement } from "#kit/db.ts";

const claimLooks = statement<{ id: string }, [providers: string[], limit: number]>(
  "payments.claim-reversal-looks",
  "select id from reversal_look_claim($1, $2)",
);

/** Successes of these providers to be asked about once more: ids of attempts, each for one process. */
export async function claimReversalLooks(db: Db, providers: readonly string[], limit: number): Promise<string[]> {
  return (await db.many(claimLooks, [[...providers], limit])).map((row) => row.id);
}
