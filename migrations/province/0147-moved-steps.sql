-- As in 0100; a step that belongs to another role in the version it moves to is nobody's until somebody of that role has it.
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
  perform audit_put('officer:' || (p_actor ->> 'id'), 'process.move', 'dossier:' || p_dossier_id, jsonb_build_object('version', p_version));
  return true;
end $$;
