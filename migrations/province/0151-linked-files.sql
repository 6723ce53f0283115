-- Papers of messages between provinces come one by one after their message, which names them; it is acted on when all are here.
create table linked_file (
  tenant text not null default current_setting('app.tenant'),
  conversation uuid not null,
  seq int not null,
  -- SHA-256; the message in linked_message keeps the bytes from the sweeper until it was acted on
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  arrived_at timestamptz,
  primary key (tenant, conversation, seq, hash)
);
select protect_tenant_table('linked_file');
select grant_app('linked_file', 'select, insert, update');

-- The files that a message names, each once.
create function linked_files_of(p_content jsonb) returns table (hash text, size bigint) language sql immutable as $$
  select distinct on (f ->> 'sha256') f ->> 'sha256', (f ->> 'size')::bigint
  from (
    select jsonb_array_elements(case when p_content ->> 'kind' = 'open' then p_content #> '{part,papers}' else '[]' end) as f
    union all
    select p_content #> '{state,result,file}' where jsonb_typeof(p_content #> '{state,result,file}') = 'object'
  ) named
  order by f ->> 'sha256', (f ->> 'size')::bigint
$$;

-- As in 0116; what it names is waited for.
create or replace function linked_take(p_tenant text, p_id uuid, p_from text, p_conversation uuid, p_seq int, p_kind text,
  p_content jsonb, p_hash text) returns text language plpgsql as $$
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
  insert into linked_file (conversation, seq, hash, size) select p_conversation, p_seq, f.hash, f.size from linked_files_of(p_content) f;
  perform job_put('linked-act', p_conversation::text, jsonb_build_object('conversation', p_conversation));
  return 'taken';
end $$;

-- A file whose bytes lie in the store. false: no message of that province waits for it.
create function linked_file_arrived(p_tenant text, p_from text, p_conversation uuid, p_seq int, p_hash text) returns boolean
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  perform pg_advisory_xact_lock(hashtextextended('linked|' || p_conversation, 0));
  if not exists (select from linked_message where direction = 'in' and conversation = p_conversation and seq = p_seq and other = p_from) then
    return false;
  end if;
  update linked_file set arrived_at = clock_timestamp() where conversation = p_conversation and seq = p_seq and hash = p_hash
    and arrived_at is null;
  if not found then
    return exists (select from linked_file where conversation = p_conversation and seq = p_seq and hash = p_hash);
  end if;
  if not exists (select from linked_file where conversation = p_conversation and seq = p_seq and arrived_at is null) then
    perform job_put('linked-act', p_conversation::text, jsonb_build_object('conversation', p_conversation));
  end if;
  return true;
end $$;
