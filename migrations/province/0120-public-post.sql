-- The public post (bưu chính công ích): results brought home, papers fetched from home, letters that come in.

create table post_order (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  agency_id text not null,
  -- result: from the agency to the person; papers: from the person to the agency
  kind text not null check (kind in ('result', 'papers')),
  -- A second order follows one that failed: 1, 2, …
  round int not null check (round between 1 and 20),
  state text not null check (state in ('awaiting-postage', 'sending', 'ordered', 'collected', 'in-transit',
    'out-for-delivery', 'delivery-failed', 'delivered', 'returning', 'returned', 'lost', 'refused', 'cancelled')),
  -- Name, phone, address as written and as it is called today; frozen with the order.
  sender jsonb not null,
  receiver jsonb not null,
  grams int not null check (grams between 1 and 30000),
  postage bigint not null check (postage >= 0),
  basis text not null,
  pays text not null check (pays in ('door', 'hub', 'agency')),
  obligation_id uuid references obligation,
  -- The post's number of the item; typed by an officer when the order was given by hand.
  item_code text check (item_code ~ '^[A-Z]{2}[0-9]{9}VN$'),
  -- Of the event that the state comes from; later ones have greater numbers.
  sequence int not null default 0,
  -- Why the post refused, or the last try failed.
  problem text check (length(problem) <= 500),
  heard_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  constraint post_order_once unique (dossier_id, kind, round),
  check (pays = 'hub' or state <> 'awaiting-postage')
);
create unique index post_order_item on post_order (tenant, item_code) where item_code is not null;
-- One is under way at a time.
create unique index post_order_open on post_order (dossier_id, kind)
  where state not in ('delivered', 'returned', 'lost', 'refused', 'cancelled');
create index post_order_desk on post_order (tenant, agency_id, changed_at desc, id desc);
create index post_order_quiet on post_order (tenant, heard_at)
  where state in ('ordered', 'collected', 'in-transit', 'out-for-delivery', 'delivery-failed', 'returning');
select protect_tenant_table('post_order');
select grant_app('post_order', 'select, insert, update');

-- What the post told; never changed, each of its events once.
create table post_event (
  order_id uuid not null references post_order,
  event_id text not null check (length(event_id) <= 64),
  tenant text not null default current_setting('app.tenant'),
  sequence int not null check (sequence > 0),
  kind text not null,
  at timestamptz not null,
  place text not null check (length(place) <= 500),
  note text check (length(note) <= 500),
  received_at timestamptz not null default clock_timestamp(),
  primary key (order_id, event_id)
);
select protect_tenant_table('post_event');
select grant_app('post_event', 'select, insert');

-- Letters that came in (sổ bưu gửi đến): registered as they are opened, before anybody knows what is in them.
create table post_letter (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  agency_id text not null,
  item_code text not null check (length(item_code) between 5 and 40),
  sender_name text not null check (length(sender_name) <= 200),
  -- The post's stamp; null when it cannot be read.
  postmarked_on date,
  arrived_on date not null,
  -- The dossier that it became or that its papers belong to.
  dossier_id uuid references dossier,
  registered_by jsonb not null,
  -- Of the transaction: the row that a call has just made is known by it.
  registered_at timestamptz not null default now(),
  constraint post_letter_once unique (tenant, item_code),
  check (postmarked_on is null or postmarked_on <= arrived_on)
);
create index post_letter_waiting on post_letter (tenant, agency_id, arrived_on, id) where dossier_id is null;
create index post_letter_recent on post_letter (tenant, agency_id, registered_at desc);
select protect_tenant_table('post_letter');
select grant_app('post_letter', 'select, insert, update');

alter table post_arrival add column postmarked_on date;

-- Postage that goes through the hub is an obligation of its own; it is collected for the post, not earned.
alter table obligation drop constraint obligation_occasion_check,
  add constraint obligation_occasion_check check (occasion in ('filing', 'result', 'officer', 'postage'));

-- An order is arranged when the dossier asks for it: papers at filing, a result when it is signed and nothing is owed.
create function history_posted() returns trigger language plpgsql as $$
declare v_way text;
begin
  if new.action in ('file', 'sign-result', 'mark-fee-paid', 'change-fee') then
    select case when new.action = 'file' then delivery ->> 'handIn' else delivery ->> 'receive' end into v_way
      from dossier where id = new.dossier_id;
    if v_way = 'home' then
      perform job_put('post-arrange', new.dossier_id::text, jsonb_build_object('dossierId', new.dossier_id));
    end if;
  elsif new.action in ('post-collected', 'post-failed', 'post-returned', 'post-delivered', 'post-lost', 'papers-arrived')
        and not new.detail ? 'late' then
    perform job_put('citizen-notice', new.dossier_id::text,
      jsonb_build_object('dossierId', new.dossier_id, 'source', 'history:' || new.seq));
  end if;
  return null;
end $$;
create trigger history_posted after insert on dossier_history for each row
  when (new.action in ('file', 'sign-result', 'mark-fee-paid', 'change-fee', 'post-collected', 'post-failed', 'post-returned',
    'post-delivered', 'post-lost', 'papers-arrived')) execute function history_posted();

-- History and audit of something that does not change the dossier's state; the caller holds its row.
create function post_trace(p_dossier_id uuid, p_actor jsonb, p_action text, p_detail jsonb) returns void language plpgsql as $$
declare v_state text;
begin
  select state into v_state from dossier where id = p_dossier_id for update;
  perform history_put(p_dossier_id, p_actor, p_action, v_state, v_state, jsonb_strip_nulls(p_detail));
  perform audit_put((p_actor ->> 'kind') || ':' || coalesce(p_actor ->> 'id', p_actor ->> 'name'), 'post.' || p_action,
    'dossier:' || p_dossier_id, '{}');
end $$;

-- An order with its job; asked again while one is under way it answers that one. Postage through the hub that is not paid
-- yet is demanded first, and the order waits for it.
create function post_order_put(p_tenant text, p_dossier_id uuid, p_kind text, p_sender jsonb, p_receiver jsonb, p_grams int,
  p_postage bigint, p_basis text, p_pays text, p_due_name jsonb, p_due_at timestamptz, p_actor jsonb)
returns setof post_order language plpgsql as $$
declare v_dossier dossier; v_row post_order; v_obligation uuid; v_round int; v_paid boolean := true;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_dossier from dossier where id = p_dossier_id for update;
  if not found then return; end if;
  select * into v_row from post_order where dossier_id = p_dossier_id and kind = p_kind
    and state not in ('delivered', 'returned', 'lost', 'refused', 'cancelled');
  if found then return next v_row; return; end if;
  select coalesce(max(round), 0) + 1 into v_round from post_order where dossier_id = p_dossier_id and kind = p_kind;
  if p_pays = 'hub' and p_postage > 0 then
    -- Paid once: what is sent again after the post's own failure is not paid again.
    select id, state = 'paid' into v_obligation, v_paid from obligation
      where dossier_id = p_dossier_id and occasion = 'postage' and state in ('due', 'paid') order by created_at desc limit 1;
    if v_obligation is null then
      v_paid := false;
      v_obligation := obligation_write(gen_random_uuid(), p_dossier_id, 'postage', jsonb_build_array(jsonb_build_object(
        'code', 'POSTAGE', 'kind', 'fee', 'name', p_due_name, 'amount', p_postage, 'basis', p_basis)), p_due_at, p_due_name ->> 'vi');
      -- Not the agency's own: it goes on to the post.
      perform ledger_put('postage', v_obligation, jsonb_build_array(
        jsonb_build_object('account', 'revenue:fee', 'amount', p_postage),
        jsonb_build_object('account', 'payable:post', 'amount', -p_postage)));
      update dossier set fee_state = 'due', version = version + 1, updated_at = clock_timestamp()
        where id = p_dossier_id returning * into v_dossier;
      perform dossier_trace(v_dossier, p_actor, 'require-fee', v_dossier.state,
        jsonb_build_object('note', p_due_name ->> 'vi', 'amount', p_postage, 'obligation', v_obligation));
    end if;
  end if;
  insert into post_order (dossier_id, agency_id, kind, round, state, sender, receiver, grams, postage, basis, pays, obligation_id)
    values (p_dossier_id, v_dossier.agency_id, p_kind, v_round, case when v_paid then 'sending' else 'awaiting-postage' end,
      p_sender, p_receiver, p_grams, p_postage, p_basis, p_pays, v_obligation)
    returning * into v_row;
  if v_paid then
    perform job_put('post-order', v_row.id::text, jsonb_build_object('orderId', v_row.id));
  end if;
  perform post_trace(p_dossier_id, p_actor, 'post-order',
    jsonb_build_object('kind', p_kind, 'round', v_round, 'postage', p_postage, 'pays', p_pays));
  return next v_row;
end $$;

-- Postage has come in (or is taken at the door after all): the order goes to the post.
create function post_order_release(p_tenant text, p_id uuid, p_to_door boolean, p_actor jsonb) returns boolean language plpgsql as $$
declare v post_order; v_fee bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- Dossier first, as everywhere: nobody waits for each other.
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id and state = 'awaiting-postage' for update;
  if not found then return false; end if;
  if p_to_door then
    perform 1 from obligation where id = v.obligation_id and state = 'due' for update;
    if not found or exists (select 1 from payment_request_part p join payment_request r on r.id = p.request_id
        where p.obligation_id = v.obligation_id and p.active and r.state = 'verifying') then return false; end if;
    update payment_request r set state = 'closed', next_ask_at = null, changed_at = now() from payment_request_part p
      where p.request_id = r.id and p.obligation_id = v.obligation_id and r.state in ('initiated', 'open');
    update obligation set state = 'cancelled' where id = v.obligation_id;
    perform ledger_put('cancellation', v.obligation_id, jsonb_build_array(
      jsonb_build_object('account', 'receivable', 'amount', -v.postage),
      jsonb_build_object('account', 'payable:post', 'amount', v.postage)));
    update post_order set state = 'sending', pays = 'door', obligation_id = null where id = p_id;
  elsif not exists (select 1 from obligation where id = v.obligation_id and state = 'paid') then return false;
  end if;
  update post_order set state = 'sending', changed_at = clock_timestamp() where id = p_id;
  perform job_put('post-order', p_id::text, jsonb_build_object('orderId', p_id));
  if p_to_door then
    perform dossier_fee_recount(v.dossier_id, 0, null, p_actor, jsonb_build_object('line', 'POSTAGE', 'from', v.postage, 'to', 0));
  end if;
  return true;
end $$;

-- The post's answer to an order: its number, or why not. Also an officer's hand: a number typed from the post's receipt.
create function post_order_answered(p_tenant text, p_id uuid, p_item_code text, p_refusal text) returns boolean
language plpgsql as $$
declare v post_order;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  if not found then return false; end if;
  if p_item_code is not null then
    if v.item_code is not null then return v.item_code = p_item_code; end if;
    if v.state not in ('sending', 'refused') then return false; end if;
    update post_order set item_code = p_item_code, problem = null, heard_at = clock_timestamp(), changed_at = clock_timestamp(),
      state = 'ordered' where id = p_id;
    return true;
  end if;
  if v.state <> 'sending' then return false; end if;
  update post_order set state = 'refused', problem = left(p_refusal, 500), changed_at = clock_timestamp() where id = p_id;
  perform post_trace(v.dossier_id, '{"kind": "system", "name": "post"}', 'post-refused', jsonb_build_object('note', left(p_refusal, 500)));
  return true;
end $$;

-- A try to order failed; the job tries again by itself until p_final.
create function post_order_stuck(p_tenant text, p_id uuid, p_problem text) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update post_order set problem = left(p_problem, 500) where id = p_id and state = 'sending';
end $$;

-- One event, once. p_state: what it makes of the order. word: new · late (a newer one was known) · already · unknown
create function post_event_put(p_tenant text, p_id uuid, p_item_code text, p_event jsonb, p_state text) returns text
language plpgsql as $$
declare v post_order; v_late boolean; v_action text; v_count int;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  if not found or (v.item_code is not null and v.item_code <> p_item_code) or v.state in ('awaiting-postage', 'cancelled') then
    return 'unknown';
  end if;
  insert into post_event (order_id, event_id, sequence, kind, at, place, note)
    values (p_id, p_event ->> 'id', (p_event ->> 'sequence')::int, p_event ->> 'kind', (p_event ->> 'at')::timestamptz,
      p_event ->> 'place', p_event ->> 'note')
    on conflict do nothing;
  get diagnostics v_count = row_count;
  if v_count = 0 then
    update post_order set heard_at = clock_timestamp() where id = p_id;
    return 'already';
  end if;
  v_late := (p_event ->> 'sequence')::int <= v.sequence;
  update post_order set heard_at = clock_timestamp(), item_code = coalesce(item_code, p_item_code), problem = null,
    state = case when v_late then state else p_state end,
    sequence = greatest(sequence, (p_event ->> 'sequence')::int),
    changed_at = case when v_late then changed_at else clock_timestamp() end where id = p_id;
  v_action := case p_event ->> 'kind' when 'collected' then 'post-collected' when 'delivery-failed' then 'post-failed'
    when 'delivered' then 'post-delivered' when 'returned' then 'post-returned' when 'lost' then 'post-lost' end;
  if v_action is not null then
    perform post_trace(v.dossier_id, '{"kind": "system", "name": "post"}', v_action, jsonb_build_object('kind', v.kind,
      'at', p_event ->> 'at', 'text', p_event ->> 'note', 'late', case when v_late then true end));
  end if;
  -- A result in the post's hands may count as returned.
  if v.kind = 'result' and p_event ->> 'kind' <> 'accepted' then
    perform job_put('post-return', v.dossier_id::text, jsonb_build_object('dossierId', v.dossier_id, 'orderId', p_id));
  end if;
  return case when v_late then 'late' else 'new' end;
end $$;

-- What an officer does about an order by hand. p_what: collected (given to the courier), returned (back at the counter),
-- cancelled (before the post had it), again (the job starts anew). False: it does not stand like that any more.
create function post_order_by_hand(p_tenant text, p_id uuid, p_what text, p_officer jsonb) returns boolean language plpgsql as $$
declare v post_order; v_now timestamptz := clock_timestamp();
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  if not found then return false; end if;
  if p_what = 'again' then
    if v.state <> 'sending' then return false; end if;
    update post_order set problem = null, changed_at = v_now where id = p_id;
    perform job_put('post-order', p_id::text, jsonb_build_object('orderId', p_id));
    return true;
  elsif p_what = 'collected' then
    if v.state <> 'ordered' or v.kind <> 'result' then return false; end if;
    update post_order set state = 'collected', changed_at = v_now where id = p_id;
    perform post_trace(v.dossier_id, p_officer, 'post-collected', jsonb_build_object('kind', v.kind, 'at', v_now));
    perform job_put('post-return', v.dossier_id::text, jsonb_build_object('dossierId', v.dossier_id, 'orderId', p_id));
    return true;
  elsif p_what = 'returned' then
    if v.kind <> 'result' or v.state not in ('collected', 'in-transit', 'out-for-delivery', 'delivery-failed', 'returning') then
      return false;
    end if;
    -- The letter lies on the counter: whatever the post still tells is history.
    update post_order set state = 'returned', sequence = 1000000, changed_at = v_now where id = p_id;
    perform post_trace(v.dossier_id, p_officer, 'post-returned', jsonb_build_object('kind', v.kind, 'at', v_now));
    return true;
  elsif p_what = 'cancelled' then
    if v.state not in ('sending', 'ordered') then return false; end if;
    update post_order set state = 'cancelled', changed_at = v_now where id = p_id;
    perform post_trace(v.dossier_id, p_officer, 'post-cancelled', jsonb_build_object('kind', v.kind));
    return true;
  end if;
  return false;
end $$;

-- A letter is registered once by its number; registered again it answers the first row. Papers that were fetched from home
-- join the dossier they were fetched for.
create function post_letter_put(p_tenant text, p_agency_id text, p_item_code text, p_sender text, p_postmarked date, p_arrived date,
  p_officer jsonb) returns setof post_letter language plpgsql as $$
declare v_row post_letter; v_order post_order;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_order from post_order where item_code = p_item_code and kind = 'papers' and agency_id = p_agency_id;
  if found then perform 1 from dossier where id = v_order.dossier_id for update; end if;
  insert into post_letter (agency_id, item_code, sender_name, postmarked_on, arrived_on, dossier_id, registered_by)
    values (p_agency_id, p_item_code, p_sender, p_postmarked, p_arrived, v_order.dossier_id, p_officer)
    on conflict on constraint post_letter_once do nothing returning * into v_row;
  if v_row.id is null then
    return query select * from post_letter where item_code = p_item_code;
    return;
  end if;
  if v_order.id is not null then
    update post_order set state = 'delivered', sequence = 1000000, changed_at = clock_timestamp() where id = v_order.id;
    perform post_trace(v_order.dossier_id, p_officer, 'papers-arrived', jsonb_build_object('code', p_item_code));
  end if;
  perform audit_put('officer:' || (p_officer ->> 'id'), 'post.letter', 'letter:' || v_row.id, '{}');
  return next v_row;
end $$;

-- As in 0095; the stamp is kept, and a letter that waited has found its dossier.
create or replace function dossier_start_at_counter(p_tenant text, p_id uuid, p_channel text, p_procedure jsonb, p_agency jsonb,
  p_applicant jsonb, p_answers jsonb, p_fresh boolean, p_actor jsonb, p_post jsonb) returns jsonb language plpgsql as $$
declare v_outcome jsonb; v_id uuid;
begin
  v_outcome := dossier_start(p_tenant, p_id, p_channel, p_procedure, p_agency, p_applicant, p_answers, p_fresh, p_actor);
  if (v_outcome ->> 'ok')::boolean then
    v_id := (v_outcome ->> 'dossierId')::uuid;
    -- a colleague who takes the draft up is the one who answers for it
    update dossier set entered_by = p_actor where id = v_id;
    if p_post is not null then
      insert into post_arrival (dossier_id, item_code, arrived_on, postmarked_on, registered_by)
        values (v_id, p_post ->> 'itemCode', (p_post ->> 'arrivedOn')::date, (p_post ->> 'postmarkedOn')::date, p_actor)
        on conflict (dossier_id) do nothing;
      update post_letter set dossier_id = v_id where item_code = p_post ->> 'itemCode' and dossier_id is null;
    end if;
  end if;
  return v_outcome;
end $$;
