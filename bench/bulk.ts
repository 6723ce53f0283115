/**
 * `motcua bench bulk`: a sheet of a thousand rows, each with a paper of its own, filed by the worker. Says how long it takes
 * and what the process holds after every two hundred dossiers: it must not grow with them.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemClock } from "#kit/clock.ts";
import { openDatabase } from "#kit/db.ts";
import { type BlobStore, createDiskStore } from "#kit/files.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { bulkJobs } from "#province/bulk/index.ts";
import { seedCatalogue } from "#province/catalogue/index.ts";
import type { Applicant, FilingPlace } from "#province/dossiers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { findOffer } from "../src/province/bulk/batch-scale.ts";
import { findAnyBatch } from "../src/province/bulk/batch-view.ts";
import { startFiling } from "../src/province/bulk/file-row.ts";
import { openBatch } from "../src/province/bulk/open-batch.ts";
import { type DurableDatabase, durableDatabase } from "./durable-database.ts";

const TENANT = "tayninh";
const CODE = "2.000635";
const ROWS = 1_000;
const LOOK_EVERY = 200;
/** More between the first look and the last is growth, not the collector's mood. */
const GROWTH_MAX = 24 * 1_024 * 1_024;

const PERSON: Applicant = {
  sub: "0b5a4f0e-0000-7000-8000-000000000001",
  name: "Nguyễn Văn An",
  identityNumber: "072090001234",
  identityKind: "cccd",
  birthDate: "1990-02-11",
  phone: "0869123603",
  email: "an@example.vn",
};

const CELLS: Readonly<Record<string, string>> = {
  yeuCauCho: "Cho người khác",
  quanHe: "uyQuyen",
  loaiTrichLuc: "Khai sinh",
  noiDaDangKy: "UBND thị trấn Bến Cầu",
  nksNgaySinh: "15/03/1990",
  nksGioiTinh: "Nữ",
  nksDanToc: "Kinh",
  nksQuocTich: "Việt Nam",
  "nksNoiCuTru.detail": "12 ấp 3",
  "nksNoiCuTru.area": "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh",
  copies: "2",
};

function sheet(): Buffer {
  const ids = ["nksHoTen", "file.authorisation", ...Object.keys(CELLS)];
  const lines = Array.from({ length: ROWS }, (_, row) =>
    ["Trần Thị Bình", `uy quyen ${row}.pdf`, ...Object.values(CELLS)].map((cell) => `"${cell}"`).join(";"),
  );
  return Buffer.from([ids.join(";"), ...lines].join("\n"));
}

/** Bytes that are held once everything dropped is collected. */
function held(): number {
  setFlagsFromString("--expose_gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The sheet with its papers, every row on its way to the worker. Answers the batch. */
async function beginBatch(
  place: FilingPlace & { readonly store: BlobStore },
  server: DurableDatabase,
  say: (line: string) => void,
): Promise<string> {
  await seedCatalogue(place.database, TENANT);
  const offer = await findOffer(place, CODE);
  const agency = offer?.agencies.find(({ id }) => id === "ubnd-thi-tran-ben-cau") ?? offer?.agencies[0];
  if (!offer || !agency) throw new Error(`${CODE} is not filed from sheets`);
  const taken = await timed(say, `${ROWS} rows read and checked`, () =>
    openBatch(place, {
      person: PERSON,
      procedure: offer.procedure,
      agency,
      sheet: { name: "a.csv", bytes: sheet() },
    }),
  );
  if (!taken.ok) throw new Error(taken.problem);
  const { sha256, size } = await place.store.put(Buffer.from("%PDF-1.4\n%%EOF\n"), { maxBytes: 1_000 });
  await server.admin(async (client) => {
    await client.query(
      `insert into filing_batch_file (tenant, batch_id, key, name, sha256, size, media_type)
       select $1, $2, 'uy quyen ' || n || '.pdf', 'uy quyen ' || n || '.pdf', $3, $4, 'application/pdf' from generate_series(0, $5) n`,
      [TENANT, taken.id, sha256, size, ROWS - 1],
    );
    // The papers have come: what missed them does not any more.
    await client.query("update filing_batch_row set state = 'ready', errors = '[]' where batch_id = $1", [taken.id]);
  });
  const batch = await findAnyBatch(place.database, TENANT, taken.id);
  if (!batch) throw new Error("the batch is gone");
  await startFiling(place, batch);
  return batch.id;
}

/** Answers true when every row is a dossier and the process holds no more at the end than at the first look. */
export async function bulkFiling(say: (line: string) => void): Promise<boolean> {
  const server = await durableDatabase("province");
  const database = openDatabase({ url: server.appUrl, role: "bench", max: 4 });
  const folder = await mkdtemp(join(tmpdir(), "motcua-bulk-"));
  try {
    const place = { database, store: createDiskStore(folder), clock: systemClock, tenant: findTenant(TENANT) };
    const batchId = await beginBatch(place, server, say);
    const looks: number[] = [];
    let filed = 0;
    const { "bulk-file": fileOne } = bulkJobs(place);
    const worker = createWorker({
      database,
      log: createLog("bench"),
      handlers: {
        "bulk-file": async (job) => {
          await fileOne?.(job);
          filed += 1;
          if (filed % LOOK_EVERY === 0) looks.push(held());
        },
      },
    });
    await timed(say, `${ROWS} dossiers filed`, async () => {
      while ((await worker.drain()) > 0);
    });
    const [done] = await server.admin(
      async (client) =>
        (
          await client.query<{ n: number }>(
            "select count(*)::int n from filing_batch_row r join dossier d on d.id = r.dossier_id where r.batch_id = $1 and d.number is not null",
            [batchId],
          )
        ).rows,
    );
    const mib = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
    say(`held after every ${LOOK_EVERY}: ${looks.map(mib).join(", ")} MiB`);
    const growth = (looks.at(-1) ?? 0) - (looks[0] ?? 0);
    const whole = done?.n === ROWS && growth < GROWTH_MAX;
    if (!whole) say(`VIOLATION ${done?.n ?? 0} of ${ROWS} filed, grown by ${mib(growth)} MiB`);
    return whole;
  } finally {
    await database.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed<T>(say: (line: string) => void, what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  say(`${what} in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return result;
}
