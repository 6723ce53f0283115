import { type Db, statement } from "#kit/db.ts";

/** A transfer that somebody must make, is made and waits for a second pair of eyes, or was confirmed. */
const selectToMake = statement<TransferToMake, []>(
  "refunds.list-transfers-to-make",
  `select * from (
     select 'refund' as what, r.id, r.amount, r.payee, r.reason as note, a.hub_transaction as name, r.decided_at as since
     from refund r join settlement s on s.id = r.settlement_id join payment_attempt a on a.id = s.attempt_id
     where r.by_hand and r.state = 'approved'
       and not exists (select 1 from hand_transfer h where h.refund_id = r.id and h.state <> 'rejected')
     union all
     select 'return', p.id, l.amount, p.payee, p.note, l.line, p.decided_at
     from statement_proposal p join bank_statement_line l on l.id = p.line_id
     where p.kind = 'return' and p.state = 'approved'
       and not exists (select 1 from hand_transfer h where h.proposal_id = p.id and h.state <> 'rejected')
   ) t order by since, id limit 200`,
);

const selectRecorded = statement<RecordedTransfer, []>(
  "refunds.list-recorded-transfers",
  `select h.id, h.amount, h.bank_reference as "bankReference", to_char(h.transferred_on, 'YYYY-MM-DD') as "transferredOn", h.state,
     h.recorded_by as "recordedBy", q.name as "recordedByName", p.name as "confirmedByName", h.recorded_at as "recordedAt",
     coalesce(r.payee, s.payee) as payee, h.line_id is not null as matched,
     case when h.refund_id is null then 'return' else 'refund' end as what
   from hand_transfer h join operator q on q.id = h.recorded_by left join operator p on p.id = h.decided_by
     left join refund r on r.id = h.refund_id left join statement_proposal s on s.id = h.proposal_id
   where h.state <> 'rejected' order by (h.state = 'recorded') desc, h.line_id is not null, h.recorded_at desc limit 50`,
);

export interface TransferToMake {
  /** refund: of a captured payment · return: of money that came in and fits nothing */
  readonly what: "refund" | "return";
  readonly id: string;
  /** đồng */
  readonly amount: number;
  readonly payee: string;
  readonly note: string;
  /** MaGiaoDich, or the statement's line. */
  readonly name: string;
  readonly since: Date;
}

export interface RecordedTransfer {
  readonly id: string;
  readonly what: "refund" | "return";
  readonly amount: number;
  readonly bankReference: string;
  /** yyyy-MM-dd */
  readonly transferredOn: string;
  readonly state: "recorded" | "confirmed";
  readonly recordedBy: string;
  readonly recordedByName: string;
  readonly confirmedByName: string | null;
  readonly recordedAt: Date;
  readonly payee: string;
  /** The statement shows it. */
  readonly matched: boolean;
}

/** Approved, and nobody has recorded a transfer; oldest first. */
export function listTransfersToMake(db: Db): Promise<TransferToMake[]> {
  return db.many(selectToMake, []);
}

/** Those that wait for confirmation first, then those that the statement has not shown, then the latest. */
export function listRecordedTransfers(db: Db): Promise<RecordedTransfer[]> {
  return db.many(selectRecorded, []);
}
