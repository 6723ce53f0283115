-- Security codes that were answered: a code is good once. No tenant: the ids are random and say nothing.
create table captcha_spent (
  id text primary key,
  expires_at timestamptz not null
);
create index captcha_spent_expiry on captcha_spent (expires_at);
select grant_app('captcha_spent', 'select, insert, delete');
