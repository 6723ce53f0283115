import { type Database, statement } from "#kit/db.ts";

const proposeCall = statement<
  { word: ProposeWord },
  [tenant: string, settlement: string, payee: string, account: string, note: string, officer: string, name: string]
>("accounting.propose-refund", "select refund_propose($1, $2, $3, $4, $5, $6, $7) as word");

const approveCall = statement<{ word: ApproveWord }, [tenant: string, refund: string, officer: string, name: string]>(
  "accounting.approve-refund",
  "select refund_approve($1, $2, $3, $4) as word",
);

const finishCall = statement<{ word: FinishWord }, [tenant: string, refund: string, reference: string, actor: string]>(
  "accounting.finish-refund",
  "select refund_finish($1, $2, $3, $4) as word",
);

export type ProposeWord = "proposed" | "already" | "not-found" | "not-refundable";
export type ApproveWord = "approved" | "already" | "same-person" | "not-found";
export type FinishWord = "done" | "already" | "not-approved" | "not-found";

interface Person {
  readonly id: string;
  readonly name: string;
}

/** A first officer says that the money of a settlement goes back, and where to. */
export async function proposeRefund(
  database: Database,
  input: {
    readonly tenant: string;
    readonly settlementId: string;
    readonly payeeName: string;
    readonly payeeAccount: string;
    readonly note: string;
    readonly officer: Person;
  },
): Promise<ProposeWord> {
  const { tenant, settlementId, payeeName, payeeAccount, note, officer } = input;
  const params = [tenant, settlementId, payeeName, payeeAccount, note, officer.id, officer.name] as const;
  return (await database.one(proposeCall, [...params])).word;
}

/** A second officer agrees; the same person gets `same-person`, and the table itself refuses it too. */
export async function approveRefund(
  database: Database,
  tenant: string,
  refundId: string,
  officer: Person,
): Promise<ApproveWord> {
  return (await database.one(approveCall, [tenant, refundId, officer.id, officer.name])).word;
}

/** The money has left; `reference` is the transfer's. */
export async function finishRefund(
  database: Database,
  tenant: string,
  refundId: string,
  reference: string,
  officer: Person,
): Promise<FinishWord> {
  return (await database.one(finishCall, [tenant, refundId, reference, `officer:${officer.id}`])).word;
}
