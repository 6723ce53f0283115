-- An order of the post is cancelled with the post's knowledge; a dossier that ends without a result cancels its own; and
-- postage holds the letter only, never the dossier.

alter table post_order
  -- asked: the post has not answered yet; refused: it has the item on its way, which goes on.
  add column cancel text check (cancel in ('asked', 'refused')),
  add column cancel_note text check (length(cancel_note) <= 500);
create index post_order_cancelling on post_order (tenant, heard_at) where cancel = 'asked';

-- Postage is not a fee of the dossier: dossiers that owed nothing else owe nothing.
alter table dossier no force row level security;
alter table obligation no force row level security;
do $$
declare v record;
begin
  for v in select d.id, d.tenant from dossier d where d.fee_state = 'due'
      and exists (select from obligation o where o.dossier_id = d.id and o.occasion = 'postage' and o.state = 'due')
      and not exists (select from obligation o where o.dossier_id = d.id and o.occasion <> 'postage' and o.state = 'due')
      for update loop
    perform set_config('app.tenant', v.tenant, true);
    update dossier set fee_state = case when exists (select from obligation o where o.dossier_id = v.id and o.occasion <> 'postage'
      and o.state = 'paid') then 'paid' else 'none' end, version = version + 1 where id = v.id;
  end loop;
end $$;
alter table dossier force row level security;
alter table obligation force row level security;

-- As in 0043, without postage.
create or replace function dossier_fee_recount(p_dossier_id uuid, p_amount bigint, p_reference text, p_actor jsonb, p_detail jsonb)
returns jsonb language plpgsql as $$
declare v_row dossier; v_from text; v_due boolean; v_paid boolean;
begin
  select coalesce(bool_or(state = 'due'), false), coalesce(bool_or(state = 'paid'), false) into v_due, v_paid
    from obligation where dossier_id = p_dossier_id and occasion <> 'postage';
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

-- Does the letter that waits for postage go now? Once that is paid and the dossier owes nothing else. The caller holds the dossier.
create function post_order_go(p_id uuid) returns boolean language plpgsql as $$
begin
  update post_order o set state = 'sending', changed_at = clock_timestamp() where o.id = p_id and o.state = 'awaiting-postage'
    and exists (select from obligation b where b.id = o.obligation_id and b.state = 'paid')
    and exists (select from dossier d where d.id = o.dossier_id and d.fee_state <> 'due');
  if not found then return false; end if;
  perform job_put('post-order', p_id::text, jsonb_build_object('orderId', p_id));
  return true;
end $$;

-- As in 0043; paid postage lets the letter go, and changes nothing else about the dossier.
create or replace function fee_keep(p_settlement uuid, p_obligation obligation, p_amount bigint, p_why_not text, p_account text, p_reference text)
returns void language plpgsql as $$
declare v_order uuid;
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
  if p_obligation.occasion = 'postage' then
    perform post_trace(p_obligation.dossier_id, '{"kind": "system", "name": "payments"}', 'postage-paid',
      jsonb_build_object('amount', p_amount, 'reference', p_reference));
    for v_order in select id from post_order where obligation_id = p_obligation.id order by id loop
      perform post_order_go(v_order);
    end loop;
  else
    perform dossier_fee_recount(p_obligation.dossier_id, p_amount, p_reference, '{"kind": "system", "name": "payments"}',
      jsonb_build_object('amount', p_amount, 'reference', p_reference));
  end if;
  perform job_put('issue-receipts', p_obligation.dossier_id::text, jsonb_build_object('settlementId', p_settlement));
end $$;

-- As in 0120; the demand of postage is not a fee of the dossier, nothing is ordered for one that ended without a result, and
-- postage that goes back to its payer is not used again.
create or replace function post_order_put(p_tenant text, p_dossier_id uuid, p_kind text, p_sender jsonb, p_receiver jsonb, p_grams int,
  p_postage bigint, p_basis text, p_pays text, p_due_name jsonb, p_due_at timestamptz, p_actor jsonb)
returns setof post_order language plpgsql as $$
declare v_dossier dossier; v_row post_order; v_obligation uuid; v_round int; v_paid boolean := true;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_dossier from dossier where id = p_dossier_id for update;
  if not found or dossier_is_over(p_dossier_id) then return; end if;
  select * into v_row from post_order where dossier_id = p_dossier_id and kind = p_kind
    and state not in ('delivered', 'returned', 'lost', 'refused', 'cancelled');
  if found then return next v_row; return; end if;
  select coalesce(max(round), 0) + 1 into v_round from post_order where dossier_id = p_dossier_id and kind = p_kind;
  if p_pays = 'hub' and p_postage > 0 then
    -- Paid once: what is sent again after the post's own failure is not paid again.
    select o.id, o.state = 'paid' into v_obligation, v_paid from obligation o
      where o.dossier_id = p_dossier_id and o.occasion = 'postage' and o.state in ('due', 'paid')
        and not exists (select from settlement s join refund_due r on r.settlement_id = s.id where s.obligation_id = o.id and s.kept)
      order by o.created_at desc limit 1;
    if v_obligation is null then
      v_paid := false;
      v_obligation := obligation_write(gen_random_uuid(), p_dossier_id, 'postage', jsonb_build_array(jsonb_build_object(
        'code', 'POSTAGE', 'kind', 'fee', 'name', p_due_name, 'amount', p_postage, 'basis', p_basis)), p_due_at, p_due_name ->> 'vi');
      -- Not the agency's own: it goes on to the post.
      perform ledger_put('postage', v_obligation, jsonb_build_array(
        jsonb_build_object('account', 'revenue:fee', 'amount', p_postage),
        jsonb_build_object('account', 'payable:post', 'amount', -p_postage)));
    end if;
  end if;
  insert into post_order (dossier_id, agency_id, kind, round, state, sender, receiver, grams, postage, basis, pays, obligation_id)
    values (p_dossier_id, v_dossier.agency_id, p_kind, v_round, 'awaiting-postage', p_sender, p_receiver, p_grams, p_postage, p_basis,
      'hub', v_obligation)
    returning * into v_row;
  if v_obligation is null then
    update post_order set state = 'sending', pays = p_pays where id = v_row.id;
    perform job_put('post-order', v_row.id::text, jsonb_build_object('orderId', v_row.id));
  else
    perform post_order_go(v_row.id);
  end if;
  perform post_trace(p_dossier_id, p_actor, 'post-order',
    jsonb_build_object('kind', p_kind, 'round', v_round, 'postage', p_postage, 'pays', p_pays));
  if not v_paid then
    perform post_trace(p_dossier_id, p_actor, 'require-postage',
      jsonb_build_object('note', p_due_name ->> 'vi', 'amount', p_postage, 'obligation', v_obligation));
  end if;
  return query select * from post_order where id = v_row.id;
end $$;

-- Postage that nobody needs to pay any more. The caller holds the dossier. A payment that still comes goes back (fee_settle).
create function postage_drop(p_obligation_id uuid) returns void language plpgsql as $$
declare v_total bigint;
begin
  update payment_request r set state = 'closed', next_ask_at = null, changed_at = now() from payment_request_part p
    where p.request_id = r.id and p.obligation_id = p_obligation_id and r.state in ('initiated', 'open');
  update obligation set state = 'cancelled' where id = p_obligation_id and state = 'due' returning total into v_total;
  if v_total > 0 then
    perform ledger_put('cancellation', p_obligation_id, jsonb_build_array(
      jsonb_build_object('account', 'receivable', 'amount', -v_total),
      jsonb_build_object('account', 'payable:post', 'amount', v_total)));
  end if;
end $$;

-- Postage has come in (or is taken at the door after all): the letter goes. False: it waits still, or does not wait any more.
create or replace function post_order_release(p_tenant text, p_id uuid, p_to_door boolean, p_actor jsonb) returns boolean language plpgsql as $$
declare v post_order; v_dossier dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- Obligations first, then the dossier, as everywhere: nobody waits for each other.
  perform 1 from obligation where id = (select obligation_id from post_order where id = p_id) for update;
  select * into v_dossier from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id and state = 'awaiting-postage' for update;
  if not found then return false; end if;
  if not p_to_door then return post_order_go(p_id); end if;
  if v_dossier.fee_state = 'due' or not exists (select from obligation where id = v.obligation_id and state = 'due')
    or exists (select from payment_request_part p join payment_request r on r.id = p.request_id
      where p.obligation_id = v.obligation_id and p.active and r.state = 'verifying') then return false; end if;
  perform postage_drop(v.obligation_id);
  update post_order set state = 'sending', pays = 'door', obligation_id = null, changed_at = clock_timestamp() where id = p_id;
  perform job_put('post-order', p_id::text, jsonb_build_object('orderId', p_id));
  perform post_trace(v.dossier_id, p_actor, 'post-to-door', jsonb_build_object('kind', v.kind, 'postage', v.postage));
  return true;
end $$;

-- The order has ended by being cancelled. Postage that was paid for it goes back to its payer. The caller holds dossier and order.
create function post_order_end(v post_order, p_actor jsonb, p_note text) returns void language plpgsql as $$
begin
  update post_order set state = 'cancelled', cancel = null, cancel_note = p_note, problem = null, changed_at = clock_timestamp()
    where id = v.id;
  if v.obligation_id is not null then
    perform postage_drop(v.obligation_id);
    insert into refund_due (settlement_id, amount, reason)
      select s.id, s.amount, 'postage-unused' from settlement s
      where s.obligation_id = v.obligation_id and s.kept and s.amount > 0 on conflict do nothing;
  end if;
  perform post_trace(v.dossier_id, p_actor, 'post-cancelled', jsonb_build_object('kind', v.kind, 'note', p_note));
end $$;

-- Nobody wants it any more. What the post never had is cancelled at once, of the rest the post is asked.
-- word: cancelled · asked · stale (it is over, or the post has been asked)
create function post_order_cancel(p_tenant text, p_id uuid, p_actor jsonb) returns text language plpgsql as $$
declare v post_order;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from obligation where id = (select obligation_id from post_order where id = p_id) for update;
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  if not found or v.state in ('delivered', 'returned', 'lost', 'refused', 'cancelled') or v.cancel = 'asked' then return 'stale'; end if;
  if v.state = 'awaiting-postage' then
    perform post_order_end(v, p_actor, null);
    return 'cancelled';
  end if;
  update post_order set cancel = 'asked', cancel_note = null, problem = null, heard_at = clock_timestamp(), changed_at = clock_timestamp()
    where id = p_id;
  perform post_trace(v.dossier_id, p_actor, 'post-cancel-asked', jsonb_build_object('kind', v.kind));
  -- Behind the order, which may be on its way to the post: that one does not wait for its next try.
  update job set run_at = clock_timestamp() where queue = 'post-order' and key = p_id::text and done_at is null and failed_at is null
    and run_at > clock_timestamp();
  perform job_put('post-order', p_id::text, jsonb_build_object('orderId', p_id));
  return 'asked';
end $$;

-- What the post answered. p_refusal: why it goes on, null when it is cancelled; p_note: what an officer has to know.
-- False: nobody asks any more.
create function post_order_cancel_answered(p_tenant text, p_id uuid, p_refusal text, p_note text) returns boolean language plpgsql as $$
declare v post_order; v_post jsonb := '{"kind": "system", "name": "post"}';
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from obligation where id = (select obligation_id from post_order where id = p_id) for update;
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  if not found or v.cancel is distinct from 'asked' or v.state in ('delivered', 'returned', 'lost', 'refused', 'cancelled') then
    return false;
  end if;
  if p_refusal is null then
    perform post_order_end(v, v_post, p_note);
    return true;
  end if;
  update post_order set cancel = 'refused', cancel_note = left(p_refusal, 500), problem = null, heard_at = clock_timestamp() where id = p_id;
  perform post_trace(v.dossier_id, v_post, 'post-cancel-refused', jsonb_build_object('kind', v.kind, 'text', left(p_refusal, 500)));
  if v.state = 'sending' then
    perform job_put('post-order', p_id::text, jsonb_build_object('orderId', p_id));
  end if;
  return true;
end $$;

-- As in 0120; a try to cancel may fail too.
create or replace function post_order_stuck(p_tenant text, p_id uuid, p_problem text) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update post_order set problem = left(p_problem, 500) where id = p_id and (state = 'sending' or cancel = 'asked')
    and state not in ('delivered', 'returned', 'lost', 'refused', 'cancelled');
end $$;

-- As in 0120; what the post still tells of a cancelled order is written down and changes nothing, but for a word to the desk
-- when the post has the item in spite of it. word: new · late · already · after-cancel · unknown
create or replace function post_event_put(p_tenant text, p_id uuid, p_item_code text, p_event jsonb, p_state text) returns text
language plpgsql as $$
declare v post_order; v_late boolean; v_over boolean; v_action text; v_count int; v_kind text := p_event ->> 'kind';
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  v_over := v.state = 'cancelled';
  if not found or (v.item_code is not null and v.item_code <> p_item_code) or v.state = 'awaiting-postage' then
    return 'unknown';
  end if;
  insert into post_event (order_id, event_id, sequence, kind, at, place, note)
    values (p_id, p_event ->> 'id', (p_event ->> 'sequence')::int, v_kind, (p_event ->> 'at')::timestamptz,
      p_event ->> 'place', p_event ->> 'note')
    on conflict do nothing;
  get diagnostics v_count = row_count;
  if v_count = 0 then
    update post_order set heard_at = clock_timestamp() where id = p_id;
    return 'already';
  end if;
  v_late := (p_event ->> 'sequence')::int <= v.sequence;
  update post_order set heard_at = clock_timestamp(), item_code = coalesce(item_code, p_item_code),
    problem = case when not v_over or (not v_late and v_kind in ('delivered', 'returned', 'lost')) then null
      when v_late or v_kind = 'accepted' then problem else 'after-cancel' end,
    state = case when v_late or v_over then state else p_state end,
    sequence = greatest(sequence, (p_event ->> 'sequence')::int),
    changed_at = case when v_late then changed_at else clock_timestamp() end where id = p_id;
  v_action := case v_kind when 'collected' then 'post-collected' when 'delivery-failed' then 'post-failed'
    when 'delivered' then 'post-delivered' when 'returned' then 'post-returned' when 'lost' then 'post-lost' end;
  if v_action is not null then
    perform post_trace(v.dossier_id, '{"kind": "system", "name": "post"}', v_action, jsonb_build_object('kind', v.kind,
      'at', p_event ->> 'at', 'text', p_event ->> 'note', 'late', case when v_late or v_over then true end,
      'cancelled', case when v_over then true end));
  end if;
  -- A result in the post's hands may count as returned.
  if v.kind = 'result' and v_kind <> 'accepted' and not v_over then
    perform job_put('post-return', v.dossier_id::text, jsonb_build_object('dossierId', v.dossier_id, 'orderId', p_id));
  end if;
  return case when v_over then 'after-cancel' when v_late then 'late' else 'new' end;
end $$;

-- As in 0146; the post's number of an order that was cancelled meanwhile is kept: its events are known by it.
create or replace function post_order_answered(p_tenant text, p_id uuid, p_item_code text, p_refusal text, p_officer jsonb) returns boolean
language plpgsql as $$
declare v post_order;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  if not found then return false; end if;
  if p_item_code is not null then
    if v.item_code is not null then return v.item_code = p_item_code; end if;
    if v.state = 'cancelled' and p_officer is null then
      update post_order set item_code = p_item_code where id = p_id;
      return true;
    end if;
    if v.state not in ('sending', 'refused') then return false; end if;
    update post_order set item_code = p_item_code, problem = null, heard_at = clock_timestamp(), changed_at = clock_timestamp(),
      state = 'ordered' where id = p_id;
    if p_officer is not null then
      perform audit_put('officer:' || (p_officer ->> 'id'), 'post.item-code', 'dossier:' || v.dossier_id,
        jsonb_build_object('order', p_id));
    end if;
    return true;
  end if;
  if v.state <> 'sending' then return false; end if;
  update post_order set state = 'refused', problem = left(p_refusal, 500), changed_at = clock_timestamp() where id = p_id;
  perform post_trace(v.dossier_id, '{"kind": "system", "name": "post"}', 'post-refused', jsonb_build_object('note', left(p_refusal, 500)));
  return true;
end $$;

-- As in 0120, and: a letter that waits goes once nothing is owed; a dossier that ends without a result takes its orders back;
-- what the citizen has to pay or learn is told.
create or replace function history_posted() returns trigger language plpgsql as $$
declare v_way text;
begin
  if new.action in ('file', 'sign-result', 'mark-fee-paid', 'change-fee', 'decline', 'refuse', 'stop', 'withdraw') then
    select case when new.action = 'file' then delivery ->> 'handIn' else delivery ->> 'receive' end into v_way
      from dossier where id = new.dossier_id;
    if (v_way = 'home' and new.action in ('file', 'sign-result', 'mark-fee-paid', 'change-fee')) or exists (select from post_order
        where dossier_id = new.dossier_id and state not in ('delivered', 'returned', 'lost', 'refused', 'cancelled')) then
      perform job_put('post-arrange', new.dossier_id::text, jsonb_build_object('dossierId', new.dossier_id));
    end if;
  elsif not new.detail ? 'late' then
    perform job_put('citizen-notice', new.dossier_id::text,
      jsonb_build_object('dossierId', new.dossier_id, 'source', 'history:' || new.seq));
  end if;
  return null;
end $$;
drop trigger history_posted on dossier_history;
create trigger history_posted after insert on dossier_history for each row
  when (new.action in ('file', 'sign-result', 'mark-fee-paid', 'change-fee', 'decline', 'refuse', 'stop', 'withdraw', 'post-collected',
    'post-failed', 'post-returned', 'post-delivered', 'post-lost', 'papers-arrived', 'require-postage', 'postage-paid', 'post-cancelled',
    'post-cancel-refused')) execute function history_posted();
