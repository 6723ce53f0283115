-- How content people were with how their dossier was handled (group 6 of the index of Decision 766/QĐ-TTg): once for each
-- dossier that ended with a result. What they wrote is shown after somebody looked at it.
create table rating (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  agency_id text not null,
  agency_name text not null,
  procedure_code text not null,
  procedure_name jsonb not null,
  score int not null check (score between 1 and 5),
  comment text not null default '' check (length(comment) <= 1000),
  moderation text not null check (moderation in ('none', 'waiting', 'shown', 'hidden')),
  moderated_by text,
  moderated_at timestamptz,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant, dossier_id)
);
create index rating_moderation on rating (tenant, moderation, at desc, dossier_id);
create index rating_agency on rating (tenant, agency_id);
select protect_tenant_table('rating');
select grant_app('rating', 'select, insert, update');

create function rating_put(p_tenant text, p_dossier uuid, p_sub text, p_score int, p_comment text) returns text
language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_dossier and applicant_sub = p_sub and state = 'returned';
  if not found then return 'not-found'; end if;
  insert into rating (dossier_id, agency_id, agency_name, procedure_code, procedure_name, score, comment, moderation)
    values (p_dossier, v_row.agency_id, v_row.agency ->> 'name', v_row.procedure_code, v_row.procedure -> 'name', p_score, p_comment,
      case when p_comment = '' then 'none' else 'waiting' end)
    on conflict do nothing;
  if not found then return 'rated'; end if;
  perform audit_put('citizen:' || p_sub, 'dossier.rate', 'dossier:' || p_dossier, jsonb_build_object('score', p_score));
  return 'ok';
end $$;

-- Shown or hidden; may be changed later, and the audit says by whom. The score always counts.
create function rating_moderate(p_tenant text, p_dossier uuid, p_shown boolean, p_officer text) returns boolean
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update rating set moderation = case when p_shown then 'shown' else 'hidden' end, moderated_by = p_officer,
    moderated_at = clock_timestamp() where dossier_id = p_dossier and moderation <> 'none';
  if not found then return false; end if;
  perform audit_put('officer:' || p_officer, 'rating.moderate', 'dossier:' || p_dossier, jsonb_build_object('shown', p_shown));
  return true;
end $$;
