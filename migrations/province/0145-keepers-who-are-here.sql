-- Who is told of a dossier is who can act on it: the officer who has it and whoever stands in today (a warning to an empty
-- desk is none); an officer who has left the office counts as nobody, and then the one-stop officers of its unit are told.
create or replace function dossier_keepers(p_row dossier) returns setof uuid language sql stable as $$
  with holder as (select id from officer where disabled_at is null and id::text = p_row.officer_id)
  select id from holder
  union
  select s.id from holder h
    join officer_absence a on a.officer_id = h.id and a.ended_at is null
      and (now() at time zone 'Asia/Ho_Chi_Minh')::date between a.from_date and a.to_date
    join officer s on s.id = a.substitute_id and s.disabled_at is null
  union
  select id from officer where disabled_at is null and role = 'one-stop' and agency_id = p_row.agency_id
    and not exists (select from holder)
  limit 10
$$;
