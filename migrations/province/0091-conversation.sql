-- Letters between the applicant and the officers, on the dossier, with files; open while the dossier is.
create table letter (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  dossier_id uuid not null,
  side text not null check (side in ('citizen', 'officer')),
  author_id text not null,
  author_name text not null,
  body text not null check (length(body) <= 4000),
  at timestamptz not null default clock_timestamp(),
  -- when the other side first saw it
  read_at timestamptz,
  primary key (tenant, id)
);
create index letter_of on letter (tenant, dossier_id, id);
select protect_tenant_table('letter');
select grant_app('letter', 'select, insert, update');

create table letter_file (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  letter_id uuid not null,
  position int not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  primary key (tenant, id),
  unique (tenant, letter_id, position),
  foreign key (tenant, letter_id) references letter (tenant, id)
);
select protect_tenant_table('letter_file');
select grant_app('letter_file', 'select, insert');

-- Letter, files, audit and the citizen's notice in one commit. p_sub: only that applicant's dossier; null for officers.
-- The same id twice is one letter. p_files: [{"id","name","sha256","size","mediaType"}].
create function letter_put(p_tenant text, p_id uuid, p_dossier uuid, p_sub text, p_author_id text, p_author_name text,
  p_body text, p_files jsonb, p_limit int) returns jsonb language plpgsql as $$
declare v_state text; v_side text := case when p_sub is null then 'officer' else 'citizen' end;
begin
  perform set_config('app.tenant', p_tenant, true);
  select state into v_state from dossier where id = p_dossier and (p_sub is null or applicant_sub = p_sub) for share;
  if not found or v_state = 'draft' then return dossier_refusal('not-found'); end if;
  if v_state in ('returned', 'declined', 'stopped', 'withdrawn') then return dossier_refusal('closed'); end if;
  if (select count(*) from letter where dossier_id = p_dossier and side = v_side) >= p_limit then
    return dossier_refusal('too-many');
  end if;
  insert into letter (id, dossier_id, side, author_id, author_name, body)
    values (p_id, p_dossier, v_side, p_author_id, p_author_name, p_body) on conflict do nothing;
  if not found then return '{"ok": true}'; end if;
  insert into letter_file (id, letter_id, position, name, sha256, size, media_type)
    select (f ->> 'id')::uuid, p_id, n, left(f ->> 'name', 255), f ->> 'sha256', (f ->> 'size')::bigint, f ->> 'mediaType'
    from jsonb_array_elements(p_files) with ordinality as t (f, n);
  delete from loose_file where sha256 in (select f ->> 'sha256' from jsonb_array_elements(p_files) f);
  perform audit_put(v_side || ':' || p_author_id, 'dossier.letter', 'dossier:' || p_dossier,
    jsonb_build_object('letter', p_id, 'files', jsonb_array_length(p_files)));
  perform pg_notify('dossier', p_dossier::text);
  if v_side = 'officer' then
    perform job_put('citizen-notice', p_dossier::text, jsonb_build_object('dossierId', p_dossier, 'source', 'letter:' || p_id));
  end if;
  return '{"ok": true}';
end $$;
