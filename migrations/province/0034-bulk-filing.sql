-- Bulk filing: a sheet of many dossiers of one procedure, corrected row by row, filed in the background. Every row ends as
-- a dossier or stays with its faults; what was typed goes from here once it is in its dossier.

create table filing_batch (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  applicant_sub text not null,
  applicant jsonb not null,
  procedure_code text not null,
  procedure_name jsonb not null,
  agency jsonb not null,
  sheet_name text not null check (length(sheet_name) between 1 and 255),
  -- ids of the sheet's columns by their position, '' where nothing was understood: cells are named by them
  columns jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
select protect_tenant_table('filing_batch');
select grant_app('filing_batch', 'select, insert, update, delete');
create index filing_batch_of_person on filing_batch (tenant, applicant_sub, id desc);
create index filing_batch_age on filing_batch (updated_at);

create table filing_batch_row (
  tenant text not null default current_setting('app.tenant'),
  batch_id uuid not null references filing_batch on delete cascade,
  seq int not null,
  -- the sheet's own line, for "C5"
  line int not null,
  cells jsonb not null,
  errors jsonb not null default '[]',
  state text not null check (state in ('faulty', 'ready', 'filing', 'filed')),
  dossier_id uuid,
  submission_id uuid,
  number bigint,
  primary key (batch_id, seq),
  check (state in ('faulty', 'ready') or (dossier_id is not null and submission_id is not null)),
  check ((state = 'filed') = (number is not null))
);
select protect_tenant_table('filing_batch_row');
select grant_app('filing_batch_row', 'select, insert, update, delete');
create index filing_batch_row_dossier on filing_batch_row (dossier_id) where dossier_id is not null;

-- Papers that came with the sheet; rows name them. `key` is the name folded, so that letters' case does not part them.
create table filing_batch_file (
  tenant text not null default current_setting('app.tenant'),
  batch_id uuid not null references filing_batch on delete cascade,
  key text not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  primary key (batch_id, key)
);
select protect_tenant_table('filing_batch_file');
select grant_app('filing_batch_file', 'select, insert, update, delete');
create index filing_batch_file_bytes on filing_batch_file (sha256);

-- Bytes of a batch that is thrown away belong to nobody, unless a dossier took them.
create function filing_batch_file_gone() returns trigger language plpgsql as $$
begin
  insert into loose_file (sha256) values (old.sha256)
    on conflict (tenant, sha256) do update set noticed_at = clock_timestamp();
  return null;
end $$;
create trigger filing_batch_file_gone after delete on filing_batch_file for each row execute function filing_batch_file_gone();

create function batch_rows_add(p_id uuid, p_rows jsonb) returns void language plpgsql as $$
declare v_from int;
begin
  select coalesce(max(seq), 0) into v_from from filing_batch_row where batch_id = p_id;
  insert into filing_batch_row (batch_id, seq, line, cells, errors, state)
    select p_id, v_from + n::int, (r ->> 'line')::int, r -> 'cells', r -> 'errors',
      case when jsonb_array_length(r -> 'errors') = 0 then 'ready' else 'faulty' end
    from jsonb_array_elements(p_rows) with ordinality as t (r, n);
end $$;

create function batch_open(p_tenant text, p_batch jsonb, p_rows jsonb, p_limit int) returns boolean language plpgsql as $$
declare v_sub text := p_batch -> 'applicant' ->> 'sub';
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtextextended('batch/' || p_tenant || '/' || v_sub, 0));
  -- batches whose rows are all filed are kept as a list and count no more
  if (select count(*) from filing_batch b where b.applicant_sub = v_sub
      and exists (select 1 from filing_batch_row r where r.batch_id = b.id and r.state <> 'filed')) >= p_limit then
    return false;
  end if;
  insert into filing_batch (id, applicant_sub, applicant, procedure_code, procedure_name, agency, sheet_name, columns)
  values ((p_batch ->> 'id')::uuid, v_sub, p_batch -> 'applicant', p_batch ->> 'procedureCode',
    p_batch -> 'procedureName', p_batch -> 'agency', left(p_batch ->> 'sheetName', 255), p_batch -> 'columns');
  perform batch_rows_add((p_batch ->> 'id')::uuid, p_rows);
  perform audit_put('citizen:' || v_sub, 'bulk.open', 'batch:' || (p_batch ->> 'id'),
    jsonb_build_object('rows', jsonb_array_length(p_rows)));
  return true;
end $$;

-- A corrected sheet stands for every row that is not filed and not being filed.
create function batch_replace(p_tenant text, p_id uuid, p_sub text, p_sheet_name text, p_columns jsonb, p_rows jsonb)
returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update filing_batch set sheet_name = left(p_sheet_name, 255), columns = p_columns, updated_at = clock_timestamp()
    where id = p_id and applicant_sub = p_sub;
  if not found then return false; end if;
  delete from filing_batch_row where batch_id = p_id and state in ('faulty', 'ready');
  perform batch_rows_add(p_id, p_rows);
  return true;
end $$;

-- One row's new cells, or only what was found when it was looked at again; false when it is being filed by now.
create function batch_row_judge(p_tenant text, p_id uuid, p_sub text, p_judged jsonb) returns int language plpgsql as $$
declare v_count int;
begin
  perform set_config('app.tenant', p_tenant, true);
  update filing_batch set updated_at = clock_timestamp() where id = p_id and applicant_sub = p_sub;
  if not found then return 0; end if;
  update filing_batch_row r set cells = coalesce(nullif(j -> 'cells', 'null'), r.cells), errors = j -> 'errors',
      state = case when jsonb_array_length(j -> 'errors') = 0 then 'ready' else 'faulty' end
    from jsonb_array_elements(p_judged) j
    where r.batch_id = p_id and r.seq = (j ->> 'seq')::int and r.state in ('faulty', 'ready');
  get diagnostics v_count = row_count;
  return v_count;
end $$;

create function batch_file_put(p_tenant text, p_id uuid, p_sub text, p_file jsonb, p_limit int, p_bytes bigint)
returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from filing_batch where id = p_id and applicant_sub = p_sub for update;
  if not found then return false; end if;
  if (select count(*) >= p_limit or coalesce(sum(size), 0) + (p_file ->> 'size')::bigint > p_bytes
      from filing_batch_file where batch_id = p_id and key <> p_file ->> 'key') then return false; end if;
  -- replaced bytes become loose by the delete; the new ones are named
  delete from filing_batch_file where batch_id = p_id and key = p_file ->> 'key' and sha256 <> p_file ->> 'sha256';
  insert into filing_batch_file (batch_id, key, name, sha256, size, media_type)
  values (p_id, p_file ->> 'key', left(p_file ->> 'name', 255), p_file ->> 'sha256', (p_file ->> 'size')::bigint,
    p_file ->> 'mediaType') on conflict (batch_id, key) do nothing;
  delete from loose_file where sha256 = p_file ->> 'sha256';
  return true;
end $$;

-- Rows without faults begin to be filed: a job each, under ids that every try of it finds again.
create function batch_start(p_tenant text, p_id uuid, p_sub text, p_ids uuid[]) returns int language plpgsql as $$
declare v_row record; v_count int := 0;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from filing_batch where id = p_id and applicant_sub = p_sub for update;
  if not found then return 0; end if;
  for v_row in select seq from filing_batch_row where batch_id = p_id and state = 'ready' order by seq
    limit cardinality(p_ids) for update
  loop
    v_count := v_count + 1;
    update filing_batch_row set state = 'filing', dossier_id = p_ids[v_count], submission_id = gen_random_uuid()
      where batch_id = p_id and seq = v_row.seq;
    perform job_put('bulk-file', p_id || ':' || v_row.seq, jsonb_build_object('batchId', p_id, 'seq', v_row.seq));
  end loop;
  update filing_batch set updated_at = clock_timestamp() where id = p_id;
  perform audit_put('citizen:' || p_sub, 'bulk.start', 'batch:' || p_id, jsonb_build_object('rows', v_count));
  return v_count;
end $$;

-- How a row ended: a dossier, and what was typed goes from here; or faults, and it can be corrected.
create function batch_row_end(p_tenant text, p_id uuid, p_seq int, p_number bigint, p_errors jsonb) returns void
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  if p_number is not null then
    update filing_batch_row set state = 'filed', number = p_number, cells = '{}', errors = '[]'
      where batch_id = p_id and seq = p_seq and state = 'filing';
  else
    update filing_batch_row set state = 'faulty', errors = p_errors, dossier_id = null, submission_id = null
      where batch_id = p_id and seq = p_seq and state = 'filing';
  end if;
end $$;

-- Rows that are not filed go, with the papers that only they had.
create function batch_discard(p_tenant text, p_id uuid, p_sub text) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from filing_batch where id = p_id and applicant_sub = p_sub for update;
  if not found or exists (select 1 from filing_batch_row where batch_id = p_id and state = 'filing') then return false; end if;
  delete from filing_batch_row where batch_id = p_id and state in ('faulty', 'ready');
  delete from filing_batch_file where batch_id = p_id;
  delete from filing_batch b where b.id = p_id and not exists (select 1 from filing_batch_row r where r.batch_id = p_id);
  perform audit_put('citizen:' || p_sub, 'bulk.discard', 'batch:' || p_id);
  return true;
end $$;

-- Forgotten sheets: nobody touched them for long.
create function batch_forget(p_before timestamptz) returns int language plpgsql as $$
declare v_count int;
begin
  with old as (
    select id from filing_batch b where updated_at < p_before
      and not exists (select 1 from filing_batch_row r where r.batch_id = b.id and r.state = 'filing') limit 50),
  rows_gone as (delete from filing_batch_row r using old where r.batch_id = old.id and r.state in ('faulty', 'ready') returning 1),
  files_gone as (delete from filing_batch_file f using old where f.batch_id = old.id returning 1)
  select (select count(*) from rows_gone) + (select count(*) from files_gone) into v_count;
  return v_count;
end $$;
