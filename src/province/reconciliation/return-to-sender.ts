/**
 * Money that somebody sent by mistake goes back: one person proposes, another approves, then the transfer is recorded and the
 * statement confirms it. The database refuses the same person twice and any other way out of `returns-payable`.
 */
import type { Database } from "#kit/db.ts";
import {
  type ApproveReturnWord,
  type FinishReturnWord,
  type ProposeReturnWord,
  putReturn,
  putReturnApproval,
  putReturnDone,
} from "./return-store.ts";

interface Step {
  readonly tenant: string;
  readonly lineId: string;
  readonly officer: { readonly id: string; readonly name: string };
}

export type ReturnProblem = "payee" | "account" | "note";

/** Everything is needed: whom, where to, and why. Texts are cut to what a voucher holds. */
export async function proposeSenderReturn(
  database: Database,
  input: Step & { readonly payeeName: string; readonly payeeAccount: string; readonly note: string },
): Promise<ProposeReturnWord | readonly ReturnProblem[]> {
  const { payeeName, payeeAccount, note } = input;
  const problems: ReturnProblem[] = [
    ...(payeeName === "" ? (["payee"] as const) : []),
    ...(payeeAccount === "" ? (["account"] as const) : []),
    ...(note === "" ? (["note"] as const) : []),
  ];
  if (problems.length > 0) return problems;
  return putReturn(database, {
    ...input,
    payeeName: payeeName.slice(0, 200),
    payeeAccount: payeeAccount.slice(0, 100),
    note: note.slice(0, 1000),
  });
}

export function approveSenderReturn(database: Database, step: Step): Promise<ApproveReturnWord> {
  return putReturnApproval(database, step);
}

/** `reference`: the bank's number of the transfer, by which the statement's line is known. */
export async function finishSenderReturn(
  database: Database,
  input: Step & { readonly reference: string },
): Promise<FinishReturnWord | "reference"> {
  const reference = input.reference.replace(/\s/g, "").toUpperCase();
  if (!/^[0-9A-Z._/-]{4,64}$/.test(reference)) return "reference";
  return putReturnDone(database, { ...input, reference });
}
