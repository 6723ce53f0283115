-- What was collected is paid on by an order to the bank that holds the collecting account. The order has the remittance's own
-- name, so that asking twice moves money once; its number at the bank is written down when the bank has taken it.

create table remittance_order (
  remittance_id uuid primary key references remittance,
  bank_line text not null check (length(bank_line) between 1 and 64),
  ordered_at timestamptz not null default clock_timestamp()
);
select grant_app('remittance_order', 'select, insert');
