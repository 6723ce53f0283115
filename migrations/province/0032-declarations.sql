-- The statutory declaration (tờ khai) as a PDF, kept with the dossier as it was filed and after each answered supplement.

create table declaration (
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null references dossier,
  -- the entry of the history that it says the answers of
  seq int not null check (seq > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  made_at timestamptz not null default clock_timestamp(),
  primary key (dossier_id, seq)
);
select protect_tenant_table('declaration');
select grant_app('declaration', 'select, insert');

-- Asked for by the commit that files or answers; drawn by the worker, because a page is no work for a transaction.
create function declaration_wanted() returns trigger language plpgsql as $$
begin
  perform job_put('declaration', new.dossier_id::text, jsonb_build_object('dossierId', new.dossier_id, 'seq', new.seq));
  return null;
end $$;
create trigger declaration_wanted after insert on dossier_history for each row
  when (new.action in ('file', 'answer-supplement')) execute function declaration_wanted();
