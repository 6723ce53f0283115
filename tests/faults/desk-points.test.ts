/**
 * Every act of the desk, and every job that follows from it, killed before each of its writes (P11, P13, P15, P16, P18): the
 * dossier stands where it stood or where it should, done again it is done once, and each effect is there once.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf } from "#kit/calendar.ts";
import type { Database } from "#kit/db.ts";
import type { Job, JobHandler } from "#kit/jobs.ts";
import { listHistory } from "#province/dossiers/index.ts";
import { type Act, ACTS, everybody, type People, send, stand } from "#province/handling/acts-example.ts";
import { aDossierAtTheDesk, type DeskExample, deskExample } from "#province/handling/desk-example.ts";
import { slipJobs } from "#province/handling/index.ts";
import { noticeJobs } from "#province/messages/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { type Mortal, mortalDatabase } from "./mortal-database.ts";
import { count } from "./tally.ts";

const tenant = "tayninh";
/** More writes than any act has: a loop that does not end is a fault of the test. */
const POINTS_MOST = 25;
const clock = { now: () => instantOf("2026-11-18", 10) };

interface Place {
  readonly database: Database;
  readonly mortal: Mortal;
  readonly desk: DeskExample;
  /** Officers at a desk that may die, and at one that does not. */
  readonly people: People;
  readonly living: People;
}

type Stand = keyof typeof ACTS;

/** A new dossier in the stand in which an act is done. */
async function dossierIn(place: Place, wanted: Stand): Promise<string> {
  const { id } = await aDossierAtTheDesk(place.database, place.desk.files);
  const steps: readonly Act[] =
    wanted === "filed"
      ? []
      : [
          ACTS.filed[2],
          ...(wanted === "received" ? [] : [ACTS.received[5]]),
          ...(wanted === "ready" ? [ACTS.entered[0]] : []),
        ];
  for (const step of steps) {
    const { version } = await stand(place.database, id);
    const answer = await send(place.living, step, id, version, "");
    assert.equal(answer.statusCode, 303, `${step.name} on the way`);
  }
  return id;
}

const historyOf = (database: Database, dossierId: string) => listHistory(database, { tenant, dossierId });

/** Done: the history has one entry more of this act than before. */
async function timesDone(database: Database, id: string, action: string): Promise<number> {
  return (await historyOf(database, id)).filter((entry) => entry.action === action).length;
}

async function holdAct(place: Place, one: Act, wanted: Stand, action: string): Promise<number> {
  const { database, mortal, people } = place;
  const receiver = async (id: string) =>
    /<select[^>]*id="to"[\s\S]*?<option value="([0-9a-f-]{36})"/.exec(
      (await place.living.tiepnhan.get(`/ho-so/${id}/chuyen-thu-ly`)).body,
    )?.[1] ?? "";
  let id = await dossierIn(place, wanted);
  let to = await receiver(id);
  for (let point = 1; point <= POINTS_MOST; point += 1) {
    const seen = await stand(database, id);
    const before = await timesDone(database, id, action);
    const death = mortal.arm(point);
    const end = await Promise.race([send(people, one, id, seen.version, to), death]);
    mortal.revive();
    const after = await stand(database, id);
    const done = (await timesDone(database, id, action)) - before;
    const where = `${one.name}, before write ${point}`;
    assert.ok(done === 0 || done === 1, where);
    const entries = await historyOf(database, id);
    assert.equal(entries.at(-1)?.to, after.state, `${where}: the state and its history are one commit`);
    if (done === 0) assert.equal(after.state, seen.state, where);
    if (end !== "dead") {
      assert.equal(end.statusCode, 303, where);
      assert.equal(done, 1, where);
      return point - 1;
    }
    count("kills");
    if (done === 1) {
      // The officer, who had no answer, sends the same page again: told what happened, nothing twice.
      const again = await send(place.living, one, id, seen.version, to);
      // A note that stands there already, papers that are signed already: nothing changes, and that is no conflict.
      assert.equal(again.statusCode, action === "note" || action === "sign-copies" ? 303 : 409, where);
      assert.equal((await timesDone(database, id, action)) - before, 1, where);
      id = await dossierIn(place, wanted);
      to = await receiver(id);
    }
  }
  throw new Error(`${one.name} has no end`);
}

/** Jobs in the order of their keys, each killed before every write and run again until it ends. */
async function runJobs(
  place: Place,
  at: TestDatabase,
  queues: Readonly<Record<string, (database: Database) => JobHandler>>,
): Promise<number> {
  let kills = 0;
  for (;;) {
    const { rows } = await withAdmin(at, (client) =>
      client.query<Job>(
        "select id::int, tenant, queue, key, payload, 1 as attempts from job where done_at is null and queue = any ($1) order by id",
        [Object.keys(queues)],
      ),
    );
    if (rows.length === 0) return kills;
    for (const job of rows) {
      const handler = queues[job.queue]?.(place.mortal.database);
      assert.ok(handler);
      for (let point = 1; point <= POINTS_MOST; point += 1) {
        const death = place.mortal.arm(point);
        const end = await Promise.race([handler(job), death]);
        place.mortal.revive();
        if (end !== "dead") break;
        kills += 1;
        count("kills");
      }
      // Told again after it was done, as a worker does that died before marking it.
      await handler(job);
    }
    await withAdmin(at, (client) =>
      client.query("update job set done_at = now() where id = any ($1)", [rows.map(({ id }) => id)]),
    );
  }
}

const HISTORY_OF: Readonly<Record<string, string>> = { "to an act's page": "note", note: "note" };

test(
  "every act of the desk and every job after it, killed before each of its writes: done once, told once, one slip",
  {
    timeout: 240_000,
  },
  () =>
    withProvince(async (database, at) => {
      const mortal = mortalDatabase(database);
      const desk = await deskExample(mortal.database, { clock });
      const people = await everybody(desk);
      // A code of the authenticator counts once: the same officers sign in at the other desk a minute later.
      const alive = await deskExample(database, { clock: { now: () => new Date(clock.now().getTime() + 60_000) } });
      const living = await everybody(alive);
      const place: Place = { database, mortal, desk: alive, people, living };
      for (const wanted of ["filed", "received", "entered", "ready"] as const)
        for (const one of ACTS[wanted]) {
          // The money has tables of its own: fee-desk.db.test.ts, and F1 to F7 of the provinces.
          if (one.name.endsWith("-fee")) continue;
          const points = await holdAct(place, one, wanted, HISTORY_OF[one.name] ?? one.name);
          assert.ok(points > 0, `${one.name} was killed`);
        }

      const sent = new Map<number, string>();
      const slips = (db: Database) => slipJobs(() => ({ ...alive.handling, database: db }))["slip-owed"];
      const notices = (db: Database) =>
        noticeJobs({
          database: db,
          clock,
          send: async (job) => void sent.set(job.id, JSON.stringify(job.payload)),
          zalo: undefined,
          push: { keys: () => ({ publicKey: "", privateKey: "" }), subject: "mailto:x@example.vn" },
          portalOrigin: () => "http://localhost:8082",
        });
      const kills = await runJobs(place, at, {
        "slip-owed": slips,
        "citizen-notice": (db) => notices(db)["citizen-notice"] as JobHandler,
        "notice-delivery": (db) => notices(db)["notice-delivery"] as JobHandler,
      });
      assert.ok(kills > 0, "jobs were killed");

      await withAdmin(at, async (client) => {
        const ask = async (sql: string) => (await client.query<{ n: number }>(sql)).rows[0]?.n;
        const owed = "('receive', 'request-supplement', 'decline', 'refuse', 'stop', 'reschedule')";
        assert.equal(
          await ask("select count(*)::int as n from slip join slip_file on slip_id = id"),
          await ask(`select count(*)::int as n from dossier_history where action in ${owed}`),
          "every slip that is owed is made, and once",
        );
        assert.equal(
          await ask(`select count(*)::int as n from (select number, row_number() over (partition by kind, year order by number) as place
          from slip) numbered where number <> place`),
          0,
          "the numbers of slips have no gap",
        );
        assert.equal(
          await ask(`select count(*)::int as n from (select right(code, 4)::int as number, row_number() over (order by code) as place
          from dossier where code is not null) numbered where number <> place`),
          0,
          "nor have the codes of dossiers",
        );
        const waiting = "select count(*)::int as n from notice_delivery where status <> 'sent'";
        assert.equal(await ask(waiting), 0, "every notice came through");
        const toGateway = "select count(*)::int as n from notice_delivery where channel in ('sms', 'mail')";
        assert.equal(sent.size, await ask(toGateway), "and once");
        assert.equal(
          await ask(
            "select count(*)::int as n from (select from notice group by dossier_id, source having count(*) > 1) x",
          ),
          0,
          "one notice for one event",
        );
      });
    }),
);
