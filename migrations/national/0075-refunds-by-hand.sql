-- Money that goes back without a provider's help, and money whose way has to be found by people:
-- * a collecting agency asks for a refund (REFUND); two operators still decide about it;
-- * a refund by hand: somebody transfers at the bank and records it, somebody else confirms, the statement shows it later;
-- * a line of the collecting account's statement that fits nothing: one operator proposes what it is, another one agrees.
-- Every outgoing line of the statement is booked when it is read; what nobody has explained stands in `transfers-unclear`.

do $$
declare v_known text;
begin
  select pg_get_expr(conbin, conrelid) into v_known from pg_constraint where conname = 'ledger_transaction_kind_check';
  alter table ledger_transaction drop constraint ledger_transaction_kind_check;
  execute format('alter table ledger_transaction add constraint ledger_transaction_kind_check check (%s or kind in (%s))', v_known,
    $k$'bank-debit', 'transfer-out', 'transfer-matched', 'transfer-assigned', 'transfer-return', 'transfer-explained',
    'dispute', 'dispute-ended', 'dispute-lost'$k$);
end $$;

-- A refund that a collecting agency asks for. `request` is its own number for it: the same again is the same refund.
create table merchant_refund (
  id uuid primary key default gen_random_uuid(),
  merchant text not null,
  request text not null check (length(request) between 5 and 64),
  content_hash text not null,
  settlement_id uuid not null references settlement,
  amount bigint not null check (amount > 0),
  reason text not null check (length(reason) between 1 and 300),
  -- Whom and where to, as the agency wrote it down: for transfers by hand.
  payee text not null check (length(payee) <= 300),
  -- proposed: an operator has taken it up; waiting again when the provider declined.
  state text not null default 'waiting' check (state in ('waiting', 'proposed', 'refunded', 'refused')),
  refusal text check (length(refusal) between 1 and 500),
  refused_by uuid references operator,
  received_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  constraint merchant_refund_request_once unique (merchant, request),
  check ((state = 'refused') = (refusal is not null))
);
create index merchant_refund_waiting on merchant_refund (received_at) where state = 'waiting';
select grant_app('merchant_refund', 'select, insert');
do $$ begin
  execute format('grant update (state, refusal, refused_by, changed_at) on merchant_refund to %I', current_setting('motcua.app_role'));
end $$;

alter table refund
  add column by_hand boolean not null default false,
  add column payee text not null default '' check (length(payee) <= 300),
  add column merchant_refund_id uuid references merchant_refund,
  add column decision_note text check (length(decision_note) <= 500);
create unique index refund_of_merchant_once on refund (merchant_refund_id) where merchant_refund_id is not null and state not in ('refused', 'declined');
do $$ begin
  execute format('grant update (decision_note) on refund to %I', current_setting('motcua.app_role'));
end $$;

-- The agency's request follows the refund made for it, whoever moves that.
create function merchant_refund_follow() returns trigger language plpgsql as $$
begin
  update merchant_refund set changed_at = now(),
    state = case new.state when 'refunded' then 'refunded' when 'refused' then 'refused' when 'declined' then 'waiting' else 'proposed' end,
    refusal = case when new.state = 'refused' then coalesce(nullif(new.decision_note, ''), 'Không duyệt hoàn') end,
    refused_by = case when new.state = 'refused' then new.decided_by end
    where id = new.merchant_refund_id and state in ('waiting', 'proposed');
  return null;
end $$;
create trigger merchant_refund_follow after insert or update of state on refund
  for each row when (new.merchant_refund_id is not null) execute function merchant_refund_follow();

-- REFUND of an agency. word: received · known (this very request) · differs (another one under its number) ·
-- unknown-payment · too-much
create function merchant_refund_put(p_merchant text, p_request text, p_hash text, p_reference text, p_transaction text, p_amount bigint,
  p_reason text, p_payee text) returns table (word text, id uuid) language plpgsql as $$
#variable_conflict use_column
declare v merchant_refund; v_settlement settlement; v_id uuid;
begin
  select m.* into v from merchant_refund m where m.merchant = p_merchant and m.request = p_request;
  if found then
    return query select case when v.content_hash = p_hash then 'known' else 'differs' end, v.id; return;
  end if;
  select s.* into v_settlement from settlement s join payment_attempt a on a.id = s.attempt_id join payment_order o on o.id = s.order_id
    where o.merchant = p_merchant and o.reference = p_reference and a.hub_transaction = p_transaction and s.kept;
  if not found then return query select 'unknown-payment', null::uuid; return; end if;
  if p_amount > v_settlement.amount - coalesce((select r.reserved from refund_room r where r.settlement_id = v_settlement.id), 0) then
    return query select 'too-much', null::uuid; return;
  end if;
  insert into merchant_refund as m (merchant, request, content_hash, settlement_id, amount, reason, payee)
    values (p_merchant, p_request, p_hash, v_settlement.id, p_amount, p_reason, p_payee)
    on conflict on constraint merchant_refund_request_once do nothing returning m.id into v_id;
  if v_id is null then
    -- The same message twice at once: the other one was first.
    return query select case when m.content_hash = p_hash then 'known' else 'differs' end, m.id from merchant_refund m
      where m.merchant = p_merchant and m.request = p_request;
    return;
  end if;
  perform audit_put('merchant:' || p_merchant, 'refund.wished', v_id::text,
    jsonb_build_object('settlement', v_settlement.id, 'amount', p_amount));
  return query select 'received', v_id;
end $$;

-- An operator answers no at once, with the reason that the agency reads. word: refused · already · unknown
create function merchant_refund_refuse(p_id uuid, p_operator uuid, p_reason text) returns text language plpgsql as $$
begin
  update merchant_refund set state = 'refused', refusal = p_reason, refused_by = p_operator, changed_at = now()
    where id = p_id and state = 'waiting';
  if not found then return case when exists (select 1 from merchant_refund where id = p_id) then 'already' else 'unknown' end; end if;
  perform audit_put('operator:' || p_operator, 'refund.wish-refused', p_id::text, '{}');
  return 'refused';
end $$;

drop function refund_request(uuid, uuid, bigint, text, uuid);
-- First person. Answers 'requested', 'replayed' (the same click again), 'id-taken', 'unknown-settlement', 'too-much',
-- 'taken-up' (somebody has taken up this request of the agency).
create function refund_request(p_id uuid, p_settlement uuid, p_amount bigint, p_reason text, p_operator uuid,
  p_by_hand boolean default false, p_payee text default '', p_wish uuid default null) returns text
language plpgsql as $$
declare v refund;
begin
  select * into v from refund where id = p_id;
  if found then
    return case when v.settlement_id = p_settlement and v.amount = p_amount and v.requested_by = p_operator then 'replayed' else 'id-taken' end;
  end if;
  if not exists (select 1 from settlement where id = p_settlement) then return 'unknown-settlement'; end if;
  if p_wish is not null then
    perform 1 from merchant_refund where id = p_wish and state = 'waiting' for update;
    if not found then return 'taken-up'; end if;
  end if;
  begin
    insert into refund (id, settlement_id, amount, reason, requested_by, by_hand, payee, merchant_refund_id)
      values (p_id, p_settlement, p_amount, p_reason, p_operator, p_by_hand, p_payee, p_wish);
  exception
    when unique_violation then return 'replayed';
    when check_violation then return 'too-much';
  end;
  insert into refund_history (refund_id, action, to_state, operator_id) values (p_id, 'request', 'requested', p_operator);
  perform audit_put('operator:' || p_operator, 'refund.requested', p_id::text,
    jsonb_build_object('settlement', p_settlement, 'amount', p_amount, 'byHand', p_by_hand));
  return 'requested';
end $$;

drop function refund_decide(uuid, boolean, uuid);
-- Second person. Answers 'approved', 'refused', 'already' (it was decided before), 'same-person', 'unknown'.
-- An approved refund is sent by the job 'send-refund'; refunds of one payment go one after the other (same key). A refund by
-- hand waits for somebody who transfers it.
create function refund_decide(p_id uuid, p_approve boolean, p_operator uuid, p_note text default null) returns text
language plpgsql as $$
declare v refund; v_settlement settlement; v_merchant text; v_to text := case when p_approve then 'approved' else 'refused' end;
begin
  select * into v from refund where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state <> 'requested' then return 'already'; end if;
  if v.requested_by = p_operator then return 'same-person'; end if;
  update refund set state = v_to, decided_by = p_operator, decided_at = now(), decision_note = nullif(p_note, ''),
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
  if not v.by_hand then
    perform job_put('send-refund', v.settlement_id::text, jsonb_build_object('refund', p_id));
  end if;
  return v_to;
end $$;

-- What an operator says about a line of the statement, and whether a second one agrees.
create table statement_proposal (
  -- Made with the page: pressing twice is one proposal.
  id uuid primary key,
  line_id uuid not null references bank_statement_line (id),
  -- assign: it pays this order · return: back to the sender · remittance, bank-fee: of a line that went out
  kind text not null check (kind in ('assign', 'return', 'remittance', 'bank-fee')),
  order_id uuid references payment_order,
  payee text not null default '' check (length(payee) <= 300),
  note text not null check (length(note) between 1 and 500),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected')),
  proposed_by uuid not null references operator,
  proposed_at timestamptz not null default now(),
  decided_by uuid references operator,
  decided_at timestamptz,
  constraint statement_proposal_two_persons check (decided_by <> proposed_by),
  check ((state = 'proposed') = (decided_by is null)),
  check ((kind = 'assign') = (order_id is not null)),
  check (kind <> 'return' or payee <> '')
);
create unique index statement_proposal_line_once on statement_proposal (line_id) where state <> 'rejected';
select grant_app('statement_proposal', 'select, insert');
do $$ begin
  execute format('grant update (state, decided_by, decided_at) on statement_proposal to %I', current_setting('motcua.app_role'));
end $$;

-- A transfer that somebody made at the bank: of a refund by hand, or of money that came in and goes back to its sender.
create table hand_transfer (
  id uuid primary key,
  refund_id uuid references refund,
  proposal_id uuid references statement_proposal,
  amount bigint not null check (amount > 0),
  -- The bank's own number of the booking: the statement shows it later.
  bank_reference text not null check (length(bank_reference) between 3 and 64),
  transferred_on date not null,
  state text not null default 'recorded' check (state in ('recorded', 'confirmed', 'rejected')),
  recorded_by uuid not null references operator,
  recorded_at timestamptz not null default now(),
  decided_by uuid references operator,
  decided_at timestamptz,
  line_id uuid references bank_statement_line (id),
  constraint hand_transfer_two_persons check (decided_by <> recorded_by),
  check (num_nonnulls(refund_id, proposal_id) = 1),
  check ((state = 'recorded') = (decided_by is null)),
  check (line_id is null or state = 'confirmed')
);
create unique index hand_transfer_refund_once on hand_transfer (refund_id) where state <> 'rejected';
create unique index hand_transfer_proposal_once on hand_transfer (proposal_id) where state <> 'rejected';
create unique index hand_transfer_reference_once on hand_transfer (bank_reference) where state <> 'rejected';
create unique index hand_transfer_line_once on hand_transfer (line_id) where line_id is not null;
select grant_app('hand_transfer', 'select, insert');
do $$ begin
  execute format('grant update (state, decided_by, decided_at, line_id) on hand_transfer to %I', current_setting('motcua.app_role'));
end $$;

create table transfer_history (
  id bigint generated always as identity primary key,
  -- a proposal or a transfer by hand
  subject uuid not null,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  to_state text not null,
  operator_id uuid references operator
);
create index transfer_history_subject on transfer_history (subject, id);
select grant_app('transfer_history', 'select, insert');

-- Outgoing lines that were read before this: booked as unclear.
insert into ledger_transaction (kind, subject)
  select 'bank-debit', id from bank_statement_line where outcome = 'outgoing' order by read_at, line;
insert into ledger_entry (transaction_id, account, amount)
  select t.id, e.account, e.amount from bank_statement_line l join ledger_transaction t on t.kind = 'bank-debit' and t.subject = l.id,
    lateral (values ('transfers-unclear', l.amount), ('bank:collection', -l.amount)) as e (account, amount);

-- A confirmed transfer by hand and the statement's line of it, whichever comes second.
create function hand_transfer_match(p_transfer uuid, p_line uuid) returns void language plpgsql as $$
declare v hand_transfer;
begin
  update hand_transfer set line_id = p_line where id = p_transfer and line_id is null returning * into v;
  if not found then return; end if;
  perform ledger_put('transfer-matched', v.id, 'transfers-out', 'transfers-unclear', v.amount);
  insert into transfer_history (subject, action, to_state) values (v.id, 'match', v.state);
  perform audit_put('bank', 'transfer.matched', v.id::text, jsonb_build_object('line', p_line));
end $$;

create or replace function bank_line_put(p_account text, p_line text, p_booked_at timestamptz, p_amount bigint, p_content text,
  p_outcome text, p_reason text, p_attempt uuid) returns boolean language plpgsql as $$
declare v_id uuid; v_transfer uuid;
begin
  -- A transfer by hand that is confirmed at this moment, and its line, must not miss each other.
  if p_outcome = 'outgoing' then perform pg_advisory_xact_lock(hashtext('transfer-out:' || p_line)); end if;
  insert into bank_statement_line (account, line, booked_at, amount, content, outcome, reason, attempt_id)
    values (p_account, p_line, p_booked_at, p_amount, p_content, p_outcome, p_reason, p_attempt)
    on conflict (account, line) do nothing returning id into v_id;
  insert into bank_statement_cursor (account, line) values (p_account, p_line)
    on conflict (account) do update set line = excluded.line, read_at = now();
  if v_id is null then return false; end if;
  if p_outcome = 'outgoing' then
    perform ledger_put('bank-debit', v_id, 'transfers-unclear', 'bank:collection', p_amount);
    select id into v_transfer from hand_transfer
      where bank_reference = p_line and amount = p_amount and state = 'confirmed' and line_id is null;
    if found then perform hand_transfer_match(v_transfer, v_id); end if;
  else
    perform ledger_put('bank-credit', v_id, 'bank:collection',
      case p_outcome when 'matched' then 'clearing:vietqr' else 'transfers-unmatched' end, p_amount);
  end if;
  if p_outcome = 'unmatched' then
    perform audit_put('bank', 'payment.unmatched', p_line,
      jsonb_build_object('reason', p_reason, 'amount', p_amount, 'attempt', p_attempt));
  end if;
  return true;
end $$;

-- First person: what a line is. Answers 'proposed', 'replayed', 'unknown-line', 'taken' (somebody has proposed or decided),
-- 'wrong-kind' (of a line that goes the other way), 'unknown-order', 'amount-differs', 'order-paid'.
create function statement_propose(p_id uuid, p_line uuid, p_kind text, p_order uuid, p_payee text, p_note text, p_operator uuid)
returns text language plpgsql as $$
declare v bank_statement_line; v_order payment_order;
begin
  if exists (select 1 from statement_proposal where id = p_id) then return 'replayed'; end if;
  select * into v from bank_statement_line where id = p_line;
  if not found or v.outcome = 'matched' then return 'unknown-line'; end if;
  if (v.outcome = 'unmatched') <> (p_kind in ('assign', 'return')) then return 'wrong-kind'; end if;
  if exists (select 1 from statement_proposal where line_id = p_line and state <> 'rejected')
    or exists (select 1 from hand_transfer where line_id = p_line)
    or exists (select 1 from ledger_transaction where kind = 'transfer-explained' and subject = p_line) then return 'taken'; end if;
  if p_kind = 'assign' then
    select * into v_order from payment_order where id = p_order;
    if not found then return 'unknown-order'; end if;
    if v_order.amount <> v.amount then return 'amount-differs'; end if;
    if v_order.state = 'paid' then return 'order-paid'; end if;
  end if;
  begin
    insert into statement_proposal (id, line_id, kind, order_id, payee, note, proposed_by)
      values (p_id, p_line, p_kind, p_order, p_payee, p_note, p_operator);
  exception when unique_violation then return 'taken';
  end;
  insert into transfer_history (subject, action, to_state, operator_id) values (p_id, 'propose', 'proposed', p_operator);
  perform audit_put('operator:' || p_operator, 'transfer.proposed', p_id::text,
    jsonb_build_object('line', p_line, 'kind', p_kind, 'order', p_order, 'amount', v.amount));
  return 'proposed';
end $$;

-- Second person. Answers 'approved', 'rejected', 'already', 'same-person', 'unknown'; 'order-paid' and 'under-way' (another
-- attempt at the order is undecided): nothing has changed, it can be decided later.
create function statement_decide(p_id uuid, p_approve boolean, p_operator uuid) returns text language plpgsql as $$
declare v statement_proposal; v_line bank_statement_line; v_order payment_order; v_attempt payment_attempt; v_name text; v_verdict text;
begin
  -- Order first, as payment_settle does.
  select o.* into v_order from payment_order o join statement_proposal p on p.order_id = o.id where p.id = p_id for update of o;
  select * into v from statement_proposal where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state <> 'proposed' then return 'already'; end if;
  if v.proposed_by = p_operator then return 'same-person'; end if;
  select * into v_line from bank_statement_line where id = v.line_id;
  if p_approve and v.kind = 'assign' then
    if v_order.state = 'paid' then return 'order-paid'; end if;
    select * into v_attempt from payment_attempt where order_id = v_order.id and state in ('created', 'redirected', 'verifying');
    if found and v_attempt.provider <> 'vietqr' then return 'under-way'; end if;
  end if;
  update statement_proposal set state = case when p_approve then 'approved' else 'rejected' end, decided_by = p_operator, decided_at = now()
    where id = p_id;
  insert into transfer_history (subject, action, to_state, operator_id)
    values (p_id, case when p_approve then 'approve' else 'reject' end, case when p_approve then 'approved' else 'rejected' end, p_operator);
  perform audit_put('operator:' || p_operator, case when p_approve then 'transfer.approved' else 'transfer.rejected' end, p_id::text,
    jsonb_build_object('line', v.line_id, 'kind', v.kind, 'amount', v_line.amount));
  if not p_approve then return 'rejected'; end if;
  case v.kind
    when 'assign' then
      if v_attempt.id is null then
        v_name := 'LINE' || replace(v.line_id::text, '-', '');
        insert into payment_attempt (id, order_id, provider, channel, provider_order, amount, expires_at)
          values (gen_random_uuid(), v_order.id, 'vietqr', 'vietqr', v_name, v_order.amount, now()) returning * into v_attempt;
        insert into payment_history (attempt_id, action, to_state, source) values (v_attempt.id, 'start', 'created', 'operator');
      end if;
      select s.verdict into v_verdict from payment_settle('vietqr', v_attempt.provider_order, 'captured', v_line.amount, v_line.line,
        'assigned', null, 'operator', null, v_line.content) s;
      if v_verdict <> 'settled' then
        raise exception 'line % does not settle order %: %', v_line.line, v_order.id, v_verdict using errcode = 'integrity_constraint_violation';
      end if;
      perform ledger_put('transfer-assigned', p_id, 'transfers-unmatched', 'clearing:vietqr', v_line.amount);
    when 'return' then
      perform ledger_put('transfer-return', p_id, 'transfers-unmatched', 'refunds-payable', v_line.amount);
    -- The remittance has credited the bank account itself.
    when 'remittance' then
      perform ledger_put('transfer-explained', p_id, 'bank:collection', 'transfers-unclear', v_line.amount);
    when 'bank-fee' then
      perform ledger_put('transfer-explained', p_id, 'expense:fee:bank', 'transfers-unclear', v_line.amount);
  end case;
  return 'approved';
end $$;

-- Somebody has made the transfer: of a refund (p_refund) or of a return (p_proposal). Answers 'recorded', 'replayed',
-- 'unknown', 'not-approved', 'taken' (recorded before), 'reference-used'.
create function hand_transfer_record(p_id uuid, p_refund uuid, p_proposal uuid, p_reference text, p_on date, p_operator uuid)
returns text language plpgsql as $$
declare v_amount bigint; v_name text;
begin
  if exists (select 1 from hand_transfer where id = p_id) then return 'replayed'; end if;
  if p_refund is not null then
    select amount into v_amount from refund where id = p_refund and by_hand and state = 'approved' for update;
  else
    select l.amount into v_amount from statement_proposal p join bank_statement_line l on l.id = p.line_id
      where p.id = p_proposal and p.kind = 'return' and p.state = 'approved' for update of p;
  end if;
  if v_amount is null then
    return case when exists (select 1 from hand_transfer where refund_id = p_refund or proposal_id = p_proposal) then 'taken'
      when exists (select 1 from refund where id = p_refund) or exists (select 1 from statement_proposal where id = p_proposal)
      then 'not-approved' else 'unknown' end;
  end if;
  begin
    insert into hand_transfer (id, refund_id, proposal_id, amount, bank_reference, transferred_on, recorded_by)
      values (p_id, p_refund, p_proposal, v_amount, p_reference, p_on, p_operator);
  exception when unique_violation then
    get stacked diagnostics v_name = constraint_name;
    return case v_name when 'hand_transfer_reference_once' then 'reference-used' else 'taken' end;
  end;
  insert into transfer_history (subject, action, to_state, operator_id) values (p_id, 'record', 'recorded', p_operator);
  perform audit_put('operator:' || p_operator, 'transfer.recorded', p_id::text,
    jsonb_build_object('refund', p_refund, 'proposal', p_proposal, 'amount', v_amount));
  return 'recorded';
end $$;

-- Somebody else has looked at the bank's voucher. Answers 'confirmed', 'rejected' (it can be recorded again), 'already',
-- 'same-person', 'unknown'.
create function hand_transfer_decide(p_id uuid, p_confirm boolean, p_operator uuid) returns text language plpgsql as $$
declare v hand_transfer; v_to text := case when p_confirm then 'confirmed' else 'rejected' end; v_line uuid;
begin
  select * into v from hand_transfer where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state <> 'recorded' then return 'already'; end if;
  if v.recorded_by = p_operator then return 'same-person'; end if;
  perform pg_advisory_xact_lock(hashtext('transfer-out:' || v.bank_reference));
  update hand_transfer set state = v_to, decided_by = p_operator, decided_at = now() where id = p_id;
  insert into transfer_history (subject, action, to_state, operator_id)
    values (p_id, case when p_confirm then 'confirm' else 'reject' end, v_to, p_operator);
  perform audit_put('operator:' || p_operator, 'transfer.' || v_to, p_id::text, jsonb_build_object('amount', v.amount));
  if not p_confirm then return v_to; end if;
  perform ledger_put('transfer-out', p_id, 'refunds-payable', 'transfers-out', v.amount);
  if v.refund_id is not null then
    update refund set state = 'sending', sent_at = v.recorded_at where id = v.refund_id;
    insert into refund_history (refund_id, action, to_state, operator_id) values (v.refund_id, 'send', 'sending', v.recorded_by);
    update refund set state = 'refunded', provider_transaction = v.bank_reference, provider_code = 'by-hand', done_at = now()
      where id = v.refund_id;
    insert into refund_history (refund_id, action, to_state, operator_id, code) values (v.refund_id, 'done', 'refunded', p_operator, 'by-hand');
    perform audit_put('operator:' || p_operator, 'refund.refunded', v.refund_id::text, jsonb_build_object('transfer', p_id));
  end if;
  select l.id into v_line from bank_statement_line l where l.outcome = 'outgoing' and l.line = v.bank_reference and l.amount = v.amount
    and not exists (select 1 from hand_transfer h where h.line_id = l.id)
    and not exists (select 1 from statement_proposal p where p.line_id = l.id and p.state <> 'rejected')
    and not exists (select 1 from ledger_transaction t where t.kind = 'transfer-explained' and t.subject = l.id) limit 1;
  if found then perform hand_transfer_match(p_id, v_line); end if;
  return v_to;
end $$;
