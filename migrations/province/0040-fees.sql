-- The province's side of the money: what a dossier owes (obligation and its lines), what was asked of the
-- national hub (payment request), what the hub reported (attempt, one row per hub transaction), what was kept
-- (settlement) or must go back (refund due), and the province's own double-entry ledger.
-- Amounts are whole đồng. Nothing here is ever deleted; the ledger and the evidence are never updated either.

create table obligation (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null,
  total bigint not null check (total > 0),
  state text not null default 'due' check (state in ('due', 'paid')),
  due_at timestamptz not null,
  created_at timestamptz not null default now(),
  paid_at timestamptz,
  constraint obligation_dossier_once unique (dossier_id),
  check ((state = 'paid') = (paid_at is not null))
);
select protect_tenant_table('obligation');
select grant_app('obligation', 'select, insert, update');

create table due_line (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  obligation_id uuid not null references obligation,
  position int not null check (position >= 1),
  code text not null,
  -- phí (fee) and lệ phí (charge) are separate lines because they get separate receipts.
  kind text not null check (kind in ('fee', 'charge')),
  name jsonb not null,
  amount bigint not null check (amount >= 0),
  quantity int check (quantity > 0),
  unit_amount bigint check (unit_amount >= 0),
  basis text not null,
  exemption jsonb,
  unique (obligation_id, position)
);
select protect_tenant_table('due_line');
select grant_app('due_line', 'select, insert');

-- One INIT towards the hub. Its id is made by the citizen's page before the click, so a double click is one request.
create table payment_request (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  obligation_id uuid not null references obligation,
  reference text not null check (length(reference) between 5 and 64),
  amount bigint not null check (amount > 0),
  state text not null default 'initiated' check (state in ('initiated', 'open', 'verifying', 'paid', 'closed')),
  pay_url text,
  ask_count int not null default 0,
  next_ask_at timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  constraint payment_request_reference_once unique (tenant, reference)
);
-- While one request is unfinished the citizen cannot open a second one and pay twice.
create unique index payment_request_one_active on payment_request (obligation_id)
  where state in ('initiated', 'open', 'verifying');
create index payment_request_to_ask on payment_request (next_ask_at) where next_ask_at is not null;
create index payment_request_obligation on payment_request (obligation_id);
select protect_tenant_table('payment_request');
select grant_app('payment_request', 'select, insert, update');

-- What the hub reported, one row per (request, MaGiaoDich): a failed try followed by a good one are two rows.
create table payment_attempt (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  request_id uuid not null references payment_request,
  hub_transaction text not null check (length(hub_transaction) between 1 and 64),
  amount bigint not null check (amount > 0),
  state text not null check (state in ('failed', 'succeeded')),
  bank text not null default '',
  error_code text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  constraint payment_attempt_once unique (request_id, hub_transaction)
);
select protect_tenant_table('payment_attempt');
select grant_app('payment_attempt', 'select, insert, update');

create table settlement (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  obligation_id uuid not null references obligation,
  attempt_id uuid not null references payment_attempt,
  amount bigint not null check (amount > 0),
  -- At most one success is kept for an obligation; every later one goes back to the payer.
  kept boolean not null,
  settled_at timestamptz not null default now(),
  constraint settlement_attempt_once unique (attempt_id)
);
create unique index settlement_kept_once on settlement (obligation_id) where kept;
select protect_tenant_table('settlement');
select grant_app('settlement', 'select, insert');

create table refund_due (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  settlement_id uuid not null references settlement,
  amount bigint not null check (amount > 0),
  reason text not null,
  created_at timestamptz not null default now(),
  constraint refund_due_settlement_once unique (settlement_id)
);
select protect_tenant_table('refund_due');
select grant_app('refund_due', 'select, insert');

-- Messages that claimed something about money and were not believed, kept as they came.
create table payment_evidence (
  id bigint generated always as identity primary key,
  tenant text not null default current_setting('app.tenant'),
  source text not null,
  reason text not null,
  raw text not null check (length(raw) <= 20000),
  received_at timestamptz not null default now()
);
select protect_tenant_table('payment_evidence');
select grant_app('payment_evidence', 'select, insert');

create table ledger_transaction (
  id bigint generated always as identity primary key,
  tenant text not null default current_setting('app.tenant'),
  kind text not null check (kind in ('obligation', 'settlement', 'overpayment')),
  subject uuid not null,
  at timestamptz not null default now(),
  constraint ledger_transaction_once unique (kind, subject)
);
select protect_tenant_table('ledger_transaction');
select grant_app('ledger_transaction', 'select, insert');

-- Debits are positive, credits negative.
create table ledger_entry (
  id bigint generated always as identity primary key,
  tenant text not null default current_setting('app.tenant'),
  transaction_id bigint not null references ledger_transaction,
  account text not null,
  amount bigint not null check (amount <> 0)
);
create index ledger_entry_transaction on ledger_entry (transaction_id);
create index ledger_entry_account on ledger_entry (tenant, account);
select protect_tenant_table('ledger_entry');
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

-- Writes one balanced transaction; p_entries: [{"account": text, "amount": bigint}, …]. Once per (kind, subject).
create function ledger_put(p_kind text, p_subject uuid, p_entries jsonb) returns bigint language plpgsql as $$
declare v_id bigint;
begin
  insert into ledger_transaction (kind, subject) values (p_kind, p_subject)
    on conflict on constraint ledger_transaction_once do nothing returning id into v_id;
  if v_id is null then return null; end if;
  insert into ledger_entry (transaction_id, account, amount)
    select v_id, e ->> 'account', (e ->> 'amount')::bigint from jsonb_array_elements(p_entries) e
    where (e ->> 'amount')::bigint <> 0;
  return v_id;
end $$;

-- Called by the filing function inside its transaction (the tenant is set there already).
-- p_dues: the array that assessDues() returned. Nothing to pay → no obligation, answers null.
-- Asked again for the same dossier it answers the obligation that is there.
create function obligation_put(p_dossier_id uuid, p_dues jsonb, p_due_at timestamptz) returns uuid language plpgsql as $$
declare v_id uuid; v_total bigint; v_fee bigint;
begin
  select coalesce(sum((d ->> 'amount')::bigint), 0),
         coalesce(sum((d ->> 'amount')::bigint) filter (where d ->> 'kind' = 'fee'), 0)
    into v_total, v_fee from jsonb_array_elements(p_dues) d;
  if v_total = 0 then return null; end if;
  insert into obligation (dossier_id, total, due_at) values (p_dossier_id, v_total, p_due_at)
    on conflict on constraint obligation_dossier_once do nothing returning id into v_id;
  if v_id is null then
    select id into v_id from obligation where dossier_id = p_dossier_id;
    return v_id;
  end if;
  insert into due_line (obligation_id, position, code, kind, name, amount, quantity, unit_amount, basis, exemption)
    select v_id, n, d ->> 'code', d ->> 'kind', d -> 'name', (d ->> 'amount')::bigint, (d ->> 'quantity')::int,
           (d ->> 'unitAmount')::bigint, coalesce(d ->> 'basis', ''), nullif(d -> 'exemption', 'null'::jsonb)
    from jsonb_array_elements(p_dues) with ordinality as t (d, n);
  perform ledger_put('obligation', v_id, jsonb_build_array(
    jsonb_build_object('account', 'receivable', 'amount', v_total),
    jsonb_build_object('account', 'revenue:fee', 'amount', -v_fee),
    jsonb_build_object('account', 'revenue:charge', 'amount', -(v_total - v_fee))));
  return v_id;
end $$;
