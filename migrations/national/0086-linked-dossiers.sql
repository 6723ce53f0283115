-- Parts of linked filings (liên thông): told like every dossier, listed beneath their whole, counted with it.
alter table dossier_index
  -- province and number of the whole; null for a dossier by itself and for a whole
  add column whole_province text,
  add column whole_number text,
  add constraint dossier_index_whole_named check ((whole_province is null) = (whole_number is null));
create index dossier_index_parts on dossier_index (tech_id, whole_province, whole_number) where whole_number is not null;

-- As in 0050, with the whole that a part names. Which whole that is never changes.
create or replace function dossier_index_put(p_province text, p_unit text, p_updating boolean, p jsonb) returns text language plpgsql as $$
declare v_number text := p ->> 'number'; v_known dossier_index;
begin
  select * into v_known from dossier_index where province = p_province and number = v_number for update;
  -- version 0: a sender that counts no versions
  if found and not p_updating and (v_known.version < (p ->> 'version')::int or (p ->> 'version')::int = 0) then
    return 'exists';
  end if;
  insert into dossier_index as d (province, number, code, unit, tech_id, holder, procedure_code, procedure_name, field_name,
    agency_name, status, version, link, owed, remark, filed_at, received_at, due_at, finished_at, returned_at, record,
    whole_province, whole_number)
  values (p_province, v_number, p ->> 'code', p_unit, p ->> 'techId', p ->> 'holder', p ->> 'procedureCode', p ->> 'procedureName',
    p ->> 'fieldName', p ->> 'agencyName', (p ->> 'status')::smallint, (p ->> 'version')::int, p ->> 'link', (p ->> 'owed')::bigint,
    p ->> 'remark', (p ->> 'filedAt')::timestamptz, (p ->> 'receivedAt')::timestamptz, (p ->> 'dueAt')::timestamptz,
    (p ->> 'finishedAt')::timestamptz, (p ->> 'returnedAt')::timestamptz, p -> 'record', p ->> 'wholeProvince', p ->> 'wholeNumber')
  on conflict (province, number) do update set code = case when d.code <> '' then d.code else excluded.code end,
    unit = excluded.unit, holder = excluded.holder, procedure_code = excluded.procedure_code,
    procedure_name = excluded.procedure_name, field_name = excluded.field_name, agency_name = excluded.agency_name,
    status = excluded.status, version = excluded.version, link = excluded.link, owed = excluded.owed, remark = excluded.remark,
    filed_at = excluded.filed_at, received_at = excluded.received_at, due_at = excluded.due_at,
    finished_at = excluded.finished_at, returned_at = excluded.returned_at, record = excluded.record,
    whole_province = coalesce(d.whole_province, excluded.whole_province),
    whole_number = coalesce(d.whole_number, excluded.whole_number), synchronised_at = clock_timestamp()
  where excluded.version >= d.version and d.tech_id = excluded.tech_id;
  return 'done';
end $$;
