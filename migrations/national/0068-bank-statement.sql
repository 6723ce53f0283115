-- Lines of the collecting account's statement (transfers by VietQR), each once. What fits an attempt was settled through
-- payment_settle before it is written here; what fits nothing stays as evidence and waits for a person. Never changed.

create table bank_statement_line (
  account text not null,
  -- The bank's own number of the booking.
  line text not null check (length(line) between 1 and 64),
  booked_at timestamptz not null,
  amount bigint not null check (amount > 0),
  content text not null check (length(content) <= 1000),
  outcome text not null check (outcome in ('matched', 'unmatched', 'outgoing')),
  -- Why money that came in is not a payment: no or several references, another amount, paid before by another transfer.
  reason text check (reason in ('unknown-content', 'several-references', 'amount-differs', 'paid-twice')),
  attempt_id uuid references payment_attempt,
  read_at timestamptz not null default clock_timestamp(),
  primary key (account, line),
  check ((outcome = 'unmatched') = (reason is not null))
);
create index bank_statement_line_unmatched on bank_statement_line (booked_at, line) where outcome = 'unmatched';
create index bank_statement_line_attempt on bank_statement_line (attempt_id) where attempt_id is not null;
select grant_app('bank_statement_line', 'select, insert');

-- How far the feed was read.
create table bank_statement_cursor (
  account text primary key,
  line text not null,
  read_at timestamptz not null default now()
);
select grant_app('bank_statement_cursor', 'select, insert, update');

-- Writes one line and moves the cursor behind it. The same line again changes nothing. Answers whether it was new.
create function bank_line_put(p_account text, p_line text, p_booked_at timestamptz, p_amount bigint, p_content text,
  p_outcome text, p_reason text, p_attempt uuid) returns boolean language plpgsql as $$
declare v_new boolean;
begin
  insert into bank_statement_line (account, line, booked_at, amount, content, outcome, reason, attempt_id)
    values (p_account, p_line, p_booked_at, p_amount, p_content, p_outcome, p_reason, p_attempt)
    on conflict (account, line) do nothing;
  v_new := found;
  insert into bank_statement_cursor (account, line) values (p_account, p_line)
    on conflict (account) do update set line = excluded.line, read_at = now();
  if v_new and p_outcome = 'unmatched' then
    perform audit_put('bank', 'payment.unmatched', p_line,
      jsonb_build_object('reason', p_reason, 'amount', p_amount, 'attempt', p_attempt));
  end if;
  return v_new;
end $$;
