-- Money that a bank or wallet has taken back, or wants back, is not returned a second time: the list of what waits leaves it
-- out (accounting-view.ts); whoever had the page open before is refused here. The decision is locked first, as
-- settlement_lost does: either it sees the approval, or the approval sees the dispute.
create function settlement_is_disputed(p_settlement_id uuid) returns boolean language sql stable as $$
  select exists (select from settlement s join payment_dispute x on x.attempt_id = s.attempt_id
    where s.id = p_settlement_id and (x.state = 'open' or x.state = 'lost' and x.consequence is distinct from 'by-hand'))
$$;

alter function refund_propose(text, uuid, text, text, text, text, text) rename to refund_propose_undisputed;
create function refund_propose(p_tenant text, p_settlement_id uuid, p_payee text, p_account text, p_note text, p_officer_id text,
  p_officer_name text) returns text language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  if settlement_is_disputed(p_settlement_id) then return 'not-refundable'; end if;
  return refund_propose_undisputed(p_tenant, p_settlement_id, p_payee, p_account, p_note, p_officer_id, p_officer_name);
end $$;

alter function refund_approve(text, uuid, text, text) rename to refund_approve_undisputed;
create function refund_approve(p_tenant text, p_refund_due_id uuid, p_officer_id text, p_officer_name text) returns text
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  perform from refund_decision where refund_due_id = p_refund_due_id for update;
  if exists (select from refund_due d where d.id = p_refund_due_id and settlement_is_disputed(d.settlement_id)) then
    return 'already';
  end if;
  return refund_approve_undisputed(p_tenant, p_refund_due_id, p_officer_id, p_officer_name);
end $$;
