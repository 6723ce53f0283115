-- As in 0020, but whoever is exempt from everything has an obligation of 0 too: it says what is free, for whom and why, and
-- stands on the dossier beside the amount. Nothing is due, so the dossier's fee state stays "none".
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
  perform dossier_trace(v_row, jsonb_build_object('kind', 'citizen', 'sub', p_sub, 'name', v_row.applicant ->> 'name'), 'file', 'draft',
    jsonb_build_object('number', v_row.number, 'totalDue', v_total, 'files', v_manifest, 'content', p_hash));
  return dossier_stand(v_row) || jsonb_build_object('number', v_row.number, 'totalDue', v_total, 'replayed', false);
end $$;
