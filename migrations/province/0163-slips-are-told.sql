-- A slip comes a moment after the act it follows: a page of its dossier that is open hears of it, too.
create function slip_file_told() returns trigger language plpgsql as $$
begin
  perform pg_notify('dossier', (select dossier_id::text from slip where id = new.slip_id));
  return null;
end $$;
create trigger slip_file_told after insert on slip_file for each row execute function slip_file_told();
