/** A long export takes no more memory than a short one. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { addDays, instantOf, plainDateOf } from "#kit/calendar.ts";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { officeCalendar } from "#province/deadlines/index.ts";
import { exportHead, toCsv, toXlsx } from "./export-list.ts";
import { exportPages } from "./export-pages.ts";
import { momentsAt } from "./lanes.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const now = new Date("2026-11-20T02:00:00Z");
const moments = momentsAt(officeCalendar(), now, instantOf(addDays(plainDateOf(now), 1)));
const owner = { tenant: "p1", officerId: "o", role: "one-stop", agencyIds: ["1"] } as const;

/** A list of so many dossiers, as its statement answers pages of it. */
function listOf(rows: number): Database {
  let given = 0;
  const many = async (_statement: unknown, params: readonly unknown[]) => {
    const wanted = Number(params[8]);
    const page = Array.from({ length: Math.min(wanted, rows - given) }, (_, n) => rowAt(given + n));
    // The last one only says that there are more; the next page begins with it.
    given += Math.min(wanted - 1, page.length);
    return page;
  };
  return { forTenant: () => ({ many }) } as unknown as Database;
}

const rowAt = (n: number) => ({
  id: newId(),
  at: "2026-11-19 08:00:00.000001+00",
  version: 1,
  number: n,
  code: `000.20.31.H53-261119-${n}`,
  state: "processing",
  ending: null,
  procedure: { vi: `Đăng ký khai sinh ${n}`, en: "Birth registration" },
  procedureCode: "1.001193",
  field: { vi: "Hộ tịch", en: "Civil status" },
  agency: `UBND xã ${n % 100}`,
  channel: "provincial-portal",
  applicant: `Nguyễn Thị Bích Ngọc ${n}`,
  filedAt: new Date(now.getTime() - n * 1000),
  dueAt: new Date(now.getTime() + n * 1000),
  warnAt: null,
  officer: "Võ Thị Kim Liên",
  awaitsSignature: false,
});

const BODIES = {
  csv: (pages: ReturnType<typeof exportPages>) => toCsv(exportHead("vi"), pages),
  xlsx: (pages: ReturnType<typeof exportPages>) => toXlsx("Hồ sơ", exportHead("vi"), pages),
} as const;

/** Far less than a row of the file has: a hundred and fifty bytes as text, several hundred as an object. */
const SOME_BYTES_A_ROW = 50;

/** What was held while the second half of the file went out, the middle of some looks, in bytes; `keep` holds on to all. */
async function held(kind: keyof typeof BODIES, rows: number, keep?: Buffer[]): Promise<number> {
  const pages = exportPages(listOf(rows), { owner, moments }, { tab: "unit", filters: {} }, "vi");
  const looks: number[] = [];
  let bytes = 0;
  let chunks = 0;
  for await (const chunk of Readable.from(BODIES[kind](pages)) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    keep?.push(chunk);
    chunks += 1;
    if (chunks % Math.ceil(rows / 10_000) !== 0) continue;
    // Twice: buffers are given back a little after their objects.
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    looks.push(heapUsed + arrayBuffers);
  }
  assert.ok(bytes > rows * 5, "the rows went out");
  const half = looks.slice(looks.length >> 1).toSorted((a, b) => a - b);
  return half[half.length >> 1] ?? Number.NaN;
}

for (const kind of ["csv", "xlsx"] as const)
  test(`a ${kind} of 100,000 dossiers holds no more than one of 10,000`, async () => {
    await held(kind, 2_000);
    const short = await held(kind, 10_000);
    const long = await held(kind, 100_000);
    // In bytes, not as a ratio: what else the process holds would drown ten files of this size.
    const limit = 100_000 * SOME_BYTES_A_ROW;
    assert.ok(long - short < limit, `${long - short} bytes more`);
    if (kind === "csv") {
      const kept = await held(kind, 100_000, []);
      assert.ok(kept - short > limit, `what is kept would be seen: ${kept - short} bytes more`);
    }
  });
