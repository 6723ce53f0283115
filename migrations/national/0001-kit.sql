-- What every room of this building stands on: audit, jobs, sessions, tenants, grants.
-- Run by the migrator role. The application role is named by the setting motcua.app_role of the migrating session.

create function grant_app(p_table regclass, p_rights text) returns void language plpgsql as $$
begin
  if p_rights !~ '^(select|insert|update|delete)(, (select|insert|update|delete))*$' then
    raise exception 'grant_app: bad rights %', p_rights;
  end if;
  execute format('grant %s on %s to %I', p_rights, p_table, current_setting('motcua.app_role'));
end $$;

do $$ begin
  execute format('grant usage on schema public to %I', current_setting('motcua.app_role'));
  -- Identity columns and named sequences of later migrations too.
  execute format('alter default privileges in schema public grant usage on sequences to %I', current_setting('motcua.app_role'));
end $$;

-- The tenant of the running transaction, null when none is set: then no row of any tenant is visible.
create function current_tenant() returns text language sql stable as
  $$ select nullif(current_setting('app.tenant', true), '') $$;

-- Row-level security by tenant, forced (the owner too obeys it). Every province table calls this in its migration.
create function protect_tenant_table(p_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy tenant_only on %s using (tenant = current_tenant()) with check (tenant = current_tenant())', p_table);
end $$;

-- Audit: who did what to which thing. Append-only for the application; a sealer chains rows later so that commits
-- never wait for each other.
create table audit (
  id bigint generated always as identity primary key,
  tenant text,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_subject on audit (subject, id);
select grant_app('audit', 'select, insert');

create function audit_put(p_actor text, p_action text, p_subject text, p_detail jsonb default '{}') returns void
language sql as $$
  insert into audit (tenant, actor, action, subject, detail)
  values (current_tenant(), p_actor, p_action, p_subject, coalesce(p_detail, '{}'));
$$;

-- Jobs: the outbox of this building. Written by the same statement as the change; delivered at least once; jobs with the
-- same queue and key in the order of their ids.
create table job (
  id bigint generated always as identity primary key,
  tenant text,
  queue text not null,
  key text not null,
  payload jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  run_at timestamptz not null default clock_timestamp(),
  attempts int not null default 0,
  leased_until timestamptz,
  lease uuid,
  done_at timestamptz,
  failed_at timestamptz,
  last_error text
);
create index job_due on job (run_at, id) where done_at is null and failed_at is null;
create index job_order on job (queue, key, id) where done_at is null and failed_at is null;
create index job_done on job (done_at) where done_at is not null;
select grant_app('job', 'select, insert, update, delete');

create function job_put(p_queue text, p_key text, p_payload jsonb, p_run_at timestamptz default null) returns bigint
language plpgsql as $$
declare v_id bigint;
begin
  insert into job (tenant, queue, key, payload, run_at)
  values (current_tenant(), p_queue, p_key, p_payload, coalesce(p_run_at, clock_timestamp()))
  returning id into v_id;
  perform pg_notify('job', p_queue);
  return v_id;
end $$;

-- Takes up to p_limit due jobs under a lease. Only the oldest unfinished job of a (queue, key) may run.
create function job_claim(p_queues text[], p_lease uuid, p_lease_seconds int, p_limit int)
returns table (id bigint, tenant text, queue text, key text, payload jsonb, attempts int)
language sql as $$
  with due as (
    select j.id from job j
    where j.done_at is null and j.failed_at is null and j.run_at <= clock_timestamp()
      and (j.leased_until is null or j.leased_until < clock_timestamp())
      and j.queue = any (p_queues)
      and not exists (
        select 1 from job older
        where older.queue = j.queue and older.key = j.key and older.id < j.id
          and older.done_at is null and older.failed_at is null)
    order by j.run_at, j.id
    limit p_limit
    for update of j skip locked
  )
  update job j set lease = p_lease, attempts = j.attempts + 1,
    leased_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  from due where j.id = due.id
  returning j.id, j.tenant, j.queue, j.key, j.payload, j.attempts;
$$;

-- Named clocks of periodic work: at most one process does each round.
create table periodic (
  name text primary key,
  last_run_at timestamptz not null
);
select grant_app('periodic', 'select, insert, update');

-- Sessions: only the hash of the cookie's value is kept.
create table session (
  id_hash text primary key,
  tenant text,
  data jsonb not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  subject text
);
create index session_expiry on session (expires_at);
create index session_subject on session (subject) where subject is not null;
select grant_app('session', 'select, insert, update, delete');

-- Search without accents. unaccent() is only STABLE because its dictionary may change; ours is named and fixed.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create function fold(p_text text) returns text language sql immutable parallel safe strict as
  $$ select lower(public.unaccent('public.unaccent'::regdictionary, normalize(p_text, NFC))) $$;
