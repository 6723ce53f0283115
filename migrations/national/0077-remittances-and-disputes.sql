-- What is in dispute is not paid on to the agency, and what was lost is taken off the next remittance. And the statement's
-- line of a remittance that was ordered at the bank explains itself.

alter table remittance_line
  drop constraint remittance_line_check,
  add column dispute_id uuid references dispute,
  add constraint remittance_line_dispute_once unique (dispute_id),
  -- a settlement adds; a refund or a lost dispute of a kept payment takes away; each counts once
  add constraint remittance_line_one_cause check (num_nonnulls(settlement_id, refund_id, dispute_id) = 1
    and (settlement_id is not null) = (amount > 0));

-- Remitting has credited the bank account already: the line takes back what bank_line_put has credited once more.
create function remittance_line_seen(p_line uuid, p_amount bigint) returns void language plpgsql as $$
begin
  perform ledger_put('transfer-explained', p_line, 'bank:collection', 'transfers-unclear', p_amount);
  perform audit_put('bank', 'remittance.seen', p_line::text, jsonb_build_object('amount', p_amount));
end $$;

create function remittance_order_meets_line() returns trigger language plpgsql as $$
declare v bank_statement_line;
begin
  perform pg_advisory_xact_lock(hashtext('transfer-out:' || new.bank_line));
  select l.* into v from bank_statement_line l join remittance m on m.id = new.remittance_id
    where l.outcome = 'outgoing' and l.line = new.bank_line and l.amount = m.amount
      and not exists (select 1 from hand_transfer h where h.line_id = l.id)
      and not exists (select 1 from statement_proposal p where p.line_id = l.id and p.state <> 'rejected')
      and not exists (select 1 from ledger_transaction t where t.kind = 'transfer-explained' and t.subject = l.id) limit 1;
  if v.id is not null then perform remittance_line_seen(v.id, v.amount); end if;
  return null;
end $$;
create trigger remittance_order_meets_line after insert on remittance_order
  for each row execute function remittance_order_meets_line();

create function bank_line_meets_remittance() returns trigger language plpgsql as $$
begin
  if exists (select 1 from remittance_order o join remittance m on m.id = o.remittance_id
      where o.bank_line = new.line and m.amount = new.amount) then
    perform remittance_line_seen(new.id, new.amount);
  end if;
  return null;
end $$;
create trigger bank_line_meets_remittance after insert on bank_statement_line
  for each row when (new.outcome = 'outgoing') execute function bank_line_meets_remittance();

-- As in 0062, with disputes.
create or replace function remit_collected(p_through date) returns int language plpgsql as $$
declare g record; v_id uuid; v_count int := 0;
begin
  -- One at a time: two runs would look at the same unpaid settlements.
  perform pg_advisory_xact_lock(hashtext('remit_collected'));
  create temporary table to_remit on commit drop as
    select s.id as settlement_id, null::uuid as refund_id, null::uuid as dispute_id, o.merchant, coalesce(o.details ->> 'payeeAccount', '') as payee_account,
      coalesce(o.details ->> 'payeeName', '') as payee_name, s.amount
    from settlement s join payment_order o on o.id = s.order_id
    where s.kept and (s.settled_at at time zone 'Asia/Ho_Chi_Minh')::date <= p_through
      and exists (select 1 from provider_payout p where p.provider = s.provider
        and p.settled_on >= (s.settled_at at time zone 'Asia/Ho_Chi_Minh')::date)
      and not exists (select 1 from remittance_line l where l.settlement_id = s.id)
      -- Held back while it is not known whether the payer gets it back.
      and not exists (select 1 from refund r where r.settlement_id = s.id and r.state in ('approved', 'sending'))
      and not exists (select 1 from dispute d where d.settlement_id = s.id and d.state in ('open', 'answered'))
    union all
    select null, r.id, null, o.merchant, coalesce(o.details ->> 'payeeAccount', ''), coalesce(o.details ->> 'payeeName', ''), -r.amount
    from refund r join settlement s on s.id = r.settlement_id join payment_order o on o.id = s.order_id
    where s.kept and r.state = 'refunded'
      and not exists (select 1 from remittance_line l where l.refund_id = r.id)
    union all
    select null, null, d.id, o.merchant, coalesce(o.details ->> 'payeeAccount', ''), coalesce(o.details ->> 'payeeName', ''), -d.reserved
    from dispute d join settlement s on s.id = d.settlement_id join payment_order o on o.id = s.order_id
    where s.kept and d.state = 'lost' and d.reserved > 0
      and not exists (select 1 from remittance_line l where l.dispute_id = d.id);
  for g in select merchant, payee_account, max(payee_name) as payee_name, sum(amount)::bigint as amount
    from to_remit group by merchant, payee_account having sum(amount) > 0 order by 1, 2
  loop
    insert into remittance (merchant, payee_account, payee_name, amount, through)
      values (g.merchant, g.payee_account, g.payee_name, g.amount, p_through) returning id into v_id;
    insert into remittance_line (remittance_id, settlement_id, refund_id, dispute_id, amount)
      select v_id, t.settlement_id, t.refund_id, t.dispute_id, t.amount from to_remit t
      where t.merchant = g.merchant and t.payee_account = g.payee_account;
    perform ledger_put('remittance', v_id, 'payable:' || g.merchant, 'bank:collection', g.amount);
    perform audit_put('hub', 'remittance.made', v_id::text,
      jsonb_build_object('merchant', g.merchant, 'amount', g.amount, 'through', p_through));
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
