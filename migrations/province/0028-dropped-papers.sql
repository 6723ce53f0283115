-- A paper taken off a draft, or thrown away with it, was never part of a dossier: its bytes go too, a day later.

create or replace function file_is_named(p_sha256 text) returns boolean language plpgsql stable as $$
declare v_place record; v_found boolean;
begin
  -- rounds are of supplements: a removed row without any was dropped while drafting
  if exists (select 1 from dossier_file where (sha256 = p_sha256 or thumb_sha256 = p_sha256)
    and not (status = 'removed' and round is null and removed_round is null)) then
    return true;
  end if;
  for v_place in
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype and a.attname ~ 'sha256$'
      and c.relname not in ('dossier_file', 'loose_file', 'upload', 'migration')
    order by c.relname, a.attname
  loop
    execute format('select exists (select 1 from %I where %I = $1)', v_place.relname, v_place.attname)
      into v_found using p_sha256;
    if v_found then return true; end if;
  end loop;
  return false;
end $$;

create function dossier_file_dropped() returns trigger language plpgsql as $$
begin
  insert into loose_file (sha256)
    select distinct bytes from unnest(array[new.sha256, new.thumb_sha256]) bytes where bytes is not null
    on conflict (tenant, sha256) do update set noticed_at = clock_timestamp();
  return null;
end $$;
create trigger dossier_file_dropped after update of status on dossier_file for each row
  when (new.status = 'removed' and old.status <> 'removed' and new.round is null and new.removed_round is null)
  execute function dossier_file_dropped();
