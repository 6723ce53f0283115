-- The same as before, but the version in force is asked once a procedure: asking it for each of the 94 communes that offer
-- one took most of an import.
create or replace function catalogue_enter(p_codes text[], p_day date) returns void language plpgsql as $$
declare
  v_versions int[] := array(
    select procedure_in_force(asked.code, p_day) from unnest(p_codes) with ordinality asked (code, n) order by asked.n);
begin
  insert into procedure_entry (code, version, valid_from, valid_to, name, short_name, field_code, field_name, levels,
    service_level, fileable, online_payment, popularity, sort_name, folded, origin)
  select v.code, v.version, (d->>'validFrom')::date, (d->>'validTo')::date, d->'name', d->'shortName',
    d->'field'->>'code', d->'field'->'name', array(select jsonb_array_elements_text(d->'levels')), l.service_level,
    (d->>'fileable')::boolean, (d->>'onlinePayment')::boolean, (d->>'popularity')::int, d->'shortName'->>'vi',
    catalogue_words(l.words), v.origin
  from unnest(p_codes, v_versions) due (code, version)
  join procedure_version v on v.code = due.code and v.version = due.version
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
  from unnest(p_codes, v_versions) due (code, version)
  join procedure_listing l on l.code = due.code and l.version = due.version
  cross join lateral unnest(l.agencies) a (id)
  on conflict (tenant, procedure_code, agency_id) do update set active = true where not procedure_offer.active;
  update procedure_offer o set active = false
  from unnest(p_codes, v_versions) due (code, version)
  where o.active and o.procedure_code = due.code and not exists (
    select from procedure_listing l
    where l.code = due.code and l.version = due.version and o.agency_id = any (l.agencies));
end $$;
