-- Documents that an officer gives with an act (declining, refusing, stopping, putting off, forwarding). The entry of the
-- history names them, in the commit of the act itself; these rows are what keeps their bytes.
create table history_file (
  tenant text not null default current_setting('app.tenant'),
  id uuid primary key,
  dossier_id uuid not null,
  seq int not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  at timestamptz not null default clock_timestamp()
);
create index history_file_bytes on history_file (sha256);
select protect_tenant_table('history_file');
select grant_app('history_file', 'select, insert');

create function history_files_kept() returns trigger language plpgsql as $$
begin
  insert into history_file (id, dossier_id, seq, name, sha256, size, media_type)
    select (f ->> 'id')::uuid, new.dossier_id, new.seq, left(f ->> 'name', 255), f ->> 'sha256', (f ->> 'size')::bigint, f ->> 'mediaType'
    from jsonb_array_elements(new.detail -> 'files') f
    on conflict do nothing;
  delete from loose_file where sha256 in (select f ->> 'sha256' from jsonb_array_elements(new.detail -> 'files') f);
  return null;
end $$;
create trigger history_files_kept after insert on dossier_history for each row
  when (new.action in ('decline', 'refuse', 'stop', 'reschedule', 'forward') and new.detail ? 'files')
  execute function history_files_kept();
