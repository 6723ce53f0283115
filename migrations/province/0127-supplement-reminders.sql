-- The officer who asked hears that the answer came, or that the term passed without one.
create function supplement_told() returns trigger language plpgsql as $$
declare v_officer uuid; v_code text; v_round int := (new.detail ->> 'round')::int; v_kind text;
begin
  if new.action = 'stop' and not coalesce((new.detail ->> 'expired')::boolean, false) then return null; end if;
  select (requested_by ->> 'id')::uuid into v_officer from supplement_round
    where dossier_id = new.dossier_id and round = v_round and requested_by ->> 'kind' = 'officer'
      and requested_by ->> 'id' ~ '^[0-9a-f-]{36}$';
  if v_officer is null then return null; end if;
  select coalesce(code, number::text) into v_code from dossier where id = new.dossier_id;
  v_kind := case new.action when 'answer-supplement' then 'supplement-answered' when 'stop' then 'supplement-stopped'
    else 'supplement-expired' end;
  perform officer_remind(v_officer, v_kind || ':' || new.dossier_id || ':' || v_round, v_kind, new.dossier_id,
    jsonb_build_object('code', v_code));
  return null;
end $$;
create trigger supplement_told after insert on dossier_history for each row
  when (new.action in ('answer-supplement', 'expire-supplement', 'stop')) execute function supplement_told();
