-- Numbers of the hall (số thứ tự): taken, called, served, one series a unit and day. And the hand-over of results on paper.

create table queue_counter (
  tenant text not null default current_setting('app.tenant'),
  agency_id text not null,
  day date not null,
  last int not null check (last > 0),
  primary key (tenant, agency_id, day)
);
select protect_tenant_table('queue_counter');
select grant_app('queue_counter', 'select, insert, update');

create table queue_ticket (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  agency_id text not null,
  day date not null,
  number int not null check (number between 1 and 9999),
  service text not null check (service in ('file', 'collect', 'ask')),
  state text not null default 'waiting' check (state in ('waiting', 'called', 'served', 'missed')),
  -- the window that called: "3"
  window_name text,
  officer_id text,
  -- goes up with every call, so that a second call of the same number is spoken again
  calls int not null default 0,
  taken_at timestamptz not null,
  called_at timestamptz,
  ended_at timestamptz,
  constraint queue_ticket_once unique (tenant, agency_id, day, number),
  check ((state = 'waiting') = (called_at is null))
);
create index queue_ticket_waiting on queue_ticket (tenant, agency_id, day, number) where state = 'waiting';
create index queue_ticket_called on queue_ticket (tenant, agency_id, day, called_at desc) where called_at is not null;
select protect_tenant_table('queue_ticket');
select grant_app('queue_ticket', 'select, insert, update');

create function queue_take(p_agency text, p_day date, p_service text, p_at timestamptz) returns setof queue_ticket
language plpgsql as $$
declare v_number int;
begin
  insert into queue_counter as c (agency_id, day, last) values (p_agency, p_day, 1)
    on conflict (tenant, agency_id, day) do update set last = c.last + 1 returning last into v_number;
  return query insert into queue_ticket (agency_id, day, number, service, taken_at)
    values (p_agency, p_day, v_number, p_service, p_at) returning *;
end $$;

-- The next number to this window; the one it had is served. Two windows never call the same number. No row: nobody waits.
create function queue_call(p_agency text, p_day date, p_officer text, p_window text, p_at timestamptz)
returns setof queue_ticket language plpgsql as $$
begin
  update queue_ticket set state = 'served', ended_at = p_at
    where agency_id = p_agency and day = p_day and officer_id = p_officer and state = 'called';
  return query update queue_ticket set state = 'called', officer_id = p_officer, window_name = p_window, called_at = p_at, calls = 1
    where id = (select id from queue_ticket where agency_id = p_agency and day = p_day and state = 'waiting'
      order by number limit 1 for update skip locked) returning *;
end $$;

-- Results handed over at the counter, with the receiver's own hand. Never changed.
create table result_handover (
  dossier_id uuid primary key references dossier,
  tenant text not null default current_setting('app.tenant'),
  receiver_name text not null check (length(receiver_name) between 2 and 100),
  receiver_identity text not null check (receiver_identity ~ '^([0-9]{9}|[0-9]{12})$'),
  -- the paper that lets somebody else collect; empty when the applicant came
  authorisation text not null default '' check (length(authorisation) <= 200),
  -- SHA-256 of the picture of the signature among the files; null when signed on paper
  signature_sha256 text check (signature_sha256 ~ '^[0-9a-f]{64}$'),
  officer jsonb not null,
  handed_at timestamptz not null
);
select protect_tenant_table('result_handover');
select grant_app('result_handover', 'select, insert');

-- Written once; a second press answers the first one's row.
create function result_hand_over(p_dossier_id uuid, p_name text, p_identity text, p_authorisation text, p_signature text,
  p_officer jsonb, p_at timestamptz) returns boolean language plpgsql as $$
declare v_state text; v_count int;
begin
  select state into v_state from dossier where id = p_dossier_id for share;
  if v_state is distinct from 'returned' then return false; end if;
  insert into result_handover (dossier_id, receiver_name, receiver_identity, authorisation, signature_sha256, officer, handed_at)
    values (p_dossier_id, p_name, p_identity, p_authorisation, p_signature, p_officer, p_at) on conflict (dossier_id) do nothing;
  get diagnostics v_count = row_count;
  if v_count = 1 then
    perform audit_put('officer:' || (p_officer ->> 'id'), 'result.hand-over', 'dossier:' || p_dossier_id,
      jsonb_build_object('signed', p_signature is not null, 'authorised', p_authorisation <> ''));
  end if;
  return true;
end $$;
