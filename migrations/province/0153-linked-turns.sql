-- Two provinces of one database have the same conversation: each waits in its own line, or one's silence would hold up the other's.

create or replace function linked_message_put(p_conversation uuid, p_id uuid, p_other text, p_kind text, p_content jsonb) returns void
language plpgsql as $$
declare v_seq int;
begin
  perform pg_advisory_xact_lock(hashtextextended('linked|' || p_conversation, 0));
  select coalesce(max(seq), 0) + 1 into v_seq from linked_message where direction = 'out' and conversation = p_conversation;
  insert into linked_message (direction, conversation, seq, id, other, kind, content)
    values ('out', p_conversation, v_seq, p_id, p_other, p_kind, p_content);
  perform job_put('linked-send', linked_line(p_conversation), jsonb_build_object('conversation', p_conversation, 'seq', v_seq));
end $$;

create function linked_line(p_conversation uuid) returns text language sql stable as $$
  select current_tenant() || '|' || p_conversation
$$;

create or replace function linked_message_job(m linked_message) returns bigint language sql stable as $$
  select min(j.id) from job j where j.tenant = m.tenant and j.key in (linked_line(m.conversation), m.conversation::text)
    and j.queue = case m.direction when 'out' then 'linked-send' else 'linked-act' end and j.done_at is null and j.failed_at is null
    and (m.direction = 'in' or (j.payload ->> 'seq')::int = m.seq)
$$;

create function linked_act(p_conversation uuid) returns void language plpgsql as $$
begin
  perform job_put('linked-act', linked_line(p_conversation), jsonb_build_object('conversation', p_conversation));
end $$;

create or replace function linked_message_again(m linked_message) returns void language plpgsql as $$
declare v_job bigint := linked_message_job(m);
begin
  if v_job is not null then
    update job set run_at = clock_timestamp() where id = v_job and leased_until is null;
    perform pg_notify('job', case m.direction when 'out' then 'linked-send' else 'linked-act' end);
  elsif m.direction = 'out' then
    perform job_put('linked-send', linked_line(m.conversation), jsonb_build_object('conversation', m.conversation, 'seq', m.seq));
  else
    perform linked_act(m.conversation);
  end if;
end $$;

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
  perform linked_act(p_conversation);
  return 'taken';
end $$;

create or replace function linked_file_arrived(p_tenant text, p_from text, p_conversation uuid, p_seq int, p_hash text) returns boolean
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
    perform linked_act(p_conversation);
  end if;
  return true;
end $$;

-- Later ones replace earlier ones, never the other way; what has ended does not begin again or end otherwise.
create or replace function linked_told(p_tenant text, p_conversation uuid, p_seq int, p_told jsonb) returns void language plpgsql as $$
declare v_whole uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  update linked_part set told = p_told, told_seq = p_seq where conversation = p_conversation and told_seq < p_seq
    and (told ->> 'ending' is null or told ->> 'ending' = p_told ->> 'ending')
    returning whole_id into v_whole;
  if found then perform job_put('linked', v_whole::text, jsonb_build_object('wholeId', v_whole)); end if;
end $$;
