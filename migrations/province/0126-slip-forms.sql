-- Sector forms take the place of the circular's own; and a slip is owed by what happened, not by the process that was there.

-- The sector's form and its generation, e.g. 'CT05@53-2025'; null: the form of the rule set.
alter table slip add column form text check (length(form) <= 60);

drop function slip_issue(uuid, text, text, text, jsonb, text, text, timestamptz);
create function slip_issue(
  p_dossier_id uuid, p_kind text, p_occasion text, p_rule_set text, p_content jsonb, p_code text, p_issued_by text,
  p_at timestamptz, p_form text
) returns setof slip language plpgsql as $$
declare
  v_year int := extract(year from p_at at time zone 'Asia/Ho_Chi_Minh');
  v_number int;
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'slip', p_dossier_id, p_kind, p_occasion), 0));
  if exists (select 1 from slip where dossier_id = p_dossier_id and kind = p_kind and occasion = p_occasion) then
    return query select * from slip where dossier_id = p_dossier_id and kind = p_kind and occasion = p_occasion;
    return;
  end if;
  insert into slip_counter as c (kind, year, last) values (p_kind, v_year, 1)
  on conflict (tenant, kind, year) do update set last = c.last + 1
  returning last into v_number;
  return query insert into slip (dossier_id, kind, occasion, year, number, rule_set, content, code, issued_by, created_at, form)
  values (p_dossier_id, p_kind, p_occasion, v_year, v_number, p_rule_set, p_content, p_code, p_issued_by, p_at, p_form)
  returning *;
  perform audit_put(p_issued_by, 'slip.issue', 'dossier:' || p_dossier_id, jsonb_build_object('kind', p_kind, 'number', v_number, 'year', v_year));
end $$;

-- What calls for a slip asks for it by the same commit. The desk makes it at once; the worker makes good what the desk did
-- not come to (a template that failed, a process that died), and what the system itself did.
create function slip_owed() returns trigger language plpgsql as $$
begin
  if new.to_state <> 'draft' then
    perform job_put('slip-owed', new.dossier_id || '/' || new.seq,
      jsonb_build_object('dossierId', new.dossier_id, 'seq', new.seq),
      clock_timestamp() + case when new.actor ->> 'kind' = 'officer' then interval '30 seconds' else interval '0' end);
  end if;
  return null;
end $$;
create trigger slip_owed after insert on dossier_history for each row
  when (new.action in ('receive', 'request-supplement', 'decline', 'refuse', 'stop', 'reschedule'))
  execute function slip_owed();

-- Batches of the desk print more than the reception's slip.
alter table desk_batch drop constraint desk_batch_action_check;
alter table desk_batch add constraint desk_batch_action_check check (action in ('claim', 'receive', 'forward', 'assign',
  'sign-copies', 'return-result', 'print', 'print-slips', 'print-control'));
