-- Programs of organisations that file for a person by the interface, and what they filed.

create table api_client (
  tenant text not null default current_setting('app.tenant'),
  id text not null check (id ~ '^ud-[0-9a-z]{16}$'),
  name text not null check (length(name) between 2 and 200),
  -- whose dossiers it files: { name, identityNumber, birthDate?, phone?, email?, address? }
  owner jsonb not null,
  -- SHA-256 of 32 random bytes; the secret itself was shown once and is kept nowhere
  secret_hash text not null check (secret_hash ~ '^[0-9a-f]{64}$'),
  scopes text[] not null check (scopes <> '{}'),
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz,
  revoked_by text,
  primary key (tenant, id)
);
select protect_tenant_table('api_client');
select grant_app('api_client', 'select, insert, update');

create table api_file (
  tenant text not null default current_setting('app.tenant'),
  id uuid primary key,
  client_id text not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  sent_at timestamptz not null default clock_timestamp(),
  foreign key (tenant, client_id) references api_client
);
select protect_tenant_table('api_file');
select grant_app('api_file', 'select, insert');

-- One row per idempotency key of a client: the same key again is the same dossier.
create table api_filing (
  tenant text not null default current_setting('app.tenant'),
  client_id text not null,
  key text not null check (length(key) between 8 and 100),
  request_hash text not null,
  dossier_id uuid not null unique,
  submission_id uuid not null,
  applicant_sub text not null,
  -- a request is being worked on; after two minutes its process is taken for dead
  working_since timestamptz,
  filed_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant, client_id, key),
  foreign key (tenant, client_id) references api_client
);
select protect_tenant_table('api_filing');
select grant_app('api_filing', 'select, insert, update');

create function api_client_put(p_tenant text, p_id text, p_name text, p_owner jsonb, p_secret_hash text, p_scopes text[], p_actor text)
returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into api_client (id, name, owner, secret_hash, scopes, created_by)
    values (p_id, p_name, p_owner, p_secret_hash, p_scopes, p_actor);
  perform audit_put(p_actor, 'api-client.create', 'api-client:' || p_id, jsonb_build_object('scopes', p_scopes));
end $$;

create function api_client_revoke(p_tenant text, p_id text, p_actor text) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update api_client set revoked_at = clock_timestamp(), revoked_by = p_actor where id = p_id and revoked_at is null;
  if not found then return false; end if;
  perform audit_put(p_actor, 'api-client.revoke', 'api-client:' || p_id, '{}');
  return true;
end $$;

-- Takes the key for this request. state: work (go on under these ids), filed (answer with that dossier), busy, reused.
create function api_filing_take(p_tenant text, p_client text, p_key text, p_hash text, p_dossier uuid, p_submission uuid, p_sub text)
returns jsonb language plpgsql as $$
declare v_row api_filing;
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into api_filing (client_id, key, request_hash, dossier_id, submission_id, applicant_sub)
    values (p_client, p_key, p_hash, p_dossier, p_submission, p_sub) on conflict do nothing;
  select * into v_row from api_filing where client_id = p_client and key = p_key for update;
  if v_row.request_hash <> p_hash then return jsonb_build_object('state', 'reused'); end if;
  if v_row.filed_at is not null then return jsonb_build_object('state', 'filed', 'dossierId', v_row.dossier_id); end if;
  if v_row.working_since > clock_timestamp() - interval '2 minutes' then return jsonb_build_object('state', 'busy'); end if;
  update api_filing set working_since = clock_timestamp() where client_id = p_client and key = p_key;
  return jsonb_build_object('state', 'work', 'dossierId', v_row.dossier_id, 'submissionId', v_row.submission_id,
    'applicantSub', v_row.applicant_sub);
end $$;

-- Filed; or refused, and then the next try with the key begins under new ids.
create function api_filing_end(p_tenant text, p_client text, p_key text, p_filed boolean, p_dossier uuid, p_submission uuid)
returns void language plpgsql as $$
declare v_row api_filing;
begin
  perform set_config('app.tenant', p_tenant, true);
  update api_filing set working_since = null, filed_at = case when p_filed then clock_timestamp() end,
    dossier_id = case when p_filed then dossier_id else p_dossier end,
    submission_id = case when p_filed then submission_id else p_submission end
    where client_id = p_client and key = p_key and filed_at is null returning * into v_row;
  if found and p_filed then
    perform audit_put('program:' || p_client, 'dossier.file-by-program', 'dossier:' || v_row.dossier_id, '{}');
  end if;
end $$;
