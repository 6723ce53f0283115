/**
 * PostgreSQL access. SQL text lives in `*-store.ts` and `*-view.ts`, as named statements: a named statement is parsed
 * once a connection (measured: twice the rate of unnamed ones), and a test prepares every registered one against the
 * migrated schema, so that a misspelt column is found without running the page.
 *
 * Tenants: a province's tables have row-level security by `app.tenant`. `forTenant` runs each call in a transaction
 * whose first command sets it for that transaction only (`set_config(…, true)`), so that a pooled connection can never
 * carry one province's right to see into another province's request. Both go in one round trip (`db-tenant-query.ts`).
 */
import pg from "pg";
import { type CopyStatement, copyIn } from "./db-copy.ts";
import { makeTenantReady, queryForTenant } from "./db-tenant-query.ts";
import { types } from "./db-types.ts";
import { AppError } from "./errors.ts";

/** A registered statement. `Row` and `Params` are declared beside the SQL. */
export interface Statement<Row, Params extends readonly unknown[]> {
  readonly name: string;
  readonly text: string;
  /** $1 is the tenant, which the SQL function sets for itself: no transaction is needed around it. */
  readonly tenantFirst?: true;
  /** Planned once a connection, whatever the parameters are (see `oncePlanned`). */
  readonly planOnce?: true;
  /** Never set: carries the types. */
  readonly types?: { row: Row; params: Params };
}

const registry = new Map<string, Statement<unknown, readonly unknown[]>>();

/**
 * Registers a statement under a name that is unique in the process: `room.verb-noun`, at most 63 bytes (PostgreSQL's
 * limit for names; a longer one would be cut and could meet another).
 */
export function statement<Row, Params extends readonly unknown[] = []>(
  name: string,
  text: string,
): Statement<Row, Params> {
  if (Buffer.byteLength(name) > 63) throw new Error(`statement name too long: ${name}`);
  const known = registry.get(name);
  if (known && known.text !== text) throw new Error(`statement ${name} is registered twice`);
  const made: Statement<Row, Params> = { name, text };
  registry.set(name, made as unknown as Statement<unknown, readonly unknown[]>);
  return made;
}

/**
 * One call of an SQL function that sets the tenant itself, given as `$1` before the declared parameters: asked through
 * `forTenant`, it is one round trip instead of a transaction of three. Only for functions whose first command is
 * `perform set_config('app.tenant', p_tenant, true)`.
 */
export function tenantStatement<Row, Params extends readonly unknown[] = []>(
  name: string,
  text: string,
): Statement<Row, Params> {
  const made: Statement<Row, Params> = { ...statement<Row, Params>(name, text), tenantFirst: true };
  registry.set(name, made as unknown as Statement<unknown, readonly unknown[]>);
  return made;
}

/**
 * A statement whose plan does not depend on its values, asked through `forTenant`: planned once a connection. PostgreSQL would
 * otherwise plan some anew at every call, because it takes the general plan for dearer than it is (measured with a page of the
 * inbox: planning took longer than the page).
 */
export function oncePlanned<Row, Params extends readonly unknown[] = []>(
  name: string,
  text: string,
): Statement<Row, Params> {
  const made: Statement<Row, Params> = { ...statement<Row, Params>(name, text), planOnce: true };
  registry.set(name, made as unknown as Statement<unknown, readonly unknown[]>);
  return made;
}

/** Every statement registered so far, for the test that prepares them all. */
export function registeredStatements(): readonly Statement<unknown, readonly unknown[]>[] {
  return [...registry.values()];
}

export interface Db {
  /** All rows. The SQL has the limit. */
  many<Row, Params extends readonly unknown[]>(statement: Statement<Row, Params>, params: Params): Promise<Row[]>;
  /** The only row; anything else is our own mistake and throws. */
  one<Row, Params extends readonly unknown[]>(statement: Statement<Row, Params>, params: Params): Promise<Row>;
  /** The row or undefined. */
  maybe<Row, Params extends readonly unknown[]>(
    statement: Statement<Row, Params>,
    params: Params,
  ): Promise<Row | undefined>;
  /** Number of rows changed. */
  run<Row, Params extends readonly unknown[]>(statement: Statement<Row, Params>, params: Params): Promise<number>;
  /** Many rows at once, as the lines of `COPY … FROM STDIN`; how many were written. Outside `tx` its own transaction. */
  copy(statement: CopyStatement, lines: Buffer): Promise<number>;
}

export interface Database extends Db {
  /**
   * Runs `work` in one transaction: commits its result, rolls back when it throws. Serialisation failures and deadlocks
   * (SQLSTATE 40001, 40P01) are tried again, at most 3 times, so `work` must have no effects outside the database.
   */
  tx<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** The same database seen by one province only. */
  forTenant(tenant: string): Database;
  /** Calls back on NOTIFY; reconnects by itself; returns the function that stops it. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const RETRIES_MAX = 3;
const RETRYABLE = new Set(["40001", "40P01"]);

export interface OpenOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly role: string;
  readonly max?: number;
  /** Milliseconds after which the server cancels a statement; default 15,000. */
  readonly statementTimeoutMs?: number;
}

const SILENCE_MS = 3_000;

export function openDatabase(options: OpenOptions): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? 15_000;
  const config: pg.PoolConfig = {
    connectionString: options.url,
    application_name: options.role,
    max: options.max ?? 8,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMs,
    // A server that is frozen or cut off cannot cancel by itself: then we stop waiting, and the connection is thrown away.
    query_timeout: statementTimeoutMs === 0 ? 0 : statementTimeoutMs + SILENCE_MS,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types,
    // The pool waits for its promise; its types do not say so.
    onConnect: makeTenantReady as (client: pg.ClientBase) => void,
  };
  const pool = new pg.Pool(config);
  // Without a listener an idle connection that the server closes would end the process.
  pool.on("error", () => undefined);
  // One that is being handed over has no other listener for a moment: an answer and the server's farewell in one packet
  // would end the process, too.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return makeDatabase(pool, config, undefined);
}

function makeDatabase(pool: pg.Pool, config: pg.PoolConfig, tenant: string | undefined): Database {
  const direct = makeDb(
    (query) => pool.query(query),
    (statement, lines) => inTransaction((db) => db.copy(statement, lines)),
    tenant,
  );
  const inTransaction = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
    tryAgain(() => runTransaction(pool, tenant, work));
  const db = tenant === undefined ? direct : scopedDb(pool, tenant, direct);
  return {
    ...db,
    tx: inTransaction,
    forTenant: (next) => makeDatabase(pool, config, next),
    listen: (channel, onNotify) => listen(config, channel, onNotify),
    close: () => pool.end(),
  };
}

async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= RETRIES_MAX || !(error instanceof pg.DatabaseError) || !RETRYABLE.has(error.code ?? ""))
        throw error;
    }
  }
}

/** Each call its own short transaction, so that the tenant is set for it alone; or one that sets it by itself. */
function scopedDb(pool: pg.Pool, tenant: string, direct: Db): Db {
  const scoped = makeDb(
    (query, { planOnce }) => tryAgain(() => queryForTenant(pool, { tenant, planOnce: planOnce === true }, query)),
    direct.copy,
    tenant,
  );
  const of = (s: { readonly tenantFirst?: true }): Db => (s.tenantFirst ? direct : scoped);
  return {
    many: (s, p) => of(s).many(s, p),
    one: (s, p) => of(s).one(s, p),
    maybe: (s, p) => of(s).maybe(s, p),
    run: (s, p) => of(s).run(s, p),
    copy: direct.copy,
  };
}

async function runTransaction<T>(pool: pg.Pool, tenant: string | undefined, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that broke inside a transaction must not go back to the pool: its state is unknown.
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on("error", onError);
  try {
    // Both in one message: every call of a province waits for it.
    await client.query(
      tenant === undefined ? "begin" : `begin; select set_config('app.tenant', ${pg.escapeLiteral(tenant)}, true)`,
    );
    const db = makeDb(
      (query) => client.query(query),
      (statement, lines) => copyIn(client, statement, lines),
      tenant,
    );
    const result = await work(db);
    await client.query("commit");
    return result;
  } catch (error) {
    try {
      await client.query("rollback");
    } catch (rollbackError) {
      broken = rollbackError instanceof Error ? rollbackError : new Error("rollback failed");
    }
    throw error;
  } finally {
    client.removeListener("error", onError);
    client.release(broken);
  }
}

function makeDb(
  send: (query: pg.QueryConfig, statement: { readonly planOnce?: true }) => Promise<pg.QueryResult>,
  copy: Db["copy"],
  tenant: string | undefined,
): Db {
  const query = async (s: Statement<unknown, readonly unknown[]>, params: readonly unknown[]) => {
    try {
      const values = s.tenantFirst ? [tenant, ...params] : [...params];
      return await send({ name: s.name, text: s.text, values }, s);
    } catch (error) {
      throw nameStatement(error, s.name);
    }
  };
  const loose = (s: unknown) => s as Statement<unknown, readonly unknown[]>;
  return {
    async many<Row, Params extends readonly unknown[]>(s: Statement<Row, Params>, params: Params) {
      return (await query(loose(s), params)).rows as Row[];
    },
    async one<Row, Params extends readonly unknown[]>(s: Statement<Row, Params>, params: Params) {
      const { rows } = await query(loose(s), params);
      if (rows.length !== 1)
        throw new AppError("internal", { message: `${s.name}: ${rows.length} rows instead of one` });
      return rows[0] as Row;
    },
    async maybe<Row, Params extends readonly unknown[]>(s: Statement<Row, Params>, params: Params) {
      const { rows } = await query(loose(s), params);
      if (rows.length > 1)
        throw new AppError("internal", { message: `${s.name}: ${rows.length} rows instead of one or none` });
      return rows[0] as Row | undefined;
    },
    async run<Row, Params extends readonly unknown[]>(s: Statement<Row, Params>, params: Params) {
      return (await query(loose(s), params)).rowCount ?? 0;
    },
    async copy(s, lines) {
      try {
        return await copy(s, lines);
      } catch (error) {
        throw nameStatement(error, s.name);
      }
    },
  };
}

/** Keeps PostgreSQL's error (its code is looked at) and says which statement it was. */
function nameStatement(error: unknown, name: string): unknown {
  if (error instanceof Error && !error.message.includes(name)) error.message = `${error.message} (statement ${name})`;
  return error;
}

/** SQLSTATE classes of a server that cannot serve now: connection, resources, operator's intervention. */
const UNREACHABLE_STATE = /^(08|53|57P|57014)/;
const UNREACHABLE_SOCKET = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]);
/** `pg` throws these without any code. */
const UNREACHABLE_WORDS =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** True when the database could not be asked (down, starting, full, too slow): trying again later may help. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  if (typeof code !== "string") return UNREACHABLE_WORDS.test(error.message);
  return UNREACHABLE_SOCKET.has(code) || UNREACHABLE_STATE.test(code);
}

async function listen(
  config: pg.PoolConfig,
  channel: string,
  onNotify: (payload: string) => void,
): Promise<() => Promise<void>> {
  if (!/^[a-z_]+$/.test(channel)) throw new Error(`bad channel ${channel}`);
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  // Polling covers the gap while nobody listens; a second is soon enough to try again.
  const connectLater = (): void => {
    if (!stopped) timer = setTimeout(() => void connect(), 1_000);
  };
  const connect = async (): Promise<void> => {
    if (stopped) return;
    const next = new pg.Client({ ...config, statement_timeout: 0 });
    client = next;
    next.on("notification", (message) => onNotify(message.payload ?? ""));
    next.on("error", () => undefined);
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      next.on("end", connectLater);
    } catch {
      await next.end().catch(() => undefined);
      connectLater();
    }
  };
  await connect();
  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
