-- Feedback says which unit it is about, when its sender knows: that unit's officers answer it. Without one it is the
-- province's own.
alter table feedback add column agency_id text;
create index feedback_open_unit on feedback (tenant, agency_id, due_on, id) where answered_at is null;

drop function feedback_send(uuid, text, text, text, text, text, date);
create function feedback_send(p_id uuid, p_code text, p_procedure text, p_agency text, p_body text, p_name text, p_contact text,
  p_due_on date) returns void language plpgsql as $$
begin
  insert into feedback (id, code, procedure_code, agency_id, body, name, contact, due_on)
  values (p_id, p_code, p_procedure, p_agency, p_body, p_name, p_contact, p_due_on);
  perform audit_put('citizen', 'feedback.sent', p_id::text, jsonb_build_object('procedure', p_procedure, 'agency', p_agency));
end $$;
