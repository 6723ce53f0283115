import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixedClock } from "#kit/clock.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import type { Outcome } from "./dossier.ts";
import { aDraft, aFiledDossier, citizen, type copyDue, officerLien, tomorrow } from "./dossier-examples.ts";
import { findDossier, findHistoryBreak, listDossiers, listDossiersOf, listHistory } from "./dossier-view.ts";
import { receiveDossier } from "./receive-dossier.ts";

function done<T>(outcome: Outcome<T>): T {
  assert.ok(outcome.ok, outcome.ok ? "" : outcome.reason);
  return outcome;
}

async function received(database: Database, dues = [] as (typeof copyDue)[]) {
  const filed = await aFiledDossier(database, { dues });
  const stand = done(
    await receiveDossier(
      database,
      { ...filed, expectedVersion: filed.version, actor: officerLien },
      { dueTimeOf: tomorrow },
    ),
  );
  return { ...filed, ...stand };
}

describe("what no statement of the application can do", () => {
  const statements: [string, string][] = [
    ["change the history", "update dossier_history set action = 'x'"],
    ["delete history", "delete from dossier_history"],
    ["delete a dossier", "delete from dossier"],
    ["change the channel", "update dossier set channel = 'counter'"],
    ["give another code", "update dossier set code = 'x'"],
    ["give another number", "update dossier set number = 1"],
    ["give the dossier to another person", "update dossier set applicant_sub = 'x'"],
  ];
  test("is written into the database", async () => {
    await withDatabase("province", async (database, place) => {
      await received(database);
      const { default: pg } = await import("pg");
      const client = new pg.Client({ connectionString: place.appUrl });
      await client.connect();
      await client.query("select set_config('app.tenant', 'tayninh', false)");
      for (const [what, sql] of statements)
        await assert.rejects(client.query(sql), /permission denied|what is fixed/, what);
      await client.query("select set_config('app.tenant', 'kontum', false)");
      for (const table of ["dossier", "dossier_history", "dossier_file", "code_counter"]) {
        assert.equal((await client.query(`select from ${table}`)).rowCount, 0, table);
      }
      await client.end();
    });
  });

  test("another province neither finds nor changes a dossier", async () => {
    await withDatabase("province", async (database) => {
      const filed = await aFiledDossier(database);
      const foreign = { ...filed, tenant: "kontum" };
      assert.equal(await findDossier(database, foreign), undefined);
      const input = { ...foreign, expectedVersion: filed.version, actor: officerLien };
      assert.deepEqual(await receiveDossier(database, input, { dueTimeOf: tomorrow }), {
        ok: false,
        reason: "not-found",
      });
      assert.deepEqual(
        (await listDossiersOf(database, { tenant: "kontum", applicantSub: filed.applicantSub })).dossiers,
        [],
      );
      assert.equal((await aFiledDossier(database, { tenant: "kontum" })).number, 363_816);
    });
  });

  test("an entry changed by a superuser breaks the chain", async () => {
    await withDatabase("province", async (database, place) => {
      const dossier = await received(database);
      assert.equal(await findHistoryBreak(database, dossier), null);
      await withAdmin(place, (client) =>
        client.query('update dossier_history set actor = actor || \'{"name": "X"}\' where seq = 2'),
      );
      assert.equal(await findHistoryBreak(database, dossier), 2);
    });
  });
});

describe("lists", () => {
  test("come in keyset pages, newest first, drafts apart", async () => {
    await withDatabase("province", async (database) => {
      const person = citizen();
      const filed = [];
      for (let index = 0; index < 5; index += 1) filed.push(await aFiledDossier(database, { person }));
      await aDraft(database, { person });
      const query = { tenant: "tayninh", applicantSub: person.sub, limit: 3 };
      const first = await listDossiersOf(database, query);
      const second = await listDossiersOf(database, { ...query, after: first.next ?? "" });
      assert.deepEqual(
        [...first.dossiers, ...second.dossiers].map((one) => one.number),
        filed.map((one) => one.number).reverse(),
      );
      assert.equal(second.next, null);
      assert.equal((await listDossiersOf(database, { ...query, drafts: true })).dossiers.length, 1);
      assert.equal((await listDossiers(database, { tenant: "tayninh", text: "khai sinh" })).dossiers.length, 5);
      assert.equal((await listDossiers(database, { tenant: "tayninh", text: "100%" })).dossiers.length, 0);
    });
  });
});

describe("when connections break", () => {
  /** Enough to hit receptions in every stage, few enough that all get through. */
  const CUTS = 20;

  /** As an officer whose page failed: looks again, and tries again unless it went through. */
  async function receiveInTheEnd(database: Database, filed: { tenant: string; dossierId: string }): Promise<string> {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      try {
        const seen = await findDossier(database, filed);
        if (seen?.code) return seen.code;
        const input = { ...filed, expectedVersion: seen?.version ?? 0, actor: officerLien };
        await receiveDossier(database, input, { clock: fixedClock("2020-06-10T02:00:00Z"), dueTimeOf: tomorrow });
      } catch {
        // the connection was cut; what happened is read above
      }
    }
    throw new Error("never received");
  }

  /** One whose connection was cut leaves nothing behind that is received. */
  async function fileInTheEnd(database: Database): Promise<Awaited<ReturnType<typeof aFiledDossier>>> {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const filed = await aFiledDossier(database).catch(() => undefined);
      if (filed) return filed;
    }
    throw new Error("never filed");
  }

  test("in the middle of receptions, codes still have no gap and no double", async () => {
    await withDatabase("province", async (database, place) => {
      const filed: Awaited<ReturnType<typeof aFiledDossier>>[] = [];
      const codes: string[] = [];
      let receiving = true;
      let cut = 0;
      let begin: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const cutting = withAdmin(place, async (client) => {
        begin();
        while (receiving && cut < CUTS) {
          const { rowCount } = await client.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'test' and state <> 'idle' order by random() limit 1",
          );
          cut += rowCount ?? 0;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      });
      await Promise.race([begun, cutting]);
      try {
        // A quick machine may be through with a round before anything is cut.
        for (let round = 0; round < 10 && cut === 0; round += 1) {
          const some = await Promise.all(Array.from({ length: 16 }, () => fileInTheEnd(database)));
          filed.push(...some);
          codes.push(...(await Promise.all(some.map((one) => receiveInTheEnd(database, one)))));
        }
      } finally {
        receiving = false;
        await cutting;
      }
      const expected = filed.map((_, index) => `000.20.31.H53-200610-${String(index + 1).padStart(4, "0")}`);
      assert.deepEqual(codes.sort(), expected);
      assert.ok(cut > 0, "no connection was cut");
      // A connection of its own: one of the pool may have been cut last and not know it yet.
      const calm = openDatabase({ url: place.appUrl, role: "calm", max: 1 });
      try {
        for (const one of filed) {
          const receptions = (await listHistory(calm, one)).filter((entry) => entry.action === "receive");
          assert.equal(receptions.length, 1);
          assert.equal(await findHistoryBreak(calm, one), null);
        }
      } finally {
        await calm.close();
      }
    });
  });
});
