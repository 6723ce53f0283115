-- Money that arrives after the dossier has ended without a result (declined, withdrawn, stopped) is not kept: it goes to
-- the refund queue, like a second payment. And nobody is sent to pay for such a dossier.

create function dossier_is_over(p_dossier_id uuid) returns boolean language sql stable as
  $$ select exists (select 1 from dossier where id = p_dossier_id and state in ('declined', 'withdrawn', 'stopped')) $$;

-- As in 0041, with one more word: dossier-over.
create or replace function fee_request(p_tenant text, p_dossier_id uuid, p_id uuid, p_reference text, p_first_ask_at timestamptz)
returns table (word text, request_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v obligation; v_request uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from obligation o where o.dossier_id = p_dossier_id for update;
  if not found then return query select 'nothing-due', null::uuid; return; end if;
  if v.state = 'paid' then return query select 'paid', null::uuid; return; end if;
  if dossier_is_over(p_dossier_id) then return query select 'dossier-over', null::uuid; return; end if;
  select r.id into v_request from payment_request r
    where r.obligation_id = v.id and r.state in ('initiated', 'open', 'verifying');
  if found then return query select 'active', v_request; return; end if;
  -- The same click again after its request was closed: the page is old, a new one has a new id.
  if exists (select 1 from payment_request r where r.id = p_id) then return query select 'active', p_id; return; end if;
  insert into payment_request (id, obligation_id, reference, amount, next_ask_at)
    values (p_id, v.id, p_reference, v.total, p_first_ask_at);
  perform audit_put('citizen', 'fee.request', 'dossier:' || p_dossier_id, jsonb_build_object('reference', p_reference, 'amount', v.total));
  return query select 'started', p_id;
end $$;

-- As in 0041; "overpaid" also stands for money of a dossier that is over (refund_due.reason says which).
create or replace function fee_settle(p_tenant text, p_reference text, p_hub_transaction text, p_paid boolean, p_amount bigint,
  p_error_code text, p_bank text, p_occurred_at timestamptz, p_source text, p_raw text)
returns table (verdict text, dossier_id uuid, settlement_id uuid) language plpgsql as $$
#variable_conflict use_column
declare v_request payment_request; v_obligation obligation; v_attempt payment_attempt; v_settlement uuid; v_kept boolean; v_why_not text;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- Obligation first, as in fee_request, so that the two never wait for each other.
  select o.* into v_obligation from obligation o join payment_request r on r.obligation_id = o.id
    where r.reference = p_reference for update of o;
  select r.* into v_request from payment_request r where r.reference = p_reference for update;
  if v_request.id is null or p_amount is distinct from v_request.amount then
    insert into payment_evidence (source, reason, raw)
      values (p_source, case when v_request.id is null then 'unknown-reference' else 'amount-differs' end, left(p_raw, 20000));
    perform audit_put('hub', 'fee.disbelieved', left(p_reference, 64), jsonb_build_object('source', p_source));
    return query select case when v_request.id is null then 'unknown-reference' else 'amount-differs' end,
      v_obligation.dossier_id, null::uuid;
    return;
  end if;
  select a.* into v_attempt from payment_attempt a
    where a.request_id = v_request.id and a.hub_transaction = p_hub_transaction for update;
  if v_attempt.id is not null and (v_attempt.state = 'succeeded' or not p_paid) then
    return query select 'already', v_obligation.dossier_id, (select s.id from settlement s where s.attempt_id = v_attempt.id);
    return;
  end if;

  insert into payment_attempt as a (request_id, hub_transaction, amount, state, bank, error_code, occurred_at)
    values (v_request.id, p_hub_transaction, p_amount, case when p_paid then 'succeeded' else 'failed' end, p_bank, p_error_code, p_occurred_at)
    on conflict on constraint payment_attempt_once do update
      set state = excluded.state, error_code = excluded.error_code, occurred_at = excluded.occurred_at, recorded_at = now()
    returning a.* into v_attempt;

  if not p_paid then
    -- The hub's order stays open: the citizen may try another bank there.
    update payment_request r set state = 'open', changed_at = now() where r.id = v_request.id and r.state = 'verifying';
    perform audit_put('hub', 'fee.failed', 'dossier:' || v_obligation.dossier_id,
      jsonb_build_object('reference', p_reference, 'transaction', p_hub_transaction, 'code', p_error_code));
    return query select 'failed', v_obligation.dossier_id, null::uuid;
    return;
  end if;

  -- The dossier's row is held, so that it cannot end between this look and the mark below.
  perform 1 from dossier d where d.id = v_obligation.dossier_id for update;
  v_why_not := case when v_obligation.state <> 'due' then 'obligation-already-paid'
    when dossier_is_over(v_obligation.dossier_id) then 'dossier-over' end;
  v_kept := v_why_not is null;
  insert into settlement as s (obligation_id, attempt_id, amount, kept)
    values (v_obligation.id, v_attempt.id, p_amount, v_kept) returning s.id into v_settlement;
  update payment_request r set state = 'paid', next_ask_at = null, changed_at = now() where r.id = v_request.id;
  if v_kept then
    update obligation o set state = 'paid', paid_at = now() where o.id = v_obligation.id;
    perform ledger_put('settlement', v_settlement, jsonb_build_array(
      jsonb_build_object('account', 'hub-clearing', 'amount', p_amount),
      jsonb_build_object('account', 'receivable', 'amount', -p_amount)));
    perform dossier_mark_fee_paid(v_obligation.dossier_id, p_amount, p_reference);
    perform job_put('issue-receipts', v_obligation.dossier_id::text, jsonb_build_object('settlementId', v_settlement));
  else
    insert into refund_due (settlement_id, amount, reason) values (v_settlement, p_amount, v_why_not);
    perform ledger_put('overpayment', v_settlement, jsonb_build_array(
      jsonb_build_object('account', 'hub-clearing', 'amount', p_amount),
      jsonb_build_object('account', 'refunds-payable', 'amount', -p_amount)));
  end if;
  perform audit_put('hub', 'fee.settled', 'dossier:' || v_obligation.dossier_id,
    jsonb_build_object('reference', p_reference, 'transaction', p_hub_transaction, 'amount', p_amount, 'kept', v_kept));
  return query select case when v_kept then 'settled' else 'overpaid' end, v_obligation.dossier_id, v_settlement;
end $$;
