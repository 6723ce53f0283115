-- What comes in on the collecting account is booked when its line is read: into the bank account, out of the clearing
-- account when it is a payment, into `transfers-unmatched` when it fits nothing. So no đồng of the statement is unexplained.

alter table ledger_transaction drop constraint ledger_transaction_kind_check;
alter table ledger_transaction add constraint ledger_transaction_kind_check check (kind in (
  'settlement', 'overpayment', 'refund-due', 'refund', 'refund-declined', 'payout', 'remittance', 'adjustment',
  -- a line of the collecting account's statement
  'bank-credit'));

alter table bank_statement_line add column id uuid not null default gen_random_uuid();
alter table bank_statement_line add constraint bank_statement_line_id unique (id);

insert into ledger_transaction (kind, subject)
  select 'bank-credit', id from bank_statement_line where outcome <> 'outgoing' order by read_at, line;
insert into ledger_entry (transaction_id, account, amount)
  select t.id, e.account, e.amount from bank_statement_line l join ledger_transaction t on t.kind = 'bank-credit' and t.subject = l.id,
    lateral (values ('bank:collection', l.amount),
      (case l.outcome when 'matched' then 'clearing:vietqr' else 'transfers-unmatched' end, -l.amount)) as e (account, amount);

create or replace function bank_line_put(p_account text, p_line text, p_booked_at timestamptz, p_amount bigint, p_content text,
  p_outcome text, p_reason text, p_attempt uuid) returns boolean language plpgsql as $$
declare v_id uuid;
begin
  insert into bank_statement_line (account, line, booked_at, amount, content, outcome, reason, attempt_id)
    values (p_account, p_line, p_booked_at, p_amount, p_content, p_outcome, p_reason, p_attempt)
    on conflict (account, line) do nothing returning id into v_id;
  insert into bank_statement_cursor (account, line) values (p_account, p_line)
    on conflict (account) do update set line = excluded.line, read_at = now();
  if v_id is null then return false; end if;
  if p_outcome <> 'outgoing' then
    perform ledger_put('bank-credit', v_id, 'bank:collection',
      case p_outcome when 'matched' then 'clearing:vietqr' else 'transfers-unmatched' end, p_amount);
  end if;
  if p_outcome = 'unmatched' then
    perform audit_put('bank', 'payment.unmatched', p_line,
      jsonb_build_object('reason', p_reason, 'amount', p_amount, 'attempt', p_attempt));
  end if;
  return true;
end $$;
