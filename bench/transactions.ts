import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { newSecretId } from "#kit/ids.ts";

/** The limit of a one-statement transaction: pgbench when the machine has it, else a bare loop of a named statement. */

export const CLIENTS = 16;

export function hasPgbench(): boolean {
  return spawnSync("pgbench", ["--version"]).status === 0;
}

/** Name of the limit for the table. */
export function limitName(): string {
  return hasPgbench() ? "the same statement in pgbench" : "the same named statement in a bare loop";
}

/**
 * Runs `sql` (one statement; `:n` in it is its parameter) once for every n from 1 to `count`, by so many callers at a
 * time. Answers transactions per second.
 */
export async function transactionsPerSecond(
  url: string,
  sql: string,
  count: number,
  callers = CLIENTS,
): Promise<number> {
  return hasPgbench() ? await byPgbench(url, sql, count, callers) : await byLoop(url, sql, count, callers);
}

async function byPgbench(url: string, sql: string, count: number, callers: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "motcua-bench-"));
  const each = Math.floor(count / callers);
  try {
    const script = join(folder, "statement.sql");
    writeFileSync(script, `\\set k :k + 1\n\\set n :client_id * ${each} + :k\n${sql};\n`);
    const args = [
      "-n",
      "-M",
      "prepared",
      "-c",
      String(callers),
      "-j",
      "1",
      "-t",
      String(each),
      "-D",
      "k=0",
      "-f",
      script,
      url,
    ];
    const { stdout } = await promisify(execFile)("pgbench", args);
    const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
    const failed = Number(/number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0);
    if (!(rate > 0) || failed > 0) throw new Error(`pgbench: ${stdout}`);
    return rate;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byLoop(url: string, sql: string, count: number, callers: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: callers }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const text = sql.replaceAll(":n", "$1");
  const began = performance.now();
  await inTurns(
    count,
    async (index, worker) => {
      await clients[worker]?.query({ name: "bench", text, values: text === sql ? [] : [index + 1] });
    },
    callers,
  );
  const rate = count / ((performance.now() - began) / 1000);
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}

/** A family of UUIDs: `id(n)` in TypeScript, `idSql` the same in SQL for the parameter `:n`. */
export function idFamily(): { readonly id: (n: number) => string; readonly idSql: string; readonly seriesSql: string } {
  const prefix = newSecretId().slice(0, 24); // up to the last dash
  return {
    id: (n) => `${prefix}${String(n).padStart(12, "0")}`,
    idSql: `('${prefix}' || lpad((:n)::text, 12, '0'))::uuid`,
    /** For `generate_series(…) n`. */
    seriesSql: `('${prefix}' || lpad(n::text, 12, '0'))::uuid`,
  };
}

/** Calls `work` for 0 … count−1 with so many at a time. */
export async function inTurns(
  count: number,
  work: (index: number, worker: number) => Promise<void>,
  callers = CLIENTS,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_unused, worker) => {
      while (next < count) await work(next++, worker);
    }),
  );
}
