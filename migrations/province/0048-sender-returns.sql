-- Money that somebody sent by mistake goes back to its sender: one accountant proposes, somebody else approves, the transfer
-- is recorded under the bank's number, and the statement's line of it, before or after, explains itself.
-- Ledger: returns-payable → outgoing-unmatched when it is recorded; the line itself books outgoing-unmatched → bank.

alter table ledger_transaction drop constraint ledger_transaction_kind_check,
  add constraint ledger_transaction_kind_check check (kind in
    ('obligation', 'settlement', 'overpayment', 'cancellation', 'refund-approved', 'refund',
     'bank-line', 'bank-answer', 'cash-difference', 'cash-handover', 'sender-return'));

create table sender_return (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  -- The line with which the money came.
  line_id uuid not null references bank_line,
  account text not null,
  amount bigint not null check (amount > 0),
  payee_name text not null check (length(payee_name) between 1 and 200),
  payee_account text not null check (length(payee_account) between 1 and 100),
  note text not null check (length(note) between 1 and 1000),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'done')),
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null default clock_timestamp(),
  approved_by text,
  approved_name text,
  approved_at timestamptz,
  -- The bank's number of the transfer.
  reference text check (length(reference) between 4 and 64),
  done_at timestamptz,
  constraint sender_return_line_once unique (line_id),
  constraint sender_return_two_persons check (approved_by <> proposed_by),
  check ((state = 'proposed') = (approved_by is null)),
  check ((state = 'done') = (reference is not null))
);
create unique index sender_return_reference_once on sender_return (tenant, upper(reference)) where reference is not null;
select protect_tenant_table('sender_return');
select grant_app('sender_return', 'select, insert');
do $$ begin
  execute format('grant update (state, approved_by, approved_name, approved_at, reference, done_at) on sender_return to %I',
    current_setting('motcua.app_role'));
end $$;

-- word: proposed · already · not-owed (the line's money is not to be given back)
create function sender_return_propose(p_tenant text, p_line_id uuid, p_payee text, p_account text, p_note text, p_officer_id text,
  p_officer_name text) returns text language plpgsql as $$
declare l bank_line; v_amount bigint; v_id uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select b.* into l from bank_line b join bank_answer a on a.line_id = b.id
    where b.id = p_line_id and b.direction = 'in' and a.action = 'booked' and a.account = 'returns-payable';
  if not found then return 'not-owed'; end if;
  v_amount := case when l.kind = 'unmatched' then l.amount else l.difference end;
  if v_amount <= 0 then return 'not-owed'; end if;
  insert into sender_return (line_id, account, amount, payee_name, payee_account, note, proposed_by, proposed_name)
    values (l.id, l.account, v_amount, p_payee, p_account, p_note, p_officer_id, p_officer_name)
    on conflict on constraint sender_return_line_once do nothing returning id into v_id;
  if v_id is null then return 'already'; end if;
  perform audit_put('officer:' || p_officer_id, 'return.propose', 'bank-line:' || l.id, jsonb_build_object('amount', v_amount));
  return 'proposed';
end $$;

-- word: approved · already · same-person · unknown
create function sender_return_approve(p_tenant text, p_line_id uuid, p_officer_id text, p_officer_name text) returns text
language plpgsql as $$
declare v sender_return;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from sender_return where line_id = p_line_id for update;
  if not found then return 'unknown'; end if;
  if v.state <> 'proposed' then return 'already'; end if;
  if v.proposed_by = p_officer_id then return 'same-person'; end if;
  update sender_return set state = 'approved', approved_by = p_officer_id, approved_name = p_officer_name, approved_at = now()
    where id = v.id;
  perform audit_put('officer:' || p_officer_id, 'return.approve', 'bank-line:' || p_line_id, jsonb_build_object('amount', v.amount));
  return 'approved';
end $$;

-- A return and the statement's line of it, whichever comes second.
create function sender_return_match(p_return sender_return, p_line_id uuid) returns void language plpgsql as $$
begin
  insert into bank_answer (line_id, action, subject) values (p_line_id, 'matched', p_return.id) on conflict do nothing;
  if found then perform audit_put('bank', 'return.matched', 'bank-line:' || p_return.line_id, jsonb_build_object('line', p_line_id)); end if;
end $$;

-- Somebody has transferred it. word: done · already · not-approved · reference-used · unknown
create function sender_return_finish(p_tenant text, p_line_id uuid, p_reference text, p_officer_id text) returns text
language plpgsql as $$
declare v sender_return; v_line uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('bank:' || p_tenant));
  select * into v from sender_return where line_id = p_line_id for update;
  if not found then return 'unknown'; end if;
  if v.state = 'done' then return 'already'; end if;
  if v.state = 'proposed' then return 'not-approved'; end if;
  if exists (select 1 from sender_return where upper(reference) = upper(p_reference)) then return 'reference-used'; end if;
  update sender_return set state = 'done', reference = p_reference, done_at = now() where id = v.id returning * into v;
  perform ledger_put('sender-return', v.id, jsonb_build_array(
    jsonb_build_object('account', 'returns-payable', 'amount', v.amount),
    jsonb_build_object('account', 'outgoing-unmatched', 'amount', -v.amount)));
  perform audit_put('officer:' || p_officer_id, 'return.finish', 'bank-line:' || p_line_id,
    jsonb_build_object('amount', v.amount, 'reference', p_reference));
  select b.id into v_line from bank_line b where b.account = v.account and b.direction = 'out' and b.kind = 'unmatched'
    and b.amount = v.amount and upper(b.line) = upper(p_reference) and not exists (select 1 from bank_answer a where a.line_id = b.id);
  if found then perform sender_return_match(v, v_line); end if;
  return 'done';
end $$;

create function bank_line_meets_return() returns trigger language plpgsql as $$
declare v sender_return;
begin
  select * into v from sender_return r where r.account = new.account and r.amount = new.amount and r.state = 'done'
    and (upper(r.reference) = upper(new.line) or (length(r.reference) >= 6 and position(upper(r.reference) in upper(new.content)) > 0))
    and not exists (select 1 from bank_answer a where a.subject = r.id) limit 1;
  if found then perform sender_return_match(v, new.id); end if;
  return null;
end $$;
create trigger bank_line_meets_return after insert on bank_line
  for each row when (new.direction = 'out' and new.kind = 'unmatched') execute function bank_line_meets_return();

-- What goes out is never by one person's word the end of a debt to a sender.
create function bank_answer_guard() returns trigger language plpgsql as $$
begin
  if new.account = 'returns-payable' and exists (select 1 from bank_line where id = new.line_id and direction = 'out') then
    raise exception 'money to senders goes back by two people' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger bank_answer_guard before insert on bank_answer for each row execute function bank_answer_guard();
