/** What an officer does about an order by hand; each is one transaction. */
import type { Database } from "#kit/db.ts";
import type { OfficerActor } from "#province/dossiers/index.ts";
import { keepAnswer } from "./delivery-store.ts";

export { actByHand, cancelOrder, joinLetter, putLetter, releaseOrder } from "./delivery-store.ts";

/** The number of the post's own receipt, typed. used: another item has it; stale: the order does not wait for one. */
export async function typeItemCode(
  database: Database,
  input: { readonly tenant: string; readonly id: string; readonly itemCode: string; readonly actor: OfficerActor },
): Promise<"kept" | "used" | "stale"> {
  try {
    const kept = await keepAnswer(database, input.tenant, input.id, {
      itemCode: input.itemCode,
      officer: input.actor,
    });
    return kept ? "kept" : "stale";
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === "23505") return "used";
    throw error;
  }
}
