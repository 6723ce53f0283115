import { type Db, statement } from "#kit/db.ts";

const RETURN = `b.id as "lineId", b.line, b.content, coalesce(r.amount, case when b.kind = 'unmatched' then b.amount else b.difference end) as amount,
  r.state, r.payee_name as "payeeName", r.payee_account as "payeeAccount", r.note, r.proposed_by as "proposedBy",
  r.proposed_name as "proposedName", r.approved_name as "approvedName", r.reference, a.at as since,
  exists (select 1 from bank_answer m where m.subject = r.id) as confirmed`;
const OWED = `from bank_line b join bank_answer a on a.line_id = b.id and a.action = 'booked' and a.account = 'returns-payable'
  left join sender_return r on r.line_id = b.id where b.direction = 'in' and b.account = any ($1)`;

const selectOwed = statement<SenderReturn, [accounts: readonly string[]]>(
  "bank.list-returns",
  `select ${RETURN} ${OWED} and r.state is distinct from 'done' order by a.at, b.id limit 100`,
);

const selectOne = statement<SenderReturn, [accounts: readonly string[], line: string]>(
  "bank.find-return",
  `select ${RETURN} ${OWED} and b.id = $2`,
);

/** Money of a line that belongs to its sender, and how far it is on its way back. `state` null: nobody has proposed. */
export interface SenderReturn {
  readonly lineId: string;
  readonly line: string;
  readonly content: string;
  /** đồng */
  readonly amount: number;
  readonly state: "proposed" | "approved" | "done" | null;
  readonly payeeName: string | null;
  readonly payeeAccount: string | null;
  readonly note: string | null;
  readonly proposedBy: string | null;
  readonly proposedName: string | null;
  readonly approvedName: string | null;
  /** The bank's number of the transfer. */
  readonly reference: string | null;
  readonly since: Date;
  /** By the statement. */
  readonly confirmed: boolean;
}

/** The hundred that have waited longest and have not left. `db` is the tenant's. */
export function listReturns(db: Db, accounts: readonly string[]): Promise<SenderReturn[]> {
  return db.many(selectOwed, [accounts]);
}

/** undefined: this line's money is not owed to its sender. */
export function findReturn(db: Db, accounts: readonly string[], lineId: string): Promise<SenderReturn | undefined> {
  return db.maybe(selectOne, [accounts, lineId]);
}
