-- Refunds of the payment hub. One operator asks, another one decides (the table itself refuses the same person), then the
-- provider is told. The sum of refunds of a capture can never pass what was captured, whoever writes.

alter table ledger_transaction drop constraint ledger_transaction_kind_check;
alter table ledger_transaction add constraint ledger_transaction_kind_check check (kind in (
  'settlement', 'overpayment',
  -- a kept payment is to be given back; given back; not given back after all (the provider said no)
  'refund-due', 'refund', 'refund-declined',
  -- a provider paid out what it collected; the hub paid a treasury account; an operator explained a difference
  'payout', 'remittance', 'adjustment'));

create table refund (
  -- Made by the operator's page before the click: a double click is one refund.
  id uuid primary key,
  settlement_id uuid not null references settlement,
  amount bigint not null check (amount > 0),
  reason text not null check (length(reason) between 1 and 300),
  state text not null default 'requested'
    check (state in ('requested', 'approved', 'sending', 'refunded', 'refused', 'declined')),
  requested_by uuid not null references operator,
  requested_at timestamptz not null default now(),
  decided_by uuid references operator,
  decided_at timestamptz,
  -- The refund's name at the provider (MoMo orderId and requestId, VNPAY vnp_RequestId): always the same, so that asking
  -- twice cannot pay twice.
  provider_refund text generated always as (replace(id::text, '-', '')) stored,
  provider_transaction text,
  provider_code text,
  sent_at timestamptz,
  done_at timestamptz,
  constraint refund_two_persons check (decided_by <> requested_by),
  constraint refund_decided check ((state = 'requested') = (decided_by is null)),
  constraint refund_finished check ((state in ('refunded', 'refused', 'declined')) = (done_at is not null))
);
create unique index refund_name on refund (provider_refund);
create index refund_settlement on refund (settlement_id);
create index refund_open on refund (requested_at) where done_at is null;
select grant_app('refund', 'select, insert');
-- What was asked, for how much, on which payment and by whom never changes.
do $$ begin
  execute format('grant update (state, decided_by, decided_at, provider_transaction, provider_code, sent_at, done_at) on refund to %I',
    current_setting('motcua.app_role'));
end $$;

-- How much of a capture is spoken for. The application may only look: the trigger below keeps it.
create table refund_room (
  settlement_id uuid primary key references settlement,
  captured bigint not null,
  reserved bigint not null default 0,
  constraint refund_room_not_more_than_captured check (reserved between 0 and captured)
);
select grant_app('refund_room', 'select');

create function refund_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'requested' then
      raise exception 'a refund begins as requested' using errcode = 'check_violation';
    end if;
    insert into refund_room (settlement_id, captured) select s.id, s.amount from settlement s where s.id = new.settlement_id
      on conflict (settlement_id) do nothing;
    update refund_room set reserved = reserved + new.amount where settlement_id = new.settlement_id;
    return new;
  end if;
  if old.state is distinct from new.state then
    if (old.state, new.state) not in (('requested', 'approved'), ('requested', 'refused'), ('approved', 'sending'),
      ('sending', 'refunded'), ('sending', 'declined')) then
      raise exception 'a refund does not go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    if new.state in ('refused', 'declined') then
      update refund_room set reserved = reserved - old.amount where settlement_id = old.settlement_id;
    end if;
  elsif (old.decided_by, old.decided_at, old.done_at) is distinct from (new.decided_by, new.decided_at, new.done_at) then
    raise exception 'a decided refund keeps its decision' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refund_guard before insert or update on refund for each row execute function refund_guard();

create table refund_history (
  id bigint generated always as identity primary key,
  refund_id uuid not null references refund,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  to_state text not null,
  operator_id uuid references operator,
  code text
);
create index refund_history_refund on refund_history (refund_id, id);
select grant_app('refund_history', 'select, insert');

-- First person. Answers 'requested', 'replayed' (the same click again), 'id-taken', 'unknown-settlement', 'too-much'.
create function refund_request(p_id uuid, p_settlement uuid, p_amount bigint, p_reason text, p_operator uuid) returns text
language plpgsql as $$
declare v refund;
begin
  select * into v from refund where id = p_id;
  if found then
    return case when v.settlement_id = p_settlement and v.amount = p_amount and v.requested_by = p_operator then 'replayed' else 'id-taken' end;
  end if;
  if not exists (select 1 from settlement where id = p_settlement) then return 'unknown-settlement'; end if;
  begin
    insert into refund (id, settlement_id, amount, reason, requested_by) values (p_id, p_settlement, p_amount, p_reason, p_operator);
  exception
    when unique_violation then return 'replayed';
    when check_violation then return 'too-much';
  end;
  insert into refund_history (refund_id, action, to_state, operator_id) values (p_id, 'request', 'requested', p_operator);
  perform audit_put('operator:' || p_operator, 'refund.requested', p_id::text,
    jsonb_build_object('settlement', p_settlement, 'amount', p_amount));
  return 'requested';
end $$;

-- Second person. Answers 'approved', 'refused', 'already' (it was decided before), 'same-person', 'unknown'.
-- An approved refund is sent by the job 'send-refund'; refunds of one payment go one after the other (same key).
create function refund_decide(p_id uuid, p_approve boolean, p_operator uuid) returns text language plpgsql as $$
declare v refund; v_settlement settlement; v_merchant text; v_to text := case when p_approve then 'approved' else 'refused' end;
begin
  select * into v from refund where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state <> 'requested' then return 'already'; end if;
  if v.requested_by = p_operator then return 'same-person'; end if;
  update refund set state = v_to, decided_by = p_operator, decided_at = now(),
    done_at = case when p_approve then null else now() end where id = p_id;
  insert into refund_history (refund_id, action, to_state, operator_id)
    values (p_id, case when p_approve then 'approve' else 'refuse' end, v_to, p_operator);
  perform audit_put('operator:' || p_operator, 'refund.' || v_to, p_id::text, jsonb_build_object('amount', v.amount));
  if not p_approve then return v_to; end if;
  select * into v_settlement from settlement where id = v.settlement_id;
  if v_settlement.kept then
    select merchant into v_merchant from payment_order where id = v_settlement.order_id;
    perform ledger_put('refund-due', p_id, 'payable:' || v_merchant, 'refunds-payable', v.amount);
  end if;
  perform job_put('send-refund', v.settlement_id::text, jsonb_build_object('refund', p_id));
  return v_to;
end $$;

-- What the provider's side brings: 'send' (about to be told), 'done' (the payer has it), 'decline' (the provider said no).
-- Answers the state afterwards, null for an unknown refund; doing it again changes nothing.
create function refund_step(p_id uuid, p_action text, p_transaction text, p_code text) returns text language plpgsql as $$
declare v refund; v_settlement settlement; v_merchant text; v_to text;
begin
  select * into v from refund where id = p_id for update;
  if not found then return null; end if;
  v_to := case
    when p_action = 'send' and v.state = 'approved' then 'sending'
    when p_action = 'done' and v.state = 'sending' then 'refunded'
    when p_action = 'decline' and v.state = 'sending' then 'declined' end;
  if v_to is null then return v.state; end if;
  update refund set state = v_to, provider_code = coalesce(p_code, provider_code),
    provider_transaction = coalesce(p_transaction, provider_transaction),
    sent_at = case when v_to = 'sending' then now() else sent_at end,
    done_at = case when v_to = 'sending' then null else now() end where id = p_id;
  insert into refund_history (refund_id, action, to_state, code) values (p_id, p_action, v_to, p_code);
  select * into v_settlement from settlement where id = v.settlement_id;
  if v_to = 'refunded' then
    perform ledger_put('refund', p_id, 'refunds-payable', 'clearing:' || v_settlement.provider, v.amount);
  elsif v_to = 'declined' and v_settlement.kept then
    select merchant into v_merchant from payment_order where id = v_settlement.order_id;
    perform ledger_put('refund-declined', p_id, 'refunds-payable', 'payable:' || v_merchant, v.amount);
  end if;
  perform audit_put('provider:' || v_settlement.provider, 'refund.' || v_to, p_id::text, jsonb_build_object('code', p_code));
  return v_to;
end $$;
