-- What administrators decided about single days, over the country's table of days off.
create table calendar_day (
  tenant text not null default current_setting('app.tenant'),
  date date not null,
  kind text not null check (kind in ('off', 'work', 'usual')),
  name_vi text not null check (length(name_vi) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  basis text not null check (length(basis) between 3 and 300),
  decided_by text not null,
  decided_at timestamptz not null default clock_timestamp(),
  primary key (tenant, date)
);
select protect_tenant_table('calendar_day');
select grant_app('calendar_day', 'select, insert, update');

-- Decides the days, with their trace, and asks the worker to move the dossiers they touch. p_days: [{date, kind, nameVi, nameEn, basis}].
create function calendar_days_put(p_tenant text, p_days jsonb, p_actor text) returns int language plpgsql as $$
declare v_first date; v_count int;
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into calendar_day as known (date, kind, name_vi, name_en, basis, decided_by)
    select (d ->> 'date')::date, d ->> 'kind', d ->> 'nameVi', d ->> 'nameEn', d ->> 'basis', p_actor
    from jsonb_array_elements(p_days) d
    on conflict (tenant, date) do update set kind = excluded.kind, name_vi = excluded.name_vi, name_en = excluded.name_en,
      basis = excluded.basis, decided_by = excluded.decided_by, decided_at = clock_timestamp();
  get diagnostics v_count = row_count;
  select min((d ->> 'date')::date) into v_first from jsonb_array_elements(p_days) d;
  perform audit_put(p_actor, 'calendar.decide', 'calendar:' || p_tenant, jsonb_build_object('days', p_days));
  perform job_put('calendar-moved', p_tenant, jsonb_build_object('from', v_first));
  perform pg_notify('calendar', p_tenant);
  return v_count;
end $$;

-- Open dossiers whose limit runs over a day: in the order of their ids, so that the work can go on after any break.
create index dossier_running on dossier (tenant, id) where state in ('received', 'processing', 'result-ready') and due_at is not null;
