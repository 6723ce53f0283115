-- The payee's account at the bank or treasury: its statement, line by line, each booked once and explained once; and the way
-- of cash from the desk to that account: the cashier closes the day, hands over, the statement confirms.
-- Accounts of the ledger: cash → cash-in-transit → bank; transfers-unmatched and outgoing-unmatched wait for a person.

alter table ledger_transaction drop constraint ledger_transaction_kind_check,
  add constraint ledger_transaction_kind_check check (kind in
    ('obligation', 'settlement', 'overpayment', 'cancellation', 'refund-approved', 'refund',
     'bank-line', 'bank-answer', 'cash-difference', 'cash-handover'));

create table cash_close (
  -- Made with the cashier's page: pressing twice is one closing.
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  agency_id text not null,
  officer_id text not null,
  officer_name text not null,
  -- Sum of the payments below, and what was in the till.
  expected bigint not null check (expected >= 0),
  counted bigint not null check (counted >= 0),
  reason text not null default '' check (length(reason) <= 1000),
  closed_at timestamptz not null default clock_timestamp(),
  check (expected = counted or reason <> '')
);
select protect_tenant_table('cash_close');
select grant_app('cash_close', 'select, insert');

create table cash_close_payment (
  close_id uuid not null references cash_close,
  tenant text not null default current_setting('app.tenant'),
  counter_payment_id uuid not null references counter_payment,
  primary key (counter_payment_id)
);
create index cash_close_payment_close on cash_close_payment (close_id);
select protect_tenant_table('cash_close_payment');
select grant_app('cash_close_payment', 'select, insert');

create table cash_handover (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  agency_id text not null,
  officer_id text not null,
  officer_name text not null,
  account text not null,
  -- Of the bank's paying-in slip; stands in the statement's content.
  slip text not null check (length(slip) between 4 and 40),
  amount bigint not null check (amount > 0),
  handed_at timestamptz not null default clock_timestamp(),
  constraint cash_handover_slip_once unique (tenant, slip)
);
select protect_tenant_table('cash_handover');
select grant_app('cash_handover', 'select, insert');

create table cash_handover_close (
  handover_id uuid not null references cash_handover,
  tenant text not null default current_setting('app.tenant'),
  close_id uuid not null references cash_close,
  primary key (close_id)
);
create index cash_handover_close_handover on cash_handover_close (handover_id);
select protect_tenant_table('cash_handover_close');
select grant_app('cash_handover_close', 'select, insert');

create table bank_line (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  account text not null,
  -- The bank's own number of the booking.
  line text not null check (length(line) between 1 and 64),
  booked_at timestamptz not null,
  direction text not null check (direction in ('in', 'out')),
  amount bigint not null check (amount > 0),
  content text not null check (length(content) <= 1000),
  source text not null check (source in ('feed', 'file')),
  -- What it is. unmatched: nothing of ours; the others name their subject.
  kind text not null check (kind in ('remittance', 'cash', 'transfer', 'refund', 'unmatched')),
  subject uuid,
  -- What came less what was expected; null where nothing was.
  difference bigint,
  read_at timestamptz not null default clock_timestamp(),
  constraint bank_line_once unique (tenant, account, line),
  check (kind <> 'unmatched' or subject is null)
);
create index bank_line_booked on bank_line (tenant, booked_at desc, id);
create unique index bank_line_subject_once on bank_line (subject) where subject is not null;
select protect_tenant_table('bank_line');
select grant_app('bank_line', 'select, insert');

-- What was done about a line that waits for a person. matched: our own record came after the line.
create table bank_answer (
  line_id uuid primary key references bank_line,
  tenant text not null default current_setting('app.tenant'),
  action text not null check (action in ('matched', 'booked', 'explained')),
  -- booked: the account that the money belongs to · matched: the record
  account text,
  subject uuid,
  note text not null default '' check (length(note) <= 1000),
  officer_id text,
  officer_name text,
  at timestamptz not null default clock_timestamp(),
  check (action = 'matched' or note <> '')
);
create unique index bank_answer_subject_once on bank_answer (subject) where subject is not null;
select protect_tenant_table('bank_answer');
select grant_app('bank_answer', 'select, insert');

create table bank_cursor (
  tenant text not null default current_setting('app.tenant'),
  account text not null,
  line text not null,
  read_at timestamptz not null default now(),
  primary key (tenant, account)
);
select protect_tenant_table('bank_cursor');
select grant_app('bank_cursor', 'select, insert, update');

-- A record of ours that the statement has not confirmed yet and that this content or number names:
-- a counter transfer under the bank's number, or cash handed over under its slip.
create function bank_subject(p_line text, p_content text) returns table (kind text, subject uuid, amount bigint)
language sql stable as $$
  select * from (
    select 'transfer' as kind, c.id as subject, c.amount from counter_payment c
    where c.method = 'transfer' and (upper(c.reference) = upper(p_line)
      or (length(c.reference) >= 6 and position(upper(c.reference) in upper(p_content)) > 0))
    union all
    select 'cash', h.id, h.amount from cash_handover h where position(upper(h.slip) in upper(p_content)) > 0
  ) s where not exists (select 1 from bank_line b where b.subject = s.subject)
    and not exists (select 1 from bank_answer a where a.subject = s.subject)
  order by 1 desc limit 1
$$;

-- Takes the lines of one account in, in their order; those that are known change nothing.
-- p_lines: [{"line", "bookedAt", "direction", "amount", "content"}, …]; p_partner: our name at the hub, in its remittances.
-- Answers how many were new, and the first known one that says something else now (null: none).
create function bank_lines_take(p_tenant text, p_account text, p_source text, p_partner text, p_lines jsonb)
returns table (taken int, contradicts text) language plpgsql as $$
declare r record; s record; v_id uuid; v_kind text; v_subject uuid; v_difference bigint; v_taken int := 0; v_against text;
  v_expected bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- One at a time: two readers would find the same record for two lines.
  perform pg_advisory_xact_lock(hashtext('bank:' || p_tenant));
  for r in select x.* from jsonb_to_recordset(p_lines) as x(line text, "bookedAt" timestamptz, direction text, amount bigint, content text)
  loop
    if exists (select 1 from bank_line b where b.account = p_account and b.line = r.line) then
      if v_against is null and exists (select 1 from bank_line b where b.account = p_account and b.line = r.line
          and (b.amount <> r.amount or b.direction <> r.direction)) then v_against := r.line; end if;
      continue;
    end if;
    v_kind := 'unmatched'; v_subject := null; v_difference := null;
    if r.direction = 'in' then
      select * into s from bank_subject(r.line, r.content);
      if found then
        v_kind := s.kind; v_subject := s.subject; v_difference := r.amount - s.amount;
      elsif p_partner <> '' and position(upper(p_partner) in upper(r.content)) > 0 and r.content ~* 'RMT[0-9A-F]{10}' then
        v_kind := 'remittance';
        -- "THU DEN YYYYMMDD": everything that was kept up to that day, less what came before.
        v_expected := coalesce((select sum(e.amount) from ledger_entry e join ledger_transaction t on t.id = e.transaction_id
          where e.account = 'hub-clearing' and (t.kind in ('bank-line', 'bank-answer')
            or t.at < coalesce((to_date(substring(r.content from '(20[0-9]{6})'), 'YYYYMMDD') + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh', r."bookedAt"))), 0);
        v_difference := r.amount - v_expected;
      end if;
    else
      select d.refund_due_id into v_subject from refund_decision d join refund_due u on u.id = d.refund_due_id
        where d.state = 'done' and u.amount = r.amount and (upper(d.reference) = upper(r.line)
          or (length(d.reference) >= 6 and position(upper(d.reference) in upper(r.content)) > 0))
          and not exists (select 1 from bank_line b where b.subject = d.refund_due_id) limit 1;
      if v_subject is not null then v_kind := 'refund'; v_difference := 0; end if;
    end if;
    insert into bank_line (account, line, booked_at, direction, amount, content, source, kind, subject, difference)
      values (p_account, r.line, r."bookedAt", r.direction, r.amount, r.content, p_source, v_kind, v_subject, v_difference)
      returning id into v_id;
    -- A counter transfer and a refund were booked at the bank when they were recorded.
    if v_kind = 'remittance' then
      perform ledger_put('bank-line', v_id, jsonb_build_array(
        jsonb_build_object('account', 'bank', 'amount', r.amount), jsonb_build_object('account', 'hub-clearing', 'amount', -r.amount)));
    elsif v_kind = 'cash' then
      perform ledger_put('bank-line', v_id, jsonb_build_array(
        jsonb_build_object('account', 'bank', 'amount', r.amount), jsonb_build_object('account', 'cash-in-transit', 'amount', v_difference - r.amount),
        jsonb_build_object('account', 'transfers-unmatched', 'amount', -v_difference)));
    elsif v_kind = 'transfer' and v_difference <> 0 then
      perform ledger_put('bank-line', v_id, jsonb_build_array(
        jsonb_build_object('account', 'bank', 'amount', v_difference), jsonb_build_object('account', 'transfers-unmatched', 'amount', -v_difference)));
    elsif v_kind = 'unmatched' then
      perform ledger_put('bank-line', v_id, jsonb_build_array(
        jsonb_build_object('account', 'bank', 'amount', case r.direction when 'in' then r.amount else -r.amount end),
        jsonb_build_object('account', case r.direction when 'in' then 'transfers-unmatched' else 'outgoing-unmatched' end,
          'amount', case r.direction when 'in' then -r.amount else r.amount end)));
    end if;
    if v_kind = 'unmatched' or v_difference <> 0 then
      perform audit_put('bank', 'bank.unmatched', v_id::text, jsonb_build_object('kind', v_kind, 'amount', r.amount, 'difference', v_difference));
    end if;
    v_taken := v_taken + 1;
  end loop;
  return query select v_taken, v_against;
end $$;

-- Lines that came before our own record of them: the record was written since.
create function bank_rematch(p_tenant text) returns int language plpgsql as $$
declare l record; s record; v_count int := 0;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('bank:' || p_tenant));
  for l in select b.* from bank_line b where b.kind = 'unmatched' and b.direction = 'in'
    and not exists (select 1 from bank_answer a where a.line_id = b.id) order by b.booked_at limit 1000
  loop
    select * into s from bank_subject(l.line, l.content);
    continue when not found or s.amount <> l.amount;
    insert into bank_answer (line_id, action, subject) values (l.id, 'matched', s.subject);
    perform ledger_put('bank-answer', l.id, jsonb_build_array(
      jsonb_build_object('account', 'transfers-unmatched', 'amount', l.amount),
      jsonb_build_object('account', case s.kind when 'cash' then 'cash-in-transit' else 'bank' end, 'amount', -l.amount)));
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- An accountant's answer: a note, or the account that the money belongs to. Only adds.
-- word: done · already · unknown · cannot-book
create function bank_answer_put(p_tenant text, p_line_id uuid, p_account text, p_note text, p_officer_id text, p_officer_name text)
returns text language plpgsql as $$
declare l bank_line; v_amount bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('bank:' || p_tenant));
  select * into l from bank_line where id = p_line_id;
  if not found or (l.kind <> 'unmatched' and coalesce(l.difference, 0) = 0) then return 'unknown'; end if;
  if exists (select 1 from bank_answer where line_id = l.id) then return 'already'; end if;
  if p_account is not null then
    -- What stands in a waiting account: the whole line, or the difference of a line that was expected.
    v_amount := case when l.kind = 'unmatched' then l.amount when l.kind in ('cash', 'transfer') then l.difference else 0 end;
    if v_amount = 0 then return 'cannot-book'; end if;
    perform ledger_put('bank-answer', l.id, case l.direction when 'in'
      then jsonb_build_array(jsonb_build_object('account', 'transfers-unmatched', 'amount', v_amount), jsonb_build_object('account', p_account, 'amount', -v_amount))
      else jsonb_build_array(jsonb_build_object('account', p_account, 'amount', v_amount), jsonb_build_object('account', 'outgoing-unmatched', 'amount', -v_amount)) end);
  end if;
  insert into bank_answer (line_id, action, account, note, officer_id, officer_name)
    values (l.id, case when p_account is null then 'explained' else 'booked' end, p_account, p_note, p_officer_id, p_officer_name);
  perform audit_put('officer:' || p_officer_id, 'bank.' || case when p_account is null then 'explained' else 'booked' end, l.id::text,
    jsonb_build_object('account', p_account, 'amount', v_amount));
  return 'done';
end $$;

-- The cashier closes: all cash that this officer took and that no closing has yet.
-- word: closed · already · nothing · reason-missing · amount-changed (somebody paid while counting)
create function cash_close_put(p_tenant text, p_id uuid, p_agency_id text, p_officer_id text, p_officer_name text, p_expected bigint,
  p_counted bigint, p_reason text) returns text language plpgsql as $$
declare v_expected bigint; v_count int;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('cash:' || p_tenant || p_officer_id));
  if exists (select 1 from cash_close where id = p_id) then return 'already'; end if;
  select count(*), coalesce(sum(c.amount), 0) into v_count, v_expected from counter_payment c
    where c.method = 'cash' and c.officer_id = p_officer_id and not exists (select 1 from cash_close_payment x where x.counter_payment_id = c.id);
  if v_count = 0 then return 'nothing'; end if;
  if v_expected <> p_expected then return 'amount-changed'; end if;
  if p_counted <> v_expected and p_reason = '' then return 'reason-missing'; end if;
  insert into cash_close (id, agency_id, officer_id, officer_name, expected, counted, reason)
    values (p_id, p_agency_id, p_officer_id, p_officer_name, v_expected, p_counted, p_reason);
  insert into cash_close_payment (close_id, counter_payment_id) select p_id, c.id from counter_payment c
    where c.method = 'cash' and c.officer_id = p_officer_id and not exists (select 1 from cash_close_payment x where x.counter_payment_id = c.id);
  if p_counted <> v_expected then
    perform ledger_put('cash-difference', p_id, jsonb_build_array(
      jsonb_build_object('account', 'cash', 'amount', p_counted - v_expected),
      jsonb_build_object('account', 'cash-differences', 'amount', v_expected - p_counted)));
  end if;
  perform audit_put('officer:' || p_officer_id, 'cash.close', p_id::text, jsonb_build_object('expected', v_expected, 'counted', p_counted));
  return 'closed';
end $$;

-- Everything that this officer has closed and not handed over goes to the bank under one slip.
-- word: handed · already · nothing · slip-used
create function cash_handover_put(p_tenant text, p_id uuid, p_agency_id text, p_officer_id text, p_officer_name text, p_account text, p_slip text)
returns text language plpgsql as $$
declare v_amount bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('cash:' || p_tenant || p_officer_id));
  if exists (select 1 from cash_handover where id = p_id) then return 'already'; end if;
  if exists (select 1 from cash_handover where slip = p_slip) then return 'slip-used'; end if;
  select coalesce(sum(c.counted), 0) into v_amount from cash_close c
    where c.officer_id = p_officer_id and not exists (select 1 from cash_handover_close x where x.close_id = c.id);
  if v_amount = 0 then return 'nothing'; end if;
  insert into cash_handover (id, agency_id, officer_id, officer_name, account, slip, amount)
    values (p_id, p_agency_id, p_officer_id, p_officer_name, p_account, p_slip, v_amount);
  insert into cash_handover_close (handover_id, close_id) select p_id, c.id from cash_close c
    where c.officer_id = p_officer_id and not exists (select 1 from cash_handover_close x where x.close_id = c.id);
  perform ledger_put('cash-handover', p_id, jsonb_build_array(
    jsonb_build_object('account', 'cash-in-transit', 'amount', v_amount), jsonb_build_object('account', 'cash', 'amount', -v_amount)));
  perform audit_put('officer:' || p_officer_id, 'cash.handover', p_id::text, jsonb_build_object('amount', v_amount));
  return 'handed';
end $$;
