import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

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
 * Runs `sql` (one statement without parameters, which takes its own next row) `count` times with 16 clients.
 * Answers transactions per second.
 */
export async function transactionsPerSecond(url: string, sql: string, count: number): Promise<number> {
  return hasPgbench() ? await byPgbench(url, sql, count) : await byLoop(url, sql, count);
}

async function byPgbench(url: string, sql: string, count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "motcua-bench-"));
  try {
    const script = join(folder, "statement.sql");
    writeFileSync(script, `${sql};\n`);
    const args = ["-n", "-M", "prepared", "-c", String(CLIENTS), "-j", "1", "-t", String(Math.floor(count / CLIENTS)), "-f", script, url];
    const { stdout } = await promisify(execFile)("pgbench", args);
    const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
    const failed = Number(/number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0);
    if (!(rate > 0) || failed > 0) throw new Error(`pgbench: ${stdout}`);
    return rate;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byLoop(url: string, sql: string, count: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const began = performance.now();
  await inTurns(count, async (_index, worker) => {
    await clients[worker]?.query({ name: "bench", text: sql });
  });
  const rate = count / ((performance.now() - began) / 1000);
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}

/** Calls `work` for 0 … count−1 with 16 at a time. */
export async function inTurns(count: number, work: (index: number, worker: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_unused, worker) => {
      while (next < count) await work(next++, worker);
    }),
  );
}
