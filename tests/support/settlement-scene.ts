/** Payments of one day in the hub's books, and the provider's settlement file that agrees with them. */
import type pg from "pg";

export interface PaidRow {
  readonly reference: string;
  readonly transaction: string;
  readonly amount: number;
  /** ISO instant with the country's offset. */
  readonly at: string;
  readonly day: string;
}

/**
 * `count` captured payments at one provider, spread over the whole of `day` (Vietnamese calendar), the first at 00:00:00 and the
 * last at 23:59:59. Written straight into the tables, with their ledger transactions when `booked`.
 */
export async function payMany(
  client: pg.Client,
  day: string,
  count: number,
  booked = true,
  provider = "momo",
): Promise<void> {
  await client.query(`create temp table paid on commit preserve rows as
    select gen_random_uuid() as order_id, gen_random_uuid() as attempt_id, gen_random_uuid() as settlement_id, n,
      1000 + (n * 37) % 90000 as amount,
      ('${day}'::timestamp at time zone 'Asia/Ho_Chi_Minh') + make_interval(secs => floor((n - 1) * 86399.0 / greatest(1, ${count} - 1))) as at
    from generate_series(1, ${count}) n`);
  await client.query(`insert into payment_order (id, merchant, reference, request_hash, amount, information, dossier, details, state, created_at, expires_at, paid_at)
    select order_id, 'DVCQG_TAYNINH', 'dvc' || order_id, 'h', amount, 'x', '363815', '{"payeeName":"KHO BAC","payeeAccount":"3511"}', 'paid', at, at + interval '1 day', at from paid`);
  await client.query(`insert into payment_attempt (id, order_id, provider, channel, provider_order, amount, state, provider_code, provider_transaction, created_at, expires_at, changed_at)
    select attempt_id, order_id, '${provider}', '${provider}', replace(attempt_id::text, '-', ''), amount, 'succeeded', '0', 'T' || n || '${day}', at - interval '2 minutes', at + interval '1 hour', at from paid`);
  await client.query(`insert into settlement (id, order_id, attempt_id, provider, provider_transaction, amount, kept, settled_at)
    select settlement_id, order_id, attempt_id, '${provider}', 'T' || n || '${day}', amount, true, at from paid`);
  if (booked) {
    await client.query(`with made as (insert into ledger_transaction (kind, subject, at) select 'settlement', settlement_id, at from paid returning id, subject)
      insert into ledger_entry (transaction_id, account, amount) select m.id, e.account, e.sign * p.amount from made m join paid p on p.settlement_id = m.subject,
        (values ('clearing:${provider}', 1), ('payable:DVCQG_TAYNINH', -1)) e(account, sign)`);
  }
  await client.query("drop table paid");
  await client.query("analyze payment_attempt; analyze settlement");
}

export async function listPaid(client: pg.Client, provider = "momo"): Promise<PaidRow[]> {
  const { rows } = await client.query<PaidRow>(
    `select a.provider_order as reference, s.provider_transaction as transaction, s.amount::int as amount,
       to_char(s.settled_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"') as at,
       to_char(s.settled_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day
     from settlement s join payment_attempt a on a.id = s.attempt_id
     where s.provider = $1 order by s.settled_at, a.provider_order`,
    [provider],
  );
  return rows;
}

export const SETTLEMENT_HEADER =
  "provider,reference,provider_transaction,type,status,amount,fee,currency,occurred_at,settled_on";

export function settlementLine(
  row: PaidRow,
  change: Partial<PaidRow> & { status?: string; fee?: number } = {},
): string {
  const { reference, transaction, amount, at, day, status = "success", fee = 0 } = { ...row, ...change };
  return `momo,${reference},${transaction},payment,${status},${amount},${fee},VND,${at},${day}`;
}

/** The text as a file that can be opened again and again, in pieces of 64 KiB. */
export function opened(text: string): () => AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text, "utf8");
  return async function* () {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  };
}
