-- The same lists in less time: a row that has none of a question's rarer words is not weighed.

-- One list of the catalogue of p_tenant: rows of a page, the count of every level and field. Reads the province's rows
-- once, through the primary key; under row-level security an operator that is not leak-proof could use no index of its own anyway.
--   p_query    tsquery text that every row must match; null = all
--   p_groups   instead of it, several tsquery texts, with p_weights: rows whose matching groups weigh at least p_least
--   p_phrases  folded phrases that lift a row when they stand in its name
--   p_filter   {level, field, serviceLevel, agency, audience, onlinePayment, feeFree}
--   p_after    {rank, sortName, code}: the last row of the page before
-- Answers {rows, total, levels: {level: n}, fields: [{code, name, count}]}.
create or replace function catalogue_search(
  p_tenant text, p_day date, p_query text, p_groups text[], p_weights real[], p_least real, p_phrases text[],
  p_filter jsonb, p_after jsonb, p_limit int
) returns jsonb language plpgsql stable as $$
declare
  v_query tsquery := to_tsquery('simple', p_query);
  v_groups tsquery[] := array(select to_tsquery('simple', g) from unnest(p_groups) with ordinality u(g, n) order by n);
  v_said text := array_to_string(p_phrases, ' ; ');
  v_whole real := greatest((select sum(w) from unnest(p_weights) w), 0.001);
  -- Before groups are weighed row by row: at least one of those without which a row cannot weigh enough. The lightest ones,
  -- as long as they stay below p_least all together, are what half of the catalogue has ("giấy", "đăng ký").
  v_any tsquery := to_tsquery('simple', (select string_agg(g, ' | ') from (
    select g, sum(w) over (order by w, n) as lighter from unnest(p_groups, p_weights) with ordinality u(g, w, n)) o
    where lighter >= p_least * 0.999));
  v_level text := p_filter->>'level';
  v_field text := p_filter->>'field';
  v_service text := p_filter->>'serviceLevel';
  v_agency text := p_filter->>'agency';
  v_audience text := p_filter->>'audience';
  v_paid boolean := (p_filter->>'onlinePayment')::boolean;
  v_free boolean := (p_filter->>'feeFree')::boolean;
  v_rank int := (p_after->>'rank')::int;
  v_name text := p_after->>'sortName';
  v_code text := p_after->>'code';
begin
  perform set_config('app.tenant', p_tenant, true);
  return (
  with matched as materialized (
    select e.code, e.levels, e.field_code, e.sort_name,
      case when p_query is null and p_groups is null then case when e.fileable then 0 else 1 end
      else 100000 - (
        case when p_groups is null then 300 * ts_rank_cd('{0.05, 0.1, 0.3, 1.0}', e.terms, v_query, 33)
          else 400 * g.weight / v_whole end
        + coalesce((select max((1.1 - 0.1 * n) * case
            when e.folded_name = phrase or e.folded_name = 'thu tuc ' || phrase then 420
            when e.folded_name like phrase || ' %' or e.folded_name like 'thu tuc ' || phrase || ' %' then 280
            when strpos(' ' || e.folded_name || ' ', ' ' || phrase || ' ') > 0
              then 220 - least(strpos(e.folded_name, phrase), 100)
            when strpos(e.folded, phrase) > 0 then 110
            else 0 end) from unnest(p_phrases) with ordinality p(phrase, n)), 0)
        + case when 'commune' = any (e.levels) then 60 when 'province' = any (e.levels) then 35 else 0 end
        + case when e.fileable then 60 else 0 end + greatest(0, 90 - 6 * coalesce(e.popularity, 15))
        -- The whole short name of a procedure was said.
        + case when length(e.folded_name) > 8 and strpos(v_said, case when e.folded_name like 'thu tuc %' then substr(e.folded_name, 9) else e.folded_name end) > 0 then 150 else 0 end
        -- Changing, renewing or ending something is meant only when it was said.
        - coalesce((select case when strpos(v_said, verb) > 0 then 0 else 60 end from substring(e.folded_name from
            '^(?:thu tuc )?(dieu chinh|thu hoi|dung |huy|sua doi|gia han|cham dut|giai the|cap lai|cap doi|xoa|dang ky lai|dang ky cham dut|tam ngung|tam dung|sap nhap|hieu dinh|cap nhat|dinh chinh|rut )') verb), 0)
        - least(length(e.folded_name), 240) / 3
      )::int end as rank
    from procedure_entry e
    left join lateral (select sum(w.weight)::real as weight from unnest(v_groups, p_weights) w(query, weight)
      where e.terms @@ w.query) g on p_groups is not null and e.terms @@ v_any
    where e.tenant = p_tenant
      and e.agency_count > 0 and e.valid_from <= p_day and (e.valid_to is null or p_day <= e.valid_to)
      and (p_query is null or e.terms @@ v_query)
      and (p_groups is null or (e.terms @@ v_any and g.weight >= p_least))
      and (v_service is null or e.service_level = v_service)
      and (v_audience is null or v_audience = any (e.audience))
      and (v_paid is not true or e.online_payment)
      and (v_free is not true or e.fee_free)
      and (v_agency is null or exists (select from procedure_offer o
        where o.tenant = p_tenant and o.procedure_code = e.code and o.agency_id = v_agency and o.active))
  ), in_field as (
    select * from matched where v_field is null or field_code = v_field
  ), page as (
    select * from in_field m
    where (v_level is null or v_level = any (levels))
      and (v_rank is null or (rank, sort_name collate "vi-x-icu", code) > (v_rank, v_name collate "vi-x-icu", v_code))
    order by rank, sort_name collate "vi-x-icu", code
    limit p_limit
  )
  select jsonb_build_object(
    'rows', coalesce((select jsonb_agg(jsonb_build_object('code', e.code, 'version', e.version, 'name', e.name,
        'shortName', e.short_name, 'fieldCode', e.field_code, 'fieldName', e.field_name, 'levels', to_jsonb(e.levels),
        'serviceLevel', e.service_level, 'fileable', e.fileable, 'onlinePayment', e.online_payment, 'feeFree', e.fee_free,
        'agencyCount', e.agency_count, 'agencyName', e.agency_name, 'rank', p.rank, 'sortName', e.sort_name)
        order by p.rank, p.sort_name collate "vi-x-icu", p.code)
      from page p join procedure_entry e on e.tenant = p_tenant and e.code = p.code), '[]'),
    'total', (select count(*)::int from in_field),
    'levels', coalesce((select jsonb_object_agg(level, n) from (
      select level, count(*)::int as n from in_field, unnest(levels) level group by level) l), '{}'),
    'fields', coalesce((select jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name, 'count', f.n)
        order by f.name->>'vi' collate "vi-x-icu")
      from (select counted.code, counted.n, (select e.field_name from procedure_entry e
          where e.tenant = p_tenant and e.code = counted.any_code) as name
        from (select field_code as code, count(*)::int as n, min(code) as any_code from matched
          where v_level is null or v_level = any (levels) group by field_code
          order by count(*) desc limit 300) counted) f), '[]'))
  );
end $$;
