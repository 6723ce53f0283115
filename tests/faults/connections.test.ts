/** Database connections that die in the middle of transactions, with pools of 1, 2 and 8 (promise P10). */
import assert from "node:assert/strict";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "#kit/db.ts";
import { newSecretId } from "#kit/ids.ts";
import { checkLedger } from "#national/ledger/index.ts";
import { answerPlatform, startAttempt } from "#national/payments/index.ts";
import { cloneDatabase, type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { initMessage, merchant } from "#tests/support/hub.ts";
import { CALLING } from "./crash-table.ts";
import { chooser, count, SEED } from "./tally.ts";
import { startVoices, type Voices } from "./voices.ts";

const PAYMENTS = 60;
const CUTS = 25;

/** As a browser or a provider does: again until there is an answer. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries > 60) throw error;
      await sleep(10);
    }
  }
}

/** One citizen from INIT to the callback, each step repeated until it is answered; every provider has its turn. */
async function payOnce({ hub, of }: Voices, n: number): Promise<string> {
  const orderId = await untilAnswered(async () => {
    const { body } = await answerPlatform(hub, merchant.token, initMessage(`dvccut${n}`));
    const said = JSON.parse((body as { message: string }).message) as { UrlThanhToan?: string };
    if (!said.UrlThanhToan) throw new Error("no order");
    return said.UrlThanhToan.split("/").at(-1) ?? "";
  });
  const attemptId = newSecretId();
  const voice = of[CALLING[n % CALLING.length] ?? "momo"];
  await untilAnswered(() =>
    startAttempt(hub, { orderId, attemptId, channel: voice.channel, payerIp: "127.0.0.1", lang: "vi" }),
  );
  await untilAnswered(async () => {
    const verdict = await voice.succeeds(attemptId);
    if (verdict !== "recorded" && verdict !== "already") throw new Error(verdict);
  });
  return attemptId;
}

async function cutWhile(place: TestDatabase, busy: () => boolean): Promise<number> {
  let cut = 0;
  await withAdmin(place, async (client) => {
    while (busy() && cut < CUTS) {
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'cut' and state <> 'idle' order by random() limit 1`,
      );
      cut += rowCount ?? 0;
      await sleep(5);
    }
  });
  return cut;
}

for (const max of [1, 2, 8]) {
  test(`connections cut under load with a pool of ${max}: each payment is settled once, with its own transaction`, {
    timeout: 120_000,
  }, async () => {
    const place = await cloneDatabase("national");
    const database = openDatabase({ url: place.appUrl, role: "cut", max });
    const voices = await startVoices(database);
    try {
      let busy = true;
      const cutting = cutWhile(place, () => busy);
      const paid = await Promise.all(Array.from({ length: PAYMENTS }, (_, n) => payOnce(voices, n))).finally(
        () => (busy = false),
      );
      const cut = await cutting;
      assert.ok(cut > 0, "no connection was cut");
      count("cut connections", cut);
      count("payments", PAYMENTS);
      const { rows } = await withAdmin(place, (client) =>
        client.query<{ key: string }>("select attempt_id::text as key from settlement where kept"),
      );
      assert.deepEqual(rows.map((row) => row.key).sort(), paid.sort());
      const whole = await untilAnswered(() => checkLedger(database));
      assert.deepEqual(whole, { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
      // A connection that came back to the pool inside a transaction would hide what follows from others.
      const { rows: left } = await withAdmin(place, (client) =>
        client.query(
          "select pid from pg_stat_activity where datname = current_database() and application_name = 'cut' and state like 'idle in transaction%'",
        ),
      );
      assert.deepEqual(left, []);
    } finally {
      await voices.close();
      await database.close();
      await place.drop();
    }
  });
}

/** Between the hub and PostgreSQL: passes on what the hub says and sometimes breaks off before the answer is back. */
async function startBreakingProxy(
  target: URL,
  seed: number,
): Promise<{ url: string; broken: () => number; close(): void }> {
  const choose = chooser(seed);
  const sockets = new Set<Socket>();
  let broken = 0;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let said = 0;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    near.on("data", (chunk: Buffer) => {
      far.write(chunk);
      said += 1;
      // Not while it signs in. PostgreSQL has the statement and commits it; nobody hears of it.
      if (said > 6 && broken < CUTS && choose.below(12) === 0) {
        broken += 1;
        near.destroy();
        far.end();
      }
    });
    far.on("data", (chunk: Buffer) => near.writable && near.write(chunk));
    near.on("close", () => far.end());
    far.on("close", () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    broken: () => broken,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test("connections that break off between a COMMIT and its answer: what was asked again has happened once", {
  timeout: 120_000,
}, async (context) => {
  const place = await cloneDatabase("national");
  const proxy = await startBreakingProxy(new URL(place.appUrl), SEED);
  const database = openDatabase({ url: proxy.url, role: "proxied", max: 4 });
  const voices = await startVoices(database);
  try {
    const paid = await Promise.all(Array.from({ length: PAYMENTS }, (_, n) => payOnce(voices, n)));
    context.diagnostic(`seed ${SEED}: ${proxy.broken()} broken off`);
    assert.ok(proxy.broken() > 5, "hardly any connection broke");
    count("cut connections", proxy.broken());
    count("payments", PAYMENTS);
    const settled = await withAdmin(place, async (client) => [
      (await client.query<{ key: string }>("select attempt_id::text as key from settlement where kept")).rows,
      (await client.query("select from settlement where not kept")).rows,
      (await client.query("select key from job where queue = 'confirm-merchant' group by key having count(*) <> 1"))
        .rows,
    ]);
    assert.deepEqual(settled[0]?.map((row) => (row as { key: string }).key).sort(), paid.sort());
    assert.deepEqual(settled.slice(1), [[], []]);
    assert.deepEqual(await untilAnswered(() => checkLedger(database)), {
      total: 0,
      unbalanced: 0,
      unbooked: 0,
      unexplained: 0,
    });
  } finally {
    await voices.close();
    await database.close();
    proxy.close();
    await place.drop();
  }
});
