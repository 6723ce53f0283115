-- One thing done to many steps of internal procedures, with the outcome of each, beside the batches of dossiers.
alter table desk_batch drop constraint desk_batch_action_check;
alter table desk_batch add constraint desk_batch_action_check check (action in ('claim', 'receive', 'forward', 'assign',
  'sign-copies', 'sign-result', 'return-result', 'print', 'print-slips', 'print-control', 'claim-step', 'complete-step',
  'assign-step'));
-- nội dung xử lý of every step that is finished, or the message to who gets them
alter table desk_batch add column note text check (length(note) <= 4000);
-- of a batch of steps; then `version` is the step's own
alter table desk_batch_item add column task_id uuid references process_task;

-- Two posts of one page: the first makes the batch, the second finds it. p_items: [{"id","task","revision"}].
create function desk_step_batch_put(p_tenant text, p_id uuid, p_officer uuid, p_action text, p_target jsonb, p_note text,
  p_items jsonb) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into desk_batch (id, officer_id, action, target, note) values (p_id, p_officer, p_action, p_target, p_note)
    on conflict (id) do nothing;
  if not found then return false; end if;
  insert into desk_batch_item (batch_id, position, dossier_id, task_id, version)
    select p_id, n, t.dossier_id, t.id, (i ->> 'revision')::int
    from jsonb_array_elements(p_items) with ordinality as x (i, n)
    join process_task t on t.id = (i ->> 'task')::uuid and t.dossier_id = (i ->> 'id')::uuid;
  perform audit_put('officer:' || p_officer, 'desk.batch', 'batch:' || p_id,
    jsonb_build_object('action', p_action, 'count', jsonb_array_length(p_items)));
  return true;
end $$;
