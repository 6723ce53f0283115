import { newSecretId } from "#kit/ids.ts";
import { openDatabase } from "#kit/db.ts";
import { fileDossier } from "#province/dossiers/index.ts";
import { durableDatabase } from "./durable-database.ts";
import type { Contest } from "./harness.ts";
import { CLIENTS, idFamily, inTurns, limitName, transactionsPerSecond } from "./transactions.ts";

const COUNT = 2_000;
const TENANT = "tayninh";
const SUB = "01900000-0000-7000-8000-000000000101";
const ANSWERS = {
  "child.name": "Nguyễn Minh Anh",
  "child.birthDate": "2026-11-01",
  "child.sex": "female",
  "father.name": "Nguyễn Văn An",
};
const DELIVERY = { handIn: "online", receive: "office" };
const DUES = [
  { code: "2.000635", kind: "charge", name: { vi: "Bản sao", en: "Copy" }, amount: 8_000, basis: "281/2016/TT-BTC" },
];

const literal = (value: unknown): string => `'${JSON.stringify(value).replaceAll("'", "''")}'::jsonb`;

/** Drafts to be filed. */
const prepareSql = (idOf: string): string => `
  select count(dossier_start('${TENANT}', ${idOf}, 'provincial-portal',
    '{"code":"1.001193","version":1,"name":{"vi":"Đăng ký khai sinh","en":"Birth registration"},"fieldCode":"HT","fieldName":{"vi":"Hộ tịch","en":"Civil status"}}',
    '{"id":"ben-cau","name":"UBND thị trấn Bến Cầu","identifier":"000.20.31.H53"}',
    '{"sub":"${SUB}","name":"Nguyễn Văn An"}', '{}', true, '{"kind":"citizen","sub":"${SUB}","name":"Nguyễn Văn An"}'))
  from generate_series(1, ${COUNT}) n`;

const statementOf = (id: string, submission: string): string =>
  `select dossier_file_draft('${TENANT}', ${id}, '${SUB}', ${submission}, 'hash', ${literal(ANSWERS)}, ${literal(DELIVERY)}, ${literal(DUES)}, null, 'Nguyễn Minh Anh', 'Khai sinh', null)`;

/** "Gửi hồ sơ" without files: the use case with its connection pool, against its own statement alone. */
export async function submit(): Promise<Contest> {
  const place = await durableDatabase("province");
  const database = openDatabase({ url: place.appUrl, role: "bench", max: CLIENTS });
  const prepare = async () => {
    const family = idFamily();
    await place.admin(async (client) => {
      await client.query(prepareSql(family.seriesSql));
      await client.query("analyze"); // plans made for empty tables would be measured otherwise
    });
    return family;
  };
  return {
    name: "submit (no files)",
    unit: "dossiers",
    limitName: limitName(),
    limit: async () => {
      const { idSql } = await prepare();
      return await transactionsPerSecond(place.appUrl, statementOf(idSql, idFamily().idSql), COUNT);
    },
    workload: async () => {
      const { id } = await prepare();
      const began = performance.now();
      await inTurns(COUNT, async (index) => {
        const outcome = await fileDossier(database, {
          tenant: TENANT,
          dossierId: id(index + 1),
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
