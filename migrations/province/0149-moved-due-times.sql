-- When a step is due moves for a reason, and the process's log says it: from when, to when, why.

-- As in 0100: when the open steps are due and the timers fire now. p_tasks: [{"id","dueAt","why"}], p_timers:
-- [{"token","firesAt","why"}]; what is as it was is not logged. Timers are asked for again in any case: one that came while the
-- clock stood was let pass.
create or replace function process_resume(p_tenant text, p_dossier_id uuid, p_revision int, p_tasks jsonb, p_timers jsonb)
returns boolean language plpgsql as $$
declare v_row process_instance; v_timer jsonb; v_tasks jsonb; v_timers jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from process_instance where dossier_id = p_dossier_id and revision = p_revision and state = 'running'
    for update;
  if not found then return false; end if;
  with moved as (
    update process_task t set due_at = (n ->> 'dueAt')::timestamptz
      from jsonb_array_elements(p_tasks) n join process_task old on old.id = (n ->> 'id')::uuid
      where t.id = old.id and t.dossier_id = p_dossier_id and t.state = 'open'
        and old.due_at <> (n ->> 'dueAt')::timestamptz
      returning t.id, t.node, old.due_at as was, t.due_at as due, n -> 'why' as why)
  select jsonb_agg(jsonb_build_object('id', id, 'node', node, 'from', was, 'to', due, 'why', why)) into v_tasks from moved;
  with moved as (
    update process_timer w set fires_at = (n ->> 'firesAt')::timestamptz
      from jsonb_array_elements(p_timers) n
      join process_timer old on old.dossier_id = p_dossier_id and old.token = (n ->> 'token')::int
      where w.dossier_id = old.dossier_id and w.token = old.token and w.state = 'waiting'
        and old.fires_at <> (n ->> 'firesAt')::timestamptz
      returning w.token, old.fires_at as was, w.fires_at as fires, n -> 'why' as why)
  select jsonb_agg(jsonb_build_object('token', token, 'from', was, 'to', fires, 'why', why)) into v_timers from moved;
  for v_timer in select n from jsonb_array_elements(p_timers) n join process_timer w on w.dossier_id = p_dossier_id
      and w.token = (n ->> 'token')::int and w.state = 'waiting' loop
    perform process_timer_job(p_dossier_id, (v_timer ->> 'token')::int, (v_timer ->> 'firesAt')::timestamptz);
  end loop;
  if v_tasks is null and v_timers is null then return true; end if;
  update process_instance set revision = revision + 1 where dossier_id = p_dossier_id returning * into v_row;
  insert into process_log (dossier_id, revision, actor, event, version, path, gone, born, detail)
    values (p_dossier_id, v_row.revision, '{"kind": "system", "name": "steps"}', 'recount', v_row.version, '[]', '[]', '[]',
      jsonb_build_object('tasks', coalesce(v_tasks, '[]'), 'timers', coalesce(v_timers, '[]')));
  return true;
end $$;

-- As in 0064; an answer that is put off gives its days to the steps that are open, by a job of the same commit.
create or replace function dossier_move_deadline(p_tenant text, p_id uuid, p_version int, p_action text, p_actor jsonb,
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
  if p_action = 'reschedule' and exists (select from process_instance where dossier_id = p_id and state = 'running') then
    perform job_put('process-resume', p_id::text, jsonb_build_object('dossierId', p_id));
  end if;
  return dossier_stand(v_row) || jsonb_build_object('dueAt', v_row.due_at);
end $$;

-- As in 0147; a step that has other hours now is due after the dossier's pauses too, which are no SQL: the worker counts them.
create or replace function process_move(p_tenant text, p_dossier_id uuid, p_revision int, p_version int, p_actor jsonb, p_tokens jsonb,
  p_tasks jsonb, p_timers jsonb) returns boolean language plpgsql as $$
declare v_row process_instance; v_timer jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  update process_instance set version = p_version, revision = revision + 1
    where dossier_id = p_dossier_id and revision = p_revision and state = 'running' returning * into v_row;
  if not found then return false; end if;
  update process_token t set node = n ->> 'node', flow = n ->> 'flow' from jsonb_array_elements(p_tokens) n
    where t.dossier_id = p_dossier_id and t.id = (n ->> 'id')::int and t.gone_at is null;
  update process_task t set node = n ->> 'node', name = n ->> 'name', role = n ->> 'role', act = n ->> 'act', work = n ->> 'work',
      hours = (n ->> 'hours')::numeric, due_at = (n ->> 'dueAt')::timestamptz, revision = revision + 1,
      officer = case when t.role = n ->> 'role' then t.officer end,
      officer_id = case when t.role = n ->> 'role' then t.officer_id end
    from jsonb_array_elements(p_tasks) n where t.id = (n ->> 'id')::uuid and t.dossier_id = p_dossier_id and t.state = 'open';
  update process_timer set state = 'cancelled' where dossier_id = p_dossier_id and state = 'waiting';
  for v_timer in select * from jsonb_array_elements(p_timers) loop
    insert into process_timer (dossier_id, token, started_at, minutes, fires_at) values (p_dossier_id, (v_timer ->> 'token')::int,
      (v_timer ->> 'startedAt')::timestamptz, (v_timer ->> 'minutes')::int, (v_timer ->> 'firesAt')::timestamptz)
      on conflict (dossier_id, token) do update set started_at = excluded.started_at, minutes = excluded.minutes,
        fires_at = excluded.fires_at, state = 'waiting';
    perform process_timer_job(p_dossier_id, (v_timer ->> 'token')::int, (v_timer ->> 'firesAt')::timestamptz);
  end loop;
  perform process_holder(p_dossier_id);
  insert into process_log (dossier_id, revision, actor, event, version, path, gone, born, detail)
    values (p_dossier_id, v_row.revision, p_actor, 'move', p_version, '[]', '[]', '[]', jsonb_build_object('tokens', p_tokens));
  perform job_put('process-resume', p_dossier_id::text, jsonb_build_object('dossierId', p_dossier_id));
  perform audit_put('officer:' || (p_actor ->> 'id'), 'process.move', 'dossier:' || p_dossier_id, jsonb_build_object('version', p_version));
  return true;
end $$;
