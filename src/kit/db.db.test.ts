import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { test } from "node:test";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { isUnreachable, openDatabase, statement } from "./db.ts";

const tenantNow = statement<{ tenant: string | null }>("test.tenant-now", "select current_tenant() as tenant");
const slow = statement<{ n: number }, [n: number]>("test.slow", "select $1::bigint as n, pg_sleep(0.01)");
const writeAudit = statement<unknown, []>("test.write-audit", "select audit_put('test', 'did', 'thing')");
const changeAudit = statement<unknown, []>("test.change-audit", "update audit set actor = 'x'");

test("a connection never carries one province's right into another province's request", async () => {
  await withDatabase("province", async (database) => {
    const wrong: string[] = [];
    await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const tenant = ["tayninh", "kontum", "quangngai"][index % 3] ?? "";
        const seen = await database.forTenant(tenant).one(tenantNow, []);
        if (seen.tenant !== tenant) wrong.push(`${tenant} saw ${seen.tenant}`);
      }),
    );
    assert.deepEqual(wrong, []);
    assert.equal((await database.one(tenantNow, [])).tenant, null, "outside a tenant nothing is set");
  });
});

test("the application cannot change what was audited", async () => {
  await withDatabase("province", async (database) => {
    await database.forTenant("tayninh").many(writeAudit, []);
    await assert.rejects(database.many(changeAudit, []), /permission denied for table audit/);
  });
});

test("connections that the server ends do not mix or end the process", async () => {
  await withDatabase("province", async (database, place) => {
    const work = Array.from({ length: 40 }, (_, n) =>
      database
        .forTenant("tayninh")
        .tx(async (db) => (await db.one(slow, [n])).n)
        .then(
          (answer) => (answer === n ? "ok" : "mixed"),
          () => "refused",
        ),
    );
    await withAdmin(place, (client) =>
      client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test' and datname = current_database()",
      ),
    );
    const results = await Promise.all(work);
    assert.equal(results.includes("mixed"), false);
    // As often as there are connections: one that was idle may not have read its farewell yet.
    const again = () => database.one(slow, [7]).catch(() => undefined);
    let answer = await again();
    for (let tried = 0; !answer && tried < 8; tried += 1) answer = await again();
    assert.equal(answer?.n, 7, "the pool goes on");
  });
});

/** A connection's last words as PostgreSQL writes them (protocol 3, ErrorResponse). */
function farewell(): Buffer {
  const fields = Buffer.from("SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0");
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

test("an answer and the server's farewell in one packet do not end the process while others wait", async () => {
  await withDatabase("province", async (_database, place) => {
    const { hostname, port } = new URL(place.appUrl);
    let farewells = 0;
    const between = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) socket.on("error", () => undefined);
      near.pipe(far);
      far.on("close", () => near.destroy());
      near.on("close", () => far.destroy());
      far.on("data", (chunk) => {
        // ReadyForQuery, and nothing after it: whoever waits gets the connection in this very moment.
        const ready = chunk.subarray(-6).equals(Buffer.from("Z\0\0\0\x05I"));
        if (!ready || farewells === 0) return near.write(chunk);
        farewells -= 1;
        return near.end(Buffer.concat([chunk, farewell()]));
      });
    });
    await once(between.listen(0, "127.0.0.1"), "listening");
    const url = new URL(place.appUrl);
    url.port = String((between.address() as AddressInfo).port);
    const database = openDatabase({ url: url.href, role: "test", max: 1 });
    try {
      const province = database.forTenant("tayninh");
      await database.one(slow, [0]);
      farewells = 1;
      // The first gives its connection back while the packet is still being read; the second will listen a moment later.
      const asked = await Promise.allSettled([
        database.one(slow, [1]),
        province.one(slow, [2]),
        province.one(slow, [3]),
      ]);
      assert.equal(farewells, 0);
      assert.equal(asked[0].status, "fulfilled", "what was answered stays answered");
      assert.ok(asked[1].status === "rejected" && isUnreachable(asked[1].reason), "the next may try again");
      assert.equal(asked[2].status, "fulfilled", "and whoever comes after gets a connection that lives");
    } finally {
      await database.close();
      between.close();
    }
  });
});

test("every table that has a tenant is protected by forced row-level security", async () => {
  await withDatabase("province", async (_database, place) => {
    // Rows of these are written before or without a tenant; they hold no dossier data and are read by secret or by the worker.
    const without = ["audit", "job", "session"];
    const { rows } = await withAdmin(place, (client) =>
      client.query<{ relname: string; relrowsecurity: boolean; relforcerowsecurity: boolean }>(
        `select c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
         where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> all ($1)`,
        [without],
      ),
    );
    assert.ok(rows.length > 0);
    assert.deepEqual(
      rows.filter((row) => !row.relrowsecurity || !row.relforcerowsecurity),
      [],
    );
  });
});

const backend = statement<{ pid: number }, []>("test.backend", "select pg_backend_pid() as pid");

test("a server that answers no more is given up after its time, and the next question goes over a new connection", async () => {
  await withDatabase("province", async (_database, { appUrl }) => {
    const impatient = openDatabase({ url: appUrl, role: "test", max: 1, statementTimeoutMs: 100 });
    const { pid } = await impatient.one(backend, []);
    process.kill(pid, "SIGSTOP");
    try {
      await assert.rejects(impatient.one(backend, []), (error) => isUnreachable(error));
      assert.notEqual((await impatient.one(backend, [])).pid, pid);
    } finally {
      process.kill(pid, "SIGCONT");
      await impatient.close();
    }
  });
});

const divides = statement<{ n: number }, [n: number]>("test.divides", "select 1 / $1::int as n");
const unparsable = statement<unknown, []>("test.unparsable", "select * from no_such_table");
const writesThenFails = statement<unknown, [n: number]>(
  "test.writes-then-fails",
  "select audit_put('test', 'half', 'thing'), 1 / $1::int",
);
const audited = statement<{ n: number }, []>(
  "test.audited",
  "select count(*)::int as n from audit where action = 'half'",
);

test("a statement that fails for one province leaves nothing written, a good connection and no right behind it", async () => {
  await withDatabase("province", async (_database, { appUrl }) => {
    const single = openDatabase({ url: appUrl, role: "test", max: 1 });
    const tayninh = single.forTenant("tayninh");
    try {
      await assert.rejects(tayninh.many(unparsable, []), /no_such_table/);
      await assert.rejects(tayninh.many(unparsable, []), /no_such_table/);
      const { pid } = await tayninh.one(backend, []);
      await assert.rejects(tayninh.many(writesThenFails, [0]), /division by zero/);
      assert.equal((await tayninh.one(divides, [1])).n, 1);
      assert.equal((await tayninh.one(audited, [])).n, 0);
      assert.equal((await tayninh.one(backend, [])).pid, pid, "still the same connection");
      assert.equal((await single.one(tenantNow, [])).tenant, null);
      const seen = await Promise.all([tayninh.one(tenantNow, []), single.forTenant("kontum").one(tenantNow, [])]);
      assert.deepEqual(
        seen.map(({ tenant }) => tenant),
        ["tayninh", "kontum"],
      );
    } finally {
      await single.close();
    }
  });
});
