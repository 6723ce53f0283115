-- Who stands in for whom, to whom new dossiers go by themselves, how an officer wants the lists, and what was done to many at once.

create table officer_absence (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  officer_id uuid not null references officer,
  substitute_id uuid not null references officer,
  from_date date not null,
  to_date date not null,
  reason text not null default '' check (length(reason) <= 200),
  decided_by text not null,
  decided_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  check (officer_id <> substitute_id),
  check (from_date <= to_date)
);
create index officer_absence_of on officer_absence (tenant, substitute_id, to_date) where ended_at is null;
select protect_tenant_table('officer_absence');
select grant_app('officer_absence', 'select, insert, update');

-- The first rule in order that fits gives the dossier to the officer among `officers` who has the least open work and is there.
create table routing_rule (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  position int not null check (position between 1 and 999),
  procedure_code text,
  field_code text,
  agency_id text,
  officers uuid[] not null check (cardinality(officers) between 1 and 50),
  decided_by text not null,
  decided_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index routing_rule_in_force on routing_rule (tenant, position, id) where ended_at is null;
select protect_tenant_table('routing_rule');
select grant_app('routing_rule', 'select, insert, update');

create table desk_setting (
  tenant text not null default current_setting('app.tenant'),
  officer_id uuid not null references officer,
  columns text[] not null,
  -- the query of the list as it opens
  opens text not null default '' check (length(opens) <= 500),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (tenant, officer_id)
);
select protect_tenant_table('desk_setting');
select grant_app('desk_setting', 'select, insert, update');

-- One thing done to many dossiers: each item is a transaction of its own and says how it ended.
create table desk_batch (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  officer_id uuid not null references officer,
  action text not null check (action in ('claim', 'receive', 'forward', 'assign', 'sign-copies', 'return-result', 'print')),
  target jsonb,
  created_at timestamptz not null default clock_timestamp()
);
select protect_tenant_table('desk_batch');
select grant_app('desk_batch', 'select, insert');

create table desk_batch_item (
  tenant text not null default current_setting('app.tenant'),
  batch_id uuid not null references desk_batch,
  position int not null,
  dossier_id uuid not null references dossier,
  version int not null,
  outcome text check (outcome in ('done', 'refused', 'failed')),
  said text not null default '',
  at timestamptz,
  primary key (batch_id, position)
);
select protect_tenant_table('desk_batch_item');
select grant_app('desk_batch_item', 'select, insert, update');

-- Two posts of one page: the first makes the batch, the second finds it.
create function desk_batch_put(p_tenant text, p_id uuid, p_officer uuid, p_action text, p_target jsonb, p_items jsonb)
returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into desk_batch (id, officer_id, action, target) values (p_id, p_officer, p_action, p_target) on conflict (id) do nothing;
  if not found then return false; end if;
  insert into desk_batch_item (batch_id, position, dossier_id, version)
    select p_id, n, d.id, (i ->> 'version')::int from jsonb_array_elements(p_items) with ordinality as t (i, n)
    join dossier d on d.id = (i ->> 'id')::uuid;
  perform audit_put('officer:' || p_officer, 'desk.batch', 'batch:' || p_id,
    jsonb_build_object('action', p_action, 'count', jsonb_array_length(p_items)));
  return true;
end $$;

-- A dossier that has just been filed asks for its officer.
create function dossier_asks_for_officer() returns trigger language plpgsql as $$
begin
  if exists (select from routing_rule where ended_at is null) then
    perform job_put('dossier-routing', new.id::text, jsonb_build_object('dossierId', new.id));
  end if;
  return null;
end $$;
create trigger dossier_asks_for_officer after update of state on dossier for each row
  when (old.state = 'draft' and new.state = 'filed' and new.officer_id is null)
  execute function dossier_asks_for_officer();

-- Routing of one filed dossier; a replay finds it given already.
create function dossier_route(p_tenant text, p_id uuid, p_today date) returns jsonb language plpgsql as $$
declare v_row dossier; v_officer officer;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and state = 'filed' and officer_id is null;
  if not found then return dossier_refusal('conflict'); end if;
  select o.* into v_officer from (
      select officers from routing_rule r where ended_at is null
        and (r.procedure_code is null or r.procedure_code = v_row.procedure_code)
        and (r.field_code is null or r.field_code = v_row.field_code)
        and (r.agency_id is null or r.agency_id = v_row.agency_id)
      order by r.position, r.id limit 1) rule
    join officer o on o.id = any (rule.officers) and o.disabled_at is null
    where not exists (select from officer_absence a where a.officer_id = o.id and a.ended_at is null
      and p_today between a.from_date and a.to_date)
    order by (select count(*) from (select from dossier d where d.officer_id = o.id::text
      and d.desk_queue in ('held', 'received', 'work') limit 1000) n), o.id limit 1;
  if not found then return dossier_refusal('nobody'); end if;
  return dossier_assign(p_tenant, p_id, v_row.version, 'route', '{"kind": "system", "name": "routing"}',
    jsonb_build_object('id', v_officer.id, 'name', v_officer.name), null);
end $$;
