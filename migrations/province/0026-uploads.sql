-- Papers that arrive in pieces, bytes that wait to be named, pictures small enough for a list, and bounds of a draft.

-- One file on its way. How far it is says the disk; this row says whose it is and what it will be.
create table upload (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  applicant_sub text not null,
  dossier_id uuid not null references dossier,
  component text not null check (length(component) <= 100),
  name text not null check (length(name) between 1 and 255),
  size bigint not null check (size > 0),
  -- what the sender says it is; '' when its browser cannot say
  sha256 text not null check (sha256 ~ '^([0-9a-f]{64})?$'),
  state text not null default 'open' check (state in ('open', 'done', 'refused')),
  file_id uuid references dossier_file,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create index upload_of_person on upload (tenant, applicant_sub, dossier_id) where state = 'open';
create index upload_expiry on upload (expires_at);
select protect_tenant_table('upload');
select grant_app('upload', 'select, insert, update, delete');

-- Bytes in the store that no row names yet: written before the bytes, removed by the transaction that names them. What
-- stays here was refused or forgotten, and the worker takes it away.
create table loose_file (
  tenant text not null default current_setting('app.tenant'),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  noticed_at timestamptz not null default clock_timestamp(),
  primary key (tenant, sha256)
);
create index loose_file_age on loose_file (noticed_at);
select protect_tenant_table('loose_file');
select grant_app('loose_file', 'select, insert, update, delete');

-- A small picture made by the sender's own browser, shown to that person only.
alter table dossier_file add column thumb_sha256 text check (thumb_sha256 ~ '^[0-9a-f]{64}$');

-- Begins an upload, or finds the one that was begun for the same file: whoever chooses it again goes on with it.
create function upload_begin(p_tenant text, p_sub text, p_dossier_id uuid, p_upload jsonb, p_expires_at timestamptz,
  p_open_limit int, p_byte_limit bigint) returns jsonb language plpgsql as $$
declare v_state text; v_row upload; v_count int; v_bytes bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  -- one at a time per person, so that the limit counts what is being begun beside it
  perform pg_advisory_xact_lock(hashtextextended('upload/' || p_tenant || '/' || p_sub, 0));
  select state into v_state from dossier where id = p_dossier_id and applicant_sub = p_sub;
  if not found then return dossier_refusal('not-found'); end if;
  if v_state not in ('draft', 'supplement-requested') then return dossier_refusal('wrong-state'); end if;
  select * into v_row from upload where dossier_id = p_dossier_id and applicant_sub = p_sub and state = 'open'
    and component = p_upload ->> 'component' and name = p_upload ->> 'name' and size = (p_upload ->> 'size')::bigint
    and sha256 = p_upload ->> 'sha256' and sha256 <> '' and expires_at > clock_timestamp() limit 1;
  if found then return jsonb_build_object('ok', true, 'id', v_row.id, 'resumed', true); end if;
  select count(*), coalesce(sum(size), 0) into v_count, v_bytes from upload
    where applicant_sub = p_sub and state = 'open' and expires_at > clock_timestamp();
  if v_count >= p_open_limit or v_bytes + (p_upload ->> 'size')::bigint > p_byte_limit then
    return dossier_refusal('too-many-files');
  end if;
  insert into upload (id, applicant_sub, dossier_id, component, name, size, sha256, expires_at)
  values ((p_upload ->> 'id')::uuid, p_sub, p_dossier_id, p_upload ->> 'component', p_upload ->> 'name',
    (p_upload ->> 'size')::bigint, p_upload ->> 'sha256', p_expires_at);
  return jsonb_build_object('ok', true, 'id', p_upload ->> 'id', 'resumed', false);
end $$;

-- As in 0020, and besides: bounds in bytes, the bytes are no longer loose, and the name under which the same content is
-- there already.
create or replace function dossier_attach(p_tenant text, p_id uuid, p_sub text, p_file jsonb, p_limit int) returns jsonb
language plpgsql as $$
declare v_row dossier; v_round int; v_status text := 'active'; v_file uuid; v_name text; v_size bigint := (p_file ->> 'size')::bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state = 'supplement-requested' then
    select r.round into v_round from supplement_round r join supplement_item i using (dossier_id, round)
      where r.dossier_id = p_id and r.answered_at is null and i.target = 'component' and i.ref = p_file ->> 'component' limit 1;
    if not found then return dossier_refusal('not-opened'); end if;
    v_status := 'pending';
  elsif v_row.state <> 'draft' then
    return dossier_refusal('wrong-state');
  end if;
  select id, name into v_file, v_name from dossier_file where dossier_id = p_id and component = p_file ->> 'component'
    and sha256 = p_file ->> 'sha256' and status <> 'removed' limit 1;
  if found then
    update dossier_file set status = 'active' where id = v_file and status = 'dropping';
    delete from loose_file where sha256 = p_file ->> 'sha256';
    return dossier_stand(v_row) || jsonb_build_object('fileId', v_file, 'sameAs', nullif(v_name, left(p_file ->> 'name', 255)));
  end if;
  if (select count(*) from dossier_file where dossier_id = p_id and status <> 'removed') >= p_limit then
    return dossier_refusal('too-many-files');
  end if;
  -- 300 MB a dossier, 1 GB in all drafts of a person
  if (select coalesce(sum(size), 0) from dossier_file where dossier_id = p_id and status <> 'removed') + v_size > 314572800
    or (v_row.state = 'draft' and (select coalesce(sum(f.size), 0) from dossier d join dossier_file f on f.dossier_id = d.id
      where d.applicant_sub = p_sub and d.state = 'draft' and f.status <> 'removed') + v_size > 1073741824) then
    return dossier_refusal('too-many-bytes');
  end if;
  v_file := (p_file ->> 'id')::uuid;
  insert into dossier_file (id, dossier_id, component, name, sha256, size, media_type, status, round)
  values (v_file, p_id, p_file ->> 'component', left(p_file ->> 'name', 255), p_file ->> 'sha256', v_size,
    p_file ->> 'mediaType', v_status, v_round);
  delete from loose_file where sha256 = p_file ->> 'sha256';
  update dossier set updated_at = clock_timestamp() where id = p_id;
  return dossier_stand(v_row) || jsonb_build_object('fileId', v_file);
end $$;

-- Does any row of this tenant name these bytes? By the house's habit every column that names bytes ends in sha256; a table
-- made tomorrow is asked too. A table that may not be read is an error, and then nothing is taken away.
create function file_is_named(p_sha256 text) returns boolean language plpgsql stable as $$
declare v_place record; v_found boolean;
begin
  for v_place in
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype and a.attname ~ 'sha256$' and c.relname not in ('loose_file', 'upload', 'migration')
    order by c.relname, a.attname
  loop
    execute format('select exists (select 1 from %I where %I = $1)', v_place.relname, v_place.attname)
      into v_found using p_sha256;
    if v_found then return true; end if;
  end loop;
  return false;
end $$;
create index dossier_file_bytes on dossier_file (sha256);
create index dossier_file_thumb on dossier_file (thumb_sha256) where thumb_sha256 is not null;
