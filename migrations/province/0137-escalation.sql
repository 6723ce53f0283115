-- Watching the limits: early warnings to who has a dossier, what is late and nearly late to the heads (NĐ 61/2018 Đ19.9:
-- an apology goes out a day before the end, so it must be known earlier).

-- What the province wants; without a row the usual.
create table watch_setting (
  tenant text not null default current_setting('app.tenant'),
  warn_half boolean not null,
  warn_fifth boolean not null,
  digest boolean not null,
  -- minutes after midnight in Vietnam
  digest_minute int not null check (digest_minute between 360 and 1080),
  changed_by text not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (tenant)
);
select protect_tenant_table('watch_setting');
select grant_app('watch_setting', 'select, insert, update');

create function watch_setting_put(p_tenant text, p_half boolean, p_fifth boolean, p_digest boolean, p_minute int, p_actor text)
returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into watch_setting (warn_half, warn_fifth, digest, digest_minute, changed_by)
    values (p_half, p_fifth, p_digest, p_minute, p_actor)
    on conflict (tenant) do update set warn_half = excluded.warn_half, warn_fifth = excluded.warn_fifth, digest = excluded.digest,
      digest_minute = excluded.digest_minute, changed_by = excluded.changed_by, changed_at = clock_timestamp();
  perform audit_put(p_actor, 'watch.setting', 'tenant:' || p_tenant, jsonb_build_object('half', p_half, 'fifth', p_fifth,
    'digest', p_digest, 'minute', p_minute));
end $$;

-- How far the watch has looked, by what it looks for: half-left, fifth-left, late; and the last day with a digest.
create table watch_mark (
  tenant text not null default current_setting('app.tenant'),
  what text not null,
  at timestamptz not null,
  primary key (tenant, what)
);
select protect_tenant_table('watch_mark');
select grant_app('watch_mark', 'select, insert, update');

create index dossier_half_left on dossier (tenant, warn_half_at) where desk_queue in ('received', 'work', 'sign', 'return');
create index dossier_fifth_left on dossier (tenant, warn_fifth_at) where desk_queue in ('received', 'work', 'sign', 'return');

-- Who is told of a dossier: the officer who has it; while nobody has, the one-stop officers of its unit.
create function dossier_keepers(p_row dossier) returns setof uuid language sql stable as $$
  select id from officer where disabled_at is null
    and case when p_row.officer_id is null then role = 'one-stop' and agency_id = p_row.agency_id
      else id::text = p_row.officer_id end limit 10
$$;

-- One level of warning for a stretch of time: each dossier whose moment lies in (p_after, p_until] and that still runs by the
-- same limit. A reminder's source has the limit in it: told once for each date, again when the date has moved. Of two levels
-- that were reached only the sharper one is told. Answers how many people were told.
create function watch_warn(p_tenant text, p_level text, p_after timestamptz, p_until timestamptz, p_mail_at timestamptz)
returns int language plpgsql as $$
declare v_row dossier; v_who uuid; v_told int := 0;
begin
  perform set_config('app.tenant', p_tenant, true);
  for v_row in
    select d.* from dossier d where d.tenant = p_tenant and d.desk_queue in ('received', 'work', 'sign', 'return') and d.due_at is not null
      and case p_level
        when 'half-left' then d.warn_half_at > p_after and d.warn_half_at <= p_until and coalesce(d.warn_fifth_at, d.due_at) > p_until
        when 'fifth-left' then d.warn_fifth_at > p_after and d.warn_fifth_at <= p_until and d.due_at > p_until
        else d.due_at > p_after and d.due_at <= p_until end
  loop
    for v_who in select dossier_keepers(v_row) loop
      if officer_remind(v_who, p_level || ':' || v_row.id || ':' || extract(epoch from v_row.due_at)::bigint, p_level, v_row.id,
        jsonb_build_object('code', v_row.code, 'dueAt', v_row.due_at), p_mail_at) then v_told := v_told + 1; end if;
    end loop;
  end loop;
  insert into watch_mark (what, at) values (p_level, p_until)
    on conflict (tenant, what) do update set at = greatest(watch_mark.at, excluded.at);
  return v_told;
end $$;

-- A head asks whoever has a dossier to hurry: history, audit and reminder in one commit; once a day for each dossier.
create function dossier_urge(p_tenant text, p_id uuid, p_actor jsonb, p_text text, p_day date) returns jsonb language plpgsql as $$
declare v_row dossier; v_who uuid; v_told boolean := false;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id for update;
  if not found or v_row.state = 'draft' then return dossier_refusal('not-found'); end if;
  if v_row.desk_queue is null or v_row.desk_queue in ('returned', 'declined', 'stopped', 'withdrawn') then
    return dossier_refusal('wrong-state');
  end if;
  for v_who in select dossier_keepers(v_row) loop
    if officer_remind(v_who, 'urged:' || p_id || ':' || p_day, 'urged', p_id, jsonb_build_object('code',
      coalesce(v_row.code, v_row.number::text), 'dueAt', v_row.due_at, 'name', p_actor ->> 'name', 'text', left(p_text, 500)))
    then v_told := true; end if;
  end loop;
  if not v_told then return dossier_refusal('already-urged'); end if;
  perform history_put(p_id, p_actor, 'urge', v_row.state, v_row.state, jsonb_build_object('text', p_text));
  perform audit_put('officer:' || (p_actor ->> 'id'), 'dossier.urge', 'dossier:' || p_id, '{}');
  return '{"ok": true}';
end $$;

-- A day's digest for one head; told once.
create function watch_digest(p_tenant text, p_officer uuid, p_day date, p_facts jsonb) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  return officer_remind(p_officer, 'digest:' || p_day, 'digest', null, p_facts, clock_timestamp());
end $$;
