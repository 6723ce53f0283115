-- Linked filings (liên thông): one filing, the whole, becomes one dossier of each part, at the part's own agency. Parts and whole
-- are dossiers as every other; what ties them together stands here.

alter table dossier
  -- the whole of a linked filing: its own id for the whole, the whole's id for a part
  add column linked_whole uuid references dossier,
  -- waits-for-part: not yet to be received; returned-together: its result is given with the others'
  add column linked_hold text check (linked_hold in ('waits-for-part', 'returned-together')),
  -- when a part that waited came to its agency: from then on it is to be received
  add column linked_opened_at timestamptz,
  -- province whose linked filing it is a part of, when that is another one
  add column linked_from text;
create index dossier_linked on dossier (tenant, linked_whole, id) where linked_whole is not null;

-- A whole has no official code: its parts have theirs, each of its own agency.
do $$
declare v_name text;
begin
  select conname into strict v_name from pg_constraint
    where conrelid = 'dossier'::regclass and contype = 'c' and pg_get_constraintdef(oid) ~ 'code IS NOT NULL' and pg_get_constraintdef(oid) ~ 'processing';
  execute format('alter table dossier drop constraint %I', v_name);
end $$;
alter table dossier add constraint dossier_code_there
  check (state not in ('received', 'processing', 'result-ready', 'returned') or code is not null or linked_whole = id);

-- A whole is nobody's to handle and stands in no list; a part that waits stands with what waits for others.
alter table dossier alter column desk_queue set expression as (
  case when linked_whole = id then null when linked_hold = 'waits-for-part' and state = 'filed' then 'wait'
    else desk_queue_of(state, officer_id, result_id, result_signed) end);

alter table dossier alter column desk_at set expression as (
  case when state in ('returned', 'declined', 'stopped', 'withdrawn') then updated_at
    else coalesce(due_at, linked_opened_at, filed_at) end);

create table linked_part (
  tenant text not null default current_setting('app.tenant'),
  whole_id uuid not null references dossier,
  -- of the procedure's definition
  code text not null,
  position int not null,
  waits_for text[] not null,
  procedure jsonb not null,
  agency jsonb not null,
  -- the part's dossier, when it is handled in this province
  dossier_id uuid references dossier,
  -- the other province that handles it, and what it last said of it
  province text,
  conversation uuid,
  -- what the filing owes for it, for the province that collects it
  dues jsonb not null default '[]',
  told jsonb,
  told_seq int not null default 0,
  opened_at timestamptz,
  released_at timestamptz,
  withdrawal_told_at timestamptz,
  -- the part ended before it began, because of this other one
  ended_because text,
  primary key (whole_id, code),
  unique (dossier_id),
  unique (conversation),
  check ((dossier_id is null) = (province is not null)),
  check ((province is null) = (conversation is null))
);
select protect_tenant_table('linked_part');
select grant_app('linked_part', 'select, insert, update');

-- Whatever changes on a whole, a part or a guest is looked at by the worker, one linked filing at a time.
create function dossier_linked_moved() returns trigger language plpgsql as $$
begin
  if new.linked_whole is not null then
    perform job_put('linked', new.linked_whole::text, jsonb_build_object('wholeId', new.linked_whole));
  end if;
  if new.linked_from is not null then
    perform job_put('linked-guest', new.id::text, jsonb_build_object('dossierId', new.id));
  end if;
  return null;
end $$;
create trigger dossier_linked_moved after update of state, linked_hold, result_signed, fee_state, due_at on dossier for each row
  when ((new.linked_whole is not null or new.linked_from is not null)
    and (old.state, old.linked_hold, old.result_signed, old.fee_state, old.due_at)
      is distinct from (new.state, new.linked_hold, new.result_signed, new.fee_state, new.due_at))
  execute function dossier_linked_moved();

-- A part asks for its officer when it can be received; a whole never does.
create function linked_route(p_row dossier) returns void language plpgsql as $$
begin
  if exists (select from routing_rule where ended_at is null) then
    perform job_put('dossier-routing', p_row.id::text, jsonb_build_object('dossierId', p_row.id));
  end if;
end $$;
drop trigger dossier_asks_for_officer on dossier;
create trigger dossier_asks_for_officer after update of state on dossier for each row
  when (old.state = 'draft' and new.state = 'filed' and new.officer_id is null and new.linked_whole is null)
  execute function dossier_asks_for_officer();

-- One part as a dossier of its own, within the transaction that files the whole. p_part: {"id","code","position","waitsFor",
-- "procedure","agency","answers","dues","summary","papers":[{"from","to"}],"together","province","conversation"}.
create function linked_part_put(p_whole dossier, p_part jsonb, p_due_at timestamptz) returns void language plpgsql as $$
declare v_row dossier; v_total bigint; v_here boolean := p_part ->> 'province' is null;
  v_waits text[] := array(select jsonb_array_elements_text(p_part -> 'waitsFor')); v_id uuid := (p_part ->> 'id')::uuid;
begin
  if v_here then
    select coalesce(sum((d ->> 'amount')::bigint), 0) into v_total from jsonb_array_elements(p_part -> 'dues') d;
    insert into dossier (id, state, number, channel, procedure_code, procedure, agency_id, agency, applicant_sub, applicant, answers,
      delivery, holder_name, summary, fee_state, filed_at, linked_whole, linked_hold)
    values (v_id, 'filed', next_dossier_number(p_whole.tenant), p_whole.channel, p_part #>> '{procedure,code}', p_part -> 'procedure',
      p_part #>> '{agency,id}', p_part -> 'agency', p_whole.applicant_sub, p_whole.applicant, p_part -> 'answers', p_whole.delivery,
      p_whole.holder_name, left(p_part ->> 'summary', 1000), case when v_total > 0 then 'due' else 'none' end, p_whole.filed_at,
      p_whole.id, case when cardinality(v_waits) > 0 then 'waits-for-part'
        when (p_part ->> 'together')::boolean then 'returned-together' end)
    returning * into v_row;
    insert into dossier_file (id, dossier_id, component, name, sha256, size, media_type, status, thumb_sha256)
      select gen_random_uuid(), v_id, p ->> 'to', f.name, f.sha256, f.size, f.media_type, 'active', f.thumb_sha256
      from jsonb_array_elements(p_part -> 'papers') p join dossier_file f on f.dossier_id = p_whole.id
        and f.component = p ->> 'from' and f.status = 'active';
    if jsonb_array_length(p_part -> 'dues') > 0 then
      perform obligation_put(v_id, p_part -> 'dues', coalesce(p_due_at, p_whole.filed_at + interval '30 days'));
    end if;
  end if;
  insert into linked_part (whole_id, code, position, waits_for, procedure, agency, dossier_id, province, conversation, dues, opened_at)
  values (p_whole.id, p_part ->> 'code', (p_part ->> 'position')::int, v_waits, p_part -> 'procedure', p_part -> 'agency',
    case when v_here then v_id end, p_part ->> 'province', case when not v_here then v_id end,
    p_part -> 'dues', case when v_here and cardinality(v_waits) = 0 then clock_timestamp() end);
  if v_here then
    perform dossier_trace(v_row, jsonb_build_object('kind', 'citizen', 'sub', p_whole.applicant_sub, 'name', p_whole.applicant ->> 'name'),
      'file-part', null, jsonb_build_object('number', v_row.number, 'whole', p_whole.number, 'part', p_part ->> 'code', 'totalDue', v_total));
    if cardinality(v_waits) = 0 then perform linked_route(v_row); end if;
  end if;
end $$;

-- "Gửi hồ sơ" of a linked filing: the whole and its parts in one commit, or nothing. The money stands with the parts.
create function dossier_file_linked(p_tenant text, p_id uuid, p_sub text, p_submission uuid, p_hash text, p_answers jsonb,
  p_delivery jsonb, p_due_at timestamptz, p_holder text, p_summary text, p_files jsonb, p_parts jsonb) returns jsonb
language plpgsql as $$
declare v_filed jsonb; v_row dossier; v_part jsonb; v_total bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set linked_whole = id where id = p_id and state = 'draft' and applicant_sub = p_sub;
  v_filed := dossier_file_draft(p_tenant, p_id, p_sub, p_submission, p_hash, p_answers, p_delivery, '[]', p_due_at, p_holder,
    p_summary, p_files);
  select coalesce(sum((d ->> 'amount')::bigint), 0) into v_total
    from jsonb_array_elements(p_parts) p, jsonb_array_elements(p -> 'dues') d;
  if not (v_filed ->> 'ok')::boolean or (v_filed ->> 'replayed')::boolean then
    update dossier set linked_whole = null where id = p_id and state = 'draft';
    return v_filed || case when (v_filed ->> 'ok')::boolean then jsonb_build_object('totalDue', v_total) else '{}' end;
  end if;
  select * into strict v_row from dossier where id = p_id;
  for v_part in select value from jsonb_array_elements(p_parts) loop
    perform linked_part_put(v_row, v_part, p_due_at);
  end loop;
  return v_filed || jsonb_build_object('totalDue', v_total);
end $$;

-- A part whose wait is over: with everything that the results before it say. Once. p_papers: [{"component","name","sha256","size"}].
create function linked_open(p_tenant text, p_whole uuid, p_code text, p_answers jsonb, p_papers jsonb, p_together boolean,
  p_detail jsonb) returns boolean language plpgsql as $$
declare v_part linked_part; v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  update linked_part set opened_at = clock_timestamp() where whole_id = p_whole and code = p_code and opened_at is null
    and ended_because is null returning * into v_part;
  if not found then return false; end if;
  if v_part.dossier_id is null then return true; end if;
  update dossier set linked_hold = case when p_together then 'returned-together' end, answers = p_answers,
    linked_opened_at = clock_timestamp(), version = version + 1, updated_at = clock_timestamp()
    where id = v_part.dossier_id and state = 'filed' and linked_hold = 'waits-for-part' returning * into v_row;
  if not found then return false; end if;
  insert into dossier_file (id, dossier_id, component, name, sha256, size, media_type, status)
    select gen_random_uuid(), v_row.id, p ->> 'component', left(p ->> 'name', 255), p ->> 'sha256', (p ->> 'size')::bigint,
      'application/pdf', 'active' from jsonb_array_elements(p_papers) p;
  perform dossier_trace(v_row, '{"kind": "system", "name": "liên thông"}', 'open-part', 'filed', p_detail);
  perform linked_route(v_row);
  perform job_put('declaration', v_row.id::text, jsonb_build_object('dossierId', v_row.id,
    'seq', (select max(seq) from dossier_history where dossier_id = v_row.id)));
  return true;
end $$;

-- A part that can no longer begin, because the one it waits for gave no result.
create function linked_end(p_tenant text, p_whole uuid, p_code text, p_because text, p_withdrawn boolean, p_reason text) returns boolean
language plpgsql as $$
declare v_part linked_part; v_row dossier; v_actor jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  update linked_part set ended_because = p_because where whole_id = p_whole and code = p_code and opened_at is null
    and ended_because is null returning * into v_part;
  if not found then return false; end if;
  if v_part.dossier_id is null then
    perform job_put('linked', p_whole::text, jsonb_build_object('wholeId', p_whole));
    return true;
  end if;
  update dossier set state = case when p_withdrawn then 'withdrawn' else 'stopped' end,
    ending = case when p_withdrawn then 'withdrawn' else 'stopped' end, reason = p_reason, linked_hold = null, version = version + 1,
    finished_at = clock_timestamp(), updated_at = clock_timestamp()
    where id = v_part.dossier_id and state = 'filed' and linked_hold = 'waits-for-part' returning * into v_row;
  if not found then return false; end if;
  v_actor := case when p_withdrawn
    then jsonb_build_object('kind', 'citizen', 'sub', v_row.applicant_sub, 'name', v_row.applicant ->> 'name')
    else '{"kind": "system", "name": "liên thông"}' end;
  perform dossier_trace(v_row, v_actor, case when p_withdrawn then 'withdraw' else 'stop' end, 'filed',
    jsonb_build_object('reason', p_reason, 'because', p_because));
  return true;
end $$;

-- The last part is ready: this one's result need not wait any longer.
create function linked_release(p_tenant text, p_dossier uuid) returns boolean language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set linked_hold = null, version = version + 1, updated_at = clock_timestamp()
    where id = p_dossier and linked_hold = 'returned-together' returning * into v_row;
  if not found then return false; end if;
  update linked_part set released_at = clock_timestamp() where dossier_id = p_dossier;
  perform dossier_trace(v_row, '{"kind": "system", "name": "liên thông"}', 'release-part', v_row.state, '{}');
  return true;
end $$;

-- The whole stands where its parts stand.
create function linked_follow(p_tenant text, p_whole uuid, p_version int, p_to text, p_ending text, p_signed boolean,
  p_received_at timestamptz, p_due_at timestamptz, p_due_explanation jsonb, p_detail jsonb) returns boolean language plpgsql as $$
declare v_row dossier; v_from text; v_now timestamptz := clock_timestamp();
begin
  perform set_config('app.tenant', p_tenant, true);
  select state into v_from from dossier where id = p_whole and linked_whole = id and version = p_version for update;
  if not found then return false; end if;
  update dossier set state = p_to, version = version + 1, updated_at = v_now, result_signed = p_signed,
    ending = coalesce(p_ending, ending), received_at = coalesce(received_at, p_received_at), due_at = coalesce(p_due_at, due_at),
    due_explanation = coalesce(p_due_explanation, due_explanation),
    finished_at = case when p_to in ('result-ready', 'returned', 'declined', 'stopped', 'withdrawn') then coalesce(finished_at, v_now) else finished_at end,
    returned_at = case when p_to = 'returned' then coalesce(returned_at, v_now) else returned_at end
    where id = p_whole returning * into v_row;
  perform dossier_trace(v_row, '{"kind": "system", "name": "liên thông"}', 'follow-parts', v_from, p_detail);
  return true;
end $$;
