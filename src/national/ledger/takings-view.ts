import { type Db, statement } from "#kit/db.ts";
import type { PlainDate } from "#kit/calendar.ts";

const selectTakings = statement<TakingsRow, [day: string]>(
  "ledger.takings",
  `select s.provider, o.merchant, count(*) filter (where s.kept) as payments, coalesce(sum(s.amount) filter (where s.kept), 0)::bigint as kept,
     coalesce(sum(s.amount) filter (where not s.kept), 0)::bigint as overpaid
   from settlement s join payment_order o on o.id = s.order_id
   where s.settled_at >= ($1::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
     and s.settled_at < (($1::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
   group by s.provider, o.merchant order by s.provider, o.merchant limit 500`,
);

/** The last 30 days up to and with the day; a day without a payment is absent. */
const selectDays = statement<DayRow, [day: string]>(
  "ledger.takings-by-day",
  `select to_char(s.settled_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day, s.provider, sum(s.amount)::bigint as amount
   from settlement s where s.kept and s.settled_at >= (($1::date - 29)::timestamp at time zone 'Asia/Ho_Chi_Minh')
     and s.settled_at < (($1::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
   group by 1, 2 order by 1, 2 limit 1000`,
);

const selectUndecided = statement<UndecidedRow, []>(
  "ledger.undecided",
  `select hub_transaction as "hubTransaction", provider, amount, state, created_at as since, coalesce(provider_code, '') as code
   from payment_attempt where state in ('created', 'redirected', 'verifying') and created_at < now() - interval '15 minutes'
   order by created_at limit 100`,
);

const selectDisbelieved = statement<DisbelievedRow, []>(
  "ledger.disbelieved",
  "select id, source, reason, received_at as at from payment_evidence order by id desc limit 20",
);

export interface TakingsRow {
  readonly provider: string;
  readonly merchant: string;
  readonly payments: number;
  readonly kept: number;
  readonly overpaid: number;
}

export interface DayRow {
  readonly day: PlainDate;
  readonly provider: string;
  readonly amount: number;
}

/** An attempt of which the provider has not said how it ended. */
export interface UndecidedRow {
  readonly hubTransaction: string;
  readonly provider: string;
  readonly amount: number;
  readonly state: string;
  readonly since: Date;
  readonly code: string;
}

export interface DisbelievedRow {
  readonly id: number;
  readonly source: string;
  readonly reason: string;
  readonly at: Date;
}

export interface Takings {
  readonly rows: readonly TakingsRow[];
  readonly days: readonly DayRow[];
  readonly undecided: readonly UndecidedRow[];
  readonly disbelieved: readonly DisbelievedRow[];
}

/** What was captured on one day (Vietnamese calendar), and what nobody can place yet. */
export async function getTakings(db: Db, day: PlainDate): Promise<Takings> {
  const [rows, days, undecided, disbelieved] = await Promise.all([
    db.many(selectTakings, [day]),
    db.many(selectDays, [day]),
    db.many(selectUndecided, []),
    db.many(selectDisbelieved, []),
  ]);
  return { rows, days, undecided, disbelieved };
}
