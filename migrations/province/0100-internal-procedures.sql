-- Internal procedures (quy trình nội bộ): drawings in versions, which procedure runs through which, and the running ones as
-- rows: instance, tokens, steps, timers, and a log that is never changed. Every move is one function: tokens, steps, timers,
-- log, who holds the dossier, and the jobs together or not at all.

create table process (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default clock_timestamp(),
  created_by jsonb not null
);
select protect_tenant_table('process');
select grant_app('process', 'select, insert, update');

create table process_version (
  tenant text not null default current_setting('app.tenant'),
  process_id uuid not null references process,
  version int not null check (version > 0),
  name text not null,
  xml text not null check (length(xml) <= 1000000),
  -- the drawing as it runs; null while it has problems
  model jsonb,
  problems jsonb not null default '[]',
  saved_by jsonb not null,
  saved_at timestamptz not null default clock_timestamp(),
  revision int not null default 1,
  published_by jsonb,
  published_at timestamptz,
  primary key (process_id, version),
  check (published_at is null or model is not null),
  -- four eyes
  check (published_by is null or saved_by ->> 'kind' = 'system' or published_by ->> 'id' is distinct from saved_by ->> 'id')
);
create unique index process_one_draft on process_version (process_id) where published_at is null;
select protect_tenant_table('process_version');
select grant_app('process_version', 'select, insert, update');

-- What runs stays as it was published.
create function process_version_keep() returns trigger language plpgsql as $$
begin
  if old.published_at is not null then
    raise exception 'process % version %: published versions do not change', old.process_id, old.version
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger process_version_keep before update on process_version for each row execute function process_version_keep();

create table process_use (
  tenant text not null default current_setting('app.tenant'),
  scope text not null check (scope in ('procedure', 'field')),
  code text not null check (length(code) between 1 and 100),
  process_id uuid not null references process,
  decided_by jsonb not null,
  decided_at timestamptz not null default clock_timestamp(),
  primary key (tenant, scope, code)
);
create index process_use_of on process_use (process_id);
select protect_tenant_table('process_use');
select grant_app('process_use', 'select, insert, update, delete');

create table process_instance (
  dossier_id uuid primary key references dossier,
  tenant text not null default current_setting('app.tenant'),
  process_id uuid not null,
  version int not null,
  state text not null default 'running' check (state in ('running', 'ended', 'cancelled')),
  -- counts every move
  revision int not null default 0,
  next_token int not null default 1,
  -- how the opinion that ended last ended
  opinion text not null default 'none' check (opinion in ('none', 'given', 'overdue')),
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  foreign key (process_id, version) references process_version
);
create index process_instance_of on process_instance (process_id, version, dossier_id) where state = 'running';
select protect_tenant_table('process_instance');
select grant_app('process_instance', 'select, insert, update');

create table process_token (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references process_instance,
  id int not null,
  node text not null,
  flow text not null,
  born_at timestamptz not null default clock_timestamp(),
  gone_at timestamptz,
  primary key (dossier_id, id)
);
select protect_tenant_table('process_token');
select grant_app('process_token', 'select, insert, update');

create table process_task (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references process_instance,
  token int not null,
  node text not null,
  name text not null,
  role text not null check (role in ('one-stop', 'specialist', 'leader', 'accountant')),
  unit_id text not null,
  unit_name text not null,
  work text not null check (work in ('task', 'opinion')),
  act text not null check (act in ('none', 'forward', 'record-result', 'sign-result', 'return-result')),
  hours numeric not null check (hours > 0),
  state text not null default 'open' check (state in ('open', 'done', 'overdue', 'cancelled', 'moved')),
  revision int not null default 1,
  officer jsonb,
  officer_id text,
  started_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz,
  done_by jsonb,
  way text,
  way_name text,
  content text check (length(content) <= 4000),
  check ((state = 'open') = (done_at is null))
);
create unique index process_task_of_token on process_task (dossier_id, token) where state = 'open';
create index process_task_of on process_task (dossier_id, started_at, id);
-- the desk's list of steps: of a role in a unit, of an officer by name, the most urgent first
create index process_task_lane on process_task (tenant, unit_id, role, due_at, id) where state = 'open' and officer_id is null;
create index process_task_own on process_task (tenant, officer_id, due_at, id) where state = 'open' and officer_id is not null;
select protect_tenant_table('process_task');
select grant_app('process_task', 'select, insert, update');

create table process_task_file (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  task_id uuid not null references process_task,
  position int not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  added_at timestamptz not null default clock_timestamp()
);
create index process_task_file_of on process_task_file (task_id, position);
create index process_task_file_bytes on process_task_file (sha256);
select protect_tenant_table('process_task_file');
select grant_app('process_task_file', 'select, insert');

create table process_timer (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references process_instance,
  token int not null,
  started_at timestamptz not null,
  -- working time
  minutes int not null check (minutes > 0),
  fires_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'fired', 'cancelled')),
  primary key (dossier_id, token)
);
create index process_timer_due on process_timer (fires_at) where state = 'waiting';
select protect_tenant_table('process_timer');
select grant_app('process_timer', 'select, insert, update');

create table process_log (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references process_instance,
  revision int not null,
  at timestamptz not null default clock_timestamp(),
  actor jsonb not null,
  event text not null,
  version int not null,
  -- flows passed
  path jsonb not null,
  gone jsonb not null,
  born jsonb not null,
  detail jsonb not null default '{}',
  primary key (dossier_id, revision)
);
select protect_tenant_table('process_log');
select grant_app('process_log', 'select, insert');

-- The process that a dossier of this procedure would run through now; the procedure's own choice before its field's.
create function process_for(p_tenant text, p_procedure text, p_field text) returns jsonb language plpgsql as $$
declare v_found jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  select jsonb_build_object('processId', v.process_id, 'version', v.version, 'model', v.model) into v_found
    from process_use u join process_version v on v.process_id = u.process_id and v.published_at is not null
    where (u.scope = 'procedure' and u.code = p_procedure) or (u.scope = 'field' and u.code = p_field)
    order by u.scope desc, v.version desc limit 1;
  return v_found;
end $$;

-- Where a dossier's process stands, with who asks; null when none is running.
create function process_standing(p_tenant text, p_dossier_id uuid, p_officer text, p_today date) returns jsonb
language plpgsql as $$
declare v_found jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  select jsonb_build_object('processId', i.process_id, 'version', i.version, 'revision', i.revision, 'next', i.next_token,
      'opinion', i.opinion, 'model', v.model,
      'supplemented', exists (select from supplement_round r where r.dossier_id = i.dossier_id and r.answered_at is not null),
      'tokens', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'node', k.node, 'flow', k.flow) order by k.id)
        from process_token k where k.dossier_id = i.dossier_id and k.gone_at is null), '[]'),
      'tasks', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'token', t.token, 'node', t.node, 'name', t.name,
          'role', t.role, 'unitId', t.unit_id, 'act', t.act, 'work', t.work, 'officerId', t.officer_id, 'revision', t.revision,
          'hours', t.hours, 'startedAt', t.started_at, 'dueAt', t.due_at) order by t.started_at, t.id)
        from process_task t where t.dossier_id = i.dossier_id and t.state = 'open'), '[]'),
      'timers', coalesce((select jsonb_agg(jsonb_build_object('token', w.token, 'startedAt', w.started_at, 'minutes', w.minutes,
          'firesAt', w.fires_at) order by w.token) from process_timer w
        where w.dossier_id = i.dossier_id and w.state = 'waiting'), '[]'),
      -- who did a step before does it again when it comes back
      'before', coalesce((select jsonb_object_agg(node, doer) from (
        select distinct on (t.node) t.node, t.done_by as doer from process_task t join officer o
          on o.id::text = t.done_by ->> 'id' and o.disabled_at is null
        where t.dossier_id = i.dossier_id and t.state = 'done' and t.done_by ->> 'kind' = 'officer'
        order by t.node, t.done_at desc) d), '{}'),
      'worker', (select jsonb_build_object('role', o.role, 'agencyId', o.agency_id, 'maySign', o.may_sign or o.role = 'leader',
          'standsInFor', coalesce((select jsonb_agg(a.officer_id) from officer_absence a where a.substitute_id = o.id
            and a.ended_at is null and p_today between a.from_date and a.to_date), '[]'))
        from officer o where o.id::text = p_officer and o.disabled_at is null))
    into v_found
    from process_instance i join process_version v using (process_id, version)
    where i.dossier_id = p_dossier_id and i.state = 'running';
  return v_found;
end $$;

-- Who has the dossier now: the officer and unit of its only open step; nobody by name when several stand open.
create function process_holder(p_dossier_id uuid) returns void language plpgsql as $$
declare v_count int; v_task process_task;
begin
  select count(*) into v_count from process_task where dossier_id = p_dossier_id and state = 'open';
  if v_count = 0 then return; end if;
  if v_count = 1 then select * into v_task from process_task where dossier_id = p_dossier_id and state = 'open'; end if;
  update dossier set officer = v_task.officer, officer_id = v_task.officer_id,
    unit = case when v_count = 1 then jsonb_build_object('id', v_task.unit_id, 'name', v_task.unit_name) end
    where id = p_dossier_id and (officer is distinct from v_task.officer
      or unit ->> 'id' is distinct from v_task.unit_id);
end $$;

-- One move of an instance; false when somebody moved it meanwhile. p_change: see steps-store.ts.
create function process_apply(p_tenant text, p_dossier_id uuid, p_revision int, p_actor jsonb, p_change jsonb) returns boolean
language plpgsql as $$
declare v_row process_instance; v_now timestamptz := clock_timestamp(); v_end jsonb := p_change -> 'finish'; v_timer jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  update process_instance set revision = revision + 1, next_token = (p_change ->> 'next')::int,
      opinion = coalesce(p_change ->> 'opinion', opinion),
      state = case when (p_change ->> 'ended')::boolean then 'ended' else state end,
      ended_at = case when (p_change ->> 'ended')::boolean then v_now end
    where dossier_id = p_dossier_id and revision = p_revision and state = 'running' returning * into v_row;
  if not found then return false; end if;
  update process_token set gone_at = v_now where dossier_id = p_dossier_id and gone_at is null
    and id in (select g::int from jsonb_array_elements_text(p_change -> 'gone') g);
  if jsonb_typeof(v_end) = 'object' then
    update process_task set state = v_end ->> 'state', revision = revision + 1, done_at = v_now, done_by = p_actor,
        way = v_end ->> 'way', way_name = v_end ->> 'wayName', content = v_end ->> 'content'
      where id = (v_end ->> 'task')::uuid and dossier_id = p_dossier_id and state = 'open'
        and revision = (v_end ->> 'revision')::int;
    if not found then raise exception 'step % moved meanwhile', v_end ->> 'task' using errcode = 'serialization_failure'; end if;
    insert into process_task_file (id, task_id, position, name, sha256, size, media_type)
      select (f ->> 'id')::uuid, (v_end ->> 'task')::uuid, n, left(f ->> 'name', 255), f ->> 'sha256', (f ->> 'size')::bigint, f ->> 'mediaType'
      from jsonb_array_elements(coalesce(v_end -> 'files', '[]')) with ordinality as t (f, n);
    delete from loose_file where sha256 in (select f ->> 'sha256' from jsonb_array_elements(coalesce(v_end -> 'files', '[]')) f);
  end if;
  update process_timer set state = case when token = (p_change ->> 'fired')::int then 'fired' else 'cancelled' end
    where dossier_id = p_dossier_id and state = 'waiting'
      and token in (select g::int from jsonb_array_elements_text(p_change -> 'gone') g);
  insert into process_token (dossier_id, id, node, flow)
    select p_dossier_id, (b ->> 'id')::int, b ->> 'node', b ->> 'flow' from jsonb_array_elements(p_change -> 'born') b;
  insert into process_task (id, dossier_id, token, node, name, role, unit_id, unit_name, work, act, hours, officer, officer_id,
      started_at, due_at)
    select (t ->> 'id')::uuid, p_dossier_id, (t ->> 'token')::int, t ->> 'node', t ->> 'name', t ->> 'role', t ->> 'unitId',
      t ->> 'unitName', t ->> 'work', t ->> 'act', (t ->> 'hours')::numeric, nullif(t -> 'officer', 'null'),
      t -> 'officer' ->> 'id', (t ->> 'startedAt')::timestamptz, (t ->> 'dueAt')::timestamptz
    from jsonb_array_elements(p_change -> 'tasks') t;
  for v_timer in select * from jsonb_array_elements(p_change -> 'timers') loop
    insert into process_timer (dossier_id, token, started_at, minutes, fires_at) values (p_dossier_id, (v_timer ->> 'token')::int,
      (v_timer ->> 'startedAt')::timestamptz, (v_timer ->> 'minutes')::int, (v_timer ->> 'firesAt')::timestamptz);
    perform process_timer_job(p_dossier_id, (v_timer ->> 'token')::int, (v_timer ->> 'firesAt')::timestamptz);
  end loop;
  insert into process_log (dossier_id, revision, actor, event, version, path, gone, born, detail)
    values (p_dossier_id, v_row.revision, p_actor, p_change ->> 'event', v_row.version, p_change -> 'path', p_change -> 'gone',
      p_change -> 'born', coalesce(p_change -> 'detail', '{}'));
  perform process_holder(p_dossier_id);
  return true;
end $$;

-- A key of its own for every instant: a job that waits for later must not hold up an earlier one.
create function process_timer_job(p_dossier_id uuid, p_token int, p_at timestamptz) returns void language sql as $$
  select job_put('process-timer', p_dossier_id || ':' || p_token || ':' || extract(epoch from p_at)::bigint,
    jsonb_build_object('dossierId', p_dossier_id, 'token', p_token), p_at)
$$;

create function process_start(p_tenant text, p_dossier_id uuid, p_process_id uuid, p_version int, p_actor jsonb, p_change jsonb)
returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into process_instance (dossier_id, process_id, version) values (p_dossier_id, p_process_id, p_version)
    on conflict do nothing;
  if not found then return false; end if;
  return process_apply(p_tenant, p_dossier_id, 0, p_actor, p_change);
end $$;

-- Gives an open step to an officer, or takes it from nobody (p_how 'claim'); row, history and audit together.
create function process_task_give(p_tenant text, p_dossier_id uuid, p_task uuid, p_revision int, p_how text, p_actor jsonb,
  p_officer jsonb, p_note text) returns jsonb language plpgsql as $$
declare v_row dossier; v_task process_task;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- the dossier's lock first, as every move takes it
  select * into v_row from dossier where id = p_dossier_id
    and state in ('received', 'processing', 'supplement-requested', 'fee-due', 'result-ready') for update;
  if not found then return dossier_refusal('wrong-state'); end if;
  update process_task set officer = p_officer, officer_id = p_officer ->> 'id', revision = revision + 1
    where id = p_task and dossier_id = p_dossier_id and state = 'open' and revision = p_revision
      and (p_how <> 'claim' or officer_id is null) returning * into v_task;
  if not found then return dossier_refusal('conflict'); end if;
  update dossier set version = version + 1, updated_at = clock_timestamp() where id = p_dossier_id returning * into v_row;
  perform process_holder(p_dossier_id);
  perform history_put(v_row.id, p_actor, p_how, v_row.state, v_row.state,
    jsonb_strip_nulls(jsonb_build_object('officer', p_officer, 'step', v_task.name, 'note', p_note)));
  perform audit_put('officer:' || (p_actor ->> 'id'), 'dossier.' || p_how, 'dossier:' || v_row.id,
    jsonb_build_object('officer', p_officer ->> 'id', 'step', v_task.node, 'version', v_row.version));
  return dossier_stand(v_row);
end $$;

-- After a pause: when the open steps are due and the timers fire now.
create function process_resume(p_tenant text, p_dossier_id uuid, p_revision int, p_tasks jsonb, p_timers jsonb) returns boolean
language plpgsql as $$
declare v_timer jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from process_instance where dossier_id = p_dossier_id and revision = p_revision and state = 'running' for update;
  if not found then return false; end if;
  update process_task t set due_at = (n ->> 'dueAt')::timestamptz from jsonb_array_elements(p_tasks) n
    where t.id = (n ->> 'id')::uuid and t.dossier_id = p_dossier_id and t.state = 'open';
  for v_timer in select * from jsonb_array_elements(p_timers) loop
    update process_timer set fires_at = (v_timer ->> 'firesAt')::timestamptz
      where dossier_id = p_dossier_id and token = (v_timer ->> 'token')::int and state = 'waiting';
    if found then
      perform process_timer_job(p_dossier_id, (v_timer ->> 'token')::int, (v_timer ->> 'firesAt')::timestamptz);
    end if;
  end loop;
  return true;
end $$;

create function process_clock_resumed() returns trigger language plpgsql as $$
begin
  if exists (select from process_instance where dossier_id = new.id and state = 'running') then
    perform job_put('process-resume', new.id::text, jsonb_build_object('dossierId', new.id));
  end if;
  return null;
end $$;
create trigger process_clock_resumed after update of state on dossier for each row
  when (old.state in ('supplement-requested', 'fee-due') and new.state in ('received', 'processing', 'result-ready'))
  execute function process_clock_resumed();

-- A dossier that ends before its process does takes the open steps with it, whoever ended it.
create function process_dossier_over() returns trigger language plpgsql as $$
declare v_row process_instance; v_now timestamptz := clock_timestamp();
begin
  update process_instance set state = 'cancelled', ended_at = v_now, revision = revision + 1
    where dossier_id = new.id and state = 'running' returning * into v_row;
  if not found then return null; end if;
  update process_token set gone_at = v_now where dossier_id = new.id and gone_at is null;
  update process_timer set state = 'cancelled' where dossier_id = new.id and state = 'waiting';
  update process_task set state = 'cancelled', revision = revision + 1, done_at = v_now where dossier_id = new.id and state = 'open';
  insert into process_log (dossier_id, revision, actor, event, version, path, gone, born)
    values (new.id, v_row.revision, '{"kind": "system", "name": "steps"}', new.state, v_row.version, '[]', '[]', '[]');
  return null;
end $$;
create trigger process_dossier_over after update of state on dossier for each row
  when (new.state in ('declined', 'stopped', 'withdrawn') and old.state <> new.state)
  execute function process_dossier_over();

-- The desk's lists give a dossier by name (dossier_assign): its only open step goes with it.
create function process_follows_officer() returns trigger language plpgsql as $$
begin
  update process_task t set officer = new.officer, officer_id = new.officer_id, revision = revision + 1
    where t.dossier_id = new.id and t.state = 'open' and t.officer_id is distinct from new.officer_id
      and (select count(*) from process_task o where o.dossier_id = new.id and o.state = 'open') = 1;
  return null;
end $$;
create trigger process_follows_officer after update of officer_id on dossier for each row
  when (old.officer_id is distinct from new.officer_id and new.state in ('received', 'processing', 'result-ready'))
  execute function process_follows_officer();

-- Makes or replaces the draft of a process; p_id names a new process when p_revision is null and none has that id.
create function process_save(p_tenant text, p_id uuid, p_name text, p_xml text, p_model jsonb, p_problems jsonb, p_revision int,
  p_actor jsonb) returns jsonb language plpgsql as $$
declare v_row process_version; v_draft process_version; v_last int;
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into process (id, name, created_by) values (p_id, p_name, p_actor) on conflict (id) do nothing;
  perform 1 from process where id = p_id for update;
  select * into v_draft from process_version where process_id = p_id and published_at is null;
  if (v_draft.revision is null) is distinct from (p_revision is null) or v_draft.revision is distinct from p_revision then
    return dossier_refusal('conflict');
  end if;
  if v_draft.revision is not null then
    update process_version set name = p_name, xml = p_xml, model = p_model, problems = p_problems, saved_by = p_actor,
      saved_at = clock_timestamp(), revision = revision + 1
      where process_id = p_id and version = v_draft.version returning * into v_row;
  else
    select coalesce(max(version), 0) into v_last from process_version where process_id = p_id;
    insert into process_version (process_id, version, name, xml, model, problems, saved_by)
      values (p_id, v_last + 1, p_name, p_xml, p_model, p_problems, p_actor) returning * into v_row;
  end if;
  perform audit_put((p_actor ->> 'kind') || ':' || coalesce(p_actor ->> 'id', p_actor ->> 'name'), 'process.save', 'process:' || p_id,
    jsonb_build_object('version', v_row.version, 'revision', v_row.revision, 'problems', jsonb_array_length(p_problems)));
  return jsonb_build_object('ok', true, 'processId', p_id, 'version', v_row.version, 'revision', v_row.revision);
end $$;

create function process_publish(p_tenant text, p_id uuid, p_version int, p_revision int, p_actor jsonb) returns jsonb
language plpgsql as $$
declare v_row process_version;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from process_version where process_id = p_id and version = p_version for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.published_at is not null then return dossier_refusal('nothing-to-publish'); end if;
  if v_row.revision <> p_revision then return dossier_refusal('conflict'); end if;
  if v_row.model is null then return dossier_refusal('has-problems'); end if;
  if v_row.saved_by ->> 'kind' <> 'system' and v_row.saved_by ->> 'id' = p_actor ->> 'id' then
    return dossier_refusal('same-person');
  end if;
  update process_version set published_by = p_actor, published_at = clock_timestamp() where process_id = p_id and version = p_version;
  update process set name = v_row.name where id = p_id;
  perform audit_put((p_actor ->> 'kind') || ':' || coalesce(p_actor ->> 'id', p_actor ->> 'name'), 'process.publish',
    'process:' || p_id, jsonb_build_object('version', p_version));
  return jsonb_build_object('ok', true, 'version', p_version);
end $$;

create function process_use_put(p_tenant text, p_scope text, p_code text, p_process uuid, p_actor jsonb) returns jsonb
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  if p_process is null then
    delete from process_use where scope = p_scope and code = p_code;
  else
    if not exists (select from process_version where process_id = p_process and published_at is not null) then
      return dossier_refusal('not-found');
    end if;
    insert into process_use (scope, code, process_id, decided_by) values (p_scope, p_code, p_process, p_actor)
      on conflict (tenant, scope, code) do update set process_id = p_process, decided_by = p_actor, decided_at = clock_timestamp();
  end if;
  perform audit_put((p_actor ->> 'kind') || ':' || coalesce(p_actor ->> 'id', p_actor ->> 'name'), 'process.use',
    p_scope || ':' || p_code, jsonb_build_object('process', p_process));
  return '{"ok": true}';
end $$;

-- A running dossier goes on under another version. p_tokens: [{"id","node","flow"}]; p_tasks: [{"id","node","name","role","act",…}].
create function process_move(p_tenant text, p_dossier_id uuid, p_revision int, p_version int, p_actor jsonb, p_tokens jsonb,
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
      hours = (n ->> 'hours')::numeric, due_at = (n ->> 'dueAt')::timestamptz, revision = revision + 1
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
