-- The control slip: who handed the dossier to whom.
alter table slip drop constraint slip_kind_check;
alter table slip add constraint slip_kind_check check (kind in ('receipt', 'supplement', 'refusal', 'apology', 'stop', 'control'));
-- the register of a unit and period
create index if not exists dossier_received on dossier (tenant, agency_id, received_at) where received_at is not null;
