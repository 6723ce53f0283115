/** A filed dossier with dues, made by the province's own SQL functions: for tests of what comes after filing. */
import type pg from "pg";
import { newId, newSecretId } from "#kit/ids.ts";

export const citizenSub = "01900000-0000-7000-8000-000000000101";

export interface FiledDossier {
  readonly id: string;
  readonly number: number;
}

export const extractDue = {
  code: "2.000635",
  kind: "charge",
  name: { vi: "Cấp bản sao trích lục hộ tịch", en: "Copy of a civil status extract" },
  amount: 8_000,
  quantity: 1,
  unitAmount: 8_000,
  basis: "Thông tư 281/2016/TT-BTC",
} as const;

/** `client` is the application's or the migrator's connection to the province's database. */
export async function fileDossier(
  client: pg.Client,
  tenant: string,
  dues: readonly object[] = [extractDue],
  unit = "000.20.31.H53",
): Promise<FiledDossier> {
  const id = newId();
  const procedure = {
    code: "1.001193",
    version: 1,
    name: { vi: "Đăng ký khai sinh", en: "Birth registration" },
    fieldCode: "HT",
    fieldName: { vi: "Hộ tịch", en: "Civil status" },
  };
  const agency = { id: "ubnd-thi-tran-ben-cau", name: "UBND thị trấn Bến Cầu", identifier: unit };
  const applicant = {
    sub: citizenSub,
    name: "Nguyễn Văn An",
    identityNumber: "072090000101",
    identityKind: "cccd",
    address: "Khu phố 1, Bến Cầu",
  };
  const actor = { kind: "citizen", sub: citizenSub, name: applicant.name };
  const json = (value: unknown) => JSON.stringify(value);
  await client.query("select dossier_start($1, $2, 'provincial-portal', $3, $4, $5, '{}', true, $6)", [
    tenant,
    id,
    json(procedure),
    json(agency),
    json(applicant),
    json(actor),
  ]);
  const { rows } = await client.query<{ answer: { ok: boolean; number: number } }>(
    "select dossier_file_draft($1, $2, $3, $4, 'hash', '{}', null, $5, null, '', 'Đăng ký khai sinh', null) as answer",
    [tenant, id, citizenSub, newSecretId(), json(dues)],
  );
  const answer = rows[0]?.answer;
  if (!answer?.ok) throw new Error(`the dossier was not filed: ${JSON.stringify(answer)}`);
  return { id, number: answer.number };
}
