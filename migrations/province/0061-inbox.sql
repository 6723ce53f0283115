-- The desk's lists: open work by what is due first (a filed dossier counts from its filing), what is over newest first.
create index dossier_inbox on dossier (tenant, (coalesce(due_at, filed_at)), id)
  where state in ('filed', 'received', 'processing', 'supplement-requested', 'fee-due', 'result-ready');
create index dossier_over on dossier (tenant, updated_at desc, id desc)
  where state in ('returned', 'declined', 'stopped', 'withdrawn');
