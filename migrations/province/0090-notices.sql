-- Notices to citizens: what happened to their dossier, said once on each channel they chose.

-- Every entry of the history that concerns the applicant asks for its notice by the same commit; the key is the dossier, so
-- that people are told in the order in which things happened. Pages that are open hear of every entry.
create function history_told() returns trigger language plpgsql as $$
begin
  if new.to_state = 'draft' then return null; end if;
  perform pg_notify('dossier', new.dossier_id::text);
  if new.action in ('file', 'receive', 'decline', 'request-supplement', 'require-fee', 'mark-fee-paid', 'refund-fee',
    'payment-reversed', 'reschedule', 'move-deadline', 'sign-result', 'return-result', 'refuse', 'stop', 'withdraw') then
    perform job_put('citizen-notice', new.dossier_id::text,
      jsonb_build_object('dossierId', new.dossier_id, 'source', 'history:' || new.seq));
  end if;
  return null;
end $$;
create trigger history_told after insert on dossier_history for each row execute function history_told();

create table notice (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  sub text not null,
  dossier_id uuid not null,
  -- What it is about: history:7, letter:<id>. One thing is told once.
  source text not null,
  event text not null,
  facts jsonb not null,
  at timestamptz not null default clock_timestamp(),
  read_at timestamptz,
  primary key (tenant, id),
  unique (tenant, dossier_id, source)
);
create index notice_of_person on notice (tenant, sub, id desc);
select protect_tenant_table('notice');
select grant_app('notice', 'select, insert, update');

create table notice_delivery (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  notice_id uuid not null,
  channel text not null check (channel in ('sms', 'mail', 'push', 'zalo')),
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
  not_before timestamptz not null,
  tries int not null default 0,
  sent_at timestamptz,
  last_error text,
  primary key (tenant, id),
  unique (tenant, notice_id, channel),
  foreign key (tenant, notice_id) references notice (tenant, id)
);
select protect_tenant_table('notice_delivery');
select grant_app('notice_delivery', 'select, insert, update');

-- What a person chose; without a row the channels of the house's default.
create table notice_choice (
  tenant text not null default current_setting('app.tenant'),
  sub text not null,
  channels text[] not null,
  lang text not null check (lang in ('vi', 'en')),
  changed_at timestamptz not null default clock_timestamp(),
  primary key (tenant, sub)
);
select protect_tenant_table('notice_choice');
select grant_app('notice_choice', 'select, insert, update');

-- Browsers that take web push (RFC 8030, RFC 8291).
create table push_device (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  sub text not null,
  endpoint text not null check (length(endpoint) <= 1000),
  p256dh text not null,
  auth text not null,
  name text not null,
  added_at timestamptz not null default clock_timestamp(),
  gone_at timestamptz,
  primary key (tenant, id),
  unique (tenant, endpoint)
);
create index push_device_of on push_device (tenant, sub) where gone_at is null;
select protect_tenant_table('push_device');
select grant_app('push_device', 'select, insert, update');

-- Writes a notice and what carries it, once. p_deliveries: [{"id","channel"}]. Answers whether it was new.
create function notice_put(p_tenant text, p_id uuid, p_sub text, p_dossier uuid, p_source text, p_event text, p_facts jsonb,
  p_deliveries jsonb, p_not_before timestamptz) returns boolean language plpgsql as $$
declare v_one jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into notice (id, sub, dossier_id, source, event, facts) values (p_id, p_sub, p_dossier, p_source, p_event, p_facts)
    on conflict (tenant, dossier_id, source) do nothing;
  if not found then return false; end if;
  for v_one in select value from jsonb_array_elements(p_deliveries) loop
    insert into notice_delivery (id, notice_id, channel, not_before)
      values ((v_one ->> 'id')::uuid, p_id, v_one ->> 'channel', p_not_before);
    perform job_put('notice-delivery', p_dossier || ':' || (v_one ->> 'channel'),
      jsonb_build_object('deliveryId', v_one ->> 'id'), p_not_before);
  end loop;
  return true;
end $$;

-- A device belongs to whoever enrolled it last; at most 10 for a person, the oldest gives way.
create function push_device_put(p_tenant text, p_id uuid, p_sub text, p_endpoint text, p_p256dh text, p_auth text, p_name text)
returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into push_device as d (id, sub, endpoint, p256dh, auth, name) values (p_id, p_sub, p_endpoint, p_p256dh, p_auth, p_name)
    on conflict (tenant, endpoint) do update
      set sub = excluded.sub, p256dh = excluded.p256dh, auth = excluded.auth, name = excluded.name, gone_at = null,
        added_at = clock_timestamp();
  update push_device set gone_at = clock_timestamp() where id in (
    select id from push_device where sub = p_sub and gone_at is null order by added_at desc, id desc offset 10);
end $$;
