-- Reports that arrive together are settled together: one round trip and one COMMIT for up to 64 of them. Each row is
-- settled by payment_settle alone, in a subtransaction of its own: a row that fails answers 'failed-alone' and the others
-- stand. The caller tries that row again by itself and so learns what is wrong with it.
create function payment_settle_many(p_reports jsonb)
returns table (n int, verdict text, attempt_id uuid, order_id uuid) language plpgsql as $$
#variable_conflict use_column
declare r record; v record;
begin
  -- All orders first and in one order, so that two such calls never wait for each other in a circle.
  perform 1 from payment_order o where o.id in (
    select a.order_id from jsonb_to_recordset(p_reports) as x (provider text, "providerOrder" text)
      join payment_attempt a on a.provider = x.provider and a.provider_order = x."providerOrder")
    order by o.id for update;
  for r in select x.* from rows from (jsonb_to_recordset(p_reports) as (provider text, "providerOrder" text, outcome text,
      amount bigint, transaction text, code text, reason text, source text, "nextAskAt" timestamptz, raw text))
      with ordinality as x (provider, provider_order, outcome, amount, transaction, code, reason, source, next_ask_at, raw, n) loop
    begin
      select s.* into v from payment_settle(r.provider, r.provider_order, r.outcome, r.amount, r.transaction, r.code, r.reason,
        r.source, r.next_ask_at, r.raw) s;
      return query select r.n::int, v.verdict, v.attempt_id, v.order_id;
    exception when others then
      return query select r.n::int, 'failed-alone', null::uuid, null::uuid;
    end;
  end loop;
end $$;
