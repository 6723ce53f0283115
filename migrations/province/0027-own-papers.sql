-- "Giấy tờ của tôi": what a person keeps at the province, and each use of a paper again with the person's consent.

create table own_paper (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  applicant_sub text not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  added_at timestamptz not null default clock_timestamp()
);
create index own_paper_of_person on own_paper (tenant, applicant_sub, id desc);
create index own_paper_bytes on own_paper (sha256);
select protect_tenant_table('own_paper');
-- a person's own upload is the one thing here that its owner may really take back
-- (update for the row lock of a use that is being written)
select grant_app('own_paper', 'select, insert, update, delete');

-- Who let which paper be used for which dossier, and in which words it was asked (Law 91/2025/QH15).
create table paper_reuse (
  file_id uuid primary key references dossier_file,
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  applicant_sub text not null,
  source text not null check (source in ('copy', 'result', 'own')),
  source_id uuid not null,
  consent text not null,
  consented_at timestamptz not null default clock_timestamp()
);
create index paper_reuse_of_dossier on paper_reuse (dossier_id);
select protect_tenant_table('paper_reuse');
select grant_app('paper_reuse', 'select, insert');

create function own_paper_add(p_tenant text, p_sub text, p_paper jsonb, p_limit int, p_byte_limit bigint) returns jsonb
language plpgsql as $$
declare v_id uuid; v_count int; v_bytes bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtextextended('own-paper/' || p_tenant || '/' || p_sub, 0));
  select id into v_id from own_paper where applicant_sub = p_sub and sha256 = p_paper ->> 'sha256';
  if found then
    delete from loose_file where sha256 = p_paper ->> 'sha256';
    return jsonb_build_object('ok', true, 'id', v_id, 'known', true);
  end if;
  select count(*), coalesce(sum(size), 0) into v_count, v_bytes from own_paper where applicant_sub = p_sub;
  if v_count >= p_limit or v_bytes + (p_paper ->> 'size')::bigint > p_byte_limit then
    return jsonb_build_object('ok', false, 'reason', 'store-limit');
  end if;
  insert into own_paper (id, applicant_sub, name, sha256, size, media_type)
  values ((p_paper ->> 'id')::uuid, p_sub, left(p_paper ->> 'name', 255), p_paper ->> 'sha256',
    (p_paper ->> 'size')::bigint, p_paper ->> 'mediaType');
  delete from loose_file where sha256 = p_paper ->> 'sha256';
  perform audit_put('citizen:' || p_sub, 'own-paper.add', 'own-paper:' || (p_paper ->> 'id'), '{}');
  return jsonb_build_object('ok', true, 'id', p_paper ->> 'id', 'known', false);
end $$;

-- The row goes at once, the bytes when the worker finds that nothing else names them.
create function own_paper_delete(p_tenant text, p_sub text, p_id uuid) returns boolean language plpgsql as $$
declare v_sha256 text;
begin
  perform set_config('app.tenant', p_tenant, true);
  delete from own_paper where id = p_id and applicant_sub = p_sub returning sha256 into v_sha256;
  if not found then return false; end if;
  insert into loose_file (sha256) values (v_sha256) on conflict (tenant, sha256) do update set noticed_at = clock_timestamp();
  perform audit_put('citizen:' || p_sub, 'own-paper.delete', 'own-paper:' || p_id, '{}');
  return true;
end $$;

-- Puts a paper the person has into a draft or an opened supplement, by reference to the same bytes, with the consent.
create function paper_reuse_put(p_tenant text, p_sub text, p_dossier_id uuid, p_component text, p_source text,
  p_source_id uuid, p_file_id uuid, p_consent text, p_limit int) returns jsonb language plpgsql as $$
declare v_file jsonb; v_outcome jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  if p_source = 'copy' then
    select jsonb_build_object('name', regexp_replace(f.name, '\.[A-Za-z0-9]{1,5}$', '') || '.pdf', 'sha256', c.sha256,
        'size', c.size, 'mediaType', 'application/pdf') into v_file
      from digitised_file c join dossier_file f on f.id = c.file_id join dossier d on d.id = c.dossier_id
      where c.file_id = p_source_id and d.applicant_sub = p_sub and f.status <> 'removed';
  elsif p_source = 'result' then
    select d.result_file into v_file from dossier d
      where d.id = p_source_id and d.applicant_sub = p_sub and d.state = 'returned' and d.result_file is not null;
  elsif p_source = 'own' then
    -- locked: it cannot be deleted between being read here and being named by the dossier
    select jsonb_build_object('name', name, 'sha256', sha256, 'size', size, 'mediaType', media_type) into v_file
      from own_paper where id = p_source_id and applicant_sub = p_sub for share;
  end if;
  if v_file is null then return dossier_refusal('file-not-found'); end if;
  v_outcome := dossier_attach(p_tenant, p_dossier_id, p_sub,
    v_file || jsonb_build_object('id', p_file_id, 'component', p_component), p_limit);
  if not (v_outcome ->> 'ok')::boolean then return v_outcome; end if;
  insert into paper_reuse (file_id, dossier_id, applicant_sub, source, source_id, consent)
  values ((v_outcome ->> 'fileId')::uuid, p_dossier_id, p_sub, p_source, p_source_id, p_consent)
  on conflict (file_id) do nothing;
  if found then
    perform audit_put('citizen:' || p_sub, 'paper.reuse', 'dossier:' || p_dossier_id, jsonb_build_object(
      'file', v_outcome ->> 'fileId', 'source', p_source, 'sourceId', p_source_id, 'consent', p_consent));
  end if;
  return v_outcome;
end $$;
