/**
 * One statement of one province in one round trip. In PostgreSQL's extended protocol everything between two Syncs is one
 * transaction, so that "set the tenant, for this transaction only" and the statement itself travel in one message and are
 * answered together. Measured with a page of the inbox: begin, statement and commit one after the other reached a third of it.
 */
import pg from "pg";

/** The name under which every connection of a pool has `set_config` ready (see `makeTenantReady`). */
const SET_TENANT = {
  name: "kit.set-tenant",
  text: "select set_config('app.tenant', $1, true), set_config('plan_cache_mode', $2, true)",
};

/** What holds for one transaction. */
export interface TenantScope {
  readonly tenant: string;
  /** The statement's plan is made once a connection, not for the values of this call. */
  readonly planOnce: boolean;
}

/** What of the driver's connection is spoken to (pg's own, not in its types). */
interface ExtendedConnection {
  bind(message: { portal: string; statement: string; values: readonly unknown[] }): void;
  execute(message: { portal: string; rows: number }): void;
}

/** The driver's query as far as it is built upon here. */
interface DriverQuery {
  callback?: (error: Error | null, result: pg.QueryResult) => void;
  prepare(connection: ExtendedConnection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: ExtendedConnection): void;
}
const Query = pg.Query as unknown as new (config: pg.QueryConfig) => DriverQuery;

const PLAN_ONCE = "force_generic_plan";
const PLAN_USUAL = "auto";

class TenantQuery extends Query {
  readonly #scope: TenantScope;
  /** The first answer is set_config's own and is nobody's row. */
  #tenantIsSet = false;

  constructor(scope: TenantScope, config: pg.QueryConfig) {
    super(config);
    this.#scope = scope;
  }

  override prepare(connection: ExtendedConnection): void {
    const { tenant, planOnce } = this.#scope;
    connection.bind({ portal: "", statement: SET_TENANT.name, values: [tenant, planOnce ? PLAN_ONCE : PLAN_USUAL] });
    connection.execute({ portal: "", rows: 0 });
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#tenantIsSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: ExtendedConnection): void {
    if (this.#tenantIsSet) super.handleCommandComplete(message, connection);
    this.#tenantIsSet = true;
  }
}

/** For a pool's `onConnect`: prepares `set_config` before anything else is asked of a new connection. */
export async function makeTenantReady(client: pg.ClientBase): Promise<void> {
  await client.query({ ...SET_TENANT, values: ["", PLAN_USUAL] });
}

/** Runs one named statement as one transaction of this tenant. Errors: PostgreSQL's own, after which nothing is written. */
export async function queryForTenant(
  pool: pg.Pool,
  scope: TenantScope,
  config: pg.QueryConfig,
): Promise<pg.QueryResult> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on("error", onError);
  try {
    return await new Promise<pg.QueryResult>((resolve, reject) => {
      const query = new TenantQuery(scope, config);
      query.callback = (error, result) => (error ? reject(error) : resolve(result));
      client.query(query as unknown as pg.Submittable);
    });
  } catch (error) {
    // A refusal of PostgreSQL leaves a good connection behind; its farewell, and anything else, leaves none.
    if (!(error instanceof pg.DatabaseError) || error.severity === "FATAL")
      broken ??= error instanceof Error ? error : new Error("query failed");
    throw error;
  } finally {
    client.removeListener("error", onError);
    client.release(broken);
  }
}
