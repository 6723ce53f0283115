-- A receipt with a mistake is never changed: a new one with its own number refers to it (NĐ 254/2026/NĐ-CP Đ20). Each
-- receipt is replaced at most once; the replacement can be replaced in turn.
alter table receipt
  add column replaces uuid references receipt unique,
  add column replaced_by_officer text,
  add column replacement_reason text check (length(replacement_reason) between 1 and 1000),
  add constraint receipt_replacement_whole check (num_nonnulls(replaces, replaced_by_officer, replacement_reason) in (0, 3)),
  drop constraint receipt_settlement_once;
-- The receipts of the settlement itself stay one a kind; replacements stand beside them.
create unique index receipt_settlement_once on receipt (settlement_id, kind) where replaces is null;
create index receipt_day on receipt (tenant, created_at);

-- Issues the replacement. No row: the receipt is not there or was replaced before.
create function receipt_replace(p_id uuid, p_content jsonb, p_code text, p_officer text, p_reason text, p_at timestamptz, p_series_letters text)
returns setof receipt language plpgsql as $$
declare
  v_old receipt;
  v_series text := to_char(p_at at time zone 'Asia/Ho_Chi_Minh', 'YY') || 'T' || p_series_letters;
  v_number int;
begin
  perform pg_advisory_xact_lock(hashtextextended('receipt-replace/' || p_id, 0));
  select * into v_old from receipt where id = p_id;
  if not found or exists (select 1 from receipt where replaces = p_id) then return; end if;
  insert into receipt_counter as c (form, series, last) values ('EBL01', v_series, 1)
    on conflict (tenant, form, series) do update set last = c.last + 1
    returning last into v_number;
  return query insert into receipt (settlement_id, dossier_id, kind, form, series, number, payer_sub, content, amount, paid_at, code,
      replaces, replaced_by_officer, replacement_reason)
    values (v_old.settlement_id, v_old.dossier_id, v_old.kind, 'EBL01', v_series, v_number, v_old.payer_sub, p_content, v_old.amount,
      v_old.paid_at, p_code, v_old.id, p_officer, p_reason)
    returning *;
  perform audit_put(p_officer, 'receipt.replace', 'dossier:' || v_old.dossier_id,
    jsonb_build_object('old', v_old.id, 'series', v_series, 'number', v_number));
  perform job_put('receipt-documents', v_old.settlement_id::text, jsonb_build_object('settlementId', v_old.settlement_id));
end $$;

-- As in 0050; replacements of the settlement's receipts do not keep a repeated call from finding the first ones.
create or replace function receipt_issue(
  p_settlement_id uuid, p_dossier_id uuid, p_payer_sub text, p_paid_at timestamptz, p_series_letters text, p_parts jsonb
) returns setof receipt language plpgsql as $$
declare
  v_series text := to_char(p_paid_at at time zone 'Asia/Ho_Chi_Minh', 'YY') || 'T' || p_series_letters;
  v_part jsonb;
  v_number int;
begin
  -- Callback, return and poll may settle at the same moment: the second waits here and finds the first one's rows.
  perform pg_advisory_xact_lock(hashtextextended('receipt/' || p_settlement_id, 0));
  if not exists (select 1 from receipt where settlement_id = p_settlement_id) then
    for v_part in select value from jsonb_array_elements(p_parts) order by value->>'kind' desc loop
      insert into receipt_counter as c (form, series, last) values ('EBL01', v_series, 1)
      on conflict (tenant, form, series) do update set last = c.last + 1
      returning last into v_number;
      insert into receipt (settlement_id, dossier_id, kind, form, series, number, payer_sub, content, amount, paid_at, code)
      values (p_settlement_id, p_dossier_id, v_part->>'kind', 'EBL01', v_series, v_number, p_payer_sub, v_part->'content',
        (v_part->>'amount')::bigint, p_paid_at, v_part->>'code');
      perform audit_put('system:receipts', 'receipt.issue', 'dossier:' || p_dossier_id,
        jsonb_build_object('settlement', p_settlement_id, 'series', v_series, 'number', v_number, 'amount', (v_part->>'amount')::bigint));
    end loop;
    perform job_put('receipt-documents', p_settlement_id::text, jsonb_build_object('settlementId', p_settlement_id));
  end if;
  return query select * from receipt where settlement_id = p_settlement_id and replaces is null order by kind desc;
end $$;
