-- The catalogues of all provinces, pulled from their feeds, for one search over all of them. The provinces' own pages stay
-- what counts: here is only what a list needs.

create function catalogue_words(p_text text) returns text language sql immutable parallel safe strict as
  $$ select btrim(regexp_replace(fold(p_text), '[^a-z0-9]+', ' ', 'g')) $$;

-- How far each province's feed was read, and when.
create table catalogue_source (
  province text primary key,
  cursor text,
  pulled_at timestamptz,
  failed_at timestamptz,
  last_error text
);
select grant_app('catalogue_source', 'select, insert, update');

create table catalogue_item (
  province text not null,
  code text not null,
  name jsonb not null,
  short_name jsonb not null,
  field_name jsonb not null,
  levels text[] not null,
  service_level text not null,
  fileable boolean not null,
  online_payment boolean not null,
  path text not null check (path like '/%' and path not like '//%'),
  folded_name text not null,
  terms tsvector not null,
  primary key (province, code)
);
create index catalogue_item_terms on catalogue_item using gin (terms);
select grant_app('catalogue_item', 'select, insert, update, delete');

-- One page of a province's feed and the cursor behind it, together or not at all. Repeating it changes nothing.
--   p_items  [{code, offered, name, shortName, field, levels, serviceLevel, fileable, onlinePayment, path, words}]
create function catalogue_apply(p_province text, p_items jsonb, p_cursor text) returns int language plpgsql as $$
declare v_changed int;
begin
  delete from catalogue_item c using jsonb_array_elements(p_items) i
  where c.province = p_province and c.code = i->>'code' and not (i->>'offered')::boolean;
  insert into catalogue_item (province, code, name, short_name, field_name, levels, service_level, fileable, online_payment,
    path, folded_name, terms)
  select p_province, i->>'code', i->'name', i->'shortName', i->'field', array(select jsonb_array_elements_text(i->'levels')),
    i->>'serviceLevel', (i->>'fileable')::boolean, (i->>'onlinePayment')::boolean, i->>'path',
    catalogue_words(i->'shortName'->>'vi'),
    setweight(to_tsvector('simple', catalogue_words(i->'name'->>'vi')), 'A')
      || setweight(to_tsvector('simple', catalogue_words(i->'shortName'->>'vi')), 'A')
      || setweight(to_tsvector('simple', catalogue_words(i->>'words')), 'C')
  from jsonb_array_elements(p_items) i where (i->>'offered')::boolean
  on conflict (province, code) do update set name = excluded.name, short_name = excluded.short_name,
    field_name = excluded.field_name, levels = excluded.levels, service_level = excluded.service_level,
    fileable = excluded.fileable, online_payment = excluded.online_payment, path = excluded.path,
    folded_name = excluded.folded_name, terms = excluded.terms;
  get diagnostics v_changed = row_count;
  insert into catalogue_source (province, cursor, pulled_at) values (p_province, p_cursor, clock_timestamp())
  on conflict (province) do update set cursor = excluded.cursor, pulled_at = excluded.pulled_at, failed_at = null, last_error = null;
  return v_changed;
end $$;
