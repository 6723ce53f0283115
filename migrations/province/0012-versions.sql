-- Where a version comes from, from which day it is in force, and until when. Versions stay append-only: what ends one is a
-- row of its own.

alter table procedure_version
  add column origin text not null default 'files' check (origin in ('files', 'import', 'designer')),
  add column effective_from date not null default '2000-01-01',
  add column published_by text not null default 'system:catalogue';
alter table procedure_entry
  add column origin text not null default 'files' check (origin in ('files', 'import', 'designer'));

-- What lists need of a version besides its definition. Follows the province's units, so it may change.
create table procedure_listing (
  tenant text not null default current_setting('app.tenant'),
  code text not null,
  version int not null,
  service_level text not null,
  words text not null,
  agencies text[] not null,
  primary key (tenant, code, version),
  foreign key (tenant, code, version) references procedure_version (tenant, code, version)
);
select protect_tenant_table('procedure_listing');
select grant_app('procedure_listing', 'select, insert, update');

-- A version that is in force no longer; the one before it is again. Dossiers that were filed under it keep it.
create table procedure_withdrawal (
  tenant text not null default current_setting('app.tenant'),
  code text not null,
  version int not null,
  from_day date not null,
  reason text not null,
  proposed_by text not null,
  approved_by text not null check (approved_by <> proposed_by),
  at timestamptz not null default now(),
  primary key (tenant, code, version),
  foreign key (tenant, code, version) references procedure_version (tenant, code, version)
);
select protect_tenant_table('procedure_withdrawal');
select grant_app('procedure_withdrawal', 'select, insert');

create function catalogue_today() returns date language sql stable parallel safe as
  $$ select (now() at time zone 'Asia/Ho_Chi_Minh')::date $$;

-- The version of a procedure in force on a day of the province; null when there is none.
create function procedure_in_force(p_code text, p_day date) returns int language sql stable as $$
  select v.version from procedure_version v
  where v.code = p_code and v.effective_from <= p_day
    and not exists (select from procedure_withdrawal w where w.code = v.code and w.version = v.version and w.from_day <= p_day)
  order by v.version desc limit 1
$$;

-- Puts the versions in force on that day into the read model of lists and search; what has none is offered by nobody.
create function catalogue_enter(p_codes text[], p_day date) returns void language plpgsql as $$
begin
  insert into procedure_entry (code, version, valid_from, valid_to, name, short_name, field_code, field_name, levels,
    service_level, fileable, online_payment, popularity, sort_name, folded, origin)
  select v.code, v.version, (d->>'validFrom')::date, (d->>'validTo')::date, d->'name', d->'shortName',
    d->'field'->>'code', d->'field'->'name', array(select jsonb_array_elements_text(d->'levels')), l.service_level,
    (d->>'fileable')::boolean, (d->>'onlinePayment')::boolean, (d->>'popularity')::int, d->'shortName'->>'vi',
    catalogue_words(l.words), v.origin
  from unnest(p_codes) asked (code)
  join procedure_version v on v.code = asked.code and v.version = procedure_in_force(asked.code, p_day)
  join procedure_listing l on l.code = v.code and l.version = v.version
  cross join lateral (select v.definition as d) def
  on conflict (tenant, code) do update set
    version = excluded.version, valid_from = excluded.valid_from, valid_to = excluded.valid_to, name = excluded.name,
    short_name = excluded.short_name, field_code = excluded.field_code, field_name = excluded.field_name,
    levels = excluded.levels, service_level = excluded.service_level, fileable = excluded.fileable,
    online_payment = excluded.online_payment, popularity = excluded.popularity, sort_name = excluded.sort_name,
    folded = excluded.folded, origin = excluded.origin;
  insert into procedure_offer (procedure_code, agency_id)
  select l.code, a.id
  from unnest(p_codes) asked (code)
  join procedure_listing l on l.code = asked.code and l.version = procedure_in_force(asked.code, p_day)
  cross join lateral unnest(l.agencies) a (id)
  on conflict (tenant, procedure_code, agency_id) do update set active = true where not procedure_offer.active;
  update procedure_offer o set active = false
  where o.active and o.procedure_code = any (p_codes) and not exists (
    select from procedure_listing l
    where l.code = o.procedure_code and l.version = procedure_in_force(o.procedure_code, p_day)
      and o.agency_id = any (l.agencies));
end $$;

-- Publishes the files of a province: units, procedures, offers. Repeating it changes nothing; a file that differs from the
-- latest version made of it becomes the procedure's next version, in force at once. Where the province has published a
-- version of its own since, the file stays behind it. Returns the number of new versions.
create or replace function catalogue_publish(p_tenant text, p_agencies jsonb, p_procedures jsonb) returns int
language plpgsql as $$
declare
  v_item jsonb;
  v_def jsonb;
  v_code text;
  v_file procedure_version%rowtype;
  v_latest procedure_version%rowtype;
  v_version int;
  v_new int := 0;
  v_codes text[];
begin
  perform set_config('app.tenant', p_tenant, true);
  -- Several processes may start at once.
  perform pg_advisory_xact_lock(hashtext('catalogue'), hashtext(p_tenant));

  insert into agency (id, identifier, type, level, name, short_name, parent_id, gso, phone, position)
  select a.value->>'id', a.value->>'identifier', a.value->>'type', a.value->>'level', a.value->'name', a.value->'shortName',
         a.value->>'parentId', a.value->>'gso', a.value->>'phone', a.ordinality::int
  from jsonb_array_elements(p_agencies) with ordinality a
  on conflict (tenant, id) do update set
    identifier = excluded.identifier, type = excluded.type, level = excluded.level, name = excluded.name,
    short_name = excluded.short_name, parent_id = excluded.parent_id, gso = excluded.gso, phone = excluded.phone,
    position = excluded.position, active = true;
  update agency set active = false
  where active and id not in (select value->>'id' from jsonb_array_elements(p_agencies));

  for v_item in select value from jsonb_array_elements(p_procedures) loop
    v_def := v_item->'definition';
    v_code := v_def->>'code';
    select * into v_latest from procedure_version where code = v_code order by version desc limit 1;
    select * into v_file from procedure_version where code = v_code and origin = 'files' order by version desc limit 1;
    if v_file.digest is distinct from v_item->>'digest' and v_latest.origin is distinct from 'designer' then
      v_version := coalesce(v_latest.version, 0) + 1;
      v_new := v_new + 1;
      insert into procedure_version (code, version, valid_from, valid_to, definition, form, digest)
      values (v_code, v_version, (v_def->>'validFrom')::date, (v_def->>'validTo')::date, v_def,
              nullif(v_item->'form', 'null'), v_item->>'digest');
      perform audit_put('system:catalogue', 'procedure.published', v_code, jsonb_build_object('version', v_version));
    else
      v_version := v_file.version;
    end if;
    insert into procedure_listing (code, version, service_level, words, agencies)
    select v_code, v_version, v_item->>'serviceLevel', v_item->>'words',
      array(select jsonb_array_elements_text(v_item->'agencies'))
    where v_version is not null
    on conflict (tenant, code, version) do update set
      service_level = excluded.service_level, words = excluded.words, agencies = excluded.agencies;
  end loop;
  v_codes := array(select value->'definition'->>'code' from jsonb_array_elements(p_procedures));
  perform catalogue_enter(v_codes, catalogue_today());
  -- A file that is gone is offered by nobody; its versions stay for the dossiers that hold them.
  update procedure_offer o set active = false
  from procedure_entry e
  where o.active and e.tenant = o.tenant and e.code = o.procedure_code and e.origin = 'files' and not e.code = any (v_codes);
  return v_new;
end $$;

-- One batch of an import: each item becomes its procedure's next version, in force at once.
--   p_items  [{definition, digest, serviceLevel, words, agencies: [id]}], each code once
create function catalogue_import(p_tenant text, p_actor text, p_items jsonb) returns int
language plpgsql as $$
declare v_count int;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('catalogue'), hashtext(p_tenant));
  with item as (
    select value, value->'definition' as def, value->'definition'->>'code' as code from jsonb_array_elements(p_items)
  ), made as (
    insert into procedure_version (code, version, valid_from, valid_to, definition, digest, origin, effective_from, published_by)
    select i.code, coalesce((select max(v.version) from procedure_version v where v.code = i.code), 0) + 1,
      (i.def->>'validFrom')::date, (i.def->>'validTo')::date, i.def, i.value->>'digest', 'import', catalogue_today(), p_actor
    from item i
    returning code, version
  ), listed as (
    insert into procedure_listing (code, version, service_level, words, agencies)
    select made.code, made.version, i.value->>'serviceLevel', i.value->>'words',
      array(select jsonb_array_elements_text(i.value->'agencies'))
    from made join item i on i.code = made.code
  )
  select count(audit_put(p_actor, 'procedure.imported', made.code, jsonb_build_object('version', made.version)) is null)
  into v_count from made;
  perform catalogue_enter(array(select value->'definition'->>'code' from jsonb_array_elements(p_items)), catalogue_today());
  return v_count;
end $$;
