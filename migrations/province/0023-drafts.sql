-- Drafts that live long: thrown away by their owner, carried to a new version of the form, read in one round trip.

alter table dossier
  -- a draft its owner threw away: nothing of what was typed stays; the row does, because history refers to it
  add column discarded_at timestamptz,
  -- the version of the form the draft was typed under before it was carried over; null once the owner has been told
  add column carried_from int,
  add constraint dossier_discarded_draft check (discarded_at is null or state = 'draft');

-- The person's own dossier, thrown-away drafts apart. One round trip: it sets the tenant itself.
create function dossier_find_own(p_tenant text, p_id uuid, p_sub text) returns setof dossier language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  return query select * from dossier where id = p_id and applicant_sub = p_sub and discarded_at is null;
end $$;

create or replace function dossier_start(p_tenant text, p_id uuid, p_channel text, p_procedure jsonb, p_agency jsonb, p_applicant jsonb,
  p_answers jsonb, p_fresh boolean, p_actor jsonb) returns jsonb language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  if not p_fresh then
    -- two tabs that begin at once get the same draft
    perform pg_advisory_xact_lock(hashtextextended(
      p_tenant || '|' || (p_applicant ->> 'sub') || '|' || (p_procedure ->> 'code') || '|' || (p_agency ->> 'id'), 0));
    select * into v_row from dossier
      where applicant_sub = p_applicant ->> 'sub' and state = 'draft' and procedure_code = p_procedure ->> 'code'
        and agency_id = p_agency ->> 'id' and channel = p_channel and discarded_at is null
      order by id desc limit 1 for update;
    if found then
      -- a draft follows the procedure in force and the account as it is now; filing fixes both
      update dossier set procedure = p_procedure, agency = p_agency, applicant = p_applicant,
        answers = p_answers || answers,
        carried_from = case when (procedure ->> 'version')::int <> (p_procedure ->> 'version')::int
          then coalesce(carried_from, (procedure ->> 'version')::int) else carried_from end
        where id = v_row.id returning * into v_row;
      return dossier_stand(v_row) || jsonb_build_object('resumed', true);
    end if;
  end if;
  insert into dossier (id, state, channel, procedure_code, procedure, agency_id, agency, applicant_sub, applicant, answers)
  values (p_id, 'draft', p_channel, p_procedure ->> 'code', p_procedure, p_agency ->> 'id', p_agency,
    p_applicant ->> 'sub', p_applicant, p_answers) returning * into v_row;
  perform dossier_trace(v_row, p_actor, 'start', null, jsonb_build_object('channel', p_channel));
  return dossier_stand(v_row) || jsonb_build_object('resumed', false);
end $$;

create or replace function dossier_save(p_tenant text, p_id uuid, p_sub text, p_answers jsonb, p_delivery jsonb, p_page text,
  p_revision int) returns jsonb language plpgsql as $$
declare v_row dossier; v_gone text[];
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub and discarded_at is null for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state <> 'draft' then return dossier_refusal('already-filed'); end if;
  if p_revision is not null and p_revision < v_row.version then return dossier_refusal('stale-draft'); end if;
  select coalesce(array_agg(key), '{}') into v_gone from jsonb_each(p_answers) where value = 'null'::jsonb;
  update dossier set answers = (answers || p_answers) - v_gone, delivery = coalesce(p_delivery, delivery),
    page = coalesce(p_page, page), version = version + 1, updated_at = clock_timestamp()
    where id = p_id returning * into v_row;
  return dossier_stand(v_row) || jsonb_build_object('savedAt', v_row.updated_at);
end $$;

-- Answers stay under their ids; only the version they are asked by changes. Nothing when another tab was first.
create function dossier_carry(p_tenant text, p_id uuid, p_sub text, p_from int, p_procedure jsonb) returns boolean
language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set procedure = p_procedure, carried_from = coalesce(carried_from, p_from)
    where id = p_id and applicant_sub = p_sub and state = 'draft' and discarded_at is null
      and (procedure ->> 'version')::int = p_from returning * into v_row;
  if not found then return false; end if;
  perform dossier_trace(v_row, jsonb_build_object('kind', 'system', 'name', 'drafts'), 'carry', 'draft',
    jsonb_build_object('from', p_from, 'to', (p_procedure ->> 'version')::int));
  return true;
end $$;

create function dossier_carried_seen(p_tenant text, p_id uuid, p_sub text) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set carried_from = null where id = p_id and applicant_sub = p_sub and state = 'draft';
end $$;

-- What was typed and who typed it goes; that there was a draft stays.
create function dossier_discard(p_tenant text, p_id uuid, p_sub text) returns jsonb language plpgsql as $$
declare v_row dossier; v_name text;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub and discarded_at is null for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state <> 'draft' then return dossier_refusal('already-filed'); end if;
  v_name := v_row.applicant ->> 'name';
  update dossier set discarded_at = clock_timestamp(), answers = '{}', delivery = null, holder_name = '', summary = '',
    applicant = jsonb_build_object('sub', p_sub, 'name', ''), version = version + 1, updated_at = clock_timestamp()
    where id = p_id returning * into v_row;
  update dossier_file set status = 'removed', removed_at = clock_timestamp()
    where dossier_id = p_id and status <> 'removed';
  perform dossier_trace(v_row, jsonb_build_object('kind', 'citizen', 'sub', p_sub, 'name', v_name), 'discard', 'draft', '{}');
  return dossier_stand(v_row);
end $$;
