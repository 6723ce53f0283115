-- Feedback (phản ánh, kiến nghị) about a procedure or about anything: sent without an account, answered by the desk within
-- the law's days, read again by its code.
create table feedback (
  tenant text not null default current_setting('app.tenant'),
  id uuid not null,
  -- Known to the sender only: whoever has it reads the answer.
  code text not null,
  procedure_code text,
  body text not null check (length(body) between 1 and 5000),
  name text,
  contact text,
  sent_at timestamptz not null default clock_timestamp(),
  due_on date not null,
  answer text,
  answered_by text,
  answered_at timestamptz,
  primary key (tenant, id),
  unique (tenant, code),
  check ((answer is null) = (answered_at is null))
);
create index feedback_open on feedback (tenant, due_on, id) where answered_at is null;
create index feedback_answered on feedback (tenant, answered_at desc, id) where answered_at is not null;
select protect_tenant_table('feedback');
select grant_app('feedback', 'select, insert, update');

create function feedback_send(p_id uuid, p_code text, p_procedure text, p_body text, p_name text, p_contact text, p_due_on date)
returns void language plpgsql as $$
begin
  insert into feedback (id, code, procedure_code, body, name, contact, due_on)
  values (p_id, p_code, p_procedure, p_body, p_name, p_contact, p_due_on);
  perform audit_put('citizen', 'feedback.sent', p_id::text, jsonb_build_object('procedure', p_procedure));
end $$;

-- False: answered already, by somebody who was quicker.
create function feedback_answer(p_id uuid, p_answer text, p_officer text) returns boolean language plpgsql as $$
begin
  update feedback set answer = p_answer, answered_by = p_officer, answered_at = clock_timestamp()
  where id = p_id and answered_at is null;
  if not found then return false; end if;
  perform audit_put('officer:' || p_officer, 'feedback.answered', p_id::text, '{}');
  return true;
end $$;
