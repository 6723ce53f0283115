-- Signing in: attempts between password and OTP, and the sessions a person can see and end.

create table sign_in_attempt (
  id uuid primary key,
  account_id uuid not null references account (id),
  state text not null default 'otp' check (state in ('otp', 'done')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_in_attempt_expiry on sign_in_attempt (expires_at);
select grant_app('sign_in_attempt', 'select, insert, update, delete');

create table account_session (
  id uuid primary key,
  account_id uuid not null references account (id),
  method text not null check (method in ('password-otp', 'registration')),
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'ended-elsewhere', 'password-changed', 'replaced')),
  -- Shortened to what a person recognises: a browser's name and a network, not a fingerprint.
  device text not null,
  network text not null
);
create index account_session_account on account_session (account_id, started_at desc);
select grant_app('account_session', 'select, insert, update');

create function account_session_start(p_id uuid, p_account uuid, p_method text, p_hours int, p_device text, p_network text)
returns void language sql as $$
  insert into account_session (id, account_id, method, expires_at, device, network)
  values (p_id, p_account, p_method, now() + make_interval(hours => p_hours), p_device, p_network);
  select account_history_put(p_account, 'signed-in', jsonb_build_object('session', p_id, 'method', p_method));
$$;

-- Ends one session, or (p_session null) all of the account but p_keep. Returns how many ended.
create function account_session_end(p_account uuid, p_session uuid, p_keep uuid, p_reason text) returns int
language plpgsql as $$
declare v_count int;
begin
  update account_session set ended_at = now(), end_reason = p_reason
  where account_id = p_account and ended_at is null
    and (p_session is null or id = p_session) and (p_keep is null or id <> p_keep);
  get diagnostics v_count = row_count;
  if v_count > 0 then
    perform account_history_put(p_account, 'session-ended', jsonb_build_object('count', v_count, 'reason', p_reason));
  end if;
  return v_count;
end $$;

-- The attempt becomes a session in the transaction that used its code.
create function sign_in_finish(p_attempt uuid, p_session uuid, p_method text, p_hours int, p_device text, p_network text)
returns uuid language plpgsql as $$
declare v_account uuid;
begin
  update sign_in_attempt a set state = 'done' from account
  where a.id = p_attempt and a.state = 'otp' and a.expires_at > now() and account.id = a.account_id and account.state = 'active'
  returning a.account_id into v_account;
  if v_account is null then return null; end if;
  perform account_session_start(p_session, v_account, p_method, p_hours, p_device, p_network);
  return v_account;
end $$;

-- A new password ends every session: whoever knew the old one is out.
create function password_reset_finish(p_reset uuid, p_password_hash text) returns uuid language plpgsql as $$
declare v_account uuid;
begin
  update password_reset set state = 'done'
  where id = p_reset and state = 'password' and expires_at > now() and account_id is not null
  returning account_id into v_account;
  if v_account is null then return null; end if;
  update account set password_hash = p_password_hash, updated_at = now() where id = v_account;
  perform account_history_put(v_account, 'password-changed', jsonb_build_object('by', 'reset'));
  perform account_session_end(v_account, null, null, 'password-changed');
  return v_account;
end $$;
