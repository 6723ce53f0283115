-- Dossiers of all provinces as they tell them (DongBoHoSoMC, CapNhatTienDoHoSoMC), for "Dịch vụ công của tôi".
-- The province is part of every key, so that the table can be partitioned by it without changing a statement.

create table sync_session (
  token_hash text primary key,
  province text not null,
  expires_at timestamptz not null
);
create index sync_session_expiry on sync_session (expires_at);
select grant_app('sync_session', 'select, insert, update, delete');

create table dossier_index (
  province text not null,
  -- SoBienNhan: the province's internal number, there from filing on and for ever
  number text not null,
  -- MaHoSo: the official code, "" until reception
  code text not null default '',
  unit text not null,
  tech_id text not null,
  holder text not null,
  procedure_code text not null,
  procedure_name text not null,
  field_name text not null,
  agency_name text not null,
  status smallint not null check (status between 1 and 10),
  -- phienBan of the sender; a message with a lower one came late and changes nothing
  version int not null,
  link text not null,
  owed bigint not null check (owed >= 0),
  remark text not null,
  filed_at timestamptz not null,
  received_at timestamptz,
  due_at timestamptz,
  finished_at timestamptz,
  returned_at timestamptz,
  -- the message without the numbers of identity papers
  record jsonb not null,
  first_seen_at timestamptz not null default clock_timestamp(),
  synchronised_at timestamptz not null default clock_timestamp(),
  primary key (province, number)
);
create index dossier_index_person on dossier_index (tech_id, filed_at desc, province, number);
create index dossier_index_code on dossier_index (province, code) where code <> '';
select grant_app('dossier_index', 'select, insert, update');

create table dossier_index_progress (
  province text not null,
  number text not null,
  at timestamptz not null,
  status smallint not null check (status between 1 and 10),
  handler text not null,
  unit text not null,
  content text not null,
  due_at timestamptz,
  received_at timestamptz not null default clock_timestamp(),
  primary key (province, number, at, status, content)
);
select grant_app('dossier_index_progress', 'select, insert');

-- Puts one dossier. p_updating false and the dossier is there: 'exists'. A late message: 'done', nothing changed.
create function dossier_index_put(p_province text, p_unit text, p_updating boolean, p jsonb) returns text language plpgsql as $$
declare v_number text := p ->> 'number'; v_known dossier_index;
begin
  select * into v_known from dossier_index where province = p_province and number = v_number for update;
  -- version 0: a sender that counts no versions
  if found and not p_updating and (v_known.version < (p ->> 'version')::int or (p ->> 'version')::int = 0) then
    return 'exists';
  end if;
  insert into dossier_index as d (province, number, code, unit, tech_id, holder, procedure_code, procedure_name, field_name,
    agency_name, status, version, link, owed, remark, filed_at, received_at, due_at, finished_at, returned_at, record)
  values (p_province, v_number, p ->> 'code', p_unit, p ->> 'techId', p ->> 'holder', p ->> 'procedureCode', p ->> 'procedureName',
    p ->> 'fieldName', p ->> 'agencyName', (p ->> 'status')::smallint, (p ->> 'version')::int, p ->> 'link', (p ->> 'owed')::bigint,
    p ->> 'remark', (p ->> 'filedAt')::timestamptz, (p ->> 'receivedAt')::timestamptz, (p ->> 'dueAt')::timestamptz,
    (p ->> 'finishedAt')::timestamptz, (p ->> 'returnedAt')::timestamptz, p -> 'record')
  on conflict (province, number) do update set code = case when d.code <> '' then d.code else excluded.code end,
    unit = excluded.unit, holder = excluded.holder, procedure_code = excluded.procedure_code,
    procedure_name = excluded.procedure_name, field_name = excluded.field_name, agency_name = excluded.agency_name,
    status = excluded.status, version = excluded.version, link = excluded.link, owed = excluded.owed, remark = excluded.remark,
    filed_at = excluded.filed_at, received_at = excluded.received_at, due_at = excluded.due_at,
    finished_at = excluded.finished_at, returned_at = excluded.returned_at, record = excluded.record,
    synchronised_at = clock_timestamp()
  where excluded.version >= d.version and d.tech_id = excluded.tech_id;
  return 'done';
end $$;

-- Puts one step; 'unknown' when the dossier has not been told yet. The same step twice is one row.
create function dossier_index_step(p_province text, p jsonb) returns text language plpgsql as $$
declare v_number text;
begin
  select number into v_number from dossier_index
    where province = p_province and (code = p ->> 'dossier' or number = p ->> 'dossier') limit 1;
  if not found then return 'unknown'; end if;
  insert into dossier_index_progress (province, number, at, status, handler, unit, content, due_at)
  values (p_province, v_number, (p ->> 'at')::timestamptz, (p ->> 'status')::smallint, p ->> 'handler', p ->> 'unit', p ->> 'content',
    (p ->> 'dueAt')::timestamptz)
  on conflict do nothing;
  return 'done';
end $$;
