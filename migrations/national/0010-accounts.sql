-- Accounts of the national portal and the one-time codes that open them.
-- Words: registration (đăng ký) is a journey of three steps (form, OTP, password); account (tài khoản) is its end.

create table account (
  -- Lasting and meaningless: the TechID of the national claims and the `sub` of OpenID Connect.
  id uuid primary key,
  kind text not null default 'citizen' check (kind in ('citizen', 'business')),
  identity_number text not null,
  name text not null,
  birth_date date not null,
  sex text check (sex in ('male', 'female')),
  phone text not null,
  email text,
  -- { street, commune, district, province, formatted }: unit codes of the General Statistics Office and the printed line.
  address jsonb,
  -- 2: mobile subscriber (IAL2); 3: in person at the post, or by a digital signature (IAL3).
  assurance smallint not null check (assurance in (2, 3)),
  password_hash text not null,
  state text not null default 'active' check (state in ('active', 'locked')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint account_identity unique (identity_number)
);
create index account_phone on account (phone);
select grant_app('account', 'select, insert, update');

create table account_history (
  id bigint generated always as identity primary key,
  account_id uuid not null references account (id),
  at timestamptz not null default clock_timestamp(),
  event text not null,
  detail jsonb not null default '{}'
);
create index account_history_account on account_history (account_id, id);
select grant_app('account_history', 'select, insert');

create function account_history_put(p_account uuid, p_event text, p_detail jsonb default '{}') returns void
language sql as $$
  insert into account_history (account_id, event, detail) values (p_account, p_event, coalesce(p_detail, '{}'));
  select audit_put('citizen:' || p_account, 'account.' || p_event, 'account:' || p_account, coalesce(p_detail, '{}'));
$$;

create table registration (
  id uuid primary key,
  identity_number text not null,
  name text not null,
  birth_date date not null,
  phone text not null,
  email text,
  state text not null default 'otp' check (state in ('otp', 'password', 'done', 'has-account')),
  account_id uuid references account (id),
  agreed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index registration_expiry on registration (expires_at);
select grant_app('registration', 'select, insert, update, delete');

create table password_reset (
  id uuid primary key,
  -- Null when number and phone belong to no account: the journey looks the same, and no message is sent.
  account_id uuid references account (id),
  phone text not null,
  state text not null default 'otp' check (state in ('otp', 'password', 'done')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index password_reset_expiry on password_reset (expires_at);
select grant_app('password_reset', 'select, insert, update, delete');

-- One-time codes. Only a keyed hash is kept; each belongs to one purpose and one subject (the registration, sign-in or
-- reset it was asked for) and to nothing else. NIST SP 800-63B §5.1.3: once, at most 10 minutes (ours 5), few tries.
create table otp_challenge (
  id uuid primary key,
  purpose text not null check (purpose in ('register', 'sign-in', 'reset-password')),
  subject uuid not null,
  code_hash text not null,
  round smallint not null default 1,
  tries smallint not null default 0,
  state text not null default 'open' check (state in ('open', 'used', 'locked')),
  created_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint otp_challenge_subject unique (purpose, subject)
);
create index otp_challenge_expiry on otp_challenge (expires_at);
select grant_app('otp_challenge', 'select, insert, update, delete');

-- p_message null: a code that nobody receives (decoy of a reset that belongs to no account).
create function otp_start(p_id uuid, p_purpose text, p_subject uuid, p_code_hash text, p_ttl_seconds int, p_message jsonb)
returns void language plpgsql as $$
begin
  insert into otp_challenge (id, purpose, subject, code_hash, expires_at)
  values (p_id, p_purpose, p_subject, p_code_hash, now() + make_interval(secs => p_ttl_seconds));
  if p_message is not null then
    perform job_put('send-message', p_id::text, p_message);
  end if;
end $$;

-- A new code for the same challenge: the old one is dead, the count of wrong tries stays.
create function otp_resend(p_id uuid, p_code_hash text, p_ttl_seconds int, p_wait_seconds int, p_rounds_max int, p_message jsonb)
returns text language plpgsql as $$
declare v otp_challenge;
begin
  select * into v from otp_challenge where id = p_id for update;
  if not found then return 'unknown'; end if;
  if v.state <> 'open' then return v.state; end if;
  if v.round >= p_rounds_max then return 'too-many'; end if;
  if v.sent_at + make_interval(secs => p_wait_seconds) > clock_timestamp() then return 'wait'; end if;
  update otp_challenge set code_hash = p_code_hash, round = round + 1, sent_at = clock_timestamp(),
    expires_at = clock_timestamp() + make_interval(secs => p_ttl_seconds)
  where id = p_id;
  if p_message is not null then
    perform job_put('send-message', p_id::text, p_message);
  end if;
  return 'sent';
end $$;

-- The row lock makes parallel submits of the right code wait for each other: one is 'ok', the others are 'used'.
create function otp_check(p_id uuid, p_purpose text, p_subject uuid, p_code_hash text, p_tries_max int)
returns table (outcome text, tries_left int) language plpgsql as $$
declare v otp_challenge;
begin
  select * into v from otp_challenge where id = p_id and purpose = p_purpose and subject = p_subject for update;
  if not found then return query select 'unknown', 0; return; end if;
  if v.state <> 'open' then return query select v.state, 0; return; end if;
  if v.expires_at <= clock_timestamp() then return query select 'expired', 0; return; end if;
  if v.code_hash = p_code_hash then
    update otp_challenge set state = 'used' where id = p_id;
    return query select 'ok', 0;
    return;
  end if;
  update otp_challenge set tries = tries + 1, state = case when tries + 1 >= p_tries_max then 'locked' else 'open' end
  where id = p_id;
  if v.tries + 1 >= p_tries_max then return query select 'locked', 0;
  else return query select 'wrong', p_tries_max - v.tries - 1;
  end if;
end $$;

-- Growing waits after failures. Keys are keyed hashes of what is guarded (a number, an address), never the thing itself.
create table attempt_guard (
  key text primary key,
  failures int not null,
  blocked_until timestamptz,
  updated_at timestamptz not null default now()
);
create index attempt_guard_age on attempt_guard (updated_at);
select grant_app('attempt_guard', 'select, insert, update, delete');

-- Counts one failure; from the p_free-th on the next try must wait 30 s, doubled each time, at most an hour.
create function guard_fail(p_key text, p_free int) returns int language plpgsql as $$
declare v_failures int;
begin
  insert into attempt_guard as g (key, failures) values (p_key, 1)
  on conflict (key) do update set
    failures = case when g.updated_at < now() - interval '1 day' then 1 else g.failures + 1 end,
    updated_at = now()
  returning failures into v_failures;
  if v_failures >= p_free then
    update attempt_guard set blocked_until = now() + make_interval(secs => least(3600, 30 * power(2, least(v_failures - p_free, 10))))
    where key = p_key;
  end if;
  return v_failures;
end $$;

-- Sends and other costly acts: at most p_limit in a window. Returns 0 when taken, else the seconds to wait.
create table rate_window (
  key text primary key,
  started_at timestamptz not null default now(),
  taken int not null
);
create index rate_window_age on rate_window (started_at);
select grant_app('rate_window', 'select, insert, update, delete');

create function rate_take(p_key text, p_limit int, p_window_seconds int) returns int language plpgsql as $$
declare v rate_window;
begin
  insert into rate_window as w (key, taken) values (p_key, 1)
  on conflict (key) do update set
    taken = case when w.started_at < now() - make_interval(secs => p_window_seconds) then 1 else w.taken + 1 end,
    started_at = case when w.started_at < now() - make_interval(secs => p_window_seconds) then now() else w.started_at end
  returning * into v;
  if v.taken <= p_limit then return 0; end if;
  return greatest(1, ceil(extract(epoch from v.started_at + make_interval(secs => p_window_seconds) - now())))::int;
end $$;

-- Creates the account at the end of a registration, once: the registration's row lock makes two tabs wait.
create function account_register(p_registration uuid, p_account uuid, p_password_hash text) returns text
language plpgsql as $$
declare r registration;
begin
  select * into r from registration where id = p_registration for update;
  if not found or r.expires_at <= now() then return 'expired'; end if;
  if r.state <> 'password' then return r.state; end if;
  insert into account (id, identity_number, name, birth_date, phone, email, assurance, password_hash)
  values (p_account, r.identity_number, r.name, r.birth_date, r.phone, r.email, 2, p_password_hash)
  on conflict on constraint account_identity do nothing;
  if not found then
    update registration set state = 'has-account' where id = p_registration;
    return 'has-account';
  end if;
  update registration set state = 'done', account_id = p_account where id = p_registration;
  perform account_history_put(p_account, 'registered', jsonb_build_object('assurance', 2, 'method', 'mobile-subscriber'));
  return 'created';
end $$;

-- A right answer gives the taken turn back: honest use is never limited, only sending without answers is.
create function rate_give(p_key text) returns void language sql as $$
  update rate_window set taken = greatest(0, taken - 1) where key = p_key;
$$;
