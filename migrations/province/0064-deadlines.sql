-- Deadlines after reception: a pause that ends, and an answer that is put off, move the date.

-- Whatever ends a pause (an answered supplement, a fee that was settled in the middle of a payment's own transaction) asks
-- for the new date by the same commit; the worker works it out from the history, because the rules are no SQL.
create function dossier_clock_resumed() returns trigger language plpgsql as $$
begin
  perform job_put('dossier-deadline', new.id::text, jsonb_build_object('dossierId', new.id));
  return null;
end $$;
create trigger dossier_clock_resumed after update of state on dossier for each row
  when (old.state in ('supplement-requested', 'fee-due') and new.state in ('received', 'processing', 'result-ready')
    and new.received_at is not null)
  execute function dossier_clock_resumed();

-- A new date: by the system when the rules give it, by an officer who puts the answer off (once; NĐ 61/2018 art. 19.9).
create function dossier_move_deadline(p_tenant text, p_id uuid, p_version int, p_action text, p_actor jsonb,
  p_due_at timestamptz, p_due_explanation jsonb, p_detail jsonb) returns jsonb language plpgsql as $$
declare v_row dossier; v_from timestamptz;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and version = p_version and state in ('received', 'processing', 'result-ready')
    for update;
  if not found then return dossier_refusal('conflict'); end if;
  if p_action = 'reschedule' and exists (select from dossier_history where dossier_id = p_id and action = 'reschedule') then
    return dossier_refusal('already-rescheduled');
  end if;
  v_from := v_row.due_at;
  update dossier set due_at = p_due_at, due_explanation = p_due_explanation, version = version + 1, updated_at = clock_timestamp()
    where id = p_id returning * into v_row;
  perform dossier_trace(v_row, p_actor, p_action, v_row.state,
    p_detail || jsonb_build_object('from', v_from, 'to', p_due_at));
  return dossier_stand(v_row) || jsonb_build_object('dueAt', v_row.due_at);
end $$;
