import { type Database, statement } from "#kit/db.ts";

const proposeCall = statement<
  { word: ProposeReturnWord },
  [tenant: string, line: string, payee: string, account: string, note: string, officer: string, name: string]
>("bank.propose-return", "select sender_return_propose($1, $2, $3, $4, $5, $6, $7) as word");

const approveCall = statement<
  { word: ApproveReturnWord },
  [tenant: string, line: string, officer: string, name: string]
>("bank.approve-return", "select sender_return_approve($1, $2, $3, $4) as word");

const finishCall = statement<
  { word: FinishReturnWord },
  [tenant: string, line: string, reference: string, officer: string]
>("bank.finish-return", "select sender_return_finish($1, $2, $3, $4) as word");

export type ProposeReturnWord = "proposed" | "already" | "not-owed";
export type ApproveReturnWord = "approved" | "already" | "same-person" | "unknown";
export type FinishReturnWord = "done" | "already" | "not-approved" | "reference-used" | "unknown";

interface Person {
  readonly id: string;
  readonly name: string;
}

export async function putReturn(
  database: Database,
  input: { tenant: string; lineId: string; payeeName: string; payeeAccount: string; note: string; officer: Person },
): Promise<ProposeReturnWord> {
  const { tenant, lineId, payeeName, payeeAccount, note, officer } = input;
  const params = [tenant, lineId, payeeName, payeeAccount, note, officer.id, officer.name] as const;
  return (await database.one(proposeCall, [...params])).word;
}

export async function putReturnApproval(
  database: Database,
  input: { tenant: string; lineId: string; officer: Person },
): Promise<ApproveReturnWord> {
  const { tenant, lineId, officer } = input;
  return (await database.one(approveCall, [tenant, lineId, officer.id, officer.name])).word;
}

export async function putReturnDone(
  database: Database,
  input: { tenant: string; lineId: string; reference: string; officer: Person },
): Promise<FinishReturnWord> {
  const { tenant, lineId, reference, officer } = input;
  return (await database.one(finishCall, [tenant, lineId, reference, officer.id])).word;
}
