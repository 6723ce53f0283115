-- Designer: one working copy of a procedure's next version, changed by administrators, with every revision kept.

create table procedure_copy (
  tenant text not null default current_setting('app.tenant'),
  code text not null,
  id uuid not null,
  -- The published version it was made from; null: a procedure that is not published yet.
  base_version int,
  revision int not null,
  definition jsonb not null,
  form jsonb,
  changed_by text not null,
  changed_name text not null,
  changed_at timestamptz not null default now(),
  primary key (tenant, code)
);
select protect_tenant_table('procedure_copy');
select grant_app('procedure_copy', 'select, insert, update, delete');

-- What stood in the copy after each change: for differences, for whoever edits at the same time, and to go back.
create table procedure_copy_revision (
  tenant text not null default current_setting('app.tenant'),
  copy uuid not null,
  revision int not null,
  code text not null,
  definition jsonb not null,
  form jsonb,
  -- "fee:extract-copy": where the change was made; 'start', 'import', 'restore', 'base'.
  place text not null,
  changed_by text not null,
  changed_name text not null,
  changed_at timestamptz not null default now(),
  primary key (tenant, copy, revision)
);
select protect_tenant_table('procedure_copy_revision');
select grant_app('procedure_copy_revision', 'select, insert');

-- p: {code, id, baseVersion, definition, form, by, byName}. Answers false when somebody has begun a copy already.
create function procedure_copy_start(p_tenant text, p jsonb) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into procedure_copy (code, id, base_version, revision, definition, form, changed_by, changed_name)
  values (p->>'code', (p->>'id')::uuid, (p->>'baseVersion')::int, 1, p->'definition', nullif(p->'form', 'null'), p->>'by', p->>'byName')
  on conflict do nothing;
  if not found then return false; end if;
  insert into procedure_copy_revision (copy, revision, code, definition, form, place, changed_by, changed_name)
  values ((p->>'id')::uuid, 1, p->>'code', p->'definition', nullif(p->'form', 'null'), 'start', p->>'by', p->>'byName');
  perform audit_put(p->>'by', 'procedure.copy-started', p->>'code', jsonb_build_object('copy', p->>'id', 'base', p->'baseVersion'));
  return true;
end $$;

-- p: {code, copy, revision (the one it was made on), baseVersion, definition, form, place, by, byName}.
-- Answers the new revision, or null when the copy has gone on since: nothing is written then.
create function procedure_copy_save(p_tenant text, p jsonb) returns int language plpgsql as $$
declare v_revision int;
begin
  perform set_config('app.tenant', p_tenant, true);
  update procedure_copy set revision = revision + 1, base_version = (p->>'baseVersion')::int, definition = p->'definition',
    form = nullif(p->'form', 'null'), changed_by = p->>'by', changed_name = p->>'byName', changed_at = now()
  where code = p->>'code' and id = (p->>'copy')::uuid and revision = (p->>'revision')::int
  returning revision into v_revision;
  if v_revision is null then return null; end if;
  insert into procedure_copy_revision (copy, revision, code, definition, form, place, changed_by, changed_name)
  values ((p->>'copy')::uuid, v_revision, p->>'code', p->'definition', nullif(p->'form', 'null'), p->>'place', p->>'by', p->>'byName');
  perform audit_put(p->>'by', 'procedure.copy-changed', p->>'code',
    jsonb_build_object('copy', p->>'copy', 'revision', v_revision, 'place', p->>'place'));
  return v_revision;
end $$;

-- The copy is over; its revisions stay. Answers false when there was none, or it has gone on since.
create function procedure_copy_end(p_tenant text, p jsonb) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  delete from procedure_copy where code = p->>'code' and id = (p->>'copy')::uuid and revision = (p->>'revision')::int;
  if not found then return false; end if;
  perform audit_put(p->>'by', 'procedure.copy-ended', p->>'code', jsonb_build_object('copy', p->>'copy', 'revision', p->'revision'));
  return true;
end $$;
