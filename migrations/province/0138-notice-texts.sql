-- The words of notices as the province has them, and its quiet hours. Rows are only added: a notice keeps the words of its day.
create table notice_text (
  tenant text not null default current_setting('app.tenant'),
  seq bigint generated always as identity,
  event text not null,
  lang text not null check (lang in ('vi', 'en')),
  -- null: back to the house's usual words
  title text check (length(title) between 3 and 80),
  body text check (length(body) between 10 and 400),
  changed_by text not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (tenant, seq),
  check ((title is null) = (body is null))
);
create index notice_text_of on notice_text (tenant, event, seq);
select protect_tenant_table('notice_text');
select grant_app('notice_text', 'select, insert');

-- Nothing rings from quiet_from to quiet_to, hours of the day in Vietnam.
create table notice_setting (
  tenant text not null default current_setting('app.tenant'),
  quiet_from int not null check (quiet_from between 18 and 23),
  quiet_to int not null check (quiet_to between 5 and 9),
  changed_by text not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (tenant)
);
select protect_tenant_table('notice_setting');
select grant_app('notice_setting', 'select, insert, update');

-- p_texts: [{"lang","title","body"}], both null for the usual words.
create function notice_text_put(p_tenant text, p_event text, p_texts jsonb, p_actor text) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into notice_text (event, lang, title, body, changed_by)
    select p_event, t ->> 'lang', t ->> 'title', t ->> 'body', p_actor from jsonb_array_elements(p_texts) t;
  perform audit_put(p_actor, 'notice.text', 'notice:' || p_event, jsonb_build_object('texts', p_texts));
end $$;

create function notice_quiet_put(p_tenant text, p_from int, p_to int, p_actor text) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  insert into notice_setting (quiet_from, quiet_to, changed_by) values (p_from, p_to, p_actor)
    on conflict (tenant) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
      changed_by = excluded.changed_by, changed_at = clock_timestamp();
  perform audit_put(p_actor, 'notice.quiet', 'tenant:' || p_tenant, jsonb_build_object('from', p_from, 'to', p_to));
end $$;
