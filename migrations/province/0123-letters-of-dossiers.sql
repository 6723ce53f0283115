-- A letter whose sender wrote the dossier's code on it (papers that were asked for) joins that dossier. Joined once.
create function post_letter_join(p_tenant text, p_id uuid, p_dossier_id uuid, p_officer jsonb) returns boolean language plpgsql as $$
declare v_code text;
begin
  perform set_config('app.tenant', p_tenant, true);
  perform 1 from dossier where id = p_dossier_id and state <> 'draft' for update;
  if not found then return false; end if;
  update post_letter set dossier_id = p_dossier_id where id = p_id and dossier_id is null returning item_code into v_code;
  if not found then return false; end if;
  perform post_trace(p_dossier_id, p_officer, 'papers-arrived', jsonb_build_object('code', v_code));
  return true;
end $$;
