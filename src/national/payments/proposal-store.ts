import { type Db, statement } from "#kit/db.ts";

const proposeCall = statement<
  { word: ProposeWord },
  [id: string, line: string, kind: string, order: string | null, payee: string, note: string, operator: string]
>("payments.propose-line", "select statement_propose($1, $2, $3, $4, $5, $6, $7) as word");

const decideCall = statement<{ word: LineDecision }, [id: string, approve: boolean, operator: string]>(
  "payments.decide-line",
  "select statement_decide($1, $2, $3) as word",
);

/** By its reference, its attempt's number, or the dossier it is for: an order that is not paid comes first. */
const selectOrder = statement<{ id: string }, [text: string]>(
  "payments.find-order-by-text",
  `select o.id from payment_order o where o.reference = $1 or o.dossier = $1
     or o.id = (select a.order_id from payment_attempt a where a.hub_transaction = $1)
   order by (o.state = 'paid'), o.created_at desc limit 1`,
);

export type LineKind = "assign" | "return" | "remittance" | "bank-fee";
export type ProposeWord =
  | "proposed"
  | "replayed"
  | "unknown-line"
  | "taken"
  | "wrong-kind"
  | "unknown-order"
  | "amount-differs"
  | "order-paid";
export type LineDecision = "approved" | "rejected" | "already" | "same-person" | "unknown" | "order-paid" | "under-way";

export async function putProposal(
  db: Db,
  proposal: {
    id: string;
    lineId: string;
    kind: LineKind;
    orderId?: string;
    payee: string;
    note: string;
    operatorId: string;
  },
): Promise<ProposeWord> {
  const { id, lineId, kind, orderId, payee, note, operatorId } = proposal;
  return (await db.one(proposeCall, [id, lineId, kind, orderId ?? null, payee, note, operatorId])).word;
}

export async function putLineDecision(db: Db, id: string, approve: boolean, operatorId: string): Promise<LineDecision> {
  return (await db.one(decideCall, [id, approve, operatorId])).word;
}

export async function findOrderByText(db: Db, text: string): Promise<string | undefined> {
  return (await db.maybe(selectOrder, [text]))?.id;
}
