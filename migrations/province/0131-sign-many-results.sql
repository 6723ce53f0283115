-- Leaders sign results in bulk.
alter table desk_batch drop constraint desk_batch_action_check;
alter table desk_batch add constraint desk_batch_action_check check (action in ('claim', 'receive', 'forward', 'assign',
  'sign-copies', 'sign-result', 'return-result', 'print', 'print-slips', 'print-control'));
