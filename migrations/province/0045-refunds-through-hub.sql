-- A refund of money that came through the hub is asked for there (REFUND) once two officers have agreed; the province asks
-- until it knows, and then follows by itself. And what the hub tells about disputes: money that a bank or wallet takes back.

alter table refund_decision
  drop constraint refund_decision_state_check,
  drop constraint refund_decision_check,
  -- refused: by the hub, with its reason; the money is still owed to the payer: asked for again, or returned another way.
  add constraint refund_decision_state_check check (state in ('proposed', 'approved', 'sent', 'refused', 'done')),
  add constraint refund_decision_approved check ((state = 'proposed') = (approved_by is null)),
  -- The number under which the hub is asked is the refund's and this one's: another try is another request.
  add column round int not null default 1 check (round between 1 and 99),
  add column sent_at timestamptz,
  add column refusal text check (length(refusal) <= 500),
  add column next_ask_at timestamptz,
  add column ask_count int not null default 0;
create index refund_decision_to_ask on refund_decision (next_ask_at) where next_ask_at is not null;

-- Takes refunds whose time to be asked about has come; the lease is longer than a call may take.
create function refund_claim(p_limit int) returns table (id uuid) language sql as $$
  update refund_decision set next_ask_at = now() + interval '20 seconds', ask_count = ask_count + 1
  where refund_due_id in (select refund_due_id from refund_decision where next_ask_at <= now() and state in ('approved', 'sent')
    order by next_ask_at limit p_limit for update skip locked)
  returning refund_due_id
$$;

-- One line in the dossier's history; its state does not change.
create function dossier_money_note(p_dossier_id uuid, p_action text, p_detail jsonb) returns void language plpgsql as $$
declare v_row dossier;
begin
  update dossier set version = version + 1, updated_at = clock_timestamp() where id = p_dossier_id returning * into v_row;
  perform dossier_trace(v_row, '{"kind": "system", "name": "payments"}', p_action, v_row.state, p_detail);
end $$;

-- As in 0043; money that came through the hub is asked for there with the same commit.
create or replace function refund_approve(p_tenant text, p_refund_due_id uuid, p_officer_id text, p_officer_name text) returns text
language plpgsql as $$
declare v refund_decision; v_due refund_due; v_settlement settlement; v_fee bigint; v_dossier uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from refund_decision where refund_due_id = p_refund_due_id for update;
  if not found then return 'not-found'; end if;
  if v.state <> 'proposed' then return 'already'; end if;
  if v.proposed_by = p_officer_id then return 'same-person'; end if;
  select * into v_due from refund_due where id = p_refund_due_id;
  select * into v_settlement from settlement where id = v_due.settlement_id;
  update refund_decision set state = 'approved', approved_by = p_officer_id, approved_name = p_officer_name, approved_at = now(),
    next_ask_at = case when v_settlement.attempt_id is not null then now() end where refund_due_id = p_refund_due_id;
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

-- The money has left, from p_account: ledger, history, audit. The caller holds the decision.
create function refund_close(p_refund_due_id uuid, p_reference text, p_account text, p_actor text) returns void language plpgsql as $$
declare v_due refund_due; v_dossier uuid;
begin
  update refund_decision set state = 'done', reference = left(p_reference, 100), finished_at = now(), next_ask_at = null
    where refund_due_id = p_refund_due_id;
  select * into v_due from refund_due where id = p_refund_due_id;
  select o.dossier_id into v_dossier from settlement s join obligation o on o.id = s.obligation_id where s.id = v_due.settlement_id;
  perform ledger_put('refund', v_due.id, jsonb_build_array(
    jsonb_build_object('account', 'refunds-payable', 'amount', v_due.amount),
    jsonb_build_object('account', p_account, 'amount', -v_due.amount)));
  perform dossier_money_note(v_dossier, 'refund-fee', jsonb_build_object('amount', v_due.amount, 'reference', left(p_reference, 100)));
  perform audit_put(p_actor, 'refund.finish', 'dossier:' || v_dossier,
    jsonb_build_object('refund', v_due.id, 'amount', v_due.amount, 'reference', left(p_reference, 100)));
end $$;

-- Returned by hand: cash, a transfer, or another way after the hub has refused. word: done · already · not-approved ·
-- by-hub (the hub has been asked and will say) · not-found
create or replace function refund_finish(p_tenant text, p_refund_due_id uuid, p_reference text, p_actor text) returns text language plpgsql as $$
declare v refund_decision; v_method text;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from refund_decision where refund_due_id = p_refund_due_id for update;
  if not found then return 'not-found'; end if;
  if v.state = 'done' then return 'already'; end if;
  if v.state = 'proposed' then return 'not-approved'; end if;
  select coalesce(c.method, 'online') into v_method from refund_due d join settlement s on s.id = d.settlement_id
    left join counter_payment c on c.id = s.counter_payment_id where d.id = p_refund_due_id;
  if v_method = 'online' and v.state <> 'refused' then return 'by-hub'; end if;
  perform refund_close(p_refund_due_id, p_reference, case v_method when 'cash' then 'cash' else 'bank' end, p_actor);
  return 'done';
end $$;

-- The hub refused; it is asked again under another number. word: approved · not-refused
create function refund_ask_again(p_tenant text, p_refund_due_id uuid, p_officer_id text) returns text language plpgsql as $$
declare v_round int;
begin
  perform set_config('app.tenant', p_tenant, true);
  update refund_decision set state = 'approved', round = round + 1, refusal = null, next_ask_at = now(), ask_count = 0
    where refund_due_id = p_refund_due_id and state = 'refused' and round < 99 returning round into v_round;
  if not found then return 'not-refused'; end if;
  perform audit_put('officer:' || p_officer_id, 'refund.ask-again', 'refund:' || p_refund_due_id, jsonb_build_object('round', v_round));
  return 'approved';
end $$;

-- What the hub said about round p_round: 'sent' (it has the request, undecided), 'done', 'refused'. Answers the state
-- afterwards; an answer to an earlier round, or the same one again, changes nothing.
create function refund_heard(p_tenant text, p_refund_due_id uuid, p_round int, p_word text, p_reference text, p_reason text,
  p_next_ask_at timestamptz) returns text language plpgsql as $$
declare v refund_decision;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from refund_decision where refund_due_id = p_refund_due_id for update;
  if not found then return null; end if;
  if v.round <> p_round or v.state not in ('approved', 'sent') then return v.state; end if;
  if p_word = 'done' then
    perform refund_close(p_refund_due_id, p_reference, 'hub-clearing', 'hub');
    return 'done';
  elsif p_word = 'refused' then
    update refund_decision set state = 'refused', refusal = left(coalesce(nullif(p_reason, ''), 'Không có lý do'), 500), next_ask_at = null
      where refund_due_id = p_refund_due_id;
    perform audit_put('hub', 'refund.refused', 'refund:' || p_refund_due_id, '{}');
    return 'refused';
  elsif p_word = 'sent' then
    update refund_decision set state = 'sent', sent_at = coalesce(sent_at, now()), next_ask_at = p_next_ask_at
      where refund_due_id = p_refund_due_id;
    if v.state <> 'sent' then perform audit_put('hub', 'refund.sent', 'refund:' || p_refund_due_id, jsonb_build_object('round', p_round)); end if;
    return 'sent';
  end if;
  update refund_decision set next_ask_at = p_next_ask_at where refund_due_id = p_refund_due_id;
  return v.state;
end $$;

-- A dispute about a payment, as the hub tells of it.
create table payment_dispute (
  -- The hub's number.
  id text primary key check (length(id) between 5 and 64),
  tenant text not null default current_setting('app.tenant'),
  attempt_id uuid not null references payment_attempt,
  amount bigint not null check (amount > 0),
  reason text not null check (length(reason) <= 500),
  state text not null check (state in ('open', 'kept', 'lost')),
  -- reopened: the fee is due again · returned: the payer was owed the money anyway · written-off: the dossier had ended ·
  -- by-hand: only a part was taken, an accountant must look
  consequence text check (consequence in ('reopened', 'returned', 'written-off', 'by-hand')),
  opened_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check ((state = 'lost') = (consequence is not null))
);
create index payment_dispute_attempt on payment_dispute (attempt_id);
select protect_tenant_table('payment_dispute');
select grant_app('payment_dispute', 'select, insert, update');

-- What was lost of one settlement. Owed to the payer: settled by it. Kept for a dossier that goes on: revenue goes back and
-- the same fee is due again. Kept for one that has ended: revenue goes back. Answers the consequence.
create function settlement_lost(p_settlement settlement, p_dispute text, p_reason text) returns text language plpgsql as $$
declare v_due refund_due; v_decision refund_decision; v_obligation obligation; v_fee bigint; v_dues jsonb; v_new uuid;
begin
  select * into v_obligation from obligation where id = p_settlement.obligation_id;
  select * into v_due from refund_due where settlement_id = p_settlement.id;
  select * into v_decision from refund_decision where refund_due_id = v_due.id for update;
  if v_due.id is not null and (not p_settlement.kept or v_decision.state in ('approved', 'sent', 'refused')) then
    if v_decision.state in ('approved', 'sent', 'refused') then
      perform refund_close(v_due.id, 'khieu-nai ' || p_dispute, 'hub-clearing', 'hub');
    else
      perform ledger_put('refund', v_due.id, jsonb_build_array(
        jsonb_build_object('account', 'refunds-payable', 'amount', v_due.amount),
        jsonb_build_object('account', 'hub-clearing', 'amount', -v_due.amount)));
    end if;
    return 'returned';
  end if;
  select coalesce(sum(amount) filter (where kind = 'fee'), 0) into v_fee from due_line where obligation_id = v_obligation.id;
  perform ledger_put('cancellation', p_settlement.id, jsonb_build_array(
    jsonb_build_object('account', 'revenue:fee', 'amount', v_fee),
    jsonb_build_object('account', 'revenue:charge', 'amount', p_settlement.amount - v_fee),
    jsonb_build_object('account', 'hub-clearing', 'amount', -p_settlement.amount)));
  if dossier_is_over(v_obligation.dossier_id) then return 'written-off'; end if;
  select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', code, 'kind', kind, 'name', name, 'basis', basis, 'refundable', refundable,
      'amount', amount, 'exemption', exemption, 'quantity', quantity, 'unitAmount', unit_amount)) order by position)
    into v_dues from due_line where obligation_id = v_obligation.id;
  v_new := obligation_write(gen_random_uuid(), v_obligation.dossier_id, 'officer', v_dues, now() + interval '30 days', p_reason);
  update dossier set fee_state = 'due' where id = v_obligation.dossier_id;
  return 'reopened';
end $$;

-- DISPUTE of the hub. p_state: open · kept (won, or given up by the payer) · lost. word: noted · already · unknown-payment
create function dispute_told(p_tenant text, p_id text, p_reference text, p_hub_transaction text, p_amount bigint, p_state text,
  p_reason text, p_words text) returns text language plpgsql as $$
declare v payment_dispute; v_attempt uuid; s settlement; v_total bigint; v_consequence text; v_action text; v_dossier uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- Obligations first, as in fee_settle.
  perform 1 from obligation o join payment_request_part p on p.obligation_id = o.id
    join payment_request r on r.id = p.request_id where r.reference = p_reference order by o.dossier_id, o.id for update of o;
  select a.id into v_attempt from payment_attempt a join payment_request r on r.id = a.request_id
    where r.reference = p_reference and a.hub_transaction = p_hub_transaction and a.state = 'succeeded' for update of a;
  if not found then return 'unknown-payment'; end if;
  select * into v from payment_dispute where id = p_id for update;
  if v.id is not null and (v.state <> 'open' or p_state = 'open') then return 'already'; end if;
  select sum(amount) into v_total from settlement where attempt_id = v_attempt;
  if p_state = 'lost' and v_total <> p_amount then v_consequence := 'by-hand'; end if;
  for s in select * from settlement where attempt_id = v_attempt order by id loop
    select dossier_id into v_dossier from obligation where id = s.obligation_id;
    perform 1 from dossier where id = v_dossier for update;
    if p_state = 'lost' and v_consequence is distinct from 'by-hand' then
      v_consequence := settlement_lost(s, p_id, p_words);
    end if;
    v_action := case p_state when 'open' then 'payment-disputed' when 'kept' then 'payment-kept' else 'payment-reversed' end;
    perform dossier_money_note(v_dossier, v_action, jsonb_build_object('amount', s.amount, 'dispute', p_id, 'consequence', v_consequence));
  end loop;
  insert into payment_dispute (id, attempt_id, amount, reason, state, consequence) values (p_id, v_attempt, p_amount, p_reason, p_state, v_consequence)
    on conflict (id) do update set state = excluded.state, consequence = excluded.consequence, changed_at = now();
  perform audit_put('hub', 'payment.dispute-' || p_state, 'attempt:' || v_attempt,
    jsonb_build_object('dispute', p_id, 'amount', p_amount, 'consequence', v_consequence));
  return 'noted';
end $$;
