-- Electronic copies of papers: what an officer signed because the citizen had not (TT 01/2023/TT-VPCP). The citizen's own
-- file stays as it was sent; the copy stands beside it. Written once.
create table digitised_file (
  file_id uuid primary key references dossier_file,
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  signed_by jsonb not null,
  signed_at timestamptz not null
);
create index digitised_file_of on digitised_file (dossier_id);
select protect_tenant_table('digitised_file');
select grant_app('digitised_file', 'select, insert');

-- Keeps the signed copies of one "Ký số": rows, one history entry and audit. Two officers at once: the first one's copy of
-- a file stays. Answers how many copies are new.
create function digitise_put(p_tenant text, p_dossier_id uuid, p_actor jsonb, p_at timestamptz, p_copies jsonb) returns int
language plpgsql as $$
declare v_state text; v_new jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  select state into v_state from dossier where id = p_dossier_id for update;
  if not found then return 0; end if;
  with put as (
    insert into digitised_file (file_id, dossier_id, sha256, size, signed_by, signed_at)
      select (c ->> 'fileId')::uuid, p_dossier_id, c ->> 'sha256', (c ->> 'size')::bigint, p_actor, p_at
      from jsonb_array_elements(p_copies) c
      join dossier_file f on f.id = (c ->> 'fileId')::uuid and f.dossier_id = p_dossier_id
      on conflict (file_id) do nothing returning file_id, sha256)
  select jsonb_agg(jsonb_build_object('fileId', file_id, 'sha256', sha256)) into v_new from put;
  if v_new is null then return 0; end if;
  perform history_put(p_dossier_id, p_actor, 'sign-copies', v_state, v_state, jsonb_build_object('files', v_new));
  perform audit_put('officer:' || (p_actor ->> 'id'), 'dossier.sign-copies', 'dossier:' || p_dossier_id,
    jsonb_build_object('count', jsonb_array_length(v_new)));
  return jsonb_array_length(v_new);
end $$;
