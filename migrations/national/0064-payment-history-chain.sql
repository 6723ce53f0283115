-- The history of an order's attempts is sealed like a dossier's: each row carries the hash of the one before it in the same
-- order, so that a row that was changed, removed or put in later is found (`payment_history_broken`).
--
-- Whoever writes a row holds the order's row lock, so that two never take the same place in the chain; every writer takes
-- it before the attempt's, so that two never wait for each other.

alter table payment_history
  add column order_id uuid references payment_order,
  add column seq int,
  add column previous_hash bytea,
  add column hash bytea;

create function payment_history_hash(p_previous bytea, p_order uuid, p_seq int, p_attempt uuid, p_at timestamptz,
  p_action text, p_from text, p_to text, p_source text, p_code text) returns bytea language sql immutable as $$
  select sha256(p_previous || convert_to(jsonb_build_array(p_order, p_seq, p_attempt,
    (extract(epoch from p_at) * 1000000)::bigint, p_action, p_from, p_to, p_source, p_code)::text, 'UTF8'))
$$;

-- What is there already, in the order in which it was written.
do $$
declare v record; v_order uuid; v_seq int; v_previous bytea;
begin
  for v in select h.*, a.order_id as owner from payment_history h join payment_attempt a on a.id = h.attempt_id
    order by a.order_id, h.id
  loop
    if v.owner is distinct from v_order then v_order := v.owner; v_seq := 0; v_previous := '\x'; end if;
    v_seq := v_seq + 1;
    update payment_history set order_id = v_order, seq = v_seq, previous_hash = v_previous,
      hash = payment_history_hash(v_previous, v_order, v_seq, v.attempt_id, v.at, v.action, v.from_state, v.to_state, v.source, v.code)
      where id = v.id returning hash into v_previous;
  end loop;
end $$;

alter table payment_history
  alter column order_id set not null,
  alter column seq set not null,
  alter column previous_hash set not null,
  alter column hash set not null,
  add constraint payment_history_place unique (order_id, seq);

create function payment_history_seal() returns trigger language plpgsql as $$
begin
  select order_id into new.order_id from payment_attempt where id = new.attempt_id;
  perform 1 from payment_order where id = new.order_id for update;
  select h.seq, h.hash into new.seq, new.previous_hash from payment_history h
    where h.order_id = new.order_id order by h.seq desc limit 1;
  new.seq := coalesce(new.seq, 0) + 1;
  new.previous_hash := coalesce(new.previous_hash, '\x');
  new.hash := payment_history_hash(new.previous_hash, new.order_id, new.seq, new.attempt_id, new.at, new.action,
    new.from_state, new.to_state, new.source, new.code);
  return new;
end $$;
create trigger payment_history_seal before insert on payment_history for each row execute function payment_history_seal();

-- The first row of an order that does not fit the chain, or whose last row is not where an attempt stands; null: all fit.
create function payment_history_broken(p_order uuid) returns int language sql stable as $$
  select min(seq) from (
    select h.seq,
      h.previous_hash <> lag(h.hash, 1, '\x'::bytea) over w
        or h.seq <> row_number() over w
        or h.hash <> payment_history_hash(h.previous_hash, h.order_id, h.seq, h.attempt_id, h.at, h.action, h.from_state,
          h.to_state, h.source, h.code)
        -- The end of the chain has nobody behind it: the attempt itself says where it stands.
        or (h.id = max(h.id) over (partition by h.attempt_id) and h.to_state <> a.state) as wrong
    from payment_history h join payment_attempt a on a.id = h.attempt_id where h.order_id = p_order
    window w as (order by h.seq)) as chain
  where wrong
$$;

-- As before, with the order locked before the attempt.
create or replace function payment_step(p_attempt uuid, p_action text, p_source text, p_pay_url text, p_code text)
returns text language plpgsql as $$
declare v payment_attempt; v_to text;
begin
  perform 1 from payment_order o join payment_attempt a on a.order_id = o.id where a.id = p_attempt for update of o;
  select * into v from payment_attempt where id = p_attempt for update;
  if not found then return null; end if;
  v_to := case
    when p_action = 'accept' and v.state in ('created', 'verifying') then 'redirected'
    when p_action = 'doubt' and v.state in ('created', 'redirected') then 'verifying' end;
  if v_to is null then return v.state; end if;
  update payment_attempt set state = v_to, pay_url = coalesce(p_pay_url, pay_url), provider_code = coalesce(p_code, provider_code),
    changed_at = now() where id = p_attempt;
  insert into payment_history (attempt_id, action, from_state, to_state, source, code)
    values (p_attempt, p_action, v.state, v_to, p_source, p_code);
  perform audit_put(p_source, 'payment.' || p_action, p_attempt::text, '{}');
  return v_to;
end $$;
