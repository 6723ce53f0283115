-- Officers: who works at a province's desk, with password and authenticator. No deletion: who signed must stay known.

create table officer (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  username text not null check (username ~ '^[a-z0-9][a-z0-9._-]{2,59}$'),
  name text not null check (length(name) between 2 and 100),
  role text not null check (role in ('one-stop', 'specialist', 'leader', 'accountant')),
  unit text not null check (length(unit) between 1 and 200),
  -- unit of the province (province.json); the province's own committee works for every agency below it
  agency_id text not null,
  -- leaders always sign results; others only when they were authorised
  may_sign boolean not null default false,
  password_hash text not null,
  -- base32 secret of the authenticator, sealed with the province's data key
  totp_sealed text not null,
  -- last time step that was accepted: the same code is never good twice (RFC 6238 §5.2)
  totp_last_step bigint not null default 0,
  failures int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint officer_username_once unique (tenant, username)
);
select protect_tenant_table('officer');
select grant_app('officer', 'select, insert, update');

-- A wrong password or code. Every fifth in a row locks the account: 5 minutes, then twice as long each time, at most a day.
create function officer_sign_in_failed(p_tenant text, p_id uuid, p_what text) returns timestamptz language plpgsql as $$
declare v_failures int; v_until timestamptz;
begin
  perform set_config('app.tenant', p_tenant, true);
  update officer set failures = failures + 1,
    locked_until = case when (failures + 1) % 5 = 0
      then clock_timestamp() + least(interval '1 day', interval '5 minutes' * power(2, least((failures + 1) / 5 - 1, 12)))
      else locked_until end
    where id = p_id returning failures, locked_until into v_failures, v_until;
  if found then
    perform audit_put('officer:' || p_id, 'officer.sign-in-failed', 'officer:' || p_id,
      jsonb_build_object('what', p_what, 'failures', v_failures));
  end if;
  return v_until;
end $$;

-- The right code, used for the first time. One statement, so that of many posts of the same code exactly one gets true.
create function officer_sign_in(p_tenant text, p_id uuid, p_step bigint) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update officer set totp_last_step = p_step, failures = 0, locked_until = null
    where id = p_id and totp_last_step < p_step and disabled_at is null
      and (locked_until is null or locked_until <= clock_timestamp());
  if not found then return false; end if;
  perform audit_put('officer:' || p_id, 'officer.signed-in', 'officer:' || p_id, '{}');
  return true;
end $$;
