import { newSecretId } from "#kit/ids.ts";
import { openDatabase } from "#kit/db.ts";
import { fileDossier } from "#province/dossiers/index.ts";
import { durableDatabase } from "./durable-database.ts";
import type { Contest } from "./harness.ts";
import { CLIENTS, inTurns, limitName, transactionsPerSecond } from "./transactions.ts";

const COUNT = 2_000;
const TENANT = "tayninh";
const SUB = "01900000-0000-7000-8000-000000000101";
const ANSWERS = { "child.name": "Nguyễn Minh Anh", "child.birthDate": "2026-11-01", "child.sex": "female", "father.name": "Nguyễn Văn An" };
const DELIVERY = { handIn: "online", receive: "office" };
const DUES = [{ code: "2.000635", kind: "charge", name: { vi: "Bản sao", en: "Copy" }, amount: 8_000, basis: "281/2016/TT-BTC" }];

/** Drafts to be filed, and the rows by which pgbench finds its next one. */
const PREPARE = `
  select set_config('app.tenant', '${TENANT}', false);
  create table if not exists bench_draft (n int primary key, id uuid not null, submission uuid not null);
  create sequence if not exists bench_next;
  grant select on bench_draft to public; grant usage on bench_next to public;
  truncate bench_draft; alter sequence bench_next restart;
  insert into bench_draft select n, gen_random_uuid(), gen_random_uuid() from generate_series(1, ${COUNT}) n;
  select count(dossier_start('${TENANT}', id, 'provincial-portal',
    '{"code":"1.001193","version":1,"name":{"vi":"Đăng ký khai sinh","en":"Birth registration"},"fieldCode":"HT","fieldName":{"vi":"Hộ tịch","en":"Civil status"}}',
    '{"id":"ben-cau","name":"UBND thị trấn Bến Cầu","identifier":"000.20.31.H53"}',
    '{"sub":"${SUB}","name":"Nguyễn Văn An"}', '{}', true, '{"kind":"citizen","sub":"${SUB}","name":"Nguyễn Văn An"}')) from bench_draft;
  vacuum analyze dossier;
`;

const literal = (value: unknown): string => `'${JSON.stringify(value).replaceAll("'", "''")}'::jsonb`;
const STATEMENT = `select dossier_file_draft('${TENANT}', id, '${SUB}', submission, 'hash', ${literal(ANSWERS)}, ${literal(DELIVERY)}, ${literal(DUES)}, null, 'Nguyễn Minh Anh', 'Khai sinh', null) from bench_draft where n = (select nextval('bench_next'))`;

/** "Gửi hồ sơ" without files: the use case with its connection pool, against its own statement alone. */
export async function submit(): Promise<Contest> {
  const place = await durableDatabase("province");
  const database = openDatabase({ url: place.appUrl, role: "bench", max: CLIENTS });
  const prepare = () =>
    place.admin(async (client) => {
      // Each alone: VACUUM may not stand in a transaction.
      for (const statement of PREPARE.split(";\n")) if (statement.trim()) await client.query(statement);
      return (await client.query<{ id: string }>("select id from bench_draft order by n")).rows;
    });
  return {
    name: "submit (no files)",
    unit: "dossiers",
    limitName: limitName(),
    limit: async () => {
      await prepare();
      return await transactionsPerSecond(place.appUrl, STATEMENT, COUNT);
    },
    workload: async () => {
      const drafts = await prepare();
      const began = performance.now();
      await inTurns(COUNT, async (index) => {
        const outcome = await fileDossier(database, {
          tenant: TENANT,
          dossierId: drafts[index]?.id ?? "",
          applicantSub: SUB,
          submissionId: newSecretId(),
          answers: ANSWERS,
          delivery: DELIVERY as never,
          dues: DUES as never,
          holderName: "Nguyễn Minh Anh",
          summary: "Khai sinh",
        });
        if (!outcome.ok) throw new Error(`not filed: ${JSON.stringify(outcome)}`);
      });
      return COUNT / ((performance.now() - began) / 1000);
    },
    close: async () => {
      await database.close();
      await place.close();
    },
  };
}
