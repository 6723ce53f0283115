-- Dossiers: the draft and what becomes of it, its papers, its history, its supplement rounds, its official code.
-- Every change of state is one function: row, history, audit and the synchronisation job together or not at all.
-- The application may never delete here, never change history, and never change what is fixed (trigger below).

create table dossier (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  number bigint,
  code text,
  state text not null check (state in ('draft', 'filed', 'received', 'declined', 'processing', 'supplement-requested',
    'fee-due', 'withdrawn', 'stopped', 'result-ready', 'returned')),
  resume_state text check (resume_state in ('filed', 'received', 'processing', 'result-ready')),
  ending text check (ending in ('returned', 'declined', 'refused', 'stopped', 'withdrawn')),
  fee_state text not null default 'none' check (fee_state in ('none', 'due', 'paid')),
  fee_reference text,
  version int not null default 1,
  channel text not null check (channel in ('national-portal', 'provincial-portal', 'app', 'counter', 'post')),
  procedure_code text not null,
  procedure jsonb not null,
  agency_id text not null,
  agency jsonb not null,
  applicant_sub text not null,
  applicant jsonb not null,
  holder_name text not null default '',
  summary text not null default '' check (length(summary) <= 1000),
  answers jsonb not null default '{}',
  delivery jsonb,
  page text,
  officer_id text,
  officer jsonb,
  unit jsonb,
  note text,
  reason text,
  due_at timestamptz,
  due_explanation jsonb,
  result_id text,
  result_file jsonb,
  result_signed boolean not null default false,
  submission_id uuid,
  submission_hash text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  filed_at timestamptz,
  received_at timestamptz,
  finished_at timestamptz,
  returned_at timestamptz,
  constraint dossier_number_once unique (tenant, number),
  constraint dossier_code_once unique (code),
  constraint dossier_submission_once unique (tenant, submission_id),
  check ((state = 'draft') = (number is null)),
  -- a dossier that was only submitted has no official code
  check (code is null or received_at is not null),
  check (state not in ('received', 'processing', 'result-ready', 'returned') or code is not null),
  check (state not in ('supplement-requested', 'fee-due') or resume_state is not null)
);
select protect_tenant_table('dossier');
select grant_app('dossier', 'select, insert, update');
-- the person's own list, newest first (keyset by id: uuid v7 sorts by time)
create index dossier_of_person on dossier (tenant, applicant_sub, id desc);
-- the desk's lists: by state, the most urgent first
create index dossier_of_state on dossier (tenant, state, agency_id, id) where state <> 'draft';
create index dossier_of_officer on dossier (tenant, officer_id, id) where officer_id is not null;
create index dossier_open_due on dossier (tenant, due_at) where state in ('received', 'processing', 'result-ready');

create function dossier_keep_fixed() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.tenant <> old.tenant or new.channel <> old.channel
     or new.applicant_sub <> old.applicant_sub or new.created_at <> old.created_at
     or (old.number is not null and new.number is distinct from old.number)
     or (old.code is not null and new.code is distinct from old.code)
     or (old.submission_id is not null and new.submission_id is distinct from old.submission_id)
     or (old.filed_at is not null and new.filed_at is distinct from old.filed_at)
     or (old.received_at is not null and new.received_at is distinct from old.received_at) then
    raise exception 'dossier %: what is fixed was to be changed', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger dossier_keep_fixed before update on dossier for each row execute function dossier_keep_fixed();

-- History: append-only, each row sealed with the hash of the one before it.
create table dossier_history (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  seq int not null,
  at timestamptz not null,
  actor jsonb not null,
  action text not null,
  from_state text,
  to_state text not null,
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (dossier_id, seq)
);
select protect_tenant_table('dossier_history');
select grant_app('dossier_history', 'select, insert');

create function history_hash(p_previous bytea, p_dossier_id uuid, p_seq int, p_at timestamptz, p_actor jsonb, p_action text,
  p_from text, p_to text, p_detail jsonb) returns bytea language sql immutable as $$
  select sha256(p_previous || convert_to(jsonb_build_array(p_dossier_id, p_seq,
    (extract(epoch from p_at) * 1000000)::bigint, p_actor, p_action, p_from, p_to, p_detail)::text, 'UTF8'))
$$;

-- The caller holds the dossier's row lock, so that two entries never take the same place in the chain.
create function history_put(p_dossier_id uuid, p_actor jsonb, p_action text, p_from text, p_to text, p_detail jsonb)
returns int language plpgsql as $$
declare v_seq int; v_previous bytea; v_at timestamptz := clock_timestamp();
begin
  select seq, hash into v_seq, v_previous from dossier_history where dossier_id = p_dossier_id order by seq desc limit 1;
  v_seq := coalesce(v_seq, 0) + 1;
  v_previous := coalesce(v_previous, '\x'::bytea);
  insert into dossier_history (dossier_id, seq, at, actor, action, from_state, to_state, detail, previous_hash, hash)
  values (p_dossier_id, v_seq, v_at, p_actor, p_action, p_from, p_to, p_detail, v_previous,
    history_hash(v_previous, p_dossier_id, v_seq, v_at, p_actor, p_action, p_from, p_to, p_detail));
  return v_seq;
end $$;

-- The first entry that does not fit the chain, null when all do.
create function history_break(p_dossier_id uuid) returns int language sql stable as $$
  select min(seq) from (
    select h.*, lag(hash, 1, '\x'::bytea) over (order by seq) as expected, row_number() over (order by seq) as place
    from dossier_history h where dossier_id = p_dossier_id) h
  where previous_hash <> expected or seq <> place
     or hash <> history_hash(previous_hash, dossier_id, seq, at, actor, action, from_state, to_state, detail)
$$;

create table dossier_file (
  id uuid primary key,
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  component text not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  status text not null check (status in ('active', 'pending', 'dropping', 'removed')),
  -- the supplement round that added it, and the one that displaced it
  round int,
  removed_round int,
  added_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz
);
create index dossier_file_of on dossier_file (dossier_id, id);
select protect_tenant_table('dossier_file');
select grant_app('dossier_file', 'select, insert, update');

create table supplement_round (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  round int not null,
  text text not null,
  requested_at timestamptz not null default clock_timestamp(),
  requested_by jsonb not null,
  answered_at timestamptz,
  -- typed and not yet sent
  buffer jsonb not null default '{}',
  -- what the answer replaced
  displaced jsonb not null default '{}',
  primary key (dossier_id, round)
);
create unique index supplement_one_open on supplement_round (dossier_id) where answered_at is null;
select protect_tenant_table('supplement_round');
select grant_app('supplement_round', 'select, insert, update');

create table supplement_item (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null,
  round int not null,
  position int not null,
  target text not null check (target in ('field', 'component')),
  ref text not null,
  label text not null,
  reason text not null,
  primary key (dossier_id, round, position),
  foreign key (dossier_id, round) references supplement_round
);
select protect_tenant_table('supplement_item');
select grant_app('supplement_item', 'select, insert');

-- Sequence of the day per unit (TT 01/2018/TT-VPCP Đ19). The row's lock is held until the reception commits: no gap.
create table code_counter (
  tenant text not null default current_setting('app.tenant'),
  unit text not null,
  day date not null,
  last int not null check (last > 0),
  primary key (unit, day)
);
select protect_tenant_table('code_counter');
select grant_app('code_counter', 'select, insert, update');

-- Internal numbers (số hồ sơ): a sequence per tenant, so that people filing at once never wait for each other; gaps
-- are allowed here. Made at the tenant's first filing; runs as the owner because only the owner may create it.
create function next_dossier_number(p_tenant text) returns bigint language plpgsql security definer
set search_path = public, pg_temp as $$
declare v_name text := 'dossier_number_' || p_tenant;
begin
  if p_tenant !~ '^[a-z][a-z0-9_-]{0,39}$' then raise exception 'bad tenant name'; end if;
  if to_regclass(format('%I', v_name)) is null then
    perform pg_advisory_xact_lock(hashtextextended(v_name, 0));
    execute format('create sequence if not exists %I start 363816', v_name);
  end if;
  return nextval(format('%I', v_name)::regclass);
end $$;

create function dossier_stand(p_row dossier) returns jsonb language sql immutable as $$
  select jsonb_build_object('ok', true, 'dossierId', p_row.id, 'state', p_row.state, 'version', p_row.version)
$$;

create function dossier_refusal(p_reason text) returns jsonb language sql immutable as $$
  select jsonb_build_object('ok', false, 'reason', p_reason)
$$;

-- History, audit and the push to the national portal: called by every function below after it changed the row.
create function dossier_trace(p_row dossier, p_actor jsonb, p_action text, p_from text, p_detail jsonb) returns void
language plpgsql as $$
declare v_seq int;
begin
  v_seq := history_put(p_row.id, p_actor, p_action, p_from, p_row.state, coalesce(p_detail, '{}'));
  perform audit_put(
    (p_actor ->> 'kind') || ':' || coalesce(p_actor ->> 'sub', p_actor ->> 'id', p_actor ->> 'name'),
    'dossier.' || p_action, 'dossier:' || p_row.id,
    jsonb_build_object('from', p_from, 'to', p_row.state, 'version', p_row.version));
  -- drafts and the officer's working notes stay inside
  if p_row.state <> 'draft' and p_action <> 'note' then
    perform job_put('dossier-sync', p_row.id::text, jsonb_build_object('dossierId', p_row.id, 'seq', v_seq));
  end if;
end $$;

create function dossier_start(p_tenant text, p_id uuid, p_channel text, p_procedure jsonb, p_agency jsonb, p_applicant jsonb,
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
        and agency_id = p_agency ->> 'id' and channel = p_channel
      order by id desc limit 1 for update;
    if found then
      -- a draft follows the procedure in force and the account as it is now; filing fixes both
      update dossier set procedure = p_procedure, agency = p_agency, applicant = p_applicant where id = v_row.id
        returning * into v_row;
      return dossier_stand(v_row) || jsonb_build_object('resumed', true);
    end if;
  end if;
  insert into dossier (id, state, channel, procedure_code, procedure, agency_id, agency, applicant_sub, applicant, answers)
  values (p_id, 'draft', p_channel, p_procedure ->> 'code', p_procedure, p_agency ->> 'id', p_agency,
    p_applicant ->> 'sub', p_applicant, p_answers) returning * into v_row;
  perform dossier_trace(v_row, p_actor, 'start', null, jsonb_build_object('channel', p_channel));
  return dossier_stand(v_row) || jsonb_build_object('resumed', false);
end $$;

create function dossier_save(p_tenant text, p_id uuid, p_sub text, p_answers jsonb, p_delivery jsonb, p_page text,
  p_revision int) returns jsonb language plpgsql as $$
declare v_row dossier; v_gone text[];
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state <> 'draft' then return dossier_refusal('already-filed'); end if;
  if p_revision is not null and p_revision < v_row.version then return dossier_refusal('stale-draft'); end if;
  select coalesce(array_agg(key), '{}') into v_gone from jsonb_each(p_answers) where value = 'null'::jsonb;
  update dossier set answers = (answers || p_answers) - v_gone, delivery = coalesce(p_delivery, delivery),
    page = coalesce(p_page, page), version = version + 1, updated_at = clock_timestamp()
    where id = p_id returning * into v_row;
  return dossier_stand(v_row) || jsonb_build_object('savedAt', v_row.updated_at);
end $$;

create function dossier_attach(p_tenant text, p_id uuid, p_sub text, p_file jsonb, p_limit int) returns jsonb
language plpgsql as $$
declare v_row dossier; v_round int; v_status text := 'active'; v_file uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state = 'supplement-requested' then
    select r.round into v_round from supplement_round r join supplement_item i using (dossier_id, round)
      where r.dossier_id = p_id and r.answered_at is null and i.target = 'component' and i.ref = p_file ->> 'component' limit 1;
    if not found then return dossier_refusal('not-opened'); end if;
    v_status := 'pending';
  elsif v_row.state <> 'draft' then
    return dossier_refusal('wrong-state');
  end if;
  select id into v_file from dossier_file where dossier_id = p_id and component = p_file ->> 'component'
    and sha256 = p_file ->> 'sha256' and status <> 'removed' limit 1;
  if found then
    update dossier_file set status = 'active' where id = v_file and status = 'dropping';
    return dossier_stand(v_row) || jsonb_build_object('fileId', v_file);
  end if;
  if (select count(*) from dossier_file where dossier_id = p_id and status <> 'removed') >= p_limit then
    return dossier_refusal('too-many-files');
  end if;
  v_file := (p_file ->> 'id')::uuid;
  insert into dossier_file (id, dossier_id, component, name, sha256, size, media_type, status, round)
  values (v_file, p_id, p_file ->> 'component', left(p_file ->> 'name', 255), p_file ->> 'sha256',
    (p_file ->> 'size')::bigint, p_file ->> 'mediaType', v_status, v_round);
  update dossier set updated_at = clock_timestamp() where id = p_id;
  return dossier_stand(v_row) || jsonb_build_object('fileId', v_file);
end $$;

create function dossier_detach(p_tenant text, p_id uuid, p_sub text, p_file_id uuid) returns jsonb language plpgsql as $$
declare v_row dossier; v_file dossier_file;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub for update;
  if not found then return dossier_refusal('not-found'); end if;
  select * into v_file from dossier_file where id = p_file_id and dossier_id = p_id and status in ('active', 'pending');
  if not found then return dossier_refusal('file-not-found'); end if;
  if v_row.state = 'supplement-requested' then
    if not exists (select 1 from supplement_round r join supplement_item i using (dossier_id, round)
      where r.dossier_id = p_id and r.answered_at is null and i.target = 'component' and i.ref = v_file.component) then
      return dossier_refusal('not-opened');
    end if;
    -- a paper of the filed dossier only leaves it when the answer is sent
    update dossier_file set status = case status when 'active' then 'dropping' else 'removed' end,
      removed_at = case status when 'pending' then clock_timestamp() end where id = p_file_id;
  elsif v_row.state = 'draft' then
    update dossier_file set status = 'removed', removed_at = clock_timestamp() where id = p_file_id;
  else
    return dossier_refusal('wrong-state');
  end if;
  update dossier set updated_at = clock_timestamp() where id = p_id;
  return dossier_stand(v_row);
end $$;

-- "Gửi hồ sơ". p_files: null, or [{"id","sha256"}] that the person saw on the check page.
create function dossier_file_draft(p_tenant text, p_id uuid, p_sub text, p_submission uuid, p_hash text, p_answers jsonb,
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
  if v_total > 0 then
    perform obligation_put(p_id, p_dues, coalesce(p_due_at, v_now + interval '30 days'));
  end if;
  perform dossier_trace(v_row, jsonb_build_object('kind', 'citizen', 'sub', p_sub, 'name', v_row.applicant ->> 'name'), 'file', 'draft',
    jsonb_build_object('number', v_row.number, 'totalDue', v_total, 'files', v_manifest, 'content', p_hash));
  return dossier_stand(v_row) || jsonb_build_object('number', v_row.number, 'totalDue', v_total, 'replayed', false);
end $$;

-- Every other change: the new state and the patch were decided by the lifecycle table; here only what two people
-- doing it at once must not break is guarded.
create function dossier_change(p_tenant text, p_id uuid, p_from text, p_version int, p_to text, p_action text, p_actor jsonb,
  p_patch jsonb, p_detail jsonb) returns jsonb language plpgsql as $$
declare v_row dossier; v_now timestamptz := clock_timestamp();
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set state = p_to, version = version + 1, updated_at = v_now,
    resume_state = case when p_patch ? 'resumeState' then p_patch ->> 'resumeState' else resume_state end,
    ending = case when p_patch ? 'ending' then p_patch ->> 'ending' else ending end,
    officer = case when p_patch ? 'officer' then nullif(p_patch -> 'officer', 'null') else officer end,
    officer_id = case when p_patch ? 'officer' then p_patch -> 'officer' ->> 'id' else officer_id end,
    unit = case when p_patch ? 'unit' then nullif(p_patch -> 'unit', 'null') else unit end,
    note = case when p_patch ? 'note' then p_patch ->> 'note' else note end,
    reason = case when p_patch ? 'reason' then p_patch ->> 'reason' else reason end,
    result_id = case when p_patch ? 'resultId' then p_patch ->> 'resultId' else result_id end,
    result_file = case when p_patch ? 'resultFile' then nullif(p_patch -> 'resultFile', 'null') else result_file end,
    result_signed = case when p_patch ? 'resultSigned' then (p_patch ->> 'resultSigned')::boolean else result_signed end,
    finished_at = case when p_to in ('result-ready', 'declined', 'stopped', 'withdrawn') then coalesce(finished_at, v_now) else finished_at end,
    returned_at = case when p_to = 'returned' then v_now else returned_at end
    where id = p_id and state = p_from and version = p_version
    returning * into v_row;
  if not found then return dossier_refusal('conflict'); end if;
  perform dossier_trace(v_row, p_actor, p_action, p_from, p_detail);
  return dossier_stand(v_row);
end $$;

-- Reception. The unit's counter is taken after the dossier is ours, in the same statement: a conflict uses no number.
create function dossier_receive(p_tenant text, p_id uuid, p_version int, p_actor jsonb, p_received_at timestamptz,
  p_due_at timestamptz, p_due_explanation jsonb, p_note text) returns jsonb language plpgsql as $$
declare v_row dossier; v_day date := (p_received_at at time zone 'Asia/Ho_Chi_Minh')::date; v_unit text; v_seq int;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and state = 'filed' and version = p_version for update;
  if not found then return dossier_refusal('conflict'); end if;
  v_unit := v_row.agency ->> 'identifier';
  insert into code_counter as c (unit, day, last) values (v_unit, v_day, 1)
    on conflict (unit, day) do update set last = c.last + 1 returning last into v_seq;
  update dossier set state = 'received', version = version + 1, received_at = p_received_at,
    code = v_unit || '-' || to_char(v_day, 'YYMMDD') || '-' || case when v_seq < 10000 then lpad(v_seq::text, 4, '0') else v_seq::text end,
    due_at = p_due_at, due_explanation = p_due_explanation, reason = null, resume_state = null,
    officer = p_actor - 'kind', officer_id = p_actor ->> 'id',
    updated_at = clock_timestamp()
    where id = p_id returning * into v_row;
  perform dossier_trace(v_row, p_actor, 'receive', 'filed',
    jsonb_build_object('code', v_row.code, 'dueAt', p_due_at, 'note', p_note));
  return dossier_stand(v_row) || jsonb_build_object('code', v_row.code, 'dueAt', v_row.due_at, 'receivedAt', v_row.received_at);
end $$;

create function dossier_ask_supplement(p_tenant text, p_id uuid, p_from text, p_version int, p_resume text, p_actor jsonb,
  p_text text, p_items jsonb) returns jsonb language plpgsql as $$
declare v_row dossier; v_round int;
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set state = 'supplement-requested', resume_state = p_resume, version = version + 1, updated_at = clock_timestamp(),
    reason = coalesce(nullif(p_text, ''), p_items -> 0 ->> 'reason')
    where id = p_id and state = p_from and version = p_version returning * into v_row;
  if not found then return dossier_refusal('conflict'); end if;
  select coalesce(max(round), 0) + 1 into v_round from supplement_round where dossier_id = p_id;
  insert into supplement_round (dossier_id, round, text, requested_by) values (p_id, v_round, p_text, p_actor);
  insert into supplement_item (dossier_id, round, position, target, ref, label, reason)
    select p_id, v_round, n, i ->> 'target', i ->> 'ref', i ->> 'label', coalesce(i ->> 'reason', '')
    from jsonb_array_elements(p_items) with ordinality as t (i, n);
  perform dossier_trace(v_row, p_actor, 'request-supplement', p_from,
    jsonb_build_object('round', v_round, 'text', p_text, 'items', p_items));
  return dossier_stand(v_row) || jsonb_build_object('round', v_round);
end $$;

create function dossier_save_supplement(p_tenant text, p_id uuid, p_sub text, p_answers jsonb) returns jsonb language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub and state = 'supplement-requested' for update;
  if not found then return dossier_refusal('wrong-state'); end if;
  update supplement_round set buffer = buffer || p_answers where dossier_id = p_id and answered_at is null;
  return dossier_stand(v_row);
end $$;

create function dossier_answer_supplement(p_tenant text, p_id uuid, p_version int, p_to text, p_round int, p_actor jsonb,
  p_answers jsonb) returns jsonb language plpgsql as $$
declare v_row dossier; v_displaced jsonb; v_files jsonb; v_gone text[];
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and state = 'supplement-requested' and version = p_version for update;
  if not found then return dossier_refusal('conflict'); end if;
  -- what was there before, only where the answer really differs; null where nothing was
  select coalesce(jsonb_object_agg(key, v_row.answers -> key), '{}') into v_displaced
    from jsonb_each(p_answers) where value is distinct from coalesce(v_row.answers -> key, 'null'::jsonb);
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'component', component, 'sha256', sha256,
      'change', case status when 'pending' then 'added' else 'removed' end) order by id), '[]') into v_files
    from dossier_file where dossier_id = p_id and status in ('pending', 'dropping');
  update dossier_file set status = 'removed', removed_round = p_round, removed_at = clock_timestamp()
    where dossier_id = p_id and status = 'dropping';
  update dossier_file set status = 'active' where dossier_id = p_id and status = 'pending';
  update supplement_round set answered_at = clock_timestamp(), displaced = v_displaced
    where dossier_id = p_id and round = p_round and answered_at is null;
  if not found then return dossier_refusal('conflict'); end if;
  -- a question that the new answers hide has no answer any more
  select coalesce(array_agg(key), '{}') into v_gone from jsonb_each(p_answers) where value = 'null'::jsonb;
  update dossier set state = p_to, resume_state = null, version = version + 1, answers = (answers || p_answers) - v_gone, reason = null,
    updated_at = clock_timestamp() where id = p_id returning * into v_row;
  perform dossier_trace(v_row, p_actor, 'answer-supplement', 'supplement-requested',
    jsonb_build_object('round', p_round, 'displaced', v_displaced, 'files', v_files));
  return dossier_stand(v_row) || jsonb_build_object('round', p_round);
end $$;

-- The fee is settled. Called inside the settling transaction, where the tenant is set; the same reference twice, or a
-- second payment of a fee that is paid, changes nothing (the fees room owes a refund for it).
create function dossier_mark_fee_paid(p_dossier_id uuid, p_amount bigint, p_reference text) returns jsonb language plpgsql as $$
declare v_row dossier; v_from text;
begin
  select * into v_row from dossier where id = p_dossier_id for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state = 'draft' then return dossier_refusal('wrong-state'); end if;
  if v_row.fee_state = 'paid' then return dossier_stand(v_row) || jsonb_build_object('replayed', true); end if;
  v_from := v_row.state;
  update dossier set fee_state = 'paid', fee_reference = p_reference, version = version + 1, updated_at = clock_timestamp(),
    state = case when state = 'fee-due' then resume_state else state end,
    resume_state = case when state = 'fee-due' then null else resume_state end
    where id = p_dossier_id returning * into v_row;
  perform dossier_trace(v_row, '{"kind": "system", "name": "payments"}', 'mark-fee-paid', v_from,
    jsonb_build_object('amount', p_amount, 'reference', p_reference));
  return dossier_stand(v_row) || jsonb_build_object('replayed', false);
end $$;

create function dossier_settle_fee(p_tenant text, p_dossier_id uuid, p_amount bigint, p_reference text) returns jsonb
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  return dossier_mark_fee_paid(p_dossier_id, p_amount, p_reference);
end $$;
