-- As in 0154, but: postage that carried another letter of the dossier (one that came back, and was sent again for the same
-- postage) is used, whatever becomes of the later one; it is neither given back nor dropped.
create or replace function post_order_end(v post_order, p_actor jsonb, p_note text) returns void language plpgsql as $$
begin
  update post_order set state = 'cancelled', cancel = null, cancel_note = p_note, problem = null, changed_at = clock_timestamp()
    where id = v.id;
  if v.obligation_id is not null and not exists (select from post_order e where e.obligation_id = v.obligation_id and e.id <> v.id
      and (e.settlement_id is not null or post_order_is_owed(e))) then
    perform postage_drop(v.obligation_id);
    insert into refund_due (settlement_id, amount, reason)
      select s.id, s.amount, 'postage-unused' from settlement s
      where s.obligation_id = v.obligation_id and s.kept and s.amount > 0 on conflict do nothing;
  end if;
  perform post_trace(v.dossier_id, p_actor, 'post-cancelled', jsonb_build_object('kind', v.kind, 'note', p_note));
end $$;
