/** Writing the lists by which the post is paid: each statement is one transaction by one SQL function of migration 0155. */
import { type Database, statement } from "#kit/db.ts";
import type { PlainDate } from "#kit/calendar.ts";
import type { ApproveWord, DropWord, PayWord, ProposeWord } from "./settlement.ts";

interface Person {
  readonly id: string;
  readonly name: string;
}

const proposeCall = statement<
  { word: ProposeWord },
  [
    tenant: string,
    id: string,
    agency: string,
    agencies: readonly string[],
    account: string,
    until: string,
    officer: string,
    name: string,
  ]
>("delivery.settlement-propose", "select post_settlement_propose($1, $2, $3, $4, $5, $6::date, $7, $8) as word");

const approveCall = statement<{ word: ApproveWord }, [tenant: string, id: string, officer: string, name: string]>(
  "delivery.settlement-approve",
  "select post_settlement_approve($1, $2, $3, $4) as word",
);

const payCall = statement<{ word: PayWord }, [tenant: string, id: string, reference: string, officer: string]>(
  "delivery.settlement-pay",
  "select post_settlement_pay($1, $2, $3, $4) as word",
);

const dropCall = statement<{ word: DropWord }, [tenant: string, id: string, officer: string]>(
  "delivery.settlement-drop",
  "select post_settlement_drop($1, $2, $3) as word",
);

/** Everything that is owed for these agencies up to and with a day becomes a list. The same id again is the same list. */
export async function proposeSettlement(
  database: Database,
  input: {
    readonly tenant: string;
    readonly id: string;
    readonly agencies: readonly string[];
    readonly account: string;
    readonly until: PlainDate;
    readonly officer: Person & { readonly agencyId: string };
  },
): Promise<ProposeWord> {
  const { tenant, id, agencies, account, until, officer } = input;
  const params = [tenant, id, officer.agencyId, agencies, account, until, officer.id, officer.name] as const;
  return (await database.one(proposeCall, [...params])).word;
}

interface AboutList {
  readonly tenant: string;
  readonly id: string;
  readonly officer: Person;
}

/** A second person agrees; the same one gets `same-person`, and the table itself refuses it too. */
export async function approveSettlement(database: Database, { tenant, id, officer }: AboutList): Promise<ApproveWord> {
  return (await database.one(approveCall, [tenant, id, officer.id, officer.name])).word;
}

/** The money has left; `reference` is the bank's number of the transfer, by which the statement confirms it. */
export async function paySettlement(
  database: Database,
  { tenant, id, officer, reference }: AboutList & { readonly reference: string },
): Promise<PayWord> {
  return (await database.one(payCall, [tenant, id, reference, officer.id])).word;
}

/** A list that is not paid is given up; its items are owed again. */
export async function dropSettlement(database: Database, { tenant, id, officer }: AboutList): Promise<DropWord> {
  return (await database.one(dropCall, [tenant, id, officer.id])).word;
}
