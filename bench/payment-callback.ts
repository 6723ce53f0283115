import { systemClock } from "#kit/clock.ts";
import { openDatabase } from "#kit/db.ts";
import { receiveCallback } from "#national/payments/index.ts";
import { makeHub, merchant, momoIpn } from "#tests/support/hub.ts";
import { durableDatabase } from "./durable-database.ts";
import type { Contest } from "./harness.ts";
import { CLIENTS, inTurns, limitName, transactionsPerSecond } from "./transactions.ts";

const COUNT = 2_000;
const AMOUNT = 8_000;

/** Orders with one attempt each that waits for its callback. */
const PREPARE = `
  create table if not exists bench_attempt (n int primary key, id uuid not null, name text not null);
  create sequence if not exists bench_next;
  create sequence if not exists bench_reference;
  grant select on bench_attempt to public; grant usage on bench_next to public;
  truncate bench_attempt; alter sequence bench_next restart;
  insert into bench_attempt select n, id, replace(id::text, '-', '') from (select n, gen_random_uuid() id from generate_series(1, ${COUNT}) n) made;
  with orders as (
    insert into payment_order (merchant, reference, request_hash, amount, information, dossier, details, expires_at)
    select '${merchant.code}', 'bench' || nextval('bench_reference'), 'hash', ${AMOUNT}, 'Thanh toán lệ phí', '363815', '{}', now() + interval '1 day'
      from bench_attempt returning id),
  numbered as (select id, row_number() over () n from orders),
  started as (
    insert into payment_attempt (id, order_id, provider, channel, provider_order, amount, state, expires_at)
    select a.id, o.id, 'momo', 'momo', a.name, ${AMOUNT}, 'redirected', now() + interval '1 hour' from numbered o join bench_attempt a using (n) returning id)
  select count(*) from started;
  vacuum analyze payment_attempt;
`;

const STATEMENT = `select payment_settle('momo', name, 'captured', ${AMOUNT}, name, '0', null, 'callback', null, '{}') from bench_attempt where n = (select nextval('bench_next'))`;

/** MoMo's callback from its body to the answer (signature, one settle), against the settling statement alone. */
export async function paymentCallback(): Promise<Contest> {
  const place = await durableDatabase("national");
  const database = openDatabase({ url: place.appUrl, role: "bench", max: CLIENTS });
  const hub = makeHub(database, { url: "http://127.0.0.1:9" }, systemClock);
  hub.log.level = "silent";
  const momo = hub.providers.get("momo");
  let transaction = Date.now() % 1e9 * 1_000;
  const prepare = () =>
    place.admin(async (client) => {
      for (const statement of PREPARE.split(";\n")) if (statement.trim()) await client.query(statement);
      return (await client.query<{ name: string }>("select name from bench_attempt order by n")).rows;
    });
  return {
    name: "payment callback",
    unit: "callbacks",
    limitName: limitName(),
    limit: async () => {
      await prepare();
      return await transactionsPerSecond(place.appUrl, STATEMENT, COUNT);
    },
    workload: async () => {
      const attempts = await prepare();
      // Signed before the clock runs: that is the wallet's work.
      const bodies = attempts.map(({ name }) => momoIpn(name, { transId: ++transaction }));
      const began = performance.now();
      await inTurns(COUNT, async (index) => {
        const verdict = await receiveCallback(hub, momo, { query: {}, body: bodies[index] });
        if (verdict !== "recorded") throw new Error(`callback was ${verdict}`);
      });
      return COUNT / ((performance.now() - began) / 1000);
    },
    close: async () => {
      await database.close();
      await place.close();
    },
  };
}
