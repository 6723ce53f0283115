-- Which version of the dossier a change made: whoever had the page of an earlier one open is shown what came after it.
-- Outside the chain of hashes: it repeats what the order of the entries says already.
alter table dossier_history add column version int;

create or replace function history_put(p_dossier_id uuid, p_actor jsonb, p_action text, p_from text, p_to text, p_detail jsonb)
returns int language plpgsql as $$
declare v_seq int; v_previous bytea; v_at timestamptz := clock_timestamp();
begin
  select seq, hash into v_seq, v_previous from dossier_history where dossier_id = p_dossier_id order by seq desc limit 1;
  v_seq := coalesce(v_seq, 0) + 1;
  v_previous := coalesce(v_previous, '\x'::bytea);
  insert into dossier_history (dossier_id, seq, at, actor, action, from_state, to_state, detail, previous_hash, hash, version)
  values (p_dossier_id, v_seq, v_at, p_actor, p_action, p_from, p_to, p_detail, v_previous,
    history_hash(v_previous, p_dossier_id, v_seq, v_at, p_actor, p_action, p_from, p_to, p_detail),
    (select version from dossier where id = p_dossier_id));
  return v_seq;
end $$;
