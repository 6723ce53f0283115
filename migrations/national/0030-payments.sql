-- The national payment hub: orders opened by merchants (INIT), attempts of payers at a bank or wallet, settlements,
-- and the hub's own double-entry ledger. Amounts are whole đồng. Nothing is deleted; history, settlements, ledger and
-- evidence are never updated either.

create table payment_order (
  -- Random (version 4): it stands in addresses and must not be guessable.
  id uuid primary key default gen_random_uuid(),
  merchant text not null check (length(merchant) between 1 and 50),
  reference text not null check (length(reference) between 5 and 64),
  -- Hash of the INIT as it came: the same reference with other content is refused.
  request_hash text not null,
  amount bigint not null check (amount > 0),
  information text not null,
  dossier text not null,
  -- What the pages show of the receipt's information: no name, number or address of the payer.
  details jsonb not null,
  state text not null default 'open' check (state in ('open', 'paid')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  paid_at timestamptz,
  constraint payment_order_reference_once unique (merchant, reference),
  check ((state = 'paid') = (paid_at is not null))
);
select grant_app('payment_order', 'select, insert, update');

create sequence hub_transaction_number;

create table payment_attempt (
  -- Made by the payer's page before the click: a double click is one attempt.
  id uuid primary key,
  order_id uuid not null references payment_order,
  provider text not null,
  channel text not null,
  -- The order's name at the provider (MoMo orderId, VNPAY vnp_TxnRef).
  provider_order text not null,
  -- MaGiaoDich: the number under which the merchant and the payer know this attempt.
  hub_transaction text not null unique default
    to_char(now() at time zone 'Asia/Ho_Chi_Minh', 'YYMMDDHH24MISS') || lpad(nextval('hub_transaction_number')::text, 8, '0'),
  amount bigint not null check (amount > 0),
  state text not null default 'created' check (state in ('created', 'redirected', 'verifying', 'succeeded', 'failed')),
  reason text check (reason in ('declined', 'cancelled', 'expired', 'given-up', 'rejected')),
  pay_url text,
  -- The provider's own last word, kept raw.
  provider_code text,
  provider_transaction text,
  ask_count int not null default 0,
  next_ask_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  changed_at timestamptz not null default now(),
  constraint payment_attempt_provider_order_once unique (provider, provider_order),
  check ((state = 'failed') = (reason is not null))
);
-- While one attempt is unfinished or unknown the payer cannot start a second one and pay twice.
create unique index payment_attempt_one_active on payment_attempt (order_id)
  where state in ('created', 'redirected', 'verifying');
create index payment_attempt_to_ask on payment_attempt (next_ask_at) where next_ask_at is not null;
create index payment_attempt_order on payment_attempt (order_id, created_at);
select grant_app('payment_attempt', 'select, insert, update');

create table payment_history (
  id bigint generated always as identity primary key,
  attempt_id uuid not null references payment_attempt,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  from_state text,
  to_state text not null,
  -- callback, return, sweep, payer, hub
  source text not null,
  code text
);
create index payment_history_attempt on payment_history (attempt_id, id);
select grant_app('payment_history', 'select, insert');

create table settlement (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null references payment_order,
  attempt_id uuid not null references payment_attempt,
  provider text not null,
  provider_transaction text not null,
  amount bigint not null check (amount > 0),
  -- At most one success is kept for an order; every later one goes back to the payer.
  kept boolean not null,
  settled_at timestamptz not null default now(),
  constraint settlement_attempt_once unique (attempt_id),
  constraint settlement_transaction_once unique (provider, provider_transaction)
);
create unique index settlement_kept_once on settlement (order_id) where kept;
select grant_app('settlement', 'select, insert');

create table refund_due (
  id uuid primary key default gen_random_uuid(),
  settlement_id uuid not null references settlement,
  amount bigint not null check (amount > 0),
  reason text not null,
  created_at timestamptz not null default now(),
  constraint refund_due_settlement_once unique (settlement_id)
);
select grant_app('refund_due', 'select, insert');

-- Messages that claimed something about money and were not believed, kept as they came.
create table payment_evidence (
  id bigint generated always as identity primary key,
  source text not null,
  reason text not null,
  raw text not null check (length(raw) <= 20000),
  received_at timestamptz not null default clock_timestamp()
);
select grant_app('payment_evidence', 'select, insert');

create table ledger_transaction (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('settlement', 'overpayment')),
  subject uuid not null,
  at timestamptz not null default now(),
  constraint ledger_transaction_once unique (kind, subject)
);
select grant_app('ledger_transaction', 'select, insert');

-- Debits are positive, credits negative.
create table ledger_entry (
  id bigint generated always as identity primary key,
  transaction_id bigint not null references ledger_transaction,
  account text not null,
  amount bigint not null check (amount <> 0)
);
create index ledger_entry_transaction on ledger_entry (transaction_id);
create index ledger_entry_account on ledger_entry (account);
select grant_app('ledger_entry', 'select, insert');

create function ledger_entry_balanced() returns trigger language plpgsql as $$
begin
  if (select sum(amount) from ledger_entry where transaction_id = new.transaction_id) is distinct from 0 then
    raise exception 'ledger transaction % does not sum to zero', new.transaction_id using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- Checked at COMMIT, so that no path (not even a direct INSERT by the application's role) can leave it unbalanced.
create constraint trigger ledger_entry_balanced after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_entry_balanced();

-- Writes one balanced transaction of two entries: debit one account, credit the other.
create function ledger_put(p_kind text, p_subject uuid, p_debit text, p_credit text, p_amount bigint) returns void
language plpgsql as $$
declare v_id bigint;
begin
  insert into ledger_transaction (kind, subject) values (p_kind, p_subject) returning id into v_id;
  insert into ledger_entry (transaction_id, account, amount) values (v_id, p_debit, p_amount), (v_id, p_credit, -p_amount);
end $$;

-- Opens an attempt, or answers what stands in its way: 'started', 'replayed' (the same id again), 'paid', 'expired',
-- 'busy' (another attempt is unfinished), 'unknown-order', 'id-taken' (the id belongs to another order).
create function payment_start(p_order uuid, p_attempt uuid, p_provider text, p_channel text, p_provider_order text,
  p_expires_at timestamptz, p_first_ask_at timestamptz) returns text language plpgsql as $$
declare v_order payment_order; v_attempt payment_attempt;
begin
  select * into v_order from payment_order where id = p_order for update;
  if not found then return 'unknown-order'; end if;
  select * into v_attempt from payment_attempt where id = p_attempt;
  if found then return case when v_attempt.order_id = p_order then 'replayed' else 'id-taken' end; end if;
  if v_order.state = 'paid' then return 'paid'; end if;
  if v_order.expires_at <= now() then return 'expired'; end if;
  if exists (select 1 from payment_attempt where order_id = p_order and state in ('created', 'redirected', 'verifying')) then
    return 'busy';
  end if;
  insert into payment_attempt (id, order_id, provider, channel, provider_order, amount, expires_at, next_ask_at)
    values (p_attempt, p_order, p_provider, p_channel, p_provider_order, v_order.amount, p_expires_at, p_first_ask_at);
  insert into payment_history (attempt_id, action, to_state, source) values (p_attempt, 'start', 'created', 'payer');
  perform audit_put('payer', 'payment.start', p_attempt::text,
    jsonb_build_object('order', p_order, 'provider', p_provider, 'amount', v_order.amount));
  return 'started';
end $$;

-- The two steps that move no money: 'accept' (the provider took the order; pay address stored) and 'doubt' (it is not
-- known what happened). Answers the state afterwards; a step that the lifecycle does not have changes nothing.
create function payment_step(p_attempt uuid, p_action text, p_source text, p_pay_url text, p_code text) returns text
language plpgsql as $$
declare v payment_attempt; v_to text;
begin
  select * into v from payment_attempt where id = p_attempt for update;
  if not found then return null; end if;
  v_to := case
    when p_action = 'accept' and v.state in ('created', 'verifying') then 'redirected'
    when p_action = 'doubt' and v.state in ('created', 'redirected') then 'verifying' end;
  if v_to is null then return v.state; end if;
  update payment_attempt set state = v_to, pay_url = coalesce(p_pay_url, pay_url), provider_code = coalesce(p_code, provider_code),
    changed_at = now() where id = p_attempt;
  insert into payment_history (attempt_id, action, from_state, to_state, source, code)
    values (p_attempt, p_action, v.state, v_to, p_source, p_code);
  perform audit_put(p_source, 'payment.' || p_action, p_attempt::text, '{}');
  return v_to;
end $$;

-- Where callback, browser return, sweep and the payer's own giving up all end. One transaction: attempt, settlement,
-- order, ledger, history, audit, and the job that tells the merchant. Calling it again changes nothing.
--
-- p_outcome 'captured' or 'failed'; p_reason says why it failed. Answers one word:
--   settled · overpaid (the order was paid before: goes to the refund queue) · failed · already (nothing new)
--   unknown-order · amount-differs · transaction-differs: not believed; kept as evidence
create function payment_settle(p_provider text, p_provider_order text, p_outcome text, p_amount bigint,
  p_provider_transaction text, p_code text, p_reason text, p_source text, p_next_ask_at timestamptz, p_raw text)
returns table (verdict text, attempt_id uuid, order_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v payment_attempt; v_order payment_order; v_settlement uuid; v_kept boolean; v_doubt text;
begin
  -- Order first, then attempt: the same order as payment_start, so that two of them never wait for each other.
  select o.* into v_order from payment_order o join payment_attempt a on a.order_id = o.id
    where a.provider = p_provider and a.provider_order = p_provider_order for update of o;
  select a.* into v from payment_attempt a where a.provider = p_provider and a.provider_order = p_provider_order for update;
  if v.id is null then v_doubt := 'unknown-order';
  elsif p_amount is distinct from v.amount then v_doubt := 'amount-differs';
  elsif p_outcome = 'captured' then
    if coalesce(p_provider_transaction, '') = '' then v_doubt := 'transaction-differs';
    elsif exists (select 1 from settlement s where s.provider = p_provider
      and (s.provider_transaction = p_provider_transaction or s.attempt_id = v.id)
      and not (s.provider_transaction = p_provider_transaction and s.attempt_id = v.id)) then v_doubt := 'transaction-differs';
    end if;
  end if;
  if v_doubt is not null then
    insert into payment_evidence (source, reason, raw) values (p_provider || '/' || p_source, v_doubt, left(p_raw, 20000));
    perform audit_put(p_source, 'payment.disbelieved', coalesce(v.id::text, left(p_provider_order, 100)), jsonb_build_object('reason', v_doubt));
    return query select v_doubt, v.id, v.order_id; return;
  end if;

  if v.state = 'succeeded' or (v.state = 'failed' and p_outcome = 'failed') then
    return query select 'already', v.id, v.order_id; return;
  end if;

  if p_outcome = 'failed' then
    update payment_attempt a set state = 'failed', reason = p_reason, provider_code = coalesce(p_code, a.provider_code),
      next_ask_at = p_next_ask_at, changed_at = now() where a.id = v.id;
    insert into payment_history (attempt_id, action, from_state, to_state, source, code)
      values (v.id, case p_reason when 'given-up' then 'give-up' when 'expired' then 'expire' else 'decline' end, v.state, 'failed', p_source, p_code);
    perform audit_put(p_source, 'payment.failed', v.id::text, jsonb_build_object('reason', p_reason, 'code', p_code));
    perform job_put('confirm-merchant', v.order_id::text, jsonb_build_object('attempt', v.id, 'paid', false));
    return query select 'failed', v.id, v.order_id; return;
  end if;

  v_kept := v_order.state <> 'paid';
  insert into settlement (order_id, attempt_id, provider, provider_transaction, amount, kept)
    values (v.order_id, v.id, p_provider, p_provider_transaction, v.amount, v_kept) returning id into v_settlement;
  update payment_attempt a set state = 'succeeded', reason = null, provider_code = coalesce(p_code, a.provider_code),
    provider_transaction = p_provider_transaction, next_ask_at = null, changed_at = now() where a.id = v.id;
  insert into payment_history (attempt_id, action, from_state, to_state, source, code)
    values (v.id, 'capture', v.state, 'succeeded', p_source, p_code);
  if v_kept then
    update payment_order o set state = 'paid', paid_at = now() where o.id = v.order_id;
    perform ledger_put('settlement', v_settlement, 'clearing:' || p_provider, 'payable:' || v_order.merchant, v.amount);
    perform job_put('confirm-merchant', v.order_id::text, jsonb_build_object('attempt', v.id, 'paid', true));
  else
    insert into refund_due (settlement_id, amount, reason) values (v_settlement, v.amount, 'order-already-paid');
    perform ledger_put('overpayment', v_settlement, 'clearing:' || p_provider, 'refunds-payable', v.amount);
  end if;
  perform audit_put(p_source, 'payment.captured', v.id::text,
    jsonb_build_object('order', v.order_id, 'amount', v.amount, 'kept', v_kept, 'transaction', p_provider_transaction));
  return query select case when v_kept then 'settled' else 'overpaid' end, v.id, v.order_id;
end $$;
