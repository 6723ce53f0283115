-- Reminders (nhắc việc): what an officer is told at the desk and by mail.
alter table officer add column email text check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254);

create table officer_reminder (
  tenant text not null default current_setting('app.tenant'),
  seq bigint generated always as identity,
  officer_id uuid not null,
  -- What it is about, told once: half:<dossier>:<due>, opinion-asked:<id>, digest:2026-11-20.
  source text not null check (length(source) <= 200),
  kind text not null,
  dossier_id uuid,
  facts jsonb not null,
  at timestamptz not null default clock_timestamp(),
  read_at timestamptz,
  mailed_at timestamptz,
  primary key (tenant, seq),
  unique (tenant, officer_id, source)
);
create index officer_reminder_of on officer_reminder (tenant, officer_id, seq desc);
create index officer_reminder_to_mail on officer_reminder (tenant, officer_id) where mailed_at is null;
create index officer_reminder_unread on officer_reminder (tenant, officer_id) where read_at is null;
select protect_tenant_table('officer_reminder');
select grant_app('officer_reminder', 'select, insert, update');

-- Tells an officer once. Mails wait a little and go out together: ten reminders of one minute are one mail. The key is the
-- officer, so that no two workers write to one person at once. Answers whether it was new.
create function officer_remind(p_officer uuid, p_source text, p_kind text, p_dossier uuid, p_facts jsonb,
  p_mail_at timestamptz default null) returns boolean language plpgsql as $$
begin
  insert into officer_reminder (officer_id, source, kind, dossier_id, facts)
    values (p_officer, p_source, p_kind, p_dossier, p_facts) on conflict (tenant, officer_id, source) do nothing;
  if not found then return false; end if;
  perform job_put('reminder-mail', p_officer::text, jsonb_build_object('officerId', p_officer),
    coalesce(p_mail_at, clock_timestamp() + interval '20 seconds'));
  return true;
end $$;
