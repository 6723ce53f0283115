import type pg from "pg";

/** Dossiers of 63 provinces, as unequal as provinces are (Zipf), straight into the table. */

export const TENANTS = 63;
export const UNITS = 100;

/** A number from 1 to `many`, the n-th with a share of 1/n: many to the power of a number from 0 to 1. */
const zipf = (many: number, random: string) => `least(${many}, floor(${many + 1} ^ (${random}))::int)`;

const ROWS = `
  insert into dossier (id, tenant, number, code, state, resume_state, ending, channel, procedure_code, procedure, agency_id,
    agency, applicant_sub, applicant, holder_name, answers, officer_id, officer, due_at, due_explanation, created_at, updated_at,
    filed_at, received_at, finished_at)
  select gen_random_uuid(), 'p' || tenant, n, case when state <> 'filed' then unit || '-' || tenant || '-' || to_char(filed, 'YYMMDD') || '-' || n end,
    state, case when state in ('supplement-requested', 'fee-due') then 'processing' end,
    case when state in ('returned', 'declined', 'stopped', 'withdrawn') then state end,
    (array['provincial-portal', 'national-portal', 'counter', 'post', 'app'])[1 + (r2 * r2 * 5)::int % 5],
    p.code, jsonb_build_object('code', p.code, 'version', 1, 'name', jsonb_build_object('vi', p.name, 'en', p.name),
      'fieldCode', p.field, 'fieldName', jsonb_build_object('vi', p.field, 'en', p.field)),
    unit::text, jsonb_build_object('id', unit::text, 'name', 'UBND ' || unit, 'identifier', '000.00.' || unit || '.H' || tenant),
    's' || n, jsonb_build_object('sub', 's' || n, 'name',
      (array['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ'])[${zipf(12, "r3")}] || ' ' ||
      (array['Văn', 'Thị', 'Thị Bích', 'Minh', 'Quốc', 'Thanh', 'Hữu', 'Ngọc'])[${zipf(8, "r4")}] || ' ' ||
      (array['An', 'Bình', 'Ngọc', 'Hùng', 'Lan', 'Dũng', 'Hương', 'Tuấn', 'Mai', 'Sơn', 'Hà', 'Phúc', 'Thảo', 'Quang', 'Yến', 'Khoa'])[1 + (r5 * 16)::int % 16],
      'identityNumber', lpad((r6 * 1e12)::bigint::text, 12, '0'), 'identityKind', 'cccd', 'phone', '09' || lpad((r7 * 1e8)::int::text, 8, '0')),
    '', '{}', case when state <> 'filed' then 'p' || tenant || '-' || unit || '-' || (1 + (r8 * 5)::int % 5) end,
    case when state <> 'filed' then jsonb_build_object('id', 'p' || tenant || '-' || unit || '-' || (1 + (r8 * 5)::int % 5), 'name', 'Cán bộ') end,
    due, case when due is not null then jsonb_build_object('warnings', jsonb_build_object(
      'half', extract(epoch from due - interval '5 days'), 'fifth', extract(epoch from due - interval '2 days'))) end,
    filed, coalesce(due, filed), filed, case when state <> 'filed' then filed end,
    case when state in ('returned', 'declined', 'stopped', 'withdrawn') then due end
  from (
    select n, tenant, unit, state, r2, r3, r4, r5, r6, r7, r8, filed, 1 + (r9 * r9 * 5)::int % 5 as what,
      case when state <> 'filed' then filed + interval '3 days' + random() * interval '25 days' end as due
    from (
      select n, ${zipf(TENANTS, "random()")} as tenant, ${zipf(UNITS, "random()")} as unit, state, random() r2, random() r3,
        random() r4, random() r5, random() r6, random() r7, random() r8, random() r9,
        now() - case when state = 'filed' then random() * interval '2 days'
          when state in ('returned', 'declined', 'stopped', 'withdrawn') then interval '20 days' + random() * interval '1000 days'
          else random() * interval '18 days' end as filed
      from (select n, case when r < 0.745 then 'returned' when r < 0.765 then 'declined' when r < 0.775 then 'stopped'
          when r < 0.785 then 'withdrawn' when r < 0.80 then 'filed' when r < 0.83 then 'received' when r < 0.92 then 'processing'
          when r < 0.95 then 'supplement-requested' when r < 0.97 then 'fee-due' else 'result-ready' end as state
        from (select n, random() as r from generate_series($1::bigint, $2::bigint) n) drawn) stated
    ) placed
  ) made join (values (1, '1.001193', 'Đăng ký khai sinh', 'HT'), (2, '2.000635', 'Cấp bản sao trích lục hộ tịch', 'HT'),
    (3, '1.004363', 'Đăng ký thường trú', 'CT'), (4, '1.004873', 'Xác nhận tình trạng hôn nhân', 'HT'),
    (5, '1.002693', 'Cấp giấy chứng nhận quyền sử dụng đất', 'DD')) p (place, code, name, field) on p.place = made.what`;

const PIECE = 250_000;

/**
 * So many rows as superuser: no triggers and no write-ahead log, and the indexes made afterwards, because this
 * measures reading.
 */
export async function fillDossiers(client: pg.Client, rows: number, say: (line: string) => void): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = 'dossier'::regclass and not exists (select from pg_constraint where conindid = i.indexrelid)`,
  );
  await client.query("set session_replication_role = replica");
  await client.query("set statement_timeout = 0");
  await client.query("set maintenance_work_mem = '1GB'");
  const began = performance.now();
  const minutes = () => `${((performance.now() - began) / 60_000).toFixed(1)} min`;
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  // Keys that nothing here could break; random ones would slow the filling to a third.
  const { rows: keys } = await client.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = 'dossier'::regclass and contype in ('p', 'u') order by contype`,
  );
  for (const { name } of keys) await client.query(`alter table dossier drop constraint ${name} cascade`);
  for (let from = 1; from <= rows; from += PIECE) {
    await client.query(ROWS, [from, Math.min(rows, from + PIECE - 1)]);
    if (from % 1_000_000 === 1) say(`${from + PIECE - 1} rows, ${minutes()}`);
  }
  for (const { name, definition } of keys)
    await client.query(`alter table dossier add constraint ${name} ${definition}`);
  for (const { definition } of indexes) await client.query(definition);
  say(`indexes, ${minutes()}`);
  await client.query("vacuum analyze dossier");
  const { rows: size } = await client.query<{ size: string; largest: string }>(
    `select pg_size_pretty(pg_total_relation_size('dossier')) as size, count(*)::text as largest from dossier
     where tenant = 'p1' and agency_id = '1' and desk_queue in ('take', 'held', 'received', 'work', 'sign', 'return', 'wait', 'fee')`,
  );
  say(`${rows} dossiers, ${size[0]?.size}, in the largest unit ${size[0]?.largest} open; ready after ${minutes()}`);
}
