/**
 * A database as a process sees it that dies between two of its writes: the write that was to come never comes, a transaction
 * that was open is rolled back, and nothing of that process goes on. So every act can be killed at every point in the time of
 * one process; the kills with SIGKILL stand beside it (dossier-points.test.ts, crash-points.test.ts).
 */
import type { Database, Db, Statement } from "#kit/db.ts";

export interface Mortal {
  readonly database: Database;
  /** Dies before its n-th write from now (1 is the next); resolves when it is dead. */
  arm(before: number): Promise<"dead">;
  /** A new process: alive, and nothing counted. Answers how many writes there were since `arm`. */
  revive(): number;
}

/** Statements that change something: those that say so, and the functions of the migrations. */
const WRITES = /^\s*(insert|update|delete)\b|^\s*with\b[\s\S]*\b(insert|update|delete)\b|^\s*select\s+\w+\(/i;
const READS = /^\s*select (count|exists|current_|history_|process_standing|dossier_find)/i;

class Death extends Error {}

export function mortalDatabase(real: Database): Mortal {
  let writes = 0;
  let last = Number.POSITIVE_INFINITY;
  let dead = false;
  let tell: () => void = () => undefined;
  /** Never answers: what waits for it has ended with its process. */
  const nothing = () => new Promise<never>(() => undefined);
  const mayGoOn = (text: string): void => {
    if (WRITES.test(text) && !READS.test(text)) {
      writes += 1;
      if (writes >= last) {
        dead = true;
        tell();
      }
    }
    if (dead) throw new Death();
  };
  const inside = (db: Db): Db => {
    const guarded = <T>(s: { readonly text: string }, work: () => Promise<T>): Promise<T> => {
      mayGoOn(s.text);
      return work();
    };
    type S = Statement<never, never>;
    return {
      many: async (s, p) => guarded(s, () => db.many(s, p)),
      one: async (s, p) => guarded(s, () => db.one(s, p)),
      maybe: async (s, p) => guarded(s, () => db.maybe(s, p)),
      run: async (s, p) => guarded(s as S, () => db.run(s, p)),
      copy: async (s, lines) => guarded(s, () => db.copy(s, lines)),
    };
  };
  const outside = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Death || dead) return nothing();
      throw error;
    }
  };
  const wrap = (database: Database): Database => {
    const db = inside(database);
    return {
      many: (s, p) => outside(() => db.many(s, p)),
      one: (s, p) => outside(() => db.one(s, p)),
      maybe: (s, p) => outside(() => db.maybe(s, p)),
      run: (s, p) => outside(() => db.run(s, p)),
      copy: (s, lines) => outside(() => db.copy(s, lines)),
      tx: (work) => outside(() => database.tx((inner) => work(inside(inner)))),
      forTenant: (tenant) => wrap(database.forTenant(tenant)),
      listen: (channel, onNotify) => database.listen(channel, onNotify),
      close: () => database.close(),
    };
  };
  return {
    database: wrap(real),
    arm: (before) => {
      writes = 0;
      last = before;
      return new Promise((resolve) => (tell = () => resolve("dead")));
    },
    revive: () => {
      dead = false;
      last = Number.POSITIVE_INFINITY;
      return writes;
    },
  };
}
