-- Messages between provinces that do not arrive, or that cannot be acted on: why, who was told, and asking again.
alter table linked_message
  -- silent: no answer; refused: taken by nobody as it is; no-address: nothing is configured; broken: an error of ours
  add column failure text check (failure in ('silent', 'refused', 'no-address', 'broken')),
  add column failure_detail text check (length(failure_detail) <= 500),
  add column failed_at timestamptz,
  -- when the administrators were told
  add column told_at timestamptz,
  -- how often the sweep has asked again after the worker gave up, and when last
  add column sweeps int not null default 0,
  add column swept_at timestamptz;

-- Whether the worker still tries by itself.
create function linked_message_job(m linked_message) returns bigint language sql stable as $$
  select min(j.id) from job j where j.tenant = m.tenant and j.key = m.conversation::text and j.done_at is null and j.failed_at is null
    and case m.direction when 'out' then j.queue = 'linked-send' and (j.payload ->> 'seq')::int = m.seq else j.queue = 'linked-act' end
$$;

-- What it waits for: number (an earlier message that has not come), turn (one that came and is not done), files; null: nothing.
create function linked_message_waits(m linked_message) returns text language sql stable as $$
  select case when m.direction = 'out' then null
    when m.seq > 1 + (select count(*) from linked_message d where d.direction = 'in' and d.conversation = m.conversation and d.seq < m.seq)
      then 'number'
    when exists (select from linked_message d where d.direction = 'in' and d.conversation = m.conversation and d.seq < m.seq
      and d.done_at is null) then 'turn'
    when exists (select from linked_file f where f.conversation = m.conversation and f.seq = m.seq and f.arrived_at is null) then 'files' end
$$;

create function linked_message_again(m linked_message) returns void language plpgsql as $$
declare v_job bigint := linked_message_job(m);
begin
  if v_job is not null then
    update job set run_at = clock_timestamp() where id = v_job and leased_until is null;
    perform pg_notify('job', case m.direction when 'out' then 'linked-send' else 'linked-act' end);
  elsif m.direction = 'out' then
    perform job_put('linked-send', m.conversation::text, jsonb_build_object('conversation', m.conversation, 'seq', m.seq));
  else
    perform job_put('linked-act', m.conversation::text, jsonb_build_object('conversation', m.conversation));
  end if;
end $$;

-- One round over what is older than p_quiet. The administrators are told once of what the worker gave up, and of what is not done
-- after p_patience. What the worker gave up is asked again every p_every, at most p_most times; then it is left to a person.
create function linked_sweep(p_tenant text, p_now timestamptz, p_quiet interval, p_patience interval, p_every interval, p_most int)
returns table (told int, again int) language plpgsql as $$
declare v linked_message; v_live boolean; v_officer uuid; v_waits text;
begin
  perform set_config('app.tenant', p_tenant, true);
  told := 0;
  again := 0;
  for v in select * from linked_message m where m.done_at is null and m.at < p_now - p_quiet order by m.at limit 500
    for update skip locked
  loop
    v_live := linked_message_job(v) is not null;
    v_waits := linked_message_waits(v);
    if v.told_at is null and ((not v_live and v_waits is null) or v.at < p_now - p_patience) then
      update linked_message set told_at = p_now where direction = v.direction and id = v.id;
      perform audit_put('system:linked', 'linked.unfinished', 'linked-message:' || v.id,
        jsonb_build_object('direction', v.direction, 'province', v.other, 'seq', v.seq, 'failure', v.failure));
      for v_officer in select o.id from officer o where o.role = 'administrator' and o.disabled_at is null order by o.id limit 20 loop
        perform officer_remind(v_officer, 'linked-unfinished:' || v.direction || ':' || v.id, 'linked-unfinished', null,
          jsonb_build_object('province', v.other));
      end loop;
      told := told + 1;
    end if;
    if not v_live and v_waits is null and v.sweeps < p_most and coalesce(v.swept_at, v.told_at, p_now) < p_now - p_every then
      update linked_message set sweeps = sweeps + 1, swept_at = p_now where direction = v.direction and id = v.id;
      perform linked_message_again(v);
      again := again + 1;
    end if;
  end loop;
  return next;
end $$;

-- "Gửi lại": at once, whatever the worker planned. again · waits (it is the other province's turn) · gone (done, or never was).
create function linked_send_again(p_tenant text, p_id uuid, p_actor text) returns text language plpgsql as $$
declare v linked_message;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v from linked_message where id = p_id and done_at is null order by direction desc limit 1 for update;
  if not found then return 'gone'; end if;
  if linked_message_waits(v) is not null then return 'waits'; end if;
  perform linked_message_again(v);
  perform audit_put(p_actor, 'linked.send-again', 'linked-message:' || v.id,
    jsonb_build_object('direction', v.direction, 'province', v.other, 'seq', v.seq));
  return 'again';
end $$;
