-- Parts of linked filings between provinces: messages out and in, numbered by each side from 1, acted on once and in order.
create table linked_message (
  tenant text not null default current_setting('app.tenant'),
  direction text not null check (direction in ('in', 'out')),
  conversation uuid not null,
  seq int not null check (seq > 0),
  id uuid not null,
  -- the other province
  other text not null,
  kind text not null check (kind in ('open', 'withdraw', 'release', 'state')),
  -- without the bytes of files, which lie in the store
  content jsonb not null,
  -- in: of the body as it came
  hash text,
  at timestamptz not null default clock_timestamp(),
  -- out: the other province has it; in: it was acted on
  done_at timestamptz,
  primary key (tenant, direction, conversation, seq),
  unique (tenant, direction, id)
);
select protect_tenant_table('linked_message');
select grant_app('linked_message', 'select, insert, update');

-- A dossier here that is a part of another province's linked filing; its id is the conversation's.
create table linked_guest (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid primary key references dossier,
  province text not null,
  part text not null,
  whole_number bigint not null,
  whole_name text not null,
  whole_filed_at timestamptz not null,
  together boolean not null,
  released_at timestamptz
);
select protect_tenant_table('linked_guest');
select grant_app('linked_guest', 'select, insert, update');

create function linked_message_put(p_conversation uuid, p_id uuid, p_other text, p_kind text, p_content jsonb) returns void
language plpgsql as $$
declare v_seq int;
begin
  perform pg_advisory_xact_lock(hashtextextended('linked|' || p_conversation, 0));
  select coalesce(max(seq), 0) + 1 into v_seq from linked_message where direction = 'out' and conversation = p_conversation;
  insert into linked_message (direction, conversation, seq, id, other, kind, content)
    values ('out', p_conversation, v_seq, p_id, p_other, p_kind, p_content);
  perform job_put('linked-send', p_conversation::text, jsonb_build_object('conversation', p_conversation, 'seq', v_seq));
end $$;

-- A message to the province that handles a part, and what it says of the part, together. Once of each kind.
create function linked_tell(p_tenant text, p_whole uuid, p_code text, p_id uuid, p_kind text, p_content jsonb) returns boolean
language plpgsql as $$
declare v_part linked_part;
begin
  perform set_config('app.tenant', p_tenant, true);
  update linked_part set
    opened_at = case p_kind when 'open' then clock_timestamp() else opened_at end,
    released_at = case p_kind when 'release' then clock_timestamp() else released_at end,
    withdrawal_told_at = case p_kind when 'withdraw' then clock_timestamp() else withdrawal_told_at end
    where whole_id = p_whole and code = p_code and province is not null and ended_because is null
      and case p_kind when 'open' then opened_at is null when 'release' then released_at is null
        else withdrawal_told_at is null end
    returning * into v_part;
  if not found then return false; end if;
  perform linked_message_put(v_part.conversation, p_id, v_part.province, p_kind, p_content);
  return true;
end $$;

-- Keeps what came. taken · known (the same again) · conflict (another message has this id or place) · unknown (of no part of ours).
create function linked_take(p_tenant text, p_id uuid, p_from text, p_conversation uuid, p_seq int, p_kind text, p_content jsonb,
  p_hash text) returns text language plpgsql as $$
declare v_known linked_message;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtextextended('linked|' || p_conversation, 0));
  select * into v_known from linked_message where direction = 'in' and (id = p_id or (conversation = p_conversation and seq = p_seq))
    order by (id = p_id) desc limit 1;
  if found then
    return case when v_known.id = p_id and v_known.hash = p_hash and v_known.other = p_from then 'known' else 'conflict' end;
  end if;
  if p_kind = 'state' then
    if not exists (select from linked_part where conversation = p_conversation and province = p_from) then return 'unknown'; end if;
  elsif exists (select from linked_part where conversation = p_conversation)
    or exists (select from linked_message where direction = 'in' and conversation = p_conversation and other <> p_from)
    or (p_kind = 'open') <> (p_seq = 1) then
    return 'unknown';
  end if;
  insert into linked_message (direction, conversation, seq, id, other, kind, content, hash)
    values ('in', p_conversation, p_seq, p_id, p_from, p_kind, p_content, p_hash);
  perform job_put('linked-act', p_conversation::text, jsonb_build_object('conversation', p_conversation));
  return 'taken';
end $$;

-- The guest's dossier, once; p: {"procedure","agency","applicant","answers","delivery","holder","summary","channel","together","dues",
-- "papers":[{"component","name","sha256","size","mediaType"}],"province","part","wholeNumber","wholeName","wholeFiledAt"}.
create function linked_guest_open(p_tenant text, p_id uuid, p jsonb) returns boolean language plpgsql as $$
declare v_row dossier; v_total bigint;
begin
  perform set_config('app.tenant', p_tenant, true);
  if exists (select from dossier where id = p_id) then return false; end if;
  select coalesce(sum((d ->> 'amount')::bigint), 0) into v_total from jsonb_array_elements(p -> 'dues') d;
  insert into dossier (id, state, number, channel, procedure_code, procedure, agency_id, agency, applicant_sub, applicant, answers,
    delivery, holder_name, summary, fee_state, filed_at, linked_from, linked_hold)
  values (p_id, 'filed', next_dossier_number(p_tenant), p ->> 'channel', p #>> '{procedure,code}', p -> 'procedure', p #>> '{agency,id}',
    p -> 'agency', p #>> '{applicant,sub}', p -> 'applicant', p -> 'answers', nullif(p -> 'delivery', 'null'), p ->> 'holder',
    left(p ->> 'summary', 1000), case when v_total > 0 then 'due' else 'none' end, clock_timestamp(), p ->> 'province',
    case when (p ->> 'together')::boolean then 'returned-together' end) returning * into v_row;
  insert into linked_guest (dossier_id, province, part, whole_number, whole_name, whole_filed_at, together)
  values (p_id, p ->> 'province', p ->> 'part', (p ->> 'wholeNumber')::bigint, p ->> 'wholeName', (p ->> 'wholeFiledAt')::timestamptz,
    (p ->> 'together')::boolean);
  insert into dossier_file (id, dossier_id, component, name, sha256, size, media_type, status)
    select gen_random_uuid(), p_id, f ->> 'component', left(f ->> 'name', 255), f ->> 'sha256', (f ->> 'size')::bigint,
      f ->> 'mediaType', 'active' from jsonb_array_elements(p -> 'papers') f;
  if jsonb_array_length(p -> 'dues') > 0 then
    perform obligation_put(p_id, p -> 'dues', v_row.filed_at + interval '30 days');
  end if;
  perform dossier_trace(v_row, jsonb_build_object('kind', 'citizen', 'sub', v_row.applicant_sub, 'name', v_row.applicant ->> 'name'),
    'file-part', null, jsonb_build_object('number', v_row.number, 'province', p ->> 'province', 'whole', p ->> 'wholeNumber', 'part', p ->> 'part'));
  perform job_put('declaration', p_id::text, jsonb_build_object('dossierId', p_id, 'seq', 1));
  perform linked_route(v_row);
  perform job_put('linked-guest', p_id::text, jsonb_build_object('dossierId', p_id));
  return true;
end $$;

create function linked_guest_release(p_tenant text, p_id uuid) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  update linked_guest set released_at = clock_timestamp() where dossier_id = p_id and released_at is null;
  return linked_release(p_tenant, p_id);
end $$;

-- What the other province says of a part: later ones replace earlier ones, never the other way.
create function linked_told(p_tenant text, p_conversation uuid, p_seq int, p_told jsonb) returns void language plpgsql as $$
declare v_whole uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  update linked_part set told = p_told, told_seq = p_seq where conversation = p_conversation and told_seq < p_seq
    returning whole_id into v_whole;
  if found then perform job_put('linked', v_whole::text, jsonb_build_object('wholeId', v_whole)); end if;
end $$;

-- A new state of a guest, when it differs from what was said last.
create function linked_guest_tell(p_tenant text, p_dossier uuid, p_id uuid, p_content jsonb) returns boolean language plpgsql as $$
declare v_guest linked_guest;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_guest from linked_guest where dossier_id = p_dossier for update;
  if not found then return false; end if;
  if p_content = (select content from linked_message where direction = 'out' and conversation = p_dossier order by seq desc limit 1) then
    return false;
  end if;
  perform linked_message_put(p_dossier, p_id, v_guest.province, 'state', p_content);
  return true;
end $$;

-- A filing that cannot be taken here is said so at once.
create function linked_refuse(p_tenant text, p_conversation uuid, p_other text, p_id uuid, p_content jsonb) returns void
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  if not exists (select from linked_message where direction = 'out' and conversation = p_conversation) then
    perform linked_message_put(p_conversation, p_id, p_other, 'state', p_content);
  end if;
end $$;
