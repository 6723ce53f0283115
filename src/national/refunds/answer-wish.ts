import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { putRefund, type RequestWord } from "./refund-store.ts";
import { findWish } from "./refund-view.ts";
import { putRefusal, type RefuseWord } from "./wish-store.ts";

export type TakenUp =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "unknown" | "again" | "too-much" | "payee" };

/**
 * An operator takes up what an agency asked for: from then on it is a refund with this operator as its first person. Of two
 * who do it at once one gets `unknown`: the other one has it.
 */
export async function takeUpWish(
  db: Db,
  input: {
    readonly wishId: string;
    readonly refundId: string;
    readonly operatorId: string;
    readonly byHand: boolean;
    readonly canRefund: (provider: string) => boolean;
  },
): Promise<TakenUp> {
  const wish = isId(input.wishId) ? await findWish(db, input.wishId) : undefined;
  if (!wish) return { ok: false, reason: "unknown" };
  if (!isId(input.refundId)) return { ok: false, reason: "again" };
  const byHand = input.byHand || !input.canRefund(wish.provider);
  if (byHand && wish.payee === "") return { ok: false, reason: "payee" };
  const word: RequestWord = await putRefund(db, {
    id: input.refundId,
    settlementId: wish.settlementId,
    amount: wish.amount,
    reason: wish.reason,
    operatorId: input.operatorId,
    byHand,
    payee: byHand ? wish.payee : "",
    wishId: wish.id,
  });
  if (word === "requested" || word === "replayed") return { ok: true };
  return { ok: false, reason: word === "too-much" ? "too-much" : word === "id-taken" ? "again" : "unknown" };
}

/** Said no at once; the agency reads the reason. */
export async function refuseWish(
  db: Db,
  input: { readonly wishId: string; readonly operatorId: string; readonly reason: string },
): Promise<RefuseWord | "no-reason"> {
  const reason = input.reason.normalize("NFC").trim().slice(0, 500);
  if (reason === "") return "no-reason";
  return isId(input.wishId) ? putRefusal(db, input.wishId, input.operatorId, reason) : "unknown";
}
