-- The catalogue: units of the province, procedures by version, who offers what, and the read model that search uses.

create table agency (
  tenant text not null default current_setting('app.tenant'),
  id text not null,
  identifier text not null,
  type text not null,
  level text not null check (level in ('province', 'district', 'commune')),
  name jsonb not null,
  short_name jsonb not null,
  parent_id text,
  gso text,
  phone text,
  position int not null,
  active boolean not null default true,
  primary key (tenant, id),
  unique (tenant, identifier)
);
select protect_tenant_table('agency');
select grant_app('agency', 'select, insert, update');

-- What was published stays as it was: a dossier keeps the version it was filed under. No update, no delete.
create table procedure_version (
  tenant text not null default current_setting('app.tenant'),
  code text not null,
  version int not null check (version > 0),
  valid_from date not null,
  valid_to date,
  definition jsonb not null,
  form jsonb,
  digest text not null,
  published_at timestamptz not null default now(),
  primary key (tenant, code, version)
);
select protect_tenant_table('procedure_version');
select grant_app('procedure_version', 'select, insert');

-- Letters and digits only, so that "1.001193" and "khai sinh," become words.
create function catalogue_words(p_text text) returns text language sql immutable parallel safe strict as
  $$ select btrim(regexp_replace(fold(p_text), '[^a-z0-9]+', ' ', 'g')) $$;

-- One row per procedure: its latest version as lists and search need it.
-- No index on `search`: under row-level security an operator that is not leak-proof is only tried on rows the tenant may
-- see, so the tenant's own rows (about two thousand) are what is scanned, through the primary key.
create table procedure_entry (
  tenant text not null default current_setting('app.tenant'),
  code text not null,
  version int not null,
  valid_from date not null,
  valid_to date,
  name jsonb not null,
  short_name jsonb not null,
  field_code text not null,
  field_name jsonb not null,
  levels text[] not null,
  service_level text not null,
  fileable boolean not null,
  online_payment boolean not null,
  popularity int,
  sort_name text not null,
  folded_name text not null generated always as (catalogue_words(sort_name)) stored,
  folded text not null,
  search tsvector not null generated always as (to_tsvector('simple'::regconfig, folded)) stored,
  primary key (tenant, code)
);
create index procedure_entry_field on procedure_entry (tenant, field_code);
select protect_tenant_table('procedure_entry');
select grant_app('procedure_entry', 'select, insert, update');

create table procedure_offer (
  tenant text not null default current_setting('app.tenant'),
  procedure_code text not null,
  agency_id text not null,
  active boolean not null default true,
  primary key (tenant, procedure_code, agency_id),
  foreign key (tenant, agency_id) references agency (tenant, id)
);
create index procedure_offer_agency on procedure_offer (tenant, agency_id, procedure_code);
select protect_tenant_table('procedure_offer');
select grant_app('procedure_offer', 'select, insert, update');

-- Publishes the whole catalogue of a province: units, procedures, offers. Repeating it changes nothing; a procedure whose
-- content differs from its latest version becomes the next version. Returns the number of new versions.
--   p_agencies    [{id, identifier, type, level, name, shortName, parentId, gso, phone}]
--   p_procedures  [{definition, form, digest, serviceLevel, words, agencies: [id]}]
create function catalogue_publish(p_tenant text, p_agencies jsonb, p_procedures jsonb) returns int
language plpgsql as $$
declare
  v_item jsonb;
  v_def jsonb;
  v_code text;
  v_latest procedure_version%rowtype;
  v_version int;
  v_new int := 0;
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
    if v_latest.digest is distinct from v_item->>'digest' then
      v_version := coalesce(v_latest.version, 0) + 1;
      v_new := v_new + 1;
      insert into procedure_version (code, version, valid_from, valid_to, definition, form, digest)
      values (v_code, v_version, (v_def->>'validFrom')::date, (v_def->>'validTo')::date, v_def,
              nullif(v_item->'form', 'null'), v_item->>'digest');
      perform audit_put('system:catalogue', 'procedure.published', v_code, jsonb_build_object('version', v_version));
    else
      v_version := v_latest.version;
    end if;
    insert into procedure_entry (code, version, valid_from, valid_to, name, short_name, field_code, field_name, levels,
      service_level, fileable, online_payment, popularity, sort_name, folded)
    values (v_code, v_version, (v_def->>'validFrom')::date, (v_def->>'validTo')::date, v_def->'name', v_def->'shortName',
      v_def->'field'->>'code', v_def->'field'->'name',
      array(select jsonb_array_elements_text(v_def->'levels')), v_item->>'serviceLevel', (v_def->>'fileable')::boolean,
      (v_def->>'onlinePayment')::boolean, (v_def->>'popularity')::int, v_def->'shortName'->>'vi',
      catalogue_words(v_item->>'words'))
    on conflict (tenant, code) do update set
      version = excluded.version, valid_from = excluded.valid_from, valid_to = excluded.valid_to, name = excluded.name,
      short_name = excluded.short_name, field_code = excluded.field_code, field_name = excluded.field_name,
      levels = excluded.levels, service_level = excluded.service_level, fileable = excluded.fileable,
      online_payment = excluded.online_payment, popularity = excluded.popularity, sort_name = excluded.sort_name,
      folded = excluded.folded;
    insert into procedure_offer (procedure_code, agency_id)
    select v_code, value from jsonb_array_elements_text(v_item->'agencies')
    on conflict (tenant, procedure_code, agency_id) do update set active = true where not procedure_offer.active;
    update procedure_offer set active = false
    where active and procedure_code = v_code
      and agency_id not in (select value from jsonb_array_elements_text(v_item->'agencies'));
  end loop;
  -- What left the catalogue is offered by nobody; its versions stay for the dossiers that hold them.
  update procedure_offer set active = false
  where active and procedure_code not in (select value->'definition'->>'code' from jsonb_array_elements(p_procedures));
  return v_new;
end $$;
