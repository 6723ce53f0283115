-- Slips (phiếu), receipts (biên lai) and results: what the province gives into people's hands.
-- What was issued is never changed: the application may only select and insert these rows; the bytes of a document are
-- a second row, written once, whoever renders first. Every document has an unguessable code for its verification page.

create table slip_counter (
  tenant text not null default current_setting('app.tenant'),
  kind text not null,
  year int not null,
  last int not null,
  primary key (tenant, kind, year)
);
select protect_tenant_table('slip_counter');
select grant_app('slip_counter', 'select, insert, update');

create table slip (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null,
  kind text not null check (kind in ('receipt', 'supplement', 'refusal')),
  -- Tells the second supplement request of a dossier from a repeated click on the first.
  occasion text not null check (length(occasion) <= 60),
  year int not null,
  number int not null check (number >= 1),
  rule_set text not null,
  -- What is printed, frozen at issue: the file can be rendered again, but never with other words.
  content jsonb not null,
  code text not null check (code ~ '^[2-9A-HJ-NP-Z]{16}$'),
  issued_by text not null,
  created_at timestamptz not null,
  constraint slip_once unique (dossier_id, kind, occasion),
  constraint slip_number_once unique (tenant, kind, year, number),
  constraint slip_code_once unique (code)
);
select protect_tenant_table('slip');
select grant_app('slip', 'select, insert');

create table slip_file (
  slip_id uuid primary key references slip,
  tenant text not null default current_setting('app.tenant'),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size int not null check (size > 0),
  created_at timestamptz not null default now()
);
select protect_tenant_table('slip_file');
select grant_app('slip_file', 'select, insert');

-- Issues a slip once for (dossier, kind, occasion): a repeated call answers the first one's row. Numbers run from 1 in
-- every year of Viet Nam without a gap, because the counter's row stays locked until the transaction ends.
create function slip_issue(
  p_dossier_id uuid, p_kind text, p_occasion text, p_rule_set text, p_content jsonb, p_code text, p_issued_by text,
  p_at timestamptz
) returns setof slip language plpgsql as $$
declare
  v_year int := extract(year from p_at at time zone 'Asia/Ho_Chi_Minh');
  v_number int;
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'slip', p_dossier_id, p_kind, p_occasion), 0));
  if exists (select 1 from slip where dossier_id = p_dossier_id and kind = p_kind and occasion = p_occasion) then
    return query select * from slip where dossier_id = p_dossier_id and kind = p_kind and occasion = p_occasion;
    return;
  end if;
  insert into slip_counter as c (kind, year, last) values (p_kind, v_year, 1)
  on conflict (tenant, kind, year) do update set last = c.last + 1
  returning last into v_number;
  return query insert into slip (dossier_id, kind, occasion, year, number, rule_set, content, code, issued_by, created_at)
  values (p_dossier_id, p_kind, p_occasion, v_year, v_number, p_rule_set, p_content, p_code, p_issued_by, p_at)
  returning *;
  perform audit_put(p_issued_by, 'slip.issue', 'dossier:' || p_dossier_id, jsonb_build_object('kind', p_kind, 'number', v_number, 'year', v_year));
end $$;

create table receipt_counter (
  tenant text not null default current_setting('app.tenant'),
  form text not null,
  series text not null,
  last int not null,
  primary key (tenant, form, series)
);
select protect_tenant_table('receipt_counter');
select grant_app('receipt_counter', 'select, insert, update');

create table receipt (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  settlement_id uuid not null,
  dossier_id uuid not null,
  -- phí (fee) and lệ phí (charge) are different revenues: each has its own receipt.
  kind text not null check (kind in ('fee', 'charge')),
  form text not null check (form = 'EBL01'),
  series text not null check (series ~ '^[0-9]{2}T[ABCDEGHKLMNPQRSTUVXY]{2}$'),
  number int not null check (number between 1 and 99999999),
  payer_sub text not null,
  content jsonb not null,
  amount bigint not null check (amount > 0),
  paid_at timestamptz not null,
  code text not null check (code ~ '^[2-9A-HJ-NP-Z]{16}$'),
  created_at timestamptz not null default now(),
  constraint receipt_settlement_once unique (settlement_id, kind),
  constraint receipt_number_once unique (tenant, form, series, number),
  constraint receipt_code_once unique (code)
);
create index receipt_dossier on receipt (dossier_id);
select protect_tenant_table('receipt');
select grant_app('receipt', 'select, insert');

create table receipt_file (
  receipt_id uuid not null references receipt,
  tenant text not null default current_setting('app.tenant'),
  format text not null check (format in ('xml', 'pdf')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size int not null check (size > 0),
  created_at timestamptz not null default now(),
  primary key (receipt_id, format)
);
select protect_tenant_table('receipt_file');
select grant_app('receipt_file', 'select, insert');

-- Issues the receipts of one settlement, at most one a kind; a repeated call answers what was issued the first time.
-- p_parts: [{ "kind": "fee"|"charge", "amount": 800000, "code": "…", "content": {…} }]. Numbers run without a gap per
-- tenant, form and series from 1 January to 31 December of Viet Nam (the series carries the year of the collection).
create function receipt_issue(
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
  return query select * from receipt where settlement_id = p_settlement_id order by kind desc;
end $$;

create table result (
  id uuid primary key default gen_random_uuid(),
  tenant text not null default current_setting('app.tenant'),
  dossier_id uuid not null,
  -- TT 01/2023/TT-VPCP Đ9 k4: số ký hiệu, trích yếu, ngày hiệu lực, ngày hết hạn, and the field's own data.
  number text not null check (length(number) between 1 and 100),
  summary text not null check (length(summary) between 1 and 2000),
  effective_on date not null,
  expires_on date check (expires_on >= effective_on),
  data jsonb not null default '{}',
  state text not null default 'unsigned' check (state in ('unsigned', 'signed')),
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  file_name text not null,
  signed_sha256 text check (signed_sha256 ~ '^[0-9a-f]{64}$'),
  signed_size int check (signed_size > 0),
  signer_name text,
  signer_agency text,
  signed_at timestamptz,
  code text not null check (code ~ '^[2-9A-HJ-NP-Z]{16}$'),
  entered_by text not null,
  entered_at timestamptz not null default now(),
  constraint result_code_once unique (code),
  check ((state = 'signed') = (signed_sha256 is not null and signed_at is not null and signer_name is not null))
);
create index result_dossier on result (dossier_id, entered_at);
select protect_tenant_table('result');
select grant_app('result', 'select, insert, update');

-- A signed result never changes again, whoever asks.
create function result_signed_is_final() returns trigger language plpgsql as $$
begin
  if old.state = 'signed' then
    raise exception 'result % is signed and does not change', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger result_signed_is_final before update on result for each row execute function result_signed_is_final();

-- From unsigned to signed, once. Answers the signed row, the first one's when two officers signed at the same moment;
-- no row when there is no such result.
create function result_sign(
  p_id uuid, p_base_sha256 text, p_signed_sha256 text, p_signed_size int, p_signer_name text, p_signer_agency text,
  p_at timestamptz, p_actor text
) returns setof result language plpgsql as $$
begin
  update result set state = 'signed', signed_sha256 = p_signed_sha256, signed_size = p_signed_size,
    signer_name = p_signer_name, signer_agency = p_signer_agency, signed_at = p_at
  where id = p_id and state = 'unsigned' and file_sha256 = p_base_sha256;
  if found then
    perform audit_put(p_actor, 'result.sign', 'result:' || p_id, jsonb_build_object('sha256', p_signed_sha256));
  end if;
  return query select * from result where id = p_id and state = 'signed';
end $$;
