import { type Database, statement } from "#kit/db.ts";

/** What the SQL functions of the dossier's side answer. */
export type DeskFeeAnswer =
  | { readonly ok: true; readonly replayed?: boolean }
  | { readonly ok: false; readonly reason: DeskFeeRefusal };

export type DeskFeeRefusal =
  | "not-found"
  | "conflict"
  | "wrong-state"
  | "fee-nothing-due"
  | "payment-under-way"
  | "amount";

export type CounterWord =
  | "settled"
  | "already"
  | "paid"
  | "under-way"
  | "not-due"
  | "amount-differs"
  | "reference-used";

const counterCall = statement<
  { word: CounterWord; settlementId: string | null },
  [
    tenant: string,
    obligation: string,
    id: string,
    method: string,
    amount: number,
    payer: string,
    reference: string,
    officerId: string,
    officerName: string,
    receivedAt: Date,
  ]
>(
  "fees.settle-counter",
  `select word, settlement_id as "settlementId" from fee_settle_counter($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

const demandCall = statement<
  { answer: DeskFeeAnswer },
  [
    tenant: string,
    dossier: string,
    version: number,
    id: string,
    dues: string,
    reason: string,
    wait: boolean,
    dueAt: Date,
    actor: string,
  ]
>("fees.demand", "select fee_demand($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9::jsonb) as answer");

const exemptCall = statement<
  { answer: DeskFeeAnswer },
  [tenant: string, obligation: string, id: string, position: number, amount: number, exemption: string, actor: string]
>("fees.exempt", "select fee_exempt($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb) as answer");

export interface CounterPayment {
  readonly tenant: string;
  readonly obligationId: string;
  /** Made with the officer's page: pressing twice is one payment. */
  readonly id: string;
  readonly method: "cash" | "transfer";
  readonly amount: number;
  readonly payerName: string;
  /** Of the transfer, as the statement gives it; may be empty for cash. */
  readonly reference: string;
  readonly officer: { readonly id: string; readonly name: string };
  readonly receivedAt: Date;
}

export function settleAtCounter(
  database: Database,
  payment: CounterPayment,
): Promise<{ word: CounterWord; settlementId: string | null }> {
  const { tenant, obligationId, id, method, amount, payerName, reference, officer, receivedAt } = payment;
  return database.one(counterCall, [
    tenant,
    obligationId,
    id,
    method,
    amount,
    payerName,
    reference,
    officer.id,
    officer.name,
    receivedAt,
  ]);
}

export interface NewDue {
  readonly code: string;
  readonly kind: "fee" | "charge";
  readonly name: { readonly vi: string; readonly en: string };
  readonly amount: number;
  readonly basis: string;
  readonly refundable: boolean;
}

type Actor = { readonly kind: "officer"; readonly id: string; readonly name: string };

export interface FeeDemand {
  readonly tenant: string;
  readonly dossierId: string;
  readonly expectedVersion: number;
  /** Of the new obligation, made with the page. */
  readonly id: string;
  readonly dues: readonly NewDue[];
  readonly reason: string;
  /** true: the dossier waits for the money; false: due with the result. */
  readonly wait: boolean;
  readonly dueAt: Date;
  readonly actor: Actor;
}

export async function demandInDatabase(database: Database, demand: FeeDemand): Promise<DeskFeeAnswer> {
  const { tenant, dossierId, expectedVersion, id, dues, reason, wait, dueAt, actor } = demand;
  const row = await database.one(demandCall, [
    tenant,
    dossierId,
    expectedVersion,
    id,
    JSON.stringify(dues),
    reason,
    wait,
    dueAt,
    JSON.stringify(actor),
  ]);
  return row.answer;
}

export interface LineExemption {
  readonly tenant: string;
  readonly obligationId: string;
  /** Of the obligation that takes its place, made with the page. */
  readonly id: string;
  /** From 1, as the lines stand. */
  readonly position: number;
  /** What remains to be paid of the line, đồng; 0 = free. */
  readonly amount: number;
  readonly reason: string;
  readonly basis: string;
  readonly proof: string;
  readonly actor: Actor;
}

export async function exemptInDatabase(database: Database, exemption: LineExemption): Promise<DeskFeeAnswer> {
  const { tenant, obligationId, id, position, amount, reason, basis, proof, actor } = exemption;
  const words = JSON.stringify({ reason: { vi: reason, en: reason }, basis, proof, by: actor.name });
  return (await database.one(exemptCall, [tenant, obligationId, id, position, amount, words, JSON.stringify(actor)]))
    .answer;
}
