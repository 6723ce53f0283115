-- What a national database or an earlier result said about the person who files, taken once per draft with their consent.

alter table dossier
  -- { state, at, tries, facts, results }: only the facts that the form asks for; see src/province/dossiers/known-facts.ts
  add column known jsonb;

create function dossier_forget_known() returns trigger language plpgsql as $$
begin
  if new.discarded_at is not null then new.known := null; end if;
  return new;
end $$;
create trigger dossier_forget_known before update of discarded_at on dossier
  for each row execute function dossier_forget_known();

-- p_drop: answers that had only been preset from elsewhere, so that the better source presets them now.
create function dossier_keep_known(p_tenant text, p_id uuid, p_sub text, p_revision int, p_known jsonb, p_drop text[])
returns jsonb language plpgsql as $$
declare v_row dossier;
begin
  perform set_config('app.tenant', p_tenant, true);
  select * into v_row from dossier where id = p_id and applicant_sub = p_sub and discarded_at is null for update;
  if not found then return dossier_refusal('not-found'); end if;
  if v_row.state <> 'draft' then return dossier_refusal('already-filed'); end if;
  -- taken already: the answers stay as they are
  if v_row.known ->> 'state' = 'found' then return dossier_stand(v_row); end if;
  if p_revision < v_row.version then return dossier_refusal('stale-draft'); end if;
  update dossier set known = p_known, answers = answers - p_drop, version = version + 1, updated_at = clock_timestamp()
    where id = p_id returning * into v_row;
  perform audit_put('citizen:' || p_sub, 'dossier.take-known', 'dossier:' || p_id,
    jsonb_build_object('state', p_known ->> 'state', 'facts', (select count(*) from jsonb_object_keys(p_known -> 'facts'))));
  return dossier_stand(v_row);
end $$;
