-- Operators of the payment hub: who looks after takings, refunds and reconciliation, with password and authenticator.
-- No deletion: who asked for a refund and who agreed to it must stay known.

create table operator (
  id uuid primary key,
  username text not null check (username ~ '^[a-z0-9][a-z0-9._-]{2,59}$'),
  name text not null check (length(name) between 2 and 100),
  password_hash text not null,
  -- base32 secret of the authenticator, sealed with the national data key
  totp_sealed text not null,
  -- last time step that was accepted: the same code is never good twice (RFC 6238 §5.2)
  totp_last_step bigint not null default 0,
  failures int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint operator_username_once unique (username)
);
select grant_app('operator', 'select, insert, update');

-- A wrong password or code. Every fifth in a row locks the account: 5 minutes, then twice as long each time, at most a day.
create function operator_sign_in_failed(p_id uuid, p_what text) returns timestamptz language plpgsql as $$
declare v_failures int; v_until timestamptz;
begin
  update operator set failures = failures + 1,
    locked_until = case when (failures + 1) % 5 = 0
      then clock_timestamp() + least(interval '1 day', interval '5 minutes' * power(2, least((failures + 1) / 5 - 1, 12)))
      else locked_until end
    where id = p_id returning failures, locked_until into v_failures, v_until;
  if found then
    perform audit_put('operator:' || p_id, 'operator.sign-in-failed', 'operator:' || p_id,
      jsonb_build_object('what', p_what, 'failures', v_failures));
  end if;
  return v_until;
end $$;

-- The right code, used for the first time. One statement, so that of many posts of the same code exactly one gets true.
create function operator_sign_in(p_id uuid, p_step bigint) returns boolean language plpgsql as $$
begin
  update operator set totp_last_step = p_step, failures = 0, locked_until = null
    where id = p_id and totp_last_step < p_step and disabled_at is null
      and (locked_until is null or locked_until <= clock_timestamp());
  if not found then return false; end if;
  perform audit_put('operator:' || p_id, 'operator.signed-in', 'operator:' || p_id, '{}');
  return true;
end $$;
