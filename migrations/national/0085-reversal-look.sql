-- A provider may take a success back days later and tell nobody: where its answers can say so, each kept success is asked
-- about again one, two and three days after it was settled. Apart from the questions about unfinished payments, which must
-- never wait behind these.
create table reversal_look (
  attempt_id uuid primary key references payment_attempt,
  looks int not null default 1 check (looks between 1 and 3),
  looked_at timestamptz not null default now()
);
select grant_app('reversal_look', 'select, insert, update');
create index if not exists settlement_settled_at on settlement (settled_at);

-- Takes successes whose day has come, each for one process; a look that failed is made good by the next day's.
create function reversal_look_claim(p_providers text[], p_limit int) returns table (id uuid) language sql as $$
  insert into reversal_look as l (attempt_id)
    select s.attempt_id from settlement s left join reversal_look seen on seen.attempt_id = s.attempt_id
    where s.settled_at between now() - interval '4 days' and now() - interval '1 day' and s.provider = any(p_providers)
      and coalesce(seen.looks, 0) < least(3, extract(day from now() - s.settled_at))
      and coalesce(seen.looked_at < now() - interval '20 hours', true)
      and not exists (select 1 from dispute d where d.settlement_id = s.id and d.state in ('open', 'answered', 'lost'))
    order by s.settled_at limit p_limit
  on conflict (attempt_id) do update set looks = l.looks + 1, looked_at = now()
    where l.looks < 3 and l.looked_at < now() - interval '20 hours'
  returning l.attempt_id
$$;
