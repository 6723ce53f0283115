-- Four eyes for what everybody works by: one administrator proposes a version (or the end of one), another publishes it.

create table procedure_proposal (
  tenant text not null default current_setting('app.tenant'),
  id uuid primary key,
  code text not null,
  kind text not null check (kind in ('publish', 'withdraw')),
  origin text not null default 'designer' check (origin in ('files', 'import', 'designer')),
  -- The version that it was made from (publish; null: a new procedure) or that it ends (withdraw).
  base_version int,
  definition jsonb,
  form jsonb,
  listing jsonb,
  digest text,
  effective_from date not null,
  note text not null,
  state text not null default 'proposed' check (state in ('proposed', 'published', 'rejected', 'replaced')),
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null default now(),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  published_version int,
  check ((kind = 'publish') = (definition is not null and listing is not null and digest is not null)),
  check (kind = 'publish' or base_version is not null),
  check (state in ('proposed', 'replaced') or decided_by is not null),
  check (state <> 'published' or decided_by <> proposed_by)
);
-- One open proposal a procedure: two would be decided on what neither has seen.
create unique index procedure_proposal_open on procedure_proposal (tenant, code) where state = 'proposed';
create index procedure_proposal_list on procedure_proposal (tenant, state, id desc);
select protect_tenant_table('procedure_proposal');
select grant_app('procedure_proposal', 'select, insert, update');

create function procedure_proposal_keep() returns trigger language plpgsql as $$
begin
  if old.state <> 'proposed' or (old.id, old.code, old.kind, old.base_version, old.definition, old.form, old.proposed_by)
     is distinct from (new.id, new.code, new.kind, new.base_version, new.definition, new.form, new.proposed_by) then
    raise exception 'proposal %: what was proposed or decided was to be changed', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger procedure_proposal_keep before update on procedure_proposal
  for each row execute function procedure_proposal_keep();

-- Answers the word 'proposed', or why not: 'same' (nothing differs), 'other-open' (somebody else's proposal waits),
-- 'no-version' (what is to end is not published), 'ended' (it is withdrawn already).
-- A newer proposal of the same person takes the place of their older one.
create function procedure_propose(p_tenant text, p jsonb) returns text language plpgsql as $$
declare
  v_open procedure_proposal%rowtype;
  v_latest procedure_version%rowtype;
  v_base int := (p->>'baseVersion')::int;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('catalogue'), hashtext(p_tenant));
  select * into v_latest from procedure_version where code = p->>'code' order by version desc limit 1;
  if p->>'kind' = 'publish' then
    if v_latest.definition = p->'definition' and v_latest.form is not distinct from nullif(p->'form', 'null') then return 'same'; end if;
    v_base := v_latest.version;
  else
    if not exists (select from procedure_version where code = p->>'code' and version = v_base) then return 'no-version'; end if;
    if exists (select from procedure_withdrawal where code = p->>'code' and version = v_base) then return 'ended'; end if;
  end if;
  select * into v_open from procedure_proposal where code = p->>'code' and state = 'proposed' for update;
  if found then
    if v_open.kind = p->>'kind' and v_open.digest = p->>'digest' then return 'same'; end if;
    if v_open.proposed_by <> p->>'by' then return 'other-open'; end if;
    update procedure_proposal set state = 'replaced' where id = v_open.id;
  end if;
  insert into procedure_proposal (id, code, kind, origin, base_version, definition, form, listing, digest, effective_from,
    note, proposed_by, proposed_name)
  values ((p->>'id')::uuid, p->>'code', p->>'kind', coalesce(p->>'origin', 'designer'), v_base, nullif(p->'definition', 'null'),
    nullif(p->'form', 'null'), nullif(p->'listing', 'null'), p->>'digest', greatest((p->>'effectiveFrom')::date, catalogue_today()), p->>'note',
    p->>'by', p->>'byName');
  perform audit_put(p->>'by', 'procedure.proposed', p->>'code',
    jsonb_build_object('proposal', p->>'id', 'kind', p->>'kind', 'base', v_base));
  return 'proposed';
end $$;

-- Tells the owners of open drafts, each once, by SMS or else by mail. The text has no names in it.
create function procedure_tell_drafts(p_code text, p_version int, p_subject text, p_text text) returns int
language plpgsql as $$
declare v_told int;
begin
  with told as (
    select job_put('send-message', 'draft:' || d.id, case
        when coalesce(d.applicant->>'phone', '') <> ''
          then jsonb_build_object('channel', 'sms', 'to', d.applicant->>'phone', 'text', p_text)
        else jsonb_build_object('channel', 'mail', 'to', d.applicant->>'email', 'subject', p_subject, 'text', p_text) end) as job
    from dossier d
    where d.state = 'draft' and d.procedure_code = p_code and (d.procedure->>'version')::int = p_version
      and coalesce(d.applicant->>'phone', d.applicant->>'email', '') <> ''
  ) select count(job)::int into v_told from told;
  return v_told;
end $$;

-- Decides on a proposal. p: {id, approve, note, by, byName, tellSubject, tellText}. Answers {word, version?, told?};
-- word is 'published', 'rejected', or why not: 'not-open', 'same-person', 'stale' (another version came in between).
-- Row, audit, read model and the messages to owners of drafts in one commit.
create function procedure_decide(p_tenant text, p jsonb) returns jsonb language plpgsql as $$
declare
  v procedure_proposal%rowtype;
  v_version int;
  v_day date;
  v_told int := 0;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtext('catalogue'), hashtext(p_tenant));
  select * into v from procedure_proposal where id = (p->>'id')::uuid for update;
  if not found or v.state <> 'proposed' then return jsonb_build_object('word', 'not-open'); end if;
  if not (p->>'approve')::boolean then
    -- Whoever proposed may take it back; anybody may refuse.
    update procedure_proposal set state = 'rejected', decided_by = p->>'by', decided_name = p->>'byName', decided_at = now(),
      decision_note = p->>'note' where id = v.id;
    perform audit_put(p->>'by', 'procedure.proposal-rejected', v.code, jsonb_build_object('proposal', v.id));
    return jsonb_build_object('word', 'rejected');
  end if;
  if v.proposed_by = p->>'by' then return jsonb_build_object('word', 'same-person'); end if;
  v_day := greatest(v.effective_from, catalogue_today());
  select max(version) into v_version from procedure_version where code = v.code;
  if v.kind = 'publish' then
    if v_version is distinct from v.base_version then return jsonb_build_object('word', 'stale'); end if;
    v_version := coalesce(v_version, 0) + 1;
    insert into procedure_version (code, version, valid_from, valid_to, definition, form, digest, origin, effective_from, published_by)
    values (v.code, v_version, (v.definition->>'validFrom')::date, (v.definition->>'validTo')::date, v.definition, v.form,
      v.digest, v.origin, v_day, p->>'by');
    insert into procedure_listing (code, version, service_level, words, agencies)
    values (v.code, v_version, v.listing->>'serviceLevel', v.listing->>'words',
      array(select jsonb_array_elements_text(v.listing->'agencies')));
  else
    v_version := v.base_version;
    insert into procedure_withdrawal (code, version, from_day, reason, proposed_by, approved_by)
    values (v.code, v_version, v_day, v.note, v.proposed_by, p->>'by');
    v_told := procedure_tell_drafts(v.code, v_version, p->>'tellSubject', p->>'tellText');
  end if;
  update procedure_proposal set state = 'published', decided_by = p->>'by', decided_name = p->>'byName', decided_at = now(),
    decision_note = p->>'note', published_version = v_version, effective_from = v_day where id = v.id;
  perform audit_put(p->>'by', case v.kind when 'publish' then 'procedure.published' else 'procedure.withdrawn' end, v.code,
    jsonb_build_object('proposal', v.id, 'version', v_version, 'from', v_day, 'told', v_told));
  if v_day <= catalogue_today() then
    perform catalogue_enter(array[v.code], catalogue_today());
    perform catalogue_count_offers(p_tenant);
  end if;
  return jsonb_build_object('word', 'published', 'version', v_version, 'told', v_told);
end $$;

-- Versions whose day has come, and those whose last day is over, enter the lists. Returns the number of procedures.
create function catalogue_take_effect(p_tenant text) returns int language plpgsql as $$
declare v_codes text[];
begin
  perform set_config('app.tenant', p_tenant, true);
  v_codes := array(
    select distinct code from (
      select v.code from procedure_version v
      left join procedure_entry e on e.tenant = v.tenant and e.code = v.code
      where v.effective_from <= catalogue_today() and v.version > coalesce(e.version, 0)
        and not exists (select from procedure_withdrawal w where w.code = v.code and w.version = v.version and w.from_day <= catalogue_today())
      union all
      select w.code from procedure_withdrawal w
      join procedure_entry e on e.tenant = w.tenant and e.code = w.code and e.version = w.version
      where w.from_day <= catalogue_today() and e.agency_count > 0
    ) due);
  if cardinality(v_codes) = 0 then return 0; end if;
  perform catalogue_enter(v_codes, catalogue_today());
  perform catalogue_count_offers(p_tenant);
  return cardinality(v_codes);
end $$;
