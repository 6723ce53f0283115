-- Seen on a second reading.

-- A dossier that is given by name takes its only open step along: to an officer whose step it can be, and never a step that
-- another agency has; that one is given at the step itself, where the officer's reach is looked at.
create or replace function dossier_assign(p_tenant text, p_id uuid, p_version int, p_action text, p_actor jsonb, p_officer jsonb, p_note text)
returns jsonb language plpgsql as $$
declare v_row dossier; v_open int; v_role text; v_unit text;
begin
  perform set_config('app.tenant', p_tenant, true);
  select count(*), min(role), min(unit_id) into v_open, v_role, v_unit from process_task where dossier_id = p_id and state = 'open';
  if v_open > 1 or (v_open = 1 and (v_unit is distinct from (select agency_id from dossier where id = p_id)
    or (p_officer <> 'null' and not exists (select from officer where id::text = p_officer ->> 'id' and role = v_role)))) then
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

-- An act that the drawing does not know may name an officer too: the step follows only where it could have been given.
create or replace function process_follows_officer() returns trigger language plpgsql as $$
begin
  update process_task t set officer = new.officer, officer_id = new.officer_id, revision = revision + 1
    where t.dossier_id = new.id and t.state = 'open' and t.officer_id is distinct from new.officer_id
      and (select count(*) from process_task o where o.dossier_id = new.id and o.state = 'open') = 1
      and t.unit_id = new.agency_id
      and (new.officer_id is null or exists (select from officer f where f.id::text = new.officer_id
        and (f.role = t.role or (t.act = 'sign-result' and f.may_sign))));
  return null;
end $$;

-- Bytes that messages between provinces name stand in JSON, where the sweeper's look at the columns does not come.
create index linked_part_result on linked_part ((told #>> '{result,file,sha256}')) where told is not null;
create index linked_message_open on linked_message (tenant, conversation) where done_at is null;

create function linked_names_file(p_sha256 text) returns boolean language sql stable as $$
  select exists (select from linked_part where told is not null and told #>> '{result,file,sha256}' = p_sha256)
    or exists (select from linked_message where done_at is null and (content #>> '{state,result,file,sha256}' = p_sha256
      or content @> jsonb_build_object('part', jsonb_build_object('papers', jsonb_build_array(jsonb_build_object('sha256', p_sha256))))))
$$;

-- As in 0028, with those.
create or replace function file_is_named(p_sha256 text) returns boolean language plpgsql stable as $$
declare v_place record; v_found boolean;
begin
  -- rounds are of supplements: a removed row without any was dropped while drafting
  if exists (select 1 from dossier_file where (sha256 = p_sha256 or thumb_sha256 = p_sha256)
    and not (status = 'removed' and round is null and removed_round is null)) then
    return true;
  end if;
  if linked_names_file(p_sha256) then return true; end if;
  for v_place in
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype and a.attname ~ 'sha256$'
      and c.relname not in ('dossier_file', 'loose_file', 'upload', 'migration')
    order by c.relname, a.attname
  loop
    execute format('select exists (select 1 from %I where %I = $1)', v_place.relname, v_place.attname)
      into v_found using p_sha256;
    if v_found then return true; end if;
  end loop;
  return false;
end $$;

-- As in 0120; a number that an officer typed leaves the officer's trace. p_officer: null for the post's own answer.
drop function post_order_answered(text, uuid, text, text);
create function post_order_answered(p_tenant text, p_id uuid, p_item_code text, p_refusal text, p_officer jsonb) returns boolean
language plpgsql as $$
declare v post_order;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from dossier where id = (select dossier_id from post_order where id = p_id) for update;
  select * into v from post_order where id = p_id for update;
  if not found then return false; end if;
  if p_item_code is not null then
    if v.item_code is not null then return v.item_code = p_item_code; end if;
    if v.state not in ('sending', 'refused') then return false; end if;
    update post_order set item_code = p_item_code, problem = null, heard_at = clock_timestamp(), changed_at = clock_timestamp(),
      state = 'ordered' where id = p_id;
    if p_officer is not null then
      perform audit_put('officer:' || (p_officer ->> 'id'), 'post.item-code', 'dossier:' || v.dossier_id,
        jsonb_build_object('order', p_id));
    end if;
    return true;
  end if;
  if v.state <> 'sending' then return false; end if;
  update post_order set state = 'refused', problem = left(p_refusal, 500), changed_at = clock_timestamp() where id = p_id;
  perform post_trace(v.dossier_id, '{"kind": "system", "name": "post"}', 'post-refused', jsonb_build_object('note', left(p_refusal, 500)));
  return true;
end $$;
