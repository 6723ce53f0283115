-- Reconciliation: what a provider's settlement file says against what the hub's books say. A file is taken in once (by its
-- hash), in batches that can be resumed; rows and differences are never changed, an answer to a difference is a new row.

create table reconciliation_import (
  id uuid primary key default gen_random_uuid(),
  -- Narrow key of the rows, growing: their BRIN index finds a file's rows without a B-tree over a million of them.
  n bigint generated always as identity unique,
  provider text not null,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  file_name text not null,
  -- The day the file was asked for, when it was asked for by day.
  day date,
  lines_loaded int not null default 0,
  -- Days between a payment and the file's settled_on that most lines have; null until the whole file is in.
  lag_days int,
  loaded_at timestamptz,
  compared_at timestamptz,
  matched int,
  source text not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint reconciliation_import_once unique (provider, file_hash)
);
select grant_app('reconciliation_import', 'select, insert, update');

create table reconciliation_row (
  import_n bigint not null,
  line int not null,
  reference text not null,
  provider_transaction text not null,
  is_refund boolean not null,
  status text not null,
  amount bigint not null,
  fee bigint not null,
  occurred_on date not null,
  settled_on date not null
);
create index reconciliation_row_import on reconciliation_row using brin (import_n);
select grant_app('reconciliation_row', 'select, insert');
-- Attempts of a few days are looked for among those of years; they are written in the order of time.
create index payment_attempt_created on payment_attempt using brin (created_at);

create table reconciliation_difference (
  id uuid primary key default gen_random_uuid(),
  import_id uuid not null references reconciliation_import,
  kind text not null check (kind in ('missing-ours', 'missing-theirs', 'amount', 'status', 'duplicate', 'date')),
  line int,
  reference text not null,
  is_refund boolean not null,
  ours jsonb,
  theirs jsonb,
  found_at timestamptz not null default clock_timestamp(),
  check (ours is not null or theirs is not null)
);
-- A file compared again adds nothing that it has said before.
create unique index reconciliation_difference_once on reconciliation_difference (import_id, kind, is_refund, reference, coalesce(line, 0));
create index reconciliation_difference_found on reconciliation_difference (found_at, id);
create index reconciliation_difference_reference on reconciliation_difference (reference);
select grant_app('reconciliation_difference', 'select, insert');

create table reconciliation_action (
  id bigint generated always as identity primary key,
  difference_id uuid not null references reconciliation_difference,
  -- asked: the provider was asked · settled: our side caught up · booked: a ledger transaction was added ·
  -- explained: a note says why · gone: a later comparison no longer finds it
  action text not null check (action in ('asked', 'settled', 'booked', 'explained', 'gone')),
  operator_id uuid references operator,
  note text not null default '' check (length(note) <= 1000),
  at timestamptz not null default clock_timestamp()
);
create index reconciliation_action_difference on reconciliation_action (difference_id, id);
select grant_app('reconciliation_action', 'select, insert');

-- What a provider paid out for a day, by its own file. A corrected file of the same day adds the difference only.
create table provider_payout (
  id uuid primary key default gen_random_uuid(),
  provider text not null,
  settled_on date not null,
  import_id uuid not null references reconciliation_import,
  -- each may be negative in a correction
  captured bigint not null,
  refunded bigint not null,
  fee bigint not null,
  booked_at timestamptz not null default clock_timestamp(),
  constraint provider_payout_once unique (provider, settled_on, import_id)
);
select grant_app('provider_payout', 'select, insert');

-- Money paid on to a payee's treasury account.
create table remittance (
  id uuid primary key default gen_random_uuid(),
  merchant text not null,
  payee_account text not null,
  payee_name text not null,
  amount bigint not null check (amount > 0),
  through date not null,
  made_at timestamptz not null default clock_timestamp()
);
select grant_app('remittance', 'select, insert');

create table remittance_line (
  remittance_id uuid not null references remittance,
  settlement_id uuid references settlement,
  refund_id uuid references refund,
  amount bigint not null check (amount <> 0),
  -- a settlement adds, a refund of a kept payment takes away; each counts once
  check ((settlement_id is not null and refund_id is null and amount > 0) or (settlement_id is null and refund_id is not null and amount < 0)),
  constraint remittance_line_settlement_once unique (settlement_id),
  constraint remittance_line_refund_once unique (refund_id)
);
create index remittance_line_remittance on remittance_line (remittance_id);
select grant_app('remittance_line', 'select, insert');

-- Two lines of one transaction are not always enough: p_entries is [{"account": text, "amount": bigint}, …]; zeros are left out.
create function ledger_put_many(p_kind text, p_subject uuid, p_entries jsonb) returns bigint language plpgsql as $$
declare v_id bigint;
begin
  insert into ledger_transaction (kind, subject) values (p_kind, p_subject)
    on conflict on constraint ledger_transaction_once do nothing returning id into v_id;
  if v_id is null then return null; end if;
  insert into ledger_entry (transaction_id, account, amount)
    select v_id, e ->> 'account', sum((e ->> 'amount')::bigint) from jsonb_array_elements(p_entries) e
    group by 2 having sum((e ->> 'amount')::bigint) <> 0;
  return v_id;
end $$;

-- Books what the file says the provider paid out for each day, from the lines that agree with our books.
-- p_days: [{"day": date, "captured": …, "refunded": …, "fee": …}]. Answers how many days were booked now.
create function reconciliation_book(p_import uuid, p_days jsonb) returns int language plpgsql as $$
declare v_import reconciliation_import; d record; v_id uuid; v_count int := 0;
begin
  select * into v_import from reconciliation_import where id = p_import for update;
  for d in
    select x.day, x.captured - coalesce(sum(p.captured), 0)::bigint as captured,
      x.refunded - coalesce(sum(p.refunded), 0)::bigint as refunded, x.fee - coalesce(sum(p.fee), 0)::bigint as fee
    from jsonb_to_recordset(p_days) as x(day date, captured bigint, refunded bigint, fee bigint)
    left join provider_payout p on p.provider = v_import.provider and p.settled_on = x.day
    group by x.day, x.captured, x.refunded, x.fee order by x.day
  loop
    continue when d.captured = 0 and d.refunded = 0 and d.fee = 0;
    insert into provider_payout (provider, settled_on, import_id, captured, refunded, fee)
      values (v_import.provider, d.day, p_import, d.captured, d.refunded, d.fee)
      on conflict on constraint provider_payout_once do nothing returning id into v_id;
    continue when v_id is null;
    perform ledger_put_many('payout', v_id, jsonb_build_array(
      jsonb_build_object('account', 'bank:collection', 'amount', d.captured - d.refunded - d.fee),
      jsonb_build_object('account', 'expense:fee:' || v_import.provider, 'amount', d.fee),
      jsonb_build_object('account', 'clearing:' || v_import.provider, 'amount', d.refunded - d.captured)));
    perform audit_put('reconciliation', 'payout.booked', v_id::text,
      jsonb_build_object('provider', v_import.provider, 'day', d.day, 'captured', d.captured, 'refunded', d.refunded, 'fee', d.fee));
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- An operator's answer to a difference: a note, or a ledger transaction that moves its amount between two accounts.
-- Answers 'done', 'already' (the difference is closed), 'unknown', 'cannot-book' (the amount is not known).
create function reconciliation_answer(p_difference uuid, p_action text, p_operator uuid, p_note text, p_debit text, p_credit text,
  p_amount bigint) returns text language plpgsql as $$
begin
  perform 1 from reconciliation_import i join reconciliation_difference d on d.import_id = i.id where d.id = p_difference for update of i;
  if not found then return 'unknown'; end if;
  if exists (select 1 from reconciliation_action where difference_id = p_difference and action <> 'asked') then return 'already'; end if;
  if p_action = 'booked' then
    if coalesce(p_amount, 0) <= 0 or p_debit is null or p_credit is null then return 'cannot-book'; end if;
    perform ledger_put_many('adjustment', p_difference, jsonb_build_array(
      jsonb_build_object('account', p_debit, 'amount', p_amount), jsonb_build_object('account', p_credit, 'amount', -p_amount)));
  end if;
  insert into reconciliation_action (difference_id, action, operator_id, note) values (p_difference, p_action, p_operator, p_note);
  perform audit_put(coalesce('operator:' || p_operator, 'reconciliation'), 'reconciliation.' || p_action, p_difference::text, '{}');
  return 'done';
end $$;

-- Pays on what was collected and paid out by the providers, per merchant and treasury account, for settlements up to the
-- day p_through. Refunds of kept payments are taken off. Repeating it pays nothing twice. Answers how many were made.
create function remit_collected(p_through date) returns int language plpgsql as $$
declare g record; v_id uuid; v_count int := 0;
begin
  -- One at a time: two runs would look at the same unpaid settlements.
  perform pg_advisory_xact_lock(hashtext('remit_collected'));
  create temporary table to_remit on commit drop as
    select s.id as settlement_id, null::uuid as refund_id, o.merchant, coalesce(o.details ->> 'payeeAccount', '') as payee_account,
      coalesce(o.details ->> 'payeeName', '') as payee_name, s.amount
    from settlement s join payment_order o on o.id = s.order_id
    where s.kept and (s.settled_at at time zone 'Asia/Ho_Chi_Minh')::date <= p_through
      and exists (select 1 from provider_payout p where p.provider = s.provider
        and p.settled_on >= (s.settled_at at time zone 'Asia/Ho_Chi_Minh')::date)
      and not exists (select 1 from remittance_line l where l.settlement_id = s.id)
      -- Held back while it is not known whether the payer gets it back.
      and not exists (select 1 from refund r where r.settlement_id = s.id and r.state in ('approved', 'sending'))
    union all
    select null, r.id, o.merchant, coalesce(o.details ->> 'payeeAccount', ''), coalesce(o.details ->> 'payeeName', ''), -r.amount
    from refund r join settlement s on s.id = r.settlement_id join payment_order o on o.id = s.order_id
    where s.kept and r.state = 'refunded'
      and not exists (select 1 from remittance_line l where l.refund_id = r.id);
  for g in select merchant, payee_account, max(payee_name) as payee_name, sum(amount)::bigint as amount
    from to_remit group by merchant, payee_account having sum(amount) > 0 order by 1, 2
  loop
    insert into remittance (merchant, payee_account, payee_name, amount, through)
      values (g.merchant, g.payee_account, g.payee_name, g.amount, p_through) returning id into v_id;
    insert into remittance_line (remittance_id, settlement_id, refund_id, amount)
      select v_id, t.settlement_id, t.refund_id, t.amount from to_remit t
      where t.merchant = g.merchant and t.payee_account = g.payee_account;
    perform ledger_put('remittance', v_id, 'payable:' || g.merchant, 'bank:collection', g.amount);
    perform audit_put('hub', 'remittance.made', v_id::text,
      jsonb_build_object('merchant', g.merchant, 'amount', g.amount, 'through', p_through));
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
