-- What oidc-provider keeps (its models as rows), with the columns it looks things up by.
create table oidc_payload (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  uid text,
  user_code text,
  consumed_at timestamptz,
  expires_at timestamptz,
  primary key (model, id)
);
create index oidc_payload_grant on oidc_payload (grant_id) where grant_id is not null;
create index oidc_payload_uid on oidc_payload (model, uid) where uid is not null;
create index oidc_payload_expiry on oidc_payload (expires_at) where expires_at is not null;
select grant_app('oidc_payload', 'select, insert, update, delete');

-- Signing keys, sealed with the building's data key; shared by every process, kept over restarts.
create table oidc_signing_key (
  kid text primary key,
  alg text not null,
  sealed text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index oidc_signing_key_live on oidc_signing_key (alg) where retired_at is null;
select grant_app('oidc_signing_key', 'select, insert, update');
