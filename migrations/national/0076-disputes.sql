-- Disputes: a payer's bank or wallet wants a capture back (chargeback, complaint), or says that a success was taken back
-- (reversal). While one is open its money stands apart and cannot be refunded as well; the agency is told of each turn.

create table dispute (
  id uuid primary key,
  settlement_id uuid not null references settlement,
  kind text not null check (kind in ('reversal', 'chargeback', 'complaint')),
  amount bigint not null check (amount > 0),
  -- What of it was not spoken for by refunds: only that can be taken from the agency.
  reserved bigint not null default 0 check (reserved between 0 and amount),
  -- callback, sweep, return, reconciliation, bank, operator: who noticed it
  source text not null,
  provider_case text not null default '' check (length(provider_case) <= 64),
  reason text not null check (length(reason) between 1 and 500),
  -- Until then the provider takes evidence.
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'answered', 'won', 'lost', 'withdrawn')),
  opened_by uuid references operator,
  opened_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state in ('won', 'lost', 'withdrawn')) = (ended_at is not null))
);
create unique index dispute_open_once on dispute (settlement_id) where state in ('open', 'answered');
create unique index dispute_lost_once on dispute (settlement_id) where state = 'lost';
create index dispute_due on dispute (due_on, id) where ended_at is null;
create index dispute_ended on dispute (ended_at desc) where ended_at is not null;
select grant_app('dispute', 'select, insert');
do $$ begin
  execute format('grant update (state, ended_at) on dispute to %I', current_setting('motcua.app_role'));
end $$;

-- What happened, who said it, and the evidence in words (a file's name and place, a letter's number).
create table dispute_history (
  id bigint generated always as identity primary key,
  dispute_id uuid not null references dispute,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  to_state text not null,
  operator_id uuid references operator,
  note text not null default '' check (length(note) <= 2000)
);
create index dispute_history_dispute on dispute_history (dispute_id, id);
select grant_app('dispute_history', 'select, insert');

-- Exactly the edges of `dispute-lifecycle.ts`; the money in dispute is not refunded meanwhile, and never after it was lost.
create function dispute_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare v_room bigint;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' then raise exception 'a dispute begins as open' using errcode = 'check_violation'; end if;
    insert into refund_room (settlement_id, captured) select s.id, s.amount from settlement s where s.id = new.settlement_id
      on conflict (settlement_id) do nothing;
    select captured - reserved into v_room from refund_room where settlement_id = new.settlement_id for update;
    if new.amount > (select captured from refund_room where settlement_id = new.settlement_id) then
      raise exception 'more in dispute than was captured' using errcode = 'check_violation';
    end if;
    new.reserved := least(new.amount, v_room);
    update refund_room set reserved = reserved + new.reserved where settlement_id = new.settlement_id;
    return new;
  end if;
  if old.state is distinct from new.state then
    if (old.state, new.state) not in (('open', 'answered'), ('open', 'won'), ('open', 'lost'), ('open', 'withdrawn'),
      ('answered', 'won'), ('answered', 'lost'), ('answered', 'withdrawn')) then
      raise exception 'a dispute does not go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    if new.state in ('won', 'withdrawn') then
      update refund_room set reserved = reserved - old.reserved where settlement_id = old.settlement_id;
    end if;
  end if;
  return new;
end $$;
create trigger dispute_guard before insert or update on dispute for each row execute function dispute_guard();

-- Only a kept payment is the agency's; of one that goes back to the payer it has never heard.
create function dispute_tell(p_dispute dispute) returns void language plpgsql as $$
begin
  if p_dispute.reserved > 0 and exists (select 1 from settlement where id = p_dispute.settlement_id and kept) then
    perform job_put('tell-dispute', p_dispute.settlement_id::text, jsonb_build_object('dispute', p_dispute.id, 'state', p_dispute.state));
  end if;
end $$;

-- Answers 'opened', 'replayed' (the same id), 'already' (one is open or was lost), 'unknown-settlement', 'too-much'.
create function dispute_open(p_id uuid, p_settlement uuid, p_kind text, p_amount bigint, p_source text, p_case text, p_reason text,
  p_due date, p_operator uuid) returns text language plpgsql as $$
declare v_settlement settlement; v dispute;
begin
  if exists (select 1 from dispute where id = p_id) then return 'replayed'; end if;
  select * into v_settlement from settlement where id = p_settlement;
  if not found then return 'unknown-settlement'; end if;
  if exists (select 1 from dispute where settlement_id = p_settlement and state in ('open', 'answered', 'lost')) then return 'already'; end if;
  if p_amount > v_settlement.amount then return 'too-much'; end if;
  begin
    insert into dispute (id, settlement_id, kind, amount, source, provider_case, reason, due_on, opened_by)
      values (p_id, p_settlement, p_kind, p_amount, p_source, p_case, p_reason, p_due, p_operator) returning * into v;
  exception when unique_violation then return 'already';
  end;
  insert into dispute_history (dispute_id, action, to_state, operator_id, note) values (p_id, 'open', 'open', p_operator, p_reason);
  perform ledger_put('dispute', p_id, 'disputed:' || v_settlement.provider, 'clearing:' || v_settlement.provider, p_amount);
  perform audit_put(coalesce('operator:' || p_operator, p_source), 'dispute.opened', p_id::text,
    jsonb_build_object('settlement', p_settlement, 'kind', p_kind, 'amount', p_amount));
  perform dispute_tell(v);
  return 'opened';
end $$;

-- answer (evidence was handed in) · win · lose · withdraw. The state afterwards, 'no-such-step' or 'unknown'; the evidence of
-- a dispute that is answered already is added to it.
create function dispute_step(p_id uuid, p_action text, p_operator uuid, p_note text) returns text language plpgsql as $$
declare v dispute; v_settlement settlement; v_order payment_order; v_to text;
begin
  select * into v from dispute where id = p_id for update;
  if not found then return 'unknown'; end if;
  v_to := case when v.state in ('open', 'answered') then
    case p_action when 'answer' then 'answered' when 'win' then 'won' when 'lose' then 'lost' when 'withdraw' then 'withdrawn' end end;
  if v_to is null then return 'no-such-step'; end if;
  if v_to <> v.state then
    update dispute set state = v_to, ended_at = case when v_to = 'answered' then null else now() end where id = p_id returning * into v;
  end if;
  insert into dispute_history (dispute_id, action, to_state, operator_id, note) values (p_id, p_action, v_to, p_operator, p_note);
  perform audit_put('operator:' || p_operator, 'dispute.' || v_to, p_id::text, jsonb_build_object('amount', v.amount));
  if v_to = 'answered' then return v_to; end if;
  select * into v_settlement from settlement where id = v.settlement_id;
  select * into v_order from payment_order where id = v_settlement.order_id;
  if v_to = 'lost' then
    -- Beyond what could be taken from the agency or from what was owed to the payer, the payer has the money twice.
    perform ledger_put_many('dispute-lost', p_id, jsonb_build_array(
      jsonb_build_object('account', case when v_settlement.kept then 'payable:' || v_order.merchant else 'refunds-payable' end, 'amount', v.reserved),
      jsonb_build_object('account', 'suspense:returned-twice', 'amount', v.amount - v.reserved),
      jsonb_build_object('account', 'disputed:' || v_settlement.provider, 'amount', -v.amount)));
  else
    perform ledger_put('dispute-ended', p_id, 'clearing:' || v_settlement.provider, 'disputed:' || v_settlement.provider, v.amount);
  end if;
  perform dispute_tell(v);
  return v_to;
end $$;

-- A provider says that a payment was taken back. What we had as a success is disputed and stays what it was until somebody
-- decides; what was not yet a success has failed. verdict: disputed · already · those of payment_settle
create function payment_reversed(p_provider text, p_provider_order text, p_amount bigint, p_code text, p_source text,
  p_next_ask_at timestamptz, p_raw text) returns table (verdict text, attempt_id uuid, order_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v payment_attempt; v_settlement uuid; v_word text;
begin
  select a.* into v from payment_attempt a where a.provider = p_provider and a.provider_order = p_provider_order;
  perform 1 from payment_order o where o.id = v.order_id for update;
  select a.* into v from payment_attempt a where a.id = v.id for update;
  if v.id is null or v.state <> 'succeeded' or p_amount is distinct from v.amount then
    return query select s.* from payment_settle(p_provider, p_provider_order, 'failed', p_amount, null, p_code, 'declined', p_source,
      p_next_ask_at, p_raw) s;
    return;
  end if;
  select s.id into v_settlement from settlement s where s.attempt_id = v.id;
  v_word := dispute_open(gen_random_uuid(), v_settlement, 'reversal', v.amount, p_source, '', coalesce(nullif(p_code, ''), 'reversed'),
    (now() at time zone 'Asia/Ho_Chi_Minh')::date + 7, null);
  return query select case v_word when 'opened' then 'disputed' else 'already' end, v.id, v.order_id;
end $$;

-- A line of a settlement file that says "reversed" of what our books have as a success.
create function reconciliation_reversed() returns trigger language plpgsql as $$
declare v settlement;
begin
  select s.* into v from settlement s join payment_attempt a on a.id = s.attempt_id
    join reconciliation_import i on i.id = new.import_id
    where a.provider = i.provider and a.provider_order = new.reference;
  if found then
    perform dispute_open(gen_random_uuid(), v.id, 'reversal', v.amount, 'reconciliation', '', 'reversed',
      (now() at time zone 'Asia/Ho_Chi_Minh')::date + 7, null);
  end if;
  return null;
end $$;
create trigger reconciliation_reversed after insert on reconciliation_difference
  for each row when (new.kind = 'status' and not new.is_refund and new.theirs ->> 'status' = 'reversed')
  execute function reconciliation_reversed();

-- The bank takes a transfer back: a line that goes out with the content of one that came in. The line is booked by
-- bank_line_put; here it is explained by the dispute that it opens. Answers 'disputed', 'already', 'no' (no such success, or
-- a refund of it is under way: then the line is looked at by a person).
create function bank_line_reversed(p_account text, p_line text, p_attempt uuid) returns text language plpgsql as $$
declare v bank_statement_line; a payment_attempt; v_settlement settlement; v_word text;
begin
  select * into v from bank_statement_line where account = p_account and line = p_line and outcome = 'outgoing';
  select * into a from payment_attempt where id = p_attempt;
  select * into v_settlement from settlement where attempt_id = p_attempt;
  if v.id is null or v_settlement.id is null or v_settlement.amount <> v.amount
    or exists (select 1 from refund where settlement_id = v_settlement.id and state not in ('refused', 'declined'))
    or exists (select 1 from hand_transfer where line_id = v.id)
    or exists (select 1 from statement_proposal where line_id = v.id and state <> 'rejected') then return 'no'; end if;
  if exists (select 1 from ledger_transaction where kind = 'transfer-explained' and subject = v.id) then return 'already'; end if;
  select r.verdict into v_word from payment_reversed('vietqr', a.provider_order, v.amount, v.line, 'bank', null, v.content) r;
  if v_word <> 'disputed' then return 'no'; end if;
  perform ledger_put('transfer-explained', v.id, 'clearing:vietqr', 'transfers-unclear', v.amount);
  return 'disputed';
end $$;
