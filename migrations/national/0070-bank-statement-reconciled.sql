-- VietQR has no payout: its money stands on the collecting account already and was booked line by line (0069). Comparing the
-- account's statement of a day therefore only marks the day as agreed, so that what was collected can be paid on.

create or replace function reconciliation_book(p_import uuid, p_days jsonb) returns int language plpgsql as $$
declare v_import reconciliation_import; d record; v_id uuid; v_count int := 0;
begin
  select * into v_import from reconciliation_import where id = p_import;
  perform pg_advisory_xact_lock(hashtext('payout:' || v_import.provider));
  for d in
    select x.day, x.captured - coalesce(sum(p.captured), 0)::bigint as captured,
      x.refunded - coalesce(sum(p.refunded), 0)::bigint as refunded, x.fee - coalesce(sum(p.fee), 0)::bigint as fee
    from jsonb_to_recordset(p_days) as x(day date, captured bigint, refunded bigint, fee bigint)
    left join provider_payout p on p.provider = v_import.provider and p.settled_on = x.day
    group by x.day, x.captured, x.refunded, x.fee order by x.day
  loop
    continue when d.captured = 0 and d.refunded = 0 and d.fee = 0;
    insert into provider_payout (provider, settled_on, import_id, captured, refunded, fee)
      values (v_import.provider, d.day, p_import, d.captured, d.refunded, d.fee) returning id into v_id;
    if v_import.provider <> 'vietqr' then
      perform ledger_put_many('payout', v_id, jsonb_build_array(
        jsonb_build_object('account', 'bank:collection', 'amount', d.captured - d.refunded - d.fee),
        jsonb_build_object('account', 'expense:fee:' || v_import.provider, 'amount', d.fee),
        jsonb_build_object('account', 'clearing:' || v_import.provider, 'amount', d.refunded - d.captured)));
    end if;
    perform audit_put('reconciliation', 'payout.booked', v_id::text,
      jsonb_build_object('provider', v_import.provider, 'day', d.day, 'captured', d.captured, 'refunded', d.refunded, 'fee', d.fee));
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- A statement of some days is compared with the lines of those days.
create index bank_statement_line_booked on bank_statement_line (booked_at);
