import { type Db, statement } from "#kit/db.ts";
import type { UnmatchedReason } from "./payment.ts";
import type { LineKind } from "./proposal-store.ts";

/**
 * Open: money that came in and fits nothing, or went out and is explained by nothing, and no decision about it is made. A
 * rejected proposal leaves the line open.
 */
const LINE = `l.id, l.line, l.booked_at as "bookedAt", l.amount, l.content, l.reason, l.attempt_id as "attemptId",
  l.outcome = 'outgoing' as outgoing, p.id as "proposalId", p.kind, p.note, p.payee, o.reference, o.information,
  p.proposed_by as "proposedBy", q.name as "proposedByName", p.proposed_at as "proposedAt"
  from bank_statement_line l left join statement_proposal p on p.line_id = l.id and p.state = 'proposed'
    left join operator q on q.id = p.proposed_by left join payment_order o on o.id = p.order_id
  where l.outcome in ('unmatched', 'outgoing')
    and not exists (select 1 from statement_proposal x where x.line_id = l.id and x.state = 'approved')
    and not exists (select 1 from hand_transfer h where h.line_id = l.id)
    and not exists (select 1 from ledger_transaction t where t.kind = 'transfer-explained' and t.subject = l.id)`;

const selectOpen = statement<OpenLine, [outgoing: boolean, bookedAfter: Date, lineAfter: string, limit: number]>(
  "payments.list-open-lines",
  `select ${LINE} and (l.outcome = 'outgoing') = $1 and (l.booked_at, l.line) > ($2, $3) order by l.booked_at, l.line limit $4`,
);

const selectLine = statement<OpenLine, [id: string]>("payments.find-open-line", `select ${LINE} and l.id = $1`);

const selectDecided = statement<DecidedLine, []>(
  "payments.list-decided-lines",
  `select l.line, l.amount, p.kind, p.note, p.state, q.name as "proposedByName", d.name as "decidedByName", p.decided_at as "decidedAt"
   from statement_proposal p join bank_statement_line l on l.id = p.line_id join operator q on q.id = p.proposed_by
     join operator d on d.id = p.decided_by where p.state <> 'proposed' order by p.decided_at desc limit 30`,
);

export interface OpenLine {
  readonly id: string;
  readonly line: string;
  readonly bookedAt: Date;
  /** đồng */
  readonly amount: number;
  readonly content: string;
  /** Of money that came in. */
  readonly reason: UnmatchedReason | null;
  readonly attemptId: string | null;
  readonly outgoing: boolean;
  /** What somebody has proposed and nobody has decided; null together. */
  readonly proposalId: string | null;
  readonly kind: LineKind | null;
  readonly note: string | null;
  readonly payee: string | null;
  readonly reference: string | null;
  readonly information: string | null;
  readonly proposedBy: string | null;
  readonly proposedByName: string | null;
  readonly proposedAt: Date | null;
}

export interface DecidedLine {
  readonly line: string;
  readonly amount: number;
  readonly kind: LineKind;
  readonly note: string;
  readonly state: "approved" | "rejected";
  readonly proposedByName: string;
  readonly decidedByName: string;
  readonly decidedAt: Date;
}

/** Oldest first; the next page starts behind the last row. */
export function listOpenLines(
  db: Db,
  outgoing: boolean,
  limit: number,
  behind?: Pick<OpenLine, "bookedAt" | "line">,
): Promise<OpenLine[]> {
  const after = [behind?.bookedAt ?? new Date(0), behind?.line ?? ""] as const;
  return db.many(selectOpen, [outgoing, ...after, Math.min(limit, 200)]);
}

export function findOpenLine(db: Db, id: string): Promise<OpenLine | undefined> {
  return db.maybe(selectLine, [id]);
}

/** The latest thirty. */
export function listDecidedLines(db: Db): Promise<DecidedLine[]> {
  return db.many(selectDecided, []);
}
