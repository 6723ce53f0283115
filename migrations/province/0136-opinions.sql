-- Opinions (lấy ý kiến): another unit or officer of the province is asked about a dossier that stays where it is.
create table opinion (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  dossier_id uuid not null references dossier,
  state text not null default 'asked' check (state in ('asked', 'answered', 'taken-back')),
  -- {"kind":"officer","id","name"}
  asked_by jsonb not null,
  asked_at timestamptz not null default clock_timestamp(),
  -- the unit that is asked, and the officer when one was named
  agency_id text not null,
  agency_name text not null,
  officer_id uuid,
  officer_name text,
  question text not null check (length(question) between 1 and 4000),
  due_at timestamptz not null,
  due_explanation jsonb not null,
  late_told_at timestamptz,
  verdict text check (verdict in ('agree', 'agree-with-changes', 'disagree', 'no-opinion')),
  answer text check (length(answer) <= 4000),
  answered_by jsonb,
  answered_at timestamptz,
  primary key (tenant, id),
  check ((state = 'answered') = (answered_at is not null and answered_by is not null and verdict is not null))
);
create index opinion_of_dossier on opinion (tenant, dossier_id, id);
create index opinion_open_of_unit on opinion (tenant, agency_id, due_at, id) where state = 'asked';
create index opinion_of_unit on opinion (tenant, agency_id, id desc);
select protect_tenant_table('opinion');
select grant_app('opinion', 'select, insert, update');

-- Papers of the dossier that the asked may see, and only those.
create table opinion_paper (
  tenant text not null default current_setting('app.tenant'),
  opinion_id uuid not null,
  file_id uuid not null references dossier_file,
  primary key (tenant, opinion_id, file_id),
  foreign key (tenant, opinion_id) references opinion (tenant, id)
);
select protect_tenant_table('opinion_paper');
select grant_app('opinion_paper', 'select, insert');

-- Files that the question and the answer bring.
create table opinion_file (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  opinion_id uuid not null,
  side text not null check (side in ('question', 'answer')),
  position int not null,
  name text not null check (length(name) between 1 and 255),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  primary key (tenant, id),
  unique (tenant, opinion_id, side, position),
  foreign key (tenant, opinion_id) references opinion (tenant, id)
);
select protect_tenant_table('opinion_file');
select grant_app('opinion_file', 'select, insert');

create function opinion_files_put(p_id uuid, p_side text, p_files jsonb) returns void language sql as $$
  insert into opinion_file (id, opinion_id, side, position, name, sha256, size, media_type)
    select (f ->> 'id')::uuid, p_id, p_side, n, left(f ->> 'name', 255), f ->> 'sha256', (f ->> 'size')::bigint, f ->> 'mediaType'
    from jsonb_array_elements(p_files) with ordinality as t (f, n);
  delete from loose_file where sha256 in (select f ->> 'sha256' from jsonb_array_elements(p_files) f);
$$;

-- Who is told of a question: the named officer; else the leaders and specialists of the unit, else anybody who works there.
create function opinion_readers(p_agency text, p_officer uuid) returns setof uuid language sql stable as $$
  with here as (
    select id, role from officer where disabled_at is null and role <> 'administrator'
      and case when p_officer is null then agency_id = p_agency else id = p_officer end)
  select id from here where p_officer is not null or role in ('leader', 'specialist')
     or not exists (select from here h where h.role in ('leader', 'specialist')) limit 50
$$;

-- The question with its trace in one commit: row, papers, files, history, audit, reminders and the watch over its limit.
-- The same id twice is one question.
create function opinion_ask(p_tenant text, p_dossier uuid, p_opinion jsonb, p_papers uuid[], p_files jsonb, p_limit int)
returns jsonb language plpgsql as $$
declare v_dossier dossier; v_id uuid := (p_opinion ->> 'id')::uuid; v_actor jsonb := p_opinion -> 'askedBy';
  v_officer uuid := (p_opinion ->> 'officerId')::uuid; v_due timestamptz := (p_opinion ->> 'dueAt')::timestamptz; v_reader uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_dossier from dossier where id = p_dossier for update;
  if not found then return dossier_refusal('not-found'); end if;
  if exists (select from opinion where id = v_id) then return '{"ok": true}'; end if;
  if v_dossier.state not in ('received', 'processing') then return dossier_refusal('wrong-state'); end if;
  if (select count(*) from opinion where dossier_id = p_dossier) >= p_limit then return dossier_refusal('too-many'); end if;
  insert into opinion (id, dossier_id, asked_by, agency_id, agency_name, officer_id, officer_name, question, due_at, due_explanation)
    values (v_id, p_dossier, v_actor, p_opinion ->> 'agencyId', p_opinion ->> 'agencyName', v_officer,
      p_opinion ->> 'officerName', p_opinion ->> 'question', v_due, p_opinion -> 'dueExplanation');
  insert into opinion_paper (opinion_id, file_id)
    select v_id, id from dossier_file where dossier_id = p_dossier and id = any (p_papers) and status in ('active', 'dropping');
  perform opinion_files_put(v_id, 'question', p_files);
  perform history_put(p_dossier, v_actor, 'ask-opinion', v_dossier.state, v_dossier.state, jsonb_build_object('opinionId', v_id,
    'to', coalesce(p_opinion ->> 'officerName' || ', ', '') || (p_opinion ->> 'agencyName'), 'dueAt', v_due));
  perform audit_put('officer:' || (v_actor ->> 'id'), 'opinion.ask', 'dossier:' || p_dossier,
    jsonb_build_object('opinion', v_id, 'agency', p_opinion ->> 'agencyId', 'papers', cardinality(p_papers)));
  for v_reader in select opinion_readers(p_opinion ->> 'agencyId', v_officer) loop
    perform officer_remind(v_reader, 'opinion-asked:' || v_id, 'opinion-asked', p_dossier, jsonb_build_object('opinionId', v_id,
      'code', v_dossier.code, 'dueAt', v_due, 'name', v_actor ->> 'name'));
  end loop;
  perform job_put('opinion-due', v_id::text, jsonb_build_object('opinionId', v_id), v_due);
  return '{"ok": true}';
end $$;

-- An answer, guarded by the state it was given on. p_by_unit: units whose officer answers; a named officer answers alone.
create function opinion_answer(p_tenant text, p_id uuid, p_actor jsonb, p_agency text, p_verdict text, p_answer text, p_files jsonb)
returns jsonb language plpgsql as $$
declare v_row opinion; v_dossier dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  select d.* into v_dossier from dossier d join opinion o on o.dossier_id = d.id where o.id = p_id for update of d;
  select * into v_row from opinion where id = p_id for update;
  if not found or v_row.agency_id <> p_agency or coalesce(v_row.officer_id::text, p_actor ->> 'id') <> p_actor ->> 'id' then
    return dossier_refusal('not-found');
  end if;
  if v_row.state <> 'asked' then return dossier_refusal('conflict'); end if;
  update opinion set state = 'answered', verdict = p_verdict, answer = p_answer, answered_by = p_actor,
    answered_at = clock_timestamp() where id = p_id;
  perform opinion_files_put(p_id, 'answer', p_files);
  perform history_put(v_row.dossier_id, p_actor, 'give-opinion', v_dossier.state, v_dossier.state,
    jsonb_build_object('opinionId', p_id, 'verdict', p_verdict, 'late', clock_timestamp() > v_row.due_at));
  perform audit_put('officer:' || (p_actor ->> 'id'), 'opinion.answer', 'dossier:' || v_row.dossier_id,
    jsonb_build_object('opinion', p_id, 'verdict', p_verdict));
  perform officer_remind((v_row.asked_by ->> 'id')::uuid, 'opinion-answered:' || p_id, 'opinion-answered', v_row.dossier_id,
    jsonb_build_object('opinionId', p_id, 'code', v_dossier.code, 'name', p_actor ->> 'name'));
  return '{"ok": true}';
end $$;

create function opinion_take_back(p_tenant text, p_dossier uuid, p_id uuid, p_actor jsonb) returns jsonb language plpgsql as $$
declare v_row opinion; v_dossier dossier; v_reader uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_dossier from dossier where id = p_dossier for update;
  select * into v_row from opinion where id = p_id and dossier_id = p_dossier for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state <> 'asked' then return dossier_refusal('conflict'); end if;
  update opinion set state = 'taken-back' where id = p_id;
  perform history_put(p_dossier, p_actor, 'take-back-opinion', v_dossier.state, v_dossier.state, jsonb_build_object('opinionId', p_id));
  perform audit_put('officer:' || (p_actor ->> 'id'), 'opinion.take-back', 'dossier:' || p_dossier, jsonb_build_object('opinion', p_id));
  for v_reader in select opinion_readers(v_row.agency_id, v_row.officer_id) loop
    perform officer_remind(v_reader, 'opinion-taken-back:' || p_id, 'opinion-taken-back', p_dossier,
      jsonb_build_object('opinionId', p_id, 'code', v_dossier.code, 'name', p_actor ->> 'name'));
  end loop;
  return '{"ok": true}';
end $$;

-- The limit has passed and nobody has answered: written down once, told to who asked, to who was asked, and to the heads of
-- both (NĐ 61/2018 Đ19.5: the unit that settles reports a late opinion).
create function opinion_overdue(p_tenant text, p_id uuid) returns boolean language plpgsql as $$
declare v_row opinion; v_dossier dossier; v_facts jsonb; v_reader uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  select d.* into v_dossier from dossier d join opinion o on o.dossier_id = d.id where o.id = p_id for update of d;
  select * into v_row from opinion where id = p_id for update;
  if not found or v_row.state <> 'asked' or v_row.late_told_at is not null or v_row.due_at > clock_timestamp()
     or v_dossier.state in ('returned', 'declined', 'stopped', 'withdrawn') then return false; end if;
  update opinion set late_told_at = clock_timestamp() where id = p_id;
  perform history_put(v_row.dossier_id, '{"kind": "system", "name": "opinions"}', 'opinion-overdue', v_dossier.state,
    v_dossier.state, jsonb_build_object('opinionId', p_id, 'dueAt', v_row.due_at));
  v_facts := jsonb_build_object('opinionId', p_id, 'code', v_dossier.code, 'dueAt', v_row.due_at,
    'name', coalesce(v_row.officer_name, v_row.agency_name));
  for v_reader in
    select (v_row.asked_by ->> 'id')::uuid
    union select opinion_readers(v_row.agency_id, v_row.officer_id)
    union select id from officer where role = 'leader' and disabled_at is null
      and agency_id in (v_row.agency_id, v_dossier.agency_id, (select agency_id from officer where id = (v_row.asked_by ->> 'id')::uuid))
  loop
    perform officer_remind(v_reader, 'opinion-overdue:' || p_id, 'opinion-overdue', v_row.dossier_id, v_facts);
  end loop;
  return true;
end $$;
