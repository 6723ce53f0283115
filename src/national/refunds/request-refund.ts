import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { isDong } from "#kit/money.ts";
import { findSettlement, putRefund, type RequestWord } from "./refund-store.ts";

export type RefundAsked =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: RefundProblem; readonly room?: number };
export type RefundProblem = "amount" | "reason" | "transaction" | "too-much" | "again" | "payee";

/**
 * The first of the two persons asks for money to go back: by MaGiaoDich, for the whole or a part (đồng). The same `id`
 * again is the same refund. How much can go back is decided by the database, not here. By hand (a transfer that a person
 * makes at the bank): when asked for, and always where the provider takes no refunds; then it must be known where to.
 */
export async function requestRefund(
  db: Db,
  input: {
    readonly id: string;
    readonly hubTransaction: string;
    readonly amount: number;
    readonly reason: string;
    readonly operatorId: string;
    readonly byHand?: boolean;
    /** Receiver, account, bank: of a refund by hand. */
    readonly payee?: string;
    readonly canRefund?: (provider: string) => boolean;
  },
): Promise<RefundAsked> {
  if (!isId(input.id)) return { ok: false, reason: "again" };
  if (!isDong(input.amount) || input.amount < 1) return { ok: false, reason: "amount" };
  const reason = input.reason.normalize("NFC").trim().slice(0, 300);
  if (reason === "") return { ok: false, reason: "reason" };
  const settlement = await findSettlement(db, input.hubTransaction.trim());
  if (!settlement) return { ok: false, reason: "transaction" };
  const byHand = input.byHand === true || input.canRefund?.(settlement.provider) === false;
  const payee = (input.payee ?? "").normalize("NFC").trim().slice(0, 300);
  if (byHand && payee === "") return { ok: false, reason: "payee" };
  const { id, amount, operatorId } = input;
  const refund = { id, settlementId: settlement.id, amount, reason, operatorId, byHand, payee: byHand ? payee : "" };
  const word: RequestWord = await putRefund(db, refund);
  if (word === "requested" || word === "replayed") return { ok: true };
  if (word === "too-much") return { ok: false, reason: "too-much", room: settlement.room };
  return { ok: false, reason: word === "id-taken" ? "again" : "transaction" };
}
