-- Substates of a procedure (set by an officer within a state of the national list), and closing: what is over goes to the
-- archive with a term of storage.
alter table dossier
  -- {"code","name":{"vi","en"}}: as the procedure's version names it
  add column substate jsonb,
  add column closed_at timestamptz,
  -- {"years": 10 | null for ever, "untilYear": 2036 | null, "basis", "place"}
  add column storage jsonb,
  add constraint dossier_closed_when_over check (closed_at is null
    or (storage is not null and state in ('returned', 'declined', 'stopped', 'withdrawn')));

-- A substate belongs to the state it was set in.
create function dossier_leave_substate() returns trigger language plpgsql as $$
begin
  new.substate := null;
  return new;
end $$;
create trigger dossier_leave_substate before update of state on dossier for each row
  when (old.state is distinct from new.state and new.substate is not null and new.substate is not distinct from old.substate)
  execute function dossier_leave_substate();

create function dossier_set_substate(p_tenant text, p_id uuid, p_version int, p_actor jsonb, p_substate jsonb, p_text text)
returns jsonb language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set substate = nullif(p_substate, 'null'), version = version + 1, updated_at = clock_timestamp()
    where id = p_id and version = p_version and state in ('received', 'processing', 'result-ready') returning * into v_row;
  if not found then return dossier_refusal('conflict'); end if;
  perform dossier_trace(v_row, p_actor, 'set-substate', v_row.state,
    jsonb_strip_nulls(jsonb_build_object('substate', nullif(p_substate, 'null'), 'text', nullif(p_text, ''))));
  return dossier_stand(v_row);
end $$;

-- Closed once; the national list has no word for it, so nothing leaves the house.
create function dossier_close(p_tenant text, p_id uuid, p_version int, p_actor jsonb, p_storage jsonb) returns jsonb
language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set closed_at = clock_timestamp(), storage = p_storage, version = version + 1
    where id = p_id and version = p_version and closed_at is null and state in ('returned', 'declined', 'stopped', 'withdrawn')
    returning * into v_row;
  if not found then return dossier_refusal('conflict'); end if;
  perform history_put(p_id, p_actor, 'close', v_row.state, v_row.state, p_storage);
  perform audit_put('officer:' || (p_actor ->> 'id'), 'dossier.close', 'dossier:' || p_id, p_storage - 'place');
  return dossier_stand(v_row);
end $$;
