-- Apology with a new date, and the notice that the handling has stopped.
alter table slip drop constraint slip_kind_check;
alter table slip add constraint slip_kind_check check (kind in ('receipt', 'supplement', 'refusal', 'apology', 'stop'));
