/**
 * Money that goes back to its payer: one person proposes, another approves. What came through the hub goes back through it by
 * itself (`ask-hub-for-refund.ts`); of cash and transfers, and where the hub has refused, an accountant records that it left.
 */
import type { Database } from "#kit/db.ts";
import {
  approveRefund,
  askRefundAgain,
  type AskAgainWord,
  type ApproveWord,
  finishRefund,
  type FinishWord,
  proposeRefund,
  type ProposeWord,
} from "./refund-store.ts";

interface Person {
  readonly id: string;
  readonly name: string;
}

export interface ProposeReturn {
  readonly tenant: string;
  readonly settlementId: string;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly note: string;
  readonly officer: Person;
}

/** Texts are cut to what a voucher holds. `not-refundable`: the dossier goes on, or the fee stays with the state. */
export function proposeReturn(database: Database, input: ProposeReturn): Promise<ProposeWord> {
  return proposeRefund(database, {
    ...input,
    payeeName: input.payeeName.slice(0, 200),
    payeeAccount: input.payeeAccount.slice(0, 100),
    note: input.note.slice(0, 2000),
  });
}

/** `same-person`: whoever proposed cannot approve; the table refuses it too. */
export function approveReturn(
  database: Database,
  input: { readonly tenant: string; readonly refundId: string | null; readonly officer: Person },
): Promise<ApproveWord> {
  if (!input.refundId) return Promise.resolve("not-found");
  return approveRefund(database, input.tenant, input.refundId, input.officer);
}

/** The money has left; `reference` is the voucher's or the transfer's number. */
export function finishReturn(
  database: Database,
  input: {
    readonly tenant: string;
    readonly refundId: string | null;
    readonly reference: string;
    readonly officer: Person;
  },
): Promise<FinishWord> {
  if (!input.refundId) return Promise.resolve("not-found");
  return finishRefund(database, input.tenant, input.refundId, input.reference.slice(0, 100), input.officer);
}

/** After the hub's refusal, with the same approval. */
export function askAgain(
  database: Database,
  input: { readonly tenant: string; readonly refundId: string | null; readonly officer: Person },
): Promise<AskAgainWord> {
  if (!input.refundId) return Promise.resolve("not-refused");
  return askRefundAgain(database, input.tenant, input.refundId, input.officer);
}
