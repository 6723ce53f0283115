-- The desk's lists give a dossier by name. While a process runs the step is what is given: to an officer of its role, and only
-- while one step is open. Otherwise nothing is written and the list says that the dossier has changed hands.
create or replace function dossier_assign(p_tenant text, p_id uuid, p_version int, p_action text, p_actor jsonb, p_officer jsonb, p_note text)
returns jsonb language plpgsql as $$
declare v_row dossier; v_open int; v_role text;
begin
  perform set_config('app.tenant', p_tenant, true);
  select count(*), min(role) into v_open, v_role from process_task where dossier_id = p_id and state = 'open';
  if v_open > 1 or (v_open = 1 and p_officer <> 'null' and not exists (
    select from officer where id::text = p_officer ->> 'id' and role = v_role)) then
    return dossier_refusal('step-not-yours');
  end if;
  update dossier set officer = nullif(p_officer, 'null'), officer_id = p_officer ->> 'id', version = version + 1,
    updated_at = clock_timestamp()
    where id = p_id and version = p_version and state in ('filed', 'received', 'processing', 'result-ready')
      -- two who take the same dossier at once: the second learns it
      and (p_action <> 'claim' or state = 'filed' and officer_id is null)
    returning * into v_row;
  if not found then return dossier_refusal('conflict'); end if;
  perform history_put(v_row.id, p_actor, p_action, v_row.state, v_row.state,
    jsonb_strip_nulls(jsonb_build_object('officer', p_officer, 'note', p_note)));
  perform audit_put((p_actor ->> 'kind') || ':' || coalesce(p_actor ->> 'id', p_actor ->> 'name'), 'dossier.' || p_action,
    'dossier:' || v_row.id, jsonb_build_object('officer', p_officer ->> 'id', 'version', v_row.version));
  return dossier_stand(v_row);
end $$;
