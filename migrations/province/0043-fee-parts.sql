-- Fees beyond the one due at filing: several obligations of a dossier (at filing, at an officer's demand, with the result),
-- one payment for several of them, payment at the counter, exemptions granted by officers, payment by somebody else.

-- A dossier may owe more than once; what was due at filing is still written once only.
alter table obligation drop constraint obligation_dossier_once;
alter table obligation
  drop constraint obligation_total_check,
  drop constraint obligation_state_check,
  add column occasion text not null default 'filing' check (occasion in ('filing', 'result', 'officer')),
  add column reason text check (length(reason) <= 2000),
  -- Whoever has this code may pay, and sees no more than is needed to pay. 122 random bits.
  add column pay_code text not null default replace(gen_random_uuid()::text, '-', ''),
  add constraint obligation_total_check check (total >= 0),
  -- exempt: every line is free, with its reason; cancelled: replaced by another one, never paid.
  add constraint obligation_state_check check (state in ('due', 'paid', 'exempt', 'cancelled')),
  add constraint obligation_pay_code_once unique (pay_code);
create unique index obligation_filing_once on obligation (dossier_id) where occasion = 'filing' and state <> 'cancelled';
create index obligation_dossier on obligation (dossier_id);
create index obligation_paid_at on obligation (tenant, paid_at) where paid_at is not null;

alter table due_line
  -- Some fees stay with the state when the request is refused.
  add column refundable boolean not null default true;

-- What one request pays. The request's own obligation_id is the first of them.
create table payment_request_part (
  request_id uuid not null references payment_request,
  obligation_id uuid not null references obligation,
  tenant text not null default current_setting('app.tenant'),
  amount bigint not null check (amount > 0),
  active boolean not null default true,
  primary key (request_id, obligation_id)
);
-- While one request for an obligation is unfinished there is no second one, alone or together with others.
create unique index payment_request_part_one_active on payment_request_part (obligation_id) where active;
alter table payment_request no force row level security;
insert into payment_request_part (request_id, obligation_id, tenant, amount, active)
  select id, obligation_id, tenant, amount, state in ('initiated', 'open', 'verifying') from payment_request;
alter table payment_request force row level security;
select protect_tenant_table('payment_request_part');
select grant_app('payment_request_part', 'select, insert, update');

create function payment_request_part_follow() returns trigger language plpgsql as $$
begin
  update payment_request_part set active = new.state in ('initiated', 'open', 'verifying')
    where request_id = new.id and active <> (new.state in ('initiated', 'open', 'verifying'));
  return null;
end $$;
create trigger payment_request_part_follow after update of state on payment_request
  for each row when (old.state is distinct from new.state) execute function payment_request_part_follow();

-- Cash at the desk and transfers that an officer has seen on the account's statement.
create table counter_payment (
  -- Made with the officer's page: pressing twice is one payment.
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  obligation_id uuid not null references obligation,
  method text not null check (method in ('cash', 'transfer')),
  amount bigint not null check (amount > 0),
  payer_name text not null check (length(payer_name) between 1 and 200),
  reference text not null default '' check (length(reference) <= 100),
  officer_id text not null,
  officer_name text not null,
  received_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  check (method = 'cash' or reference <> '')
);
create unique index counter_payment_transfer_once on counter_payment (tenant, reference) where method = 'transfer';
select protect_tenant_table('counter_payment');
select grant_app('counter_payment', 'select, insert');

alter table settlement drop constraint settlement_attempt_once;
alter table settlement
  alter column attempt_id drop not null,
  add column counter_payment_id uuid references counter_payment unique,
  -- One attempt may pay several obligations, each once.
  add constraint settlement_attempt_once unique (attempt_id, obligation_id),
  add constraint settlement_one_source check (num_nonnulls(attempt_id, counter_payment_id) = 1);
create index settlement_settled_at on settlement (tenant, settled_at);

alter table ledger_transaction drop constraint ledger_transaction_kind_check,
  add constraint ledger_transaction_kind_check check (kind in
    ('obligation', 'settlement', 'overpayment', 'cancellation', 'refund-approved', 'refund'));

-- Writes one obligation with its lines and its ledger transaction; the caller has set the tenant and holds the dossier.
create function obligation_write(p_id uuid, p_dossier_id uuid, p_occasion text, p_dues jsonb, p_due_at timestamptz, p_reason text)
returns uuid language plpgsql as $$
declare v_total bigint; v_fee bigint;
begin
  select coalesce(sum((d ->> 'amount')::bigint), 0),
         coalesce(sum((d ->> 'amount')::bigint) filter (where d ->> 'kind' = 'fee'), 0)
    into v_total, v_fee from jsonb_array_elements(p_dues) d;
  insert into obligation (id, dossier_id, total, state, due_at, occasion, reason)
    values (p_id, p_dossier_id, v_total, case when v_total > 0 then 'due' else 'exempt' end, p_due_at, p_occasion, p_reason);
  insert into due_line (obligation_id, position, code, kind, name, amount, quantity, unit_amount, basis, exemption, refundable)
    select p_id, n, d ->> 'code', d ->> 'kind', d -> 'name', (d ->> 'amount')::bigint, (d ->> 'quantity')::int,
           (d ->> 'unitAmount')::bigint, coalesce(d ->> 'basis', ''), nullif(d -> 'exemption', 'null'::jsonb),
           coalesce((d ->> 'refundable')::boolean, true)
    from jsonb_array_elements(p_dues) with ordinality as t (d, n);
  perform ledger_put('obligation', p_id, jsonb_build_array(
    jsonb_build_object('account', 'receivable', 'amount', v_total),
    jsonb_build_object('account', 'revenue:fee', 'amount', -v_fee),
    jsonb_build_object('account', 'revenue:charge', 'amount', -(v_total - v_fee))));
  return p_id;
end $$;

-- Called by the filing function inside its transaction. Lines that fall due with the result are an obligation of their
-- own. Only exempt lines: an obligation of 0 that says why. Asked again for the same dossier it answers what is there.
create or replace function obligation_put(p_dossier_id uuid, p_dues jsonb, p_due_at timestamptz) returns uuid
language plpgsql as $$
declare v_id uuid; v_now jsonb; v_later jsonb;
begin
  select id into v_id from obligation where dossier_id = p_dossier_id and occasion in ('filing', 'result')
    order by occasion limit 1;
  if v_id is not null then return v_id; end if;
  select coalesce(jsonb_agg(d order by n) filter (where coalesce(d ->> 'collect', '') <> 'on-result'), '[]'),
         coalesce(jsonb_agg(d order by n) filter (where d ->> 'collect' = 'on-result'), '[]')
    into v_now, v_later from jsonb_array_elements(p_dues) with ordinality as t (d, n);
  if v_now <> '[]'::jsonb then
    v_id := obligation_write(gen_random_uuid(), p_dossier_id, 'filing', v_now, p_due_at, null);
  end if;
  if v_later <> '[]'::jsonb then
    v_id := coalesce(v_id, obligation_write(gen_random_uuid(), p_dossier_id, 'result', v_later, p_due_at, null));
    if v_now <> '[]'::jsonb then perform obligation_write(gen_random_uuid(), p_dossier_id, 'result', v_later, p_due_at, null); end if;
  end if;
  return v_id;
end $$;

-- After obligations changed: the dossier learns whether it still owes. p_reference: of a settlement, null otherwise.
create function dossier_fee_recount(p_dossier_id uuid, p_amount bigint, p_reference text, p_actor jsonb, p_detail jsonb)
returns jsonb language plpgsql as $$
declare v_row dossier; v_from text; v_due boolean; v_paid boolean;
begin
  select coalesce(bool_or(state = 'due'), false), coalesce(bool_or(state = 'paid'), false) into v_due, v_paid
    from obligation where dossier_id = p_dossier_id;
  if not v_due and v_paid and p_reference is not null then
    return dossier_mark_fee_paid(p_dossier_id, p_amount, p_reference);
  end if;
  select * into v_row from dossier where id = p_dossier_id for update;
  v_from := v_row.state;
  update dossier set fee_state = case when v_due then 'due' when v_paid then 'paid' else 'none' end,
    version = version + 1, updated_at = clock_timestamp(),
    state = case when state = 'fee-due' and not v_due then resume_state else state end,
    resume_state = case when state = 'fee-due' and not v_due then null else resume_state end
    where id = p_dossier_id returning * into v_row;
  perform dossier_trace(v_row, p_actor, case when p_reference is null then 'change-fee' else 'mark-fee-paid' end, v_from, p_detail);
  return dossier_stand(v_row);
end $$;

-- "Yêu cầu nộp phí, lệ phí" with what and why. p_wait: the dossier waits for the money; else it is due with the result.
-- The same obligation id again is the same demand.
create function fee_demand(p_tenant text, p_dossier_id uuid, p_version int, p_id uuid, p_dues jsonb, p_reason text,
  p_wait boolean, p_due_at timestamptz, p_actor jsonb) returns jsonb language plpgsql as $$
declare v_row dossier; v_from text; v_total bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_dossier_id for update;
  if not found then return dossier_refusal('not-found'); end if;
  if exists (select 1 from obligation where id = p_id) then return dossier_stand(v_row) || '{"replayed": true}'; end if;
  if v_row.version <> p_version then return dossier_refusal('conflict'); end if;
  if v_row.state not in ('filed', 'received', 'processing', 'fee-due', 'result-ready') then return dossier_refusal('wrong-state'); end if;
  select coalesce(sum((d ->> 'amount')::bigint), 0) into v_total from jsonb_array_elements(p_dues) d;
  if v_total <= 0 then return dossier_refusal('fee-nothing-due'); end if;
  perform obligation_write(p_id, p_dossier_id, case when p_wait then 'officer' else 'result' end, p_dues, p_due_at, p_reason);
  v_from := v_row.state;
  update dossier set fee_state = 'due', version = version + 1, updated_at = clock_timestamp(),
    resume_state = case when p_wait and state in ('received', 'processing', 'result-ready') then state else resume_state end,
    state = case when p_wait and state in ('received', 'processing', 'result-ready') then 'fee-due' else state end
    where id = p_dossier_id returning * into v_row;
  perform dossier_trace(v_row, p_actor, 'require-fee', v_from,
    jsonb_build_object('note', p_reason, 'amount', v_total, 'obligation', p_id));
  return dossier_stand(v_row) || '{"replayed": false}';
end $$;

-- An officer grants an exemption or a reduction of one line on papers shown. What was written is never changed: the
-- obligation is cancelled and another one takes its place. A late payment of the old one goes back.
create function fee_exempt(p_tenant text, p_obligation_id uuid, p_new_id uuid, p_position int, p_amount bigint, p_exemption jsonb,
  p_actor jsonb) returns jsonb language plpgsql as $$
declare v obligation; v_line due_line; v_dues jsonb; v_fee bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  if exists (select 1 from obligation where id = p_new_id) then return '{"ok": true, "replayed": true}'; end if;
  select * into v from obligation where id = p_obligation_id for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v.state <> 'due' then return dossier_refusal('wrong-state'); end if;
  if exists (select 1 from payment_request_part p join payment_request r on r.id = p.request_id
      where p.obligation_id = v.id and p.active and r.state = 'verifying') then return dossier_refusal('payment-under-way'); end if;
  select * into v_line from due_line where obligation_id = v.id and position = p_position;
  if v_line.id is null or p_amount < 0 or p_amount >= v_line.amount then return dossier_refusal('amount'); end if;
  select jsonb_agg(jsonb_build_object('code', code, 'kind', kind, 'name', name, 'basis', basis, 'refundable', refundable,
      'amount', case when position = p_position then p_amount else amount end,
      'exemption', case when position = p_position then p_exemption else exemption end)
      || case when position = p_position then '{}'::jsonb else jsonb_strip_nulls(jsonb_build_object('quantity', quantity, 'unitAmount', unit_amount)) end
      order by position) into v_dues from due_line where obligation_id = v.id;
  update payment_request r set state = 'closed', next_ask_at = null, changed_at = now() from payment_request_part p
    where p.request_id = r.id and p.obligation_id = v.id and r.state in ('initiated', 'open');
  update obligation set state = 'cancelled' where id = v.id;
  select coalesce(sum(amount) filter (where kind = 'fee'), 0) into v_fee from due_line where obligation_id = v.id;
  perform ledger_put('cancellation', v.id, jsonb_build_array(
    jsonb_build_object('account', 'receivable', 'amount', -v.total),
    jsonb_build_object('account', 'revenue:fee', 'amount', v_fee),
    jsonb_build_object('account', 'revenue:charge', 'amount', v.total - v_fee)));
  perform obligation_write(p_new_id, v.dossier_id, v.occasion, v_dues, v.due_at, v.reason);
  return dossier_fee_recount(v.dossier_id, 0, null, p_actor,
    jsonb_build_object('note', p_exemption -> 'reason' ->> 'vi', 'line', v_line.code, 'from', v_line.amount, 'to', p_amount))
    || '{"replayed": false}';
end $$;

-- Opens one request for several obligations, or answers the unfinished one that holds any of them.
-- word: started · active · paid · nothing-due · dossier-over
create function fee_request_parts(p_tenant text, p_obligations uuid[], p_id uuid, p_reference text, p_first_ask_at timestamptz)
returns table (word text, request_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v_request uuid; v_first uuid; v_dossier uuid; v_total bigint; v_count int;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from obligation o where o.id = any (p_obligations) order by o.dossier_id, o.id for update;
  select count(*), coalesce(sum(o.total), 0) into v_count, v_total from obligation o
    where o.id = any (p_obligations) and o.state = 'due';
  if v_count = 0 then
    return query select case when exists (select 1 from obligation o where o.id = any (p_obligations) and o.state = 'paid')
      then 'paid' else 'nothing-due' end, null::uuid;
    return;
  end if;
  select o.id, o.dossier_id into v_first, v_dossier from obligation o
    where o.id = any (p_obligations) and o.state = 'due' and not dossier_is_over(o.dossier_id)
    order by array_position(p_obligations, o.id) limit 1;
  if v_first is null then return query select 'dossier-over', null::uuid; return; end if;
  select p.request_id into v_request from payment_request_part p join payment_request r on r.id = p.request_id
    where p.obligation_id = any (p_obligations) and p.active order by (r.state = 'verifying') desc, r.created_at limit 1;
  if found then return query select 'active', v_request; return; end if;
  -- The same click again after its request was closed: the page is old, a new one has a new id.
  if exists (select 1 from payment_request r where r.id = p_id) then return query select 'active', p_id; return; end if;
  select coalesce(sum(o.total), 0) into v_total from obligation o
    where o.id = any (p_obligations) and o.state = 'due' and not dossier_is_over(o.dossier_id);
  insert into payment_request (id, obligation_id, reference, amount, next_ask_at)
    values (p_id, v_first, p_reference, v_total, p_first_ask_at);
  insert into payment_request_part (request_id, obligation_id, amount)
    select p_id, o.id, o.total from obligation o
    where o.id = any (p_obligations) and o.state = 'due' and not dossier_is_over(o.dossier_id);
  perform audit_put('citizen', 'fee.request', 'dossier:' || v_dossier, jsonb_build_object('reference', p_reference, 'amount', v_total));
  return query select 'started', p_id;
end $$;

-- As in 0042, for everything that the dossier owes now.
create or replace function fee_request(p_tenant text, p_dossier_id uuid, p_id uuid, p_reference text, p_first_ask_at timestamptz)
returns table (word text, request_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v_ids uuid[];
begin
  perform set_config('app.tenant', p_tenant, true);
  -- Held before the look, so that a payment under way is waited for.
  perform 1 from obligation o where o.dossier_id = p_dossier_id order by o.id for update;
  select array_agg(o.id order by o.created_at, o.id) filter (where o.state = 'due') into v_ids
    from obligation o where o.dossier_id = p_dossier_id;
  if v_ids is null then
    return query select case when exists (select 1 from obligation o where o.dossier_id = p_dossier_id and o.state = 'paid')
      then 'paid' else 'nothing-due' end, null::uuid;
    return;
  end if;
  return query select * from fee_request_parts(p_tenant, v_ids, p_id, p_reference, p_first_ask_at);
end $$;

-- As in 0042, for every obligation that the request pays; the answer tells the first one's.
create or replace function fee_settle(p_tenant text, p_reference text, p_hub_transaction text, p_paid boolean, p_amount bigint,
  p_error_code text, p_bank text, p_occurred_at timestamptz, p_source text, p_raw text)
returns table (verdict text, dossier_id uuid, settlement_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v_request payment_request; v_obligation obligation; v_attempt payment_attempt; v_settlement uuid; v_kept boolean;
  v_why_not text; v_part record; v_any_kept boolean := false; v_first uuid; v_first_dossier uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- Obligations first, in one order, as in fee_request, so that nobody waits for each other.
  perform 1 from obligation o join payment_request_part p on p.obligation_id = o.id
    join payment_request r on r.id = p.request_id where r.reference = p_reference order by o.dossier_id, o.id for update of o;
  select r.* into v_request from payment_request r where r.reference = p_reference for update;
  select o.dossier_id into v_first_dossier from obligation o where o.id = v_request.obligation_id;
  if v_request.id is null or p_amount is distinct from v_request.amount then
    insert into payment_evidence (source, reason, raw)
      values (p_source, case when v_request.id is null then 'unknown-reference' else 'amount-differs' end, left(p_raw, 20000));
    perform audit_put('hub', 'fee.disbelieved', left(p_reference, 64), jsonb_build_object('source', p_source));
    return query select case when v_request.id is null then 'unknown-reference' else 'amount-differs' end, v_first_dossier, null::uuid;
    return;
  end if;
  select a.* into v_attempt from payment_attempt a
    where a.request_id = v_request.id and a.hub_transaction = p_hub_transaction for update;
  if v_attempt.id is not null and (v_attempt.state = 'succeeded' or not p_paid) then
    return query select 'already', v_first_dossier,
      (select s.id from settlement s where s.attempt_id = v_attempt.id and s.obligation_id = v_request.obligation_id);
    return;
  end if;

  insert into payment_attempt as a (request_id, hub_transaction, amount, state, bank, error_code, occurred_at)
    values (v_request.id, p_hub_transaction, p_amount, case when p_paid then 'succeeded' else 'failed' end, p_bank, p_error_code, p_occurred_at)
    on conflict on constraint payment_attempt_once do update
      set state = excluded.state, error_code = excluded.error_code, occurred_at = excluded.occurred_at, recorded_at = now()
    returning a.* into v_attempt;

  if not p_paid then
    -- The hub's order stays open: the citizen may try another bank there.
    update payment_request r set state = 'open', changed_at = now() where r.id = v_request.id and r.state = 'verifying';
    perform audit_put('hub', 'fee.failed', 'dossier:' || v_first_dossier,
      jsonb_build_object('reference', p_reference, 'transaction', p_hub_transaction, 'code', p_error_code));
    return query select 'failed', v_first_dossier, null::uuid;
    return;
  end if;

  -- Before the dossiers change, because the parts' "active" follows it.
  update payment_request r set state = 'paid', next_ask_at = null, changed_at = now() where r.id = v_request.id;
  for v_part in
    select p.obligation_id, p.amount, o.dossier_id from payment_request_part p join obligation o on o.id = p.obligation_id
    where p.request_id = v_request.id order by o.dossier_id, o.id
  loop
    -- The dossier's row is held, so that it cannot end between this look and the mark below.
    perform 1 from dossier d where d.id = v_part.dossier_id for update;
    select o.* into v_obligation from obligation o where o.id = v_part.obligation_id;
    v_why_not := case when v_obligation.state = 'paid' then 'obligation-already-paid'
      when v_obligation.state <> 'due' then 'obligation-cancelled'
      when dossier_is_over(v_obligation.dossier_id) then 'dossier-over' end;
    v_kept := v_why_not is null;
    insert into settlement as s (obligation_id, attempt_id, amount, kept)
      values (v_obligation.id, v_attempt.id, v_part.amount, v_kept) returning s.id into v_settlement;
    if v_obligation.id = v_request.obligation_id then v_first := v_settlement; end if;
    perform fee_keep(v_settlement, v_obligation, v_part.amount, v_why_not, 'hub-clearing', p_reference);
    perform audit_put('hub', 'fee.settled', 'dossier:' || v_obligation.dossier_id,
      jsonb_build_object('reference', p_reference, 'transaction', p_hub_transaction, 'amount', v_part.amount, 'kept', v_kept));
    v_any_kept := v_any_kept or v_kept;
  end loop;
  return query select case when v_any_kept then 'settled' else 'overpaid' end, v_first_dossier, v_first;
end $$;

-- What follows a settlement: kept → obligation, ledger, dossier, receipts; not kept → refund queue.
create function fee_keep(p_settlement uuid, p_obligation obligation, p_amount bigint, p_why_not text, p_account text, p_reference text)
returns void language plpgsql as $$
begin
  if p_why_not is not null then
    insert into refund_due (settlement_id, amount, reason) values (p_settlement, p_amount, p_why_not);
    perform ledger_put('overpayment', p_settlement, jsonb_build_array(
      jsonb_build_object('account', p_account, 'amount', p_amount),
      jsonb_build_object('account', 'refunds-payable', 'amount', -p_amount)));
    return;
  end if;
  update obligation set state = 'paid', paid_at = now() where id = p_obligation.id;
  perform ledger_put('settlement', p_settlement, jsonb_build_array(
    jsonb_build_object('account', p_account, 'amount', p_amount),
    jsonb_build_object('account', 'receivable', 'amount', -p_amount)));
  perform dossier_fee_recount(p_obligation.dossier_id, p_amount, p_reference, '{"kind": "system", "name": "payments"}',
    jsonb_build_object('amount', p_amount, 'reference', p_reference));
  perform job_put('issue-receipts', p_obligation.dossier_id::text, jsonb_build_object('settlementId', p_settlement));
end $$;

-- Money taken by an officer: cash at the desk, or a transfer seen on the statement. The amount must be exact.
-- word: settled · already (this very payment) · paid · under-way · not-due · amount-differs · reference-used
create function fee_settle_counter(p_tenant text, p_obligation_id uuid, p_id uuid, p_method text, p_amount bigint, p_payer text,
  p_reference text, p_officer_id text, p_officer_name text, p_received_at timestamptz)
returns table (word text, settlement_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v obligation; v_settlement uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from obligation o where o.id = p_obligation_id for update;
  if not found then return query select 'not-due', null::uuid; return; end if;
  select s.id into v_settlement from settlement s where s.counter_payment_id = p_id;
  if found then return query select 'already', v_settlement; return; end if;
  if v.state = 'paid' then return query select 'paid', null::uuid; return; end if;
  perform 1 from dossier d where d.id = v.dossier_id for update;
  if v.state <> 'due' or dossier_is_over(v.dossier_id) then return query select 'not-due', null::uuid; return; end if;
  if p_amount is distinct from v.total then return query select 'amount-differs', null::uuid; return; end if;
  if exists (select 1 from payment_request_part p join payment_request r on r.id = p.request_id
      where p.obligation_id = v.id and p.active and r.state = 'verifying') then
    return query select 'under-way', null::uuid; return;
  end if;
  if p_method = 'transfer' and exists (select 1 from counter_payment c where c.method = 'transfer' and c.reference = p_reference) then
    return query select 'reference-used', null::uuid; return;
  end if;
  insert into counter_payment (id, obligation_id, method, amount, payer_name, reference, officer_id, officer_name, received_at)
    values (p_id, v.id, p_method, p_amount, p_payer, p_reference, p_officer_id, p_officer_name, p_received_at);
  insert into settlement as s (obligation_id, counter_payment_id, amount, kept) values (v.id, p_id, p_amount, true)
    returning s.id into v_settlement;
  perform fee_keep(v_settlement, v, p_amount, null, case p_method when 'cash' then 'cash' else 'bank' end, 'counter-' || p_id);
  perform audit_put('officer:' || p_officer_id, 'fee.counter', 'dossier:' || v.dossier_id,
    jsonb_build_object('method', p_method, 'amount', p_amount, 'settlement', v_settlement));
  return query select 'settled', v_settlement;
end $$;

-- A refund is proposed by one officer and approved by another; the database refuses the same person twice.
create table refund_decision (
  refund_due_id uuid primary key references refund_due,
  tenant text not null default current_setting('app.tenant'),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'sent', 'done')),
  payee_name text not null check (length(payee_name) between 1 and 200),
  payee_account text not null check (length(payee_account) between 1 and 100),
  note text not null check (length(note) between 1 and 2000),
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null default now(),
  approved_by text,
  approved_name text,
  approved_at timestamptz,
  reference text,
  finished_at timestamptz,
  constraint refund_two_people check (approved_by is null or approved_by <> proposed_by),
  check ((state = 'proposed') = (approved_by is null)),
  check ((state = 'done') = (finished_at is not null))
);
select protect_tenant_table('refund_decision');
select grant_app('refund_decision', 'select, insert, update');

create function refund_decision_keep() returns trigger language plpgsql as $$
begin
  if (new.refund_due_id, new.tenant, new.proposed_by, new.proposed_at, new.payee_name, new.payee_account)
     is distinct from (old.refund_due_id, old.tenant, old.proposed_by, old.proposed_at, old.payee_name, old.payee_account)
     or (old.approved_by is not null and new.approved_by is distinct from old.approved_by) or old.state = 'done' then
    raise exception 'refund %: what was proposed or approved does not change', old.refund_due_id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger refund_decision_keep before update on refund_decision for each row execute function refund_decision_keep();

-- word: proposed · already · not-found · not-refundable
create function refund_propose(p_tenant text, p_settlement_id uuid, p_payee text, p_account text, p_note text, p_officer_id text,
  p_officer_name text) returns text language plpgsql as $$
declare v settlement; v_due refund_due; v_amount bigint; v_dossier uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from settlement where id = p_settlement_id;
  if not found then return 'not-found'; end if;
  select dossier_id into v_dossier from obligation where id = v.obligation_id for update;
  select * into v_due from refund_due where settlement_id = v.id;
  if v_due.id is null then
    if not dossier_is_over(v_dossier) then return 'not-refundable'; end if;
    select coalesce(sum(amount) filter (where refundable), 0) into v_amount from due_line where obligation_id = v.obligation_id;
    if v_amount = 0 then return 'not-refundable'; end if;
    insert into refund_due (settlement_id, amount, reason) values (v.id, v_amount, 'dossier-over') returning * into v_due;
  end if;
  insert into refund_decision (refund_due_id, payee_name, payee_account, note, proposed_by, proposed_name)
    values (v_due.id, p_payee, p_account, p_note, p_officer_id, p_officer_name) on conflict do nothing;
  if not found then return 'already'; end if;
  perform audit_put('officer:' || p_officer_id, 'refund.propose', 'dossier:' || v_dossier,
    jsonb_build_object('refund', v_due.id, 'amount', v_due.amount));
  return 'proposed';
end $$;

-- word: approved · already · same-person · not-found
create function refund_approve(p_tenant text, p_refund_due_id uuid, p_officer_id text, p_officer_name text) returns text
language plpgsql as $$
declare v refund_decision; v_due refund_due; v_settlement settlement; v_fee bigint; v_dossier uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from refund_decision where refund_due_id = p_refund_due_id for update;
  if not found then return 'not-found'; end if;
  if v.state <> 'proposed' then return 'already'; end if;
  if v.proposed_by = p_officer_id then return 'same-person'; end if;
  update refund_decision set state = 'approved', approved_by = p_officer_id, approved_name = p_officer_name, approved_at = now()
    where refund_due_id = p_refund_due_id;
  select * into v_due from refund_due where id = p_refund_due_id;
  select * into v_settlement from settlement where id = v_due.settlement_id;
  select dossier_id into v_dossier from obligation where id = v_settlement.obligation_id;
  -- Money that was kept as revenue becomes owed to the payer; money never kept stands there already.
  if v_settlement.kept then
    select coalesce(sum(amount) filter (where kind = 'fee' and refundable), 0) into v_fee from due_line
      where obligation_id = v_settlement.obligation_id;
    perform ledger_put('refund-approved', v_due.id, jsonb_build_array(
      jsonb_build_object('account', 'revenue:fee', 'amount', v_fee),
      jsonb_build_object('account', 'revenue:charge', 'amount', v_due.amount - v_fee),
      jsonb_build_object('account', 'refunds-payable', 'amount', -v_due.amount)));
  end if;
  perform audit_put('officer:' || p_officer_id, 'refund.approve', 'dossier:' || v_dossier,
    jsonb_build_object('refund', v_due.id, 'amount', v_due.amount));
  return 'approved';
end $$;

-- The money has left: by the hub, by transfer, or in cash. word: done · already · not-approved · not-found
create function refund_finish(p_tenant text, p_refund_due_id uuid, p_reference text, p_actor text) returns text language plpgsql as $$
declare v refund_decision; v_due refund_due; v_account text; v_dossier uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from refund_decision where refund_due_id = p_refund_due_id for update;
  if not found then return 'not-found'; end if;
  if v.state = 'done' then return 'already'; end if;
  if v.state = 'proposed' then return 'not-approved'; end if;
  update refund_decision set state = 'done', reference = p_reference, finished_at = now() where refund_due_id = p_refund_due_id;
  select * into v_due from refund_due where id = p_refund_due_id;
  select case when c.method = 'cash' then 'cash' when c.method = 'transfer' then 'bank' else 'hub-clearing' end, o.dossier_id
    into v_account, v_dossier from settlement s join obligation o on o.id = s.obligation_id
    left join counter_payment c on c.id = s.counter_payment_id where s.id = v_due.settlement_id;
  perform ledger_put('refund', v_due.id, jsonb_build_array(
    jsonb_build_object('account', 'refunds-payable', 'amount', v_due.amount),
    jsonb_build_object('account', v_account, 'amount', -v_due.amount)));
  perform audit_put(p_actor, 'refund.finish', 'dossier:' || v_dossier,
    jsonb_build_object('refund', v_due.id, 'amount', v_due.amount, 'reference', left(p_reference, 100)));
  return 'done';
end $$;
