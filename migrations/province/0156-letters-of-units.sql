-- As in 0148; a letter is claimed by the unit in whose book it stands, or one above it: p_post ->> 'units' are those that the
-- officer serves. Anybody else is refused, and nothing is begun.
create or replace function dossier_start_at_counter(p_tenant text, p_id uuid, p_channel text, p_procedure jsonb, p_agency jsonb,
  p_applicant jsonb, p_answers jsonb, p_fresh boolean, p_actor jsonb, p_post jsonb) returns jsonb language plpgsql as $$
declare v_outcome jsonb; v_id uuid;
begin
  perform set_config('app.tenant', p_tenant, true);
  if p_post is not null and exists (select from post_letter l where l.item_code = p_post ->> 'itemCode'
      and not coalesce(p_post -> 'units', jsonb_build_array(p_agency ->> 'id')) ? l.agency_id) then
    return dossier_refusal('letter-elsewhere');
  end if;
  v_outcome := dossier_start(p_tenant, p_id, p_channel, p_procedure, p_agency, p_applicant, p_answers, p_fresh, p_actor);
  if (v_outcome ->> 'ok')::boolean then
    v_id := (v_outcome ->> 'dossierId')::uuid;
    -- a colleague who takes the draft up is the one who answers for it
    update dossier set entered_by = p_actor where id = v_id;
    if p_post is not null then
      insert into post_arrival (dossier_id, item_code, arrived_on, postmarked_on, registered_by)
        values (v_id, p_post ->> 'itemCode', (p_post ->> 'arrivedOn')::date, (p_post ->> 'postmarkedOn')::date, p_actor)
        on conflict (dossier_id) do nothing;
      update post_letter l set dossier_id = v_id where item_code = p_post ->> 'itemCode' and (dossier_id is null
        or exists (select from dossier d where d.id = l.dossier_id and d.discarded_at is not null));
    end if;
  end if;
  return v_outcome;
end $$;
