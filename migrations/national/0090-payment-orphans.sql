-- Payments that a provider's list of the running day has and our books have not: found within minutes, where the settlement
-- file tells of them a day later. Money of somebody's that no order knows, as after a database that was put back to yesterday.
create table payment_orphan (
  provider text not null,
  reference text not null check (length(reference) between 1 and 100),
  provider_transaction text not null,
  amount bigint not null check (amount >= 0),
  occurred_on date not null,
  found_at timestamptz not null default clock_timestamp(),
  primary key (provider, reference)
);
select grant_app('payment_orphan', 'select, insert');
