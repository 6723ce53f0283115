-- Everyday words are the administrators' to add and to take away; who did is in the audit.

-- An empty list of meanings takes a word of `procedures/everyday-words.json` away. 'full': the province has as many as it may.
create function search_word_put(p_tenant text, p_phrase text, p_means text[], p_actor text) returns text
language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  if (select count(*) from search_word where phrase <> p_phrase) >= 2000 then return 'full'; end if;
  insert into search_word (phrase, means) values (p_phrase, p_means)
  on conflict (tenant, phrase) do update set means = excluded.means where search_word.means is distinct from excluded.means;
  if found then
    perform audit_put('officer:' || p_actor, 'search-word.put', p_phrase, jsonb_build_object('means', to_jsonb(p_means)));
  end if;
  return 'kept';
end $$;

create function search_word_drop(p_tenant text, p_phrase text, p_actor text) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', p_tenant, true);
  delete from search_word where phrase = p_phrase;
  if not found then return false; end if;
  perform audit_put('officer:' || p_actor, 'search-word.drop', p_phrase, '{}');
  return true;
end $$;
