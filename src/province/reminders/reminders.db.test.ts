import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorker, type Job } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { listOfficers } from "#province/officers/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { reminderJobs } from "./index.ts";

test("more reminders than one mail holds go out in several, one after the other, each reminder once", () =>
  withProvince(async (database, place) => {
    const [officer] = await listOfficers(database, "tayninh", ["specialist"]);
    assert.ok(officer);
    await withAdmin(place, async (client) => {
      await client.query("select set_config('app.tenant', 'tayninh', false)");
      await client.query("update officer set email = 'tri@example.com' where id = $1", [officer.id]);
      await client.query(
        `insert into officer_reminder (officer_id, source, kind, facts)
         select $1, 'late:' || n, 'late', jsonb_build_object('code', 'H53-' || lpad(n::text, 4, '0')) from generate_series(1, 250) n`,
        [officer.id],
      );
      await client.query("select job_put('reminder-mail', $1::text, jsonb_build_object('officerId', $1::text))", [
        officer.id,
      ]);
    });
    const mails: string[][] = [];
    const send = async ({ payload }: Job) => {
      mails.push((payload as { text: string }).text.match(/H53-\d{4}/g) ?? []);
    };
    const handlers = reminderJobs({ database, send, deskOrigin: () => "http://localhost:8083" });
    const worker = createWorker({ database, handlers, log: createLog("test") });
    await worker.drain();
    assert.deepEqual(
      mails.map(({ length }) => length),
      [100, 100, 50],
    );
    assert.equal(new Set(mails.flat()).size, 250);
    assert.equal(await worker.drain(), 0);
  }));
