-- Postage goes on to the post: lists of what it carried at the agency's account, paid by the word of two people. And what of
-- it goes back to its payer, or is taken back by a bank, is not booked as the agency's own.

create table post_settlement (
  -- Made with the page: pressed twice it is one list.
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  -- Of the officer who made it: the items are those of the unit and the units below it.
  agency_id text not null,
  -- Of the payee, from which it is paid.
  account text not null,
  -- Items ordered up to and with this day.
  until date not null,
  items int not null check (items > 0),
  amount bigint not null check (amount > 0),
  -- Of it: collected from payers; the rest is borne by the agency.
  collected bigint not null check (collected >= 0),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'paid', 'dropped')),
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null default clock_timestamp(),
  approved_by text,
  approved_name text,
  approved_at timestamptz,
  -- The bank's number of the transfer.
  reference text check (length(reference) between 4 and 64),
  paid_at timestamptz,
  constraint post_settlement_two_people check (approved_by <> proposed_by),
  check (collected <= amount),
  check (state not in ('approved', 'paid') or approved_by is not null),
  check ((state = 'paid') = (reference is not null))
);
create index post_settlement_of on post_settlement (tenant, agency_id, proposed_at desc);
create unique index post_settlement_reference on post_settlement (tenant, upper(reference)) where reference is not null;
select protect_tenant_table('post_settlement');
select grant_app('post_settlement', 'select, insert');
do $$ begin
  execute format('grant update (state, approved_by, approved_name, approved_at, reference, paid_at) on post_settlement to %I',
    current_setting('motcua.app_role'));
end $$;

alter table post_order add column settlement_id uuid references post_settlement;
create index post_order_settlement on post_order (settlement_id) where settlement_id is not null;
create index post_order_owed on post_order (tenant, agency_id, created_at) where settlement_id is null and pays <> 'door';

-- What the post carried, or carries, and was not paid for at the door; what it lost it is not paid for.
create function post_order_is_owed(o post_order) returns boolean language sql immutable as $$
  select o.pays <> 'door' and o.postage > 0 and o.settlement_id is null
    and o.state in ('collected', 'in-transit', 'out-for-delivery', 'delivery-failed', 'delivered', 'returning', 'returned')
$$;

-- word: proposed · already · nothing
create function post_settlement_propose(p_tenant text, p_id uuid, p_agency_id text, p_agencies text[], p_account text, p_until date,
  p_officer_id text, p_officer_name text) returns text language plpgsql as $$
declare v_items uuid[]; v_amount bigint; v_collected bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- One at a time: an item stands in one list.
  perform pg_advisory_xact_lock(hashtext('post-settlement:' || p_tenant));
  if exists (select from post_settlement where id = p_id) then return 'already'; end if;
  select array_agg(o.id), coalesce(sum(o.postage), 0) into v_items, v_amount from post_order o
    where o.agency_id = any (p_agencies) and post_order_is_owed(o)
      and o.created_at < (p_until + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh';
  if v_items is null then return 'nothing'; end if;
  -- Postage that was paid once covers the first letter that was carried for it; another one is the agency's.
  select coalesce(sum(least(b.total, f.postage)), 0) into v_collected from (
      select distinct on (o.obligation_id) o.obligation_id, o.postage from post_order o
      where o.id = any (v_items) and o.obligation_id is not null
        and not exists (select from post_order e where e.obligation_id = o.obligation_id and e.settlement_id is not null)
      order by o.obligation_id, o.round) f
    join obligation b on b.id = f.obligation_id and b.state in ('due', 'paid');
  insert into post_settlement (id, agency_id, account, until, items, amount, collected, proposed_by, proposed_name)
    values (p_id, p_agency_id, p_account, p_until, cardinality(v_items), v_amount, v_collected, p_officer_id, p_officer_name);
  update post_order set settlement_id = p_id where id = any (v_items);
  perform audit_put('officer:' || p_officer_id, 'postage.propose', 'post-settlement:' || p_id, jsonb_build_object('amount', v_amount));
  return 'proposed';
end $$;

-- word: approved · already · same-person · unknown
create function post_settlement_approve(p_tenant text, p_id uuid, p_officer_id text, p_officer_name text) returns text
language plpgsql as $$
declare v post_settlement;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from post_settlement where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state <> 'proposed' then return 'already'; end if;
  if v.proposed_by = p_officer_id then return 'same-person'; end if;
  update post_settlement set state = 'approved', approved_by = p_officer_id, approved_name = p_officer_name,
    approved_at = clock_timestamp() where id = p_id;
  perform audit_put('officer:' || p_officer_id, 'postage.approve', 'post-settlement:' || p_id, jsonb_build_object('amount', v.amount));
  return 'approved';
end $$;

-- A list that is not paid is given up; its items are owed again. word: dropped · already · unknown
create function post_settlement_drop(p_tenant text, p_id uuid, p_officer_id text) returns text language plpgsql as $$
declare v post_settlement;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from post_settlement where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state not in ('proposed', 'approved') then return 'already'; end if;
  update post_settlement set state = 'dropped' where id = p_id;
  update post_order set settlement_id = null where settlement_id = p_id;
  perform audit_put('officer:' || p_officer_id, 'postage.drop', 'post-settlement:' || p_id, jsonb_build_object('amount', v.amount));
  return 'dropped';
end $$;

-- A list and the statement's line of it, whichever comes second.
create function post_settlement_match(p_settlement post_settlement, p_line_id uuid) returns void language plpgsql as $$
begin
  insert into bank_answer (line_id, action, subject) values (p_line_id, 'matched', p_settlement.id) on conflict do nothing;
  if found then
    perform audit_put('bank', 'postage.matched', 'post-settlement:' || p_settlement.id, jsonb_build_object('line', p_line_id));
  end if;
end $$;

-- Somebody has transferred it: the line of the statement books outgoing-unmatched against the bank.
-- word: paid · already · not-approved · reference-used · unknown
create function post_settlement_pay(p_tenant text, p_id uuid, p_reference text, p_officer_id text) returns text language plpgsql as $$
declare v post_settlement; v_line uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('bank:' || p_tenant));
  select * into v from post_settlement where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state in ('paid', 'dropped') then return 'already'; end if;
  if v.state = 'proposed' then return 'not-approved'; end if;
  if exists (select from post_settlement where upper(reference) = upper(p_reference))
    or exists (select from sender_return where upper(reference) = upper(p_reference)) then return 'reference-used'; end if;
  update post_settlement set state = 'paid', reference = p_reference, paid_at = clock_timestamp() where id = p_id returning * into v;
  perform ledger_put('postage', v.id, jsonb_build_array(
    jsonb_build_object('account', 'payable:post', 'amount', v.collected),
    jsonb_build_object('account', 'expense:post', 'amount', v.amount - v.collected),
    jsonb_build_object('account', 'outgoing-unmatched', 'amount', -v.amount)));
  perform audit_put('officer:' || p_officer_id, 'postage.pay', 'post-settlement:' || p_id,
    jsonb_build_object('amount', v.amount, 'reference', p_reference));
  select b.id into v_line from bank_line b where b.account = v.account and b.direction = 'out' and b.kind = 'unmatched'
    and b.amount = v.amount and upper(b.line) = upper(p_reference) and not exists (select from bank_answer a where a.line_id = b.id);
  if found then perform post_settlement_match(v, v_line); end if;
  return 'paid';
end $$;

create function bank_line_meets_postage() returns trigger language plpgsql as $$
declare v post_settlement;
begin
  select * into v from post_settlement s where s.account = new.account and s.amount = new.amount and s.state = 'paid'
    and (upper(s.reference) = upper(new.line) or (length(s.reference) >= 6 and position(upper(s.reference) in upper(new.content)) > 0))
    and not exists (select from bank_answer a where a.subject = s.id) limit 1;
  if found then perform post_settlement_match(v, new.id); end if;
  return null;
end $$;
create trigger bank_line_meets_postage after insert on bank_line
  for each row when (new.direction = 'out' and new.kind = 'unmatched') execute function bank_line_meets_postage();

-- As in 0045; postage was never revenue.
create or replace function refund_approve(p_tenant text, p_refund_due_id uuid, p_officer_id text, p_officer_name text) returns text
language plpgsql as $$
declare v refund_decision; v_due refund_due; v_settlement settlement; v_fee bigint; v_obligation obligation;
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
  select * into v_obligation from obligation where id = v_settlement.obligation_id;
  -- Money that was kept becomes owed to the payer; money never kept stands there already.
  if v_settlement.kept and v_obligation.occasion = 'postage' then
    perform ledger_put('refund-approved', v_due.id, jsonb_build_array(
      jsonb_build_object('account', 'payable:post', 'amount', v_due.amount),
      jsonb_build_object('account', 'refunds-payable', 'amount', -v_due.amount)));
  elsif v_settlement.kept then
    select coalesce(sum(amount) filter (where kind = 'fee' and refundable), 0) into v_fee from due_line
      where obligation_id = v_settlement.obligation_id;
    perform ledger_put('refund-approved', v_due.id, jsonb_build_array(
      jsonb_build_object('account', 'revenue:fee', 'amount', v_fee),
      jsonb_build_object('account', 'revenue:charge', 'amount', v_due.amount - v_fee),
      jsonb_build_object('account', 'refunds-payable', 'amount', -v_due.amount)));
  end if;
  perform audit_put('officer:' || p_officer_id, 'refund.approve', 'dossier:' || v_obligation.dossier_id,
    jsonb_build_object('refund', v_due.id, 'amount', v_due.amount));
  return 'approved';
end $$;

-- As in 0045; postage that a bank takes back is due again as postage, and the post is owed what it was.
create or replace function settlement_lost(p_settlement settlement, p_dispute text, p_reason text) returns text language plpgsql as $$
declare v_due refund_due; v_decision refund_decision; v_obligation obligation; v_fee bigint; v_dues jsonb; v_new uuid; v_postage boolean;
begin
  select * into v_obligation from obligation where id = p_settlement.obligation_id;
  v_postage := v_obligation.occasion = 'postage';
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
    jsonb_build_object('account', case when v_postage then 'payable:post' else 'revenue:fee' end, 'amount', v_fee),
    jsonb_build_object('account', 'revenue:charge', 'amount', p_settlement.amount - v_fee),
    jsonb_build_object('account', 'hub-clearing', 'amount', -p_settlement.amount)));
  if dossier_is_over(v_obligation.dossier_id) or (v_postage and v_due.id is not null) then return 'written-off'; end if;
  select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', code, 'kind', kind, 'name', name, 'basis', basis, 'refundable', refundable,
      'amount', amount, 'exemption', exemption, 'quantity', quantity, 'unitAmount', unit_amount)) order by position)
    into v_dues from due_line where obligation_id = v_obligation.id;
  v_new := obligation_write(gen_random_uuid(), v_obligation.dossier_id, case when v_postage then 'postage' else 'officer' end, v_dues,
    now() + interval '30 days', p_reason);
  if v_postage then
    perform ledger_put('postage', v_new, jsonb_build_array(
      jsonb_build_object('account', 'revenue:fee', 'amount', v_fee),
      jsonb_build_object('account', 'payable:post', 'amount', -v_fee)));
    update post_order set obligation_id = v_new where obligation_id = v_obligation.id and settlement_id is null;
  else
    update dossier set fee_state = 'due' where id = v_obligation.dossier_id;
  end if;
  return 'reopened';
end $$;

-- Of postage nothing is exempt: a letter is taken back, or paid at the door.
alter function fee_exempt(text, uuid, uuid, int, bigint, jsonb, jsonb) rename to fee_exempt_line;
create function fee_exempt(p_tenant text, p_obligation_id uuid, p_new_id uuid, p_position int, p_amount bigint, p_exemption jsonb,
  p_actor jsonb) returns jsonb language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  if exists (select from obligation where id = p_obligation_id and occasion = 'postage') then return dossier_refusal('wrong-state'); end if;
  return fee_exempt_line(p_tenant, p_obligation_id, p_new_id, p_position, p_amount, p_exemption, p_actor);
end $$;
