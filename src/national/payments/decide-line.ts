import { crashPoint } from "#kit/crash-points.ts";
import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import {
  findOrderByText,
  type LineDecision,
  type LineKind,
  type ProposeWord,
  putLineDecision,
  putProposal,
} from "./proposal-store.ts";

export type LineProblem = "kind" | "order" | "payee" | "note" | "again";

/**
 * The first person says what a line of the statement is: the payment of an order (by its reference, its transaction's number
 * or the dossier's code), money that goes back to its sender, a remittance of ours, a fee of the bank. Nothing is booked.
 */
export async function proposeLine(
  db: Db,
  input: {
    readonly id: string;
    readonly lineId: string;
    readonly kind: string;
    readonly order: string;
    readonly payee: string;
    readonly note: string;
    readonly operatorId: string;
  },
): Promise<ProposeWord | LineProblem> {
  const kind = KINDS.find((one) => one === input.kind);
  if (!kind) return "kind";
  if (!isId(input.id)) return "again";
  if (!isId(input.lineId)) return "unknown-line";
  const note = input.note.normalize("NFC").trim().slice(0, 500);
  const payee = kind === "return" ? input.payee.normalize("NFC").trim().slice(0, 300) : "";
  if (kind === "return" && payee === "") return "payee";
  const orderId = kind === "assign" ? await findOrderByText(db, input.order.trim()) : undefined;
  if (kind === "assign" && !orderId) return input.order.trim() === "" ? "order" : "unknown-order";
  if (note === "") return "note";
  const { id, lineId, operatorId } = input;
  return putProposal(db, { id, lineId, kind, payee, note, operatorId, ...(orderId ? { orderId } : {}) });
}

const KINDS: readonly LineKind[] = ["assign", "return", "remittance", "bank-fee"];

/**
 * The second person. Approved: an order is settled through the one `payment_settle`, with the ledger and the job to the
 * merchant in the same commit; a return waits for the transfer. Deciding twice changes nothing.
 */
export async function decideLine(
  db: Db,
  input: { readonly proposalId: string; readonly approve: boolean; readonly operatorId: string },
): Promise<LineDecision> {
  if (!isId(input.proposalId)) return "unknown";
  const word = await putLineDecision(db, input.proposalId, input.approve, input.operatorId);
  // R4: decided and booked, the operator's browser has not heard of it.
  crashPoint("R4");
  return word;
}
