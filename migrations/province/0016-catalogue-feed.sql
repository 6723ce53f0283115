-- What the national portal pulls: every entry knows the number of its last change, so that "since then" is one range.
create sequence procedure_entry_change;
alter table procedure_entry add column changed bigint not null default nextval('procedure_entry_change');
create index procedure_entry_changed on procedure_entry (tenant, changed);

create function procedure_entry_changed() returns trigger language plpgsql as $$
begin
  -- Publishing again what is there already is no change.
  if to_jsonb(new) - 'changed' is distinct from to_jsonb(old) - 'changed' then
    new.changed := nextval('procedure_entry_change');
  end if;
  return new;
end $$;
-- After `procedure_entry_facts` by name: triggers of one kind run in the order of their names.
create trigger procedure_entry_seen before update on procedure_entry
  for each row execute function procedure_entry_changed();
