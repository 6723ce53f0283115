-- Filing for a citizen at the counter, and papers that came by post: an officer types, the dossier is the citizen's.

-- Who typed it for the applicant; null when the applicant filed it.
alter table dossier add column entered_by jsonb;

-- People who were served without an account of the national portal, by the number of their identity paper. Their
-- dossiers wait under 'quay:<id>' and join the account when somebody of the same number and name signs in.
create table counter_person (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  identity_number text not null check (identity_number ~ '^([0-9]{9}|[0-9]{12})$'),
  -- folded: without marks, in small letters
  name_key text not null check (length(name_key) between 1 and 200),
  sub text,
  created_at timestamptz not null default clock_timestamp(),
  joined_at timestamptz,
  constraint counter_person_once unique (tenant, identity_number, name_key),
  check ((sub is null) = (joined_at is null))
);
select protect_tenant_table('counter_person');
select grant_app('counter_person', 'select, insert, update');

-- The letter that a dossier came in.
create table post_arrival (
  dossier_id uuid primary key references dossier,
  tenant text not null default current_setting('app.tenant'),
  item_code text not null check (length(item_code) <= 40),
  arrived_on date not null,
  registered_by jsonb not null,
  registered_at timestamptz not null default clock_timestamp()
);
select protect_tenant_table('post_arrival');
select grant_app('post_arrival', 'select, insert');

-- Whose dossiers these are: the account when it is known, otherwise the person's place in waiting.
create function counter_person_sub(p_identity text, p_name_key text) returns text language sql as $$
  with added as (
    insert into counter_person (identity_number, name_key) values (p_identity, p_name_key)
    on conflict on constraint counter_person_once do update set name_key = excluded.name_key
    returning id, sub)
  select coalesce(sub, 'quay:' || id) from added
$$;

-- What is fixed stays fixed; only the owner of a dossier in waiting becomes the account of the same person.
create or replace function dossier_keep_fixed() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.tenant <> old.tenant or new.channel <> old.channel
     or (new.applicant_sub <> old.applicant_sub and (old.applicant_sub not like 'quay:%' or new.applicant_sub like 'quay:%'))
     or new.created_at <> old.created_at
     or (old.number is not null and new.number is distinct from old.number)
     or (old.code is not null and new.code is distinct from old.code)
     or (old.submission_id is not null and new.submission_id is distinct from old.submission_id)
     or (old.filed_at is not null and new.filed_at is distinct from old.filed_at)
     or (old.received_at is not null and new.received_at is distinct from old.received_at) then
    raise exception 'dossier %: what is fixed was to be changed', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

-- At each sign-in: dossiers that were filed for this person at a counter come to the account. Drafts that an officer has
-- open stay with the officer and come with the next sign-in. Answers how many came.
create function counter_person_join(p_identity text, p_name_key text, p_sub text) returns int language plpgsql as $$
declare v_person counter_person; v_row dossier; v_seq int; v_count int := 0;
begin
  insert into counter_person as c (identity_number, name_key, sub, joined_at)
    values (p_identity, p_name_key, p_sub, clock_timestamp())
    on conflict on constraint counter_person_once do update set sub = excluded.sub,
      joined_at = case when c.sub is distinct from excluded.sub then excluded.joined_at else c.joined_at end
    returning * into v_person;
  for v_row in
    update dossier set applicant_sub = p_sub, applicant = applicant || jsonb_build_object('sub', p_sub)
      where applicant_sub = 'quay:' || v_person.id and state <> 'draft' returning *
  loop
    v_count := v_count + 1;
    v_seq := history_put(v_row.id, jsonb_build_object('kind', 'system', 'name', 'counter'), 'join-account', v_row.state, v_row.state, '{}');
    perform job_put('dossier-sync', v_row.id::text, jsonb_build_object('dossierId', v_row.id, 'seq', v_seq));
    perform audit_put('system:counter', 'dossier.join-account', 'dossier:' || v_row.id, jsonb_build_object('sub', p_sub));
  end loop;
  return v_count;
end $$;

create function dossier_start_at_counter(p_tenant text, p_id uuid, p_channel text, p_procedure jsonb, p_agency jsonb,
  p_applicant jsonb, p_answers jsonb, p_fresh boolean, p_actor jsonb, p_post jsonb) returns jsonb language plpgsql as $$
declare v_outcome jsonb; v_id uuid;
begin
  v_outcome := dossier_start(p_tenant, p_id, p_channel, p_procedure, p_agency, p_applicant, p_answers, p_fresh, p_actor);
  if (v_outcome ->> 'ok')::boolean then
    v_id := (v_outcome ->> 'dossierId')::uuid;
    -- a colleague who takes the draft up is the one who answers for it
    update dossier set entered_by = p_actor where id = v_id;
    if p_post is not null then
      insert into post_arrival (dossier_id, item_code, arrived_on, registered_by)
        values (v_id, p_post ->> 'itemCode', (p_post ->> 'arrivedOn')::date, p_actor)
        on conflict (dossier_id) do nothing;
    end if;
  end if;
  return v_outcome;
end $$;

-- As in 0044; whoever typed it is the actor.
create or replace function dossier_file_draft(p_tenant text, p_id uuid, p_sub text, p_submission uuid, p_hash text, p_answers jsonb,
  p_delivery jsonb, p_dues jsonb, p_due_at timestamptz, p_holder text, p_summary text, p_files jsonb) returns jsonb
language plpgsql as $$
declare v_row dossier; v_total bigint; v_now timestamptz := clock_timestamp(); v_manifest jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub for update;
  if not found then return dossier_refusal('not-found'); end if;
  select coalesce(sum((d ->> 'amount')::bigint), 0) into v_total from jsonb_array_elements(p_dues) d;
  if v_row.state <> 'draft' then
    if v_row.submission_id is distinct from p_submission then return dossier_refusal('already-filed'); end if;
    if v_row.submission_hash <> p_hash then return dossier_refusal('submission-reused'); end if;
    return dossier_stand(v_row) || jsonb_build_object('number', v_row.number, 'totalDue', v_total, 'replayed', true);
  end if;
  if exists (select 1 from dossier where submission_id = p_submission) then return dossier_refusal('submission-reused'); end if;
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'component', component, 'sha256', sha256, 'size', size) order by id), '[]')
    into v_manifest from dossier_file where dossier_id = p_id and status = 'active';
  if p_files is not null and (
    select coalesce(jsonb_agg(f ->> 'id' || ':' || (f ->> 'sha256') order by f ->> 'id'), '[]') from jsonb_array_elements(p_files) f
  ) <> (
    select coalesce(jsonb_agg(f ->> 'id' || ':' || (f ->> 'sha256') order by f ->> 'id'), '[]') from jsonb_array_elements(v_manifest) f
  ) then return dossier_refusal('files-changed'); end if;
  update dossier set state = 'filed', number = next_dossier_number(p_tenant), version = version + 1,
    answers = p_answers, delivery = p_delivery, holder_name = p_holder, summary = left(p_summary, 1000),
    fee_state = case when v_total > 0 then 'due' else 'none' end, page = null,
    submission_id = p_submission, submission_hash = p_hash, filed_at = v_now, updated_at = v_now
    where id = p_id returning * into v_row;
  if jsonb_array_length(p_dues) > 0 then
    perform obligation_put(p_id, p_dues, coalesce(p_due_at, v_now + interval '30 days'));
  end if;
  perform dossier_trace(v_row,
    coalesce(v_row.entered_by, jsonb_build_object('kind', 'citizen', 'sub', p_sub, 'name', v_row.applicant ->> 'name')), 'file', 'draft',
    jsonb_build_object('number', v_row.number, 'totalDue', v_total, 'files', v_manifest, 'content', p_hash));
  return dossier_stand(v_row) || jsonb_build_object('number', v_row.number, 'totalDue', v_total, 'replayed', false);
end $$;
create index dossier_counter_draft on dossier (tenant, agency_id, id desc) where state = 'draft' and channel in ('counter', 'post');
