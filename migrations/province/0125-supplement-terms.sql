-- Supplements have a term: a reminder before it, and what the rule says when it has passed. An item may carry an example.

alter table supplement_round
  add column answer_by timestamptz,
  add column remind_at timestamptz,
  -- what happens when the term passes: the handling stops, or the officer is left to decide
  add column on_expiry text not null default 'wait' check (on_expiry in ('stop', 'wait')),
  add column reminded_at timestamptz,
  add column expired_at timestamptz;

-- What a good answer looks like: in words, in a file, or both. (A column of bytes ends in sha256: the sweeper looks for it.)
alter table supplement_item
  add column example_text text not null default '' check (length(example_text) <= 1000),
  add column example_sha256 text check (example_sha256 ~ '^[0-9a-f]{64}$'),
  add column example_name text,
  add column example_size bigint,
  add column example_type text;
create index supplement_item_example on supplement_item (example_sha256) where example_sha256 is not null;

-- As in 0020, with the term of the round and the examples of its items. p_terms: null, or
-- {"answerBy","remindAt","onExpiry"}. The clock's two jobs are written by the same commit.
drop function dossier_ask_supplement(text, uuid, text, int, text, jsonb, text, jsonb);
create function dossier_ask_supplement(p_tenant text, p_id uuid, p_from text, p_version int, p_resume text, p_actor jsonb,
  p_text text, p_items jsonb, p_terms jsonb) returns jsonb language plpgsql as $$
declare v_row dossier; v_round int; v_by timestamptz := (p_terms ->> 'answerBy')::timestamptz;
  v_remind timestamptz := (p_terms ->> 'remindAt')::timestamptz; v_what jsonb;
begin
  perform set_config('app.tenant', p_tenant, true);
  update dossier set state = 'supplement-requested', resume_state = p_resume, version = version + 1, updated_at = clock_timestamp(),
    reason = coalesce(nullif(p_text, ''), p_items -> 0 ->> 'reason')
    where id = p_id and state = p_from and version = p_version returning * into v_row;
  if not found then return dossier_refusal('conflict'); end if;
  select coalesce(max(round), 0) + 1 into v_round from supplement_round where dossier_id = p_id;
  insert into supplement_round (dossier_id, round, text, requested_by, answer_by, remind_at, on_expiry)
    values (p_id, v_round, p_text, p_actor, v_by, v_remind, coalesce(p_terms ->> 'onExpiry', 'wait'));
  insert into supplement_item (dossier_id, round, position, target, ref, label, reason, example_text, example_sha256,
      example_name, example_size, example_type)
    select p_id, v_round, n, i ->> 'target', i ->> 'ref', i ->> 'label', coalesce(i ->> 'reason', ''),
      coalesce(i -> 'example' ->> 'text', ''), i -> 'example' -> 'file' ->> 'sha256', i -> 'example' -> 'file' ->> 'name',
      (i -> 'example' -> 'file' ->> 'size')::bigint, i -> 'example' -> 'file' ->> 'mediaType'
    from jsonb_array_elements(p_items) with ordinality as t (i, n);
  delete from loose_file where sha256 in (
    select i -> 'example' -> 'file' ->> 'sha256' from jsonb_array_elements(p_items) i);
  perform dossier_trace(v_row, p_actor, 'request-supplement', p_from,
    jsonb_strip_nulls(jsonb_build_object('round', v_round, 'text', p_text, 'items', p_items, 'answerBy', v_by)));
  v_what := jsonb_build_object('dossierId', p_id, 'round', v_round);
  if v_remind is not null then
    perform job_put('supplement-term', p_id || '/' || v_round || '/remind', v_what || '{"what": "remind"}', v_remind);
  end if;
  if v_by is not null then
    perform job_put('supplement-term', p_id || '/' || v_round || '/expire', v_what || '{"what": "expire"}', v_by);
  end if;
  return dossier_stand(v_row) || jsonb_build_object('round', v_round);
end $$;

-- The reminder, once a round, while it still waits.
create function dossier_remind_supplement(p_tenant text, p_id uuid, p_round int, p_now timestamptz) returns jsonb
language plpgsql as $$
declare v_row dossier; v_by timestamptz;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and state = 'supplement-requested' for update;
  if not found then return dossier_refusal('wrong-state'); end if;
  update supplement_round set reminded_at = p_now
    where dossier_id = p_id and round = p_round and answered_at is null and reminded_at is null and remind_at <= greatest(p_now, clock_timestamp())
    returning answer_by into v_by;
  if not found then return dossier_refusal('wrong-state'); end if;
  update dossier set version = version + 1, updated_at = clock_timestamp() where id = p_id returning * into v_row;
  perform dossier_trace(v_row, '{"kind": "system", "name": "supplements"}', 'remind-supplement', v_row.state,
    jsonb_build_object('round', p_round, 'dueAt', v_by));
  return dossier_stand(v_row);
end $$;

-- The term has passed, once a round. Where the rule stops the handling the dossier ends here.
create function dossier_expire_supplement(p_tenant text, p_id uuid, p_round int, p_now timestamptz, p_reason text) returns jsonb
language plpgsql as $$
declare v_row dossier; v_rule text; v_by timestamptz; v_actor jsonb := '{"kind": "system", "name": "supplements"}';
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and state = 'supplement-requested' for update;
  if not found then return dossier_refusal('wrong-state'); end if;
  update supplement_round set expired_at = p_now
    where dossier_id = p_id and round = p_round and answered_at is null and expired_at is null and answer_by <= greatest(p_now, clock_timestamp())
    returning on_expiry, answer_by into v_rule, v_by;
  if not found then return dossier_refusal('wrong-state'); end if;
  if v_rule = 'stop' then
    update dossier set state = 'stopped', ending = 'stopped', resume_state = null, reason = p_reason, version = version + 1,
      finished_at = coalesce(finished_at, p_now), updated_at = clock_timestamp() where id = p_id returning * into v_row;
    perform dossier_trace(v_row, v_actor, 'stop', 'supplement-requested',
      jsonb_build_object('round', p_round, 'reason', p_reason, 'expired', true));
  else
    update dossier set version = version + 1, updated_at = clock_timestamp() where id = p_id returning * into v_row;
    perform dossier_trace(v_row, v_actor, 'expire-supplement', v_row.state, jsonb_build_object('round', p_round, 'answerBy', v_by));
  end if;
  return dossier_stand(v_row);
end $$;

-- The citizen hears of the reminder as of everything else.
create function supplement_reminded() returns trigger language plpgsql as $$
begin
  perform job_put('citizen-notice', new.dossier_id::text,
    jsonb_build_object('dossierId', new.dossier_id, 'source', 'history:' || new.seq));
  return null;
end $$;
create trigger supplement_reminded after insert on dossier_history for each row
  when (new.action = 'remind-supplement') execute function supplement_reminded();
