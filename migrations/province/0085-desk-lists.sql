-- The desk's lists at ten million dossiers. What a list is ordered, divided and found by is kept in columns of its own, which
-- follow the row by themselves; every index begins with tenant and unit, so that a page costs the same in any scope.

-- Words of a name the other way round, so that "Bích Ngọc" finds Trần Thị Bích Ngọc by the beginning of a key.
create function words_back(p_text text) returns text language sql immutable parallel safe strict as $$
  select string_agg(w, ' ' order by n desc) from unnest(string_to_array(p_text, ' ')) with ordinality as t (w, n)
$$;

-- Letters of a name without marks, one space between words.
create function name_key(p_text text) returns text language sql immutable parallel safe strict as $$
  select btrim(regexp_replace(fold(p_text), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- Digits from the last to the first: the end of a number is the beginning of its key.
create function digits_back(p_text text) returns text language sql immutable parallel safe strict as $$
  select nullif(reverse(regexp_replace(p_text, '[^0-9]', '', 'g')), '')
$$;

-- Which list a dossier stands in. A filed one waits for whoever takes it, or for the officer it was given to.
create function desk_queue_of(p_state text, p_officer_id text, p_result_id text, p_signed boolean) returns text
language sql immutable parallel safe as $$
  select case p_state
    when 'draft' then null
    when 'filed' then case when p_officer_id is null then 'take' else 'held' end
    when 'processing' then case when p_result_id is not null and not p_signed then 'sign' else 'work' end
    when 'fee-due' then 'fee' when 'supplement-requested' then 'wait' when 'result-ready' then 'return'
    else p_state end
$$;

alter table dossier
  add column desk_queue text generated always as (desk_queue_of(state, officer_id, result_id, result_signed)) stored,
  -- what it is ordered by: the appointment (reception: the filing), when it is over the moment of that
  add column desk_at timestamptz generated always as (
    case when state in ('returned', 'declined', 'stopped', 'withdrawn') then updated_at else coalesce(due_at, filed_at) end) stored,
  add column field_code text generated always as (procedure ->> 'fieldCode') stored,
  -- half and a fifth of the working time left, as the deadline's reasons have them (seconds since 1970)
  add column warn_half_at timestamptz generated always as (
    to_timestamp((due_explanation #>> '{warnings,half}')::float8)) stored,
  add column warn_fifth_at timestamptz generated always as (
    to_timestamp((due_explanation #>> '{warnings,fifth}')::float8)) stored,
  add column name_forth text collate "C" generated always as (name_key(applicant ->> 'name')) stored,
  add column name_back text collate "C" generated always as (words_back(name_key(applicant ->> 'name'))) stored,
  add column paper_back text collate "C" generated always as (digits_back(applicant ->> 'identityNumber')) stored,
  add column phone_back text collate "C" generated always as (digits_back(applicant ->> 'phone')) stored,
  add column code_back text collate "C" generated always as (digits_back(code)) stored;

drop index dossier_inbox;
drop index dossier_over;
drop index dossier_of_officer;

-- Everything that a list is filtered by is in the index: the rows themselves are read for the page alone.
create index dossier_lane on dossier (tenant, agency_id, desk_queue, desk_at, id)
  include (procedure_code, field_code, channel, officer_id, filed_at, warn_fifth_at) where desk_queue is not null;
create index dossier_of_officer on dossier (tenant, officer_id, desk_queue, desk_at, id)
  include (agency_id, procedure_code, field_code, channel, filed_at, warn_fifth_at) where officer_id is not null;
create index dossier_name_forth on dossier (tenant, agency_id, name_forth, id) where desk_queue is not null;
create index dossier_name_back on dossier (tenant, agency_id, name_back, id) where desk_queue is not null;
create index dossier_paper_back on dossier (tenant, agency_id, paper_back, id) where desk_queue is not null;
create index dossier_phone_back on dossier (tenant, agency_id, phone_back, id) where desk_queue is not null and phone_back is not null;
create index dossier_code_back on dossier (tenant, agency_id, code_back, id) where code_back is not null;

-- Gives a dossier to an officer (claim, assign, transfer, routing): row, history and audit together. Nobody outside learns of it.
create function dossier_assign(p_tenant text, p_id uuid, p_version int, p_action text, p_actor jsonb, p_officer jsonb, p_note text)
returns jsonb language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
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
