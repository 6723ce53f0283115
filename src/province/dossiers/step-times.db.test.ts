import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import {
  listSteps,
  moveInstance,
  planMove,
  publishProcess,
  saveProcess,
  type StepTask,
} from "#province/steps/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import {
  acting,
  aReceivedDossier,
  drawer,
  officerActor,
  openSteps,
  publisher,
  standardProcess,
  unitsOfTayNinh,
  useProcess,
} from "./process-example.ts";
import {
  answerSupplement,
  findDossier,
  forwardDossier,
  moveDeadline,
  processJobs,
  requestSupplement,
  rescheduleDossier,
} from "./index.ts";

const tenant = "tayninh";

/** The dossier's history as if its acts had been then, of a procedure of fifteen working days. */
async function happened(place: TestDatabase, dossierId: string, acts: Readonly<Record<string, string>>) {
  await withAdmin(place, async (client) => {
    await client.query("set session_replication_role = replica");
    for (const [action, at] of Object.entries(acts)) {
      await client.query("update dossier_history set at = $3 where dossier_id = $1 and action = $2", [
        dossierId,
        action,
        at,
      ]);
      if (action !== "receive") continue;
      await client.query(
        `update dossier set received_at = $2, procedure = jsonb_set(procedure, '{code}', '"1.004363"') where id = $1`,
        [dossierId, at],
      );
      await client.query(
        "update process_task set started_at = $2, due_at = $2::timestamptz + hours * interval '1 hour' where dossier_id = $1",
        [dossierId, at],
      );
    }
  });
}

/** When a step is due, and why its time moved last. */
function timesOf(task: StepTask | undefined) {
  return [task?.dueAt.toISOString(), task?.moves.at(-1)?.why];
}

test("waiting for the citizen and putting off move the steps' due times, with the reason in the log; a running dossier moves to a version in which its steps are", () =>
  withProvince(async (database, place) => {
    const processId = await useProcess(database, standardProcess("commune"));
    const db = database.forTenant(tenant);
    const clerk = await officerActor(database, "one-stop");
    const id = await aReceivedDossier(database);
    const [before] = await openSteps(database, id);
    const asked = await requestSupplement(database, {
      ...(await acting(database, id, clerk)),
      text: "",
      items: [{ target: "field", ref: "child.name", label: "Tên", reason: "Ghi đủ họ, chữ đệm và tên của trẻ." }],
    });
    assert.ok(asked.ok, JSON.stringify(asked));
    const waiting = await forwardDossier(database, {
      ...(await acting(database, id, clerk)),
      to: { officer: clerk },
    });
    assert.deepEqual(waiting, { ok: false, reason: "wrong-state" });
    const dossier = await findDossier(database, { tenant, dossierId: id });
    const applicantSub = dossier?.applicantSub ?? "";
    const answers = { "child.name": "Nguyễn Gia Hân" };
    assert.ok((await answerSupplement(database, { tenant, dossierId: id, applicantSub, answers })).ok);
    // As if it all had been in March: the database's clock is not ours to turn. Fifteen working days from then on.
    await happened(place, id, {
      receive: "2026-03-02T08:00+07:00",
      "request-supplement": "2026-03-02T08:30+07:00",
      "answer-supplement": "2026-03-04T08:30+07:00",
    });
    const worker = createWorker({ database, handlers: processJobs(database), log: createLog("test") });
    assert.equal(await worker.drain(), 1);
    const [after] = await openSteps(database, id);
    assert.equal(after?.id, before?.id);
    // An hour from Monday 08:00, of which half was over when the clock stopped for two days.
    assert.deepEqual(timesOf(after), ["2026-03-04T02:00:00.000Z", ["pause"]]);

    // The appointment was written anew and the process ended there: looked at again, the steps follow.
    assert.deepEqual(await moveDeadline(database, { tenant, dossierId: id }), { ok: true, moved: true });
    assert.equal((await openSteps(database, id))[0]?.moves.length, 1, "nothing moved, nothing is logged");
    await withAdmin(place, (client) => client.query("update process_task set due_at = due_at + interval '1 day'"));
    assert.deepEqual(await moveDeadline(database, { tenant, dossierId: id }), { ok: true, moved: false });
    assert.deepEqual(timesOf((await openSteps(database, id))[0]), ["2026-03-04T02:00:00.000Z", ["calendar"]]);

    // Put off by two days, the dossier leaves them to the step that is open; the job is of the same commit.
    const putOff = await rescheduleDossier(
      database,
      {
        ...(await acting(database, id, clerk)),
        days: 2,
        reason: "Cần xác minh thêm với nơi đăng ký khai sinh trước đây.",
      },
      { now: () => new Date("2026-03-04T08:45+07:00") },
    );
    assert.ok(putOff.ok, JSON.stringify(putOff));
    await happened(place, id, { reschedule: "2026-03-04T08:45+07:00" });
    assert.equal(await worker.drain(), 1);
    assert.deepEqual(timesOf((await openSteps(database, id))[0]), ["2026-03-06T02:00:00.000Z", ["put-off"]]);
    const log = await withAdmin(place, (client) =>
      client.query("select revision from process_log where event = 'recount' order by revision"),
    );
    assert.deepEqual(
      log.rows.map(({ revision }: { revision: number }) => revision),
      [2, 3, 4],
    );

    // Another version: the steps keep their places, with the new hours; one without them is refused with a report.
    const units = unitsOfTayNinh();
    const publish = async (xml: string) => {
      const saved = await saveProcess(db, { processId, name: "Thử", xml, by: publisher, units });
      assert.ok(saved.ok && saved.problems.length === 0, JSON.stringify(saved));
      const done = await publishProcess(db, {
        processId,
        version: saved.version,
        revision: saved.revision,
        by: drawer,
        units,
      });
      assert.ok(done.ok);
      return saved.version;
    };
    const slower = await publish(standardProcess("commune").replace('motcua:hours="1"', 'motcua:hours="16"'));
    assert.deepEqual((await planMove(db, id, slower))?.fits, true);
    const moved = await moveInstance(db, { dossierId: id, version: slower, by: publisher });
    assert.ok(moved.ok);
    const steps = await listSteps(db, id);
    assert.deepEqual([steps?.version, steps?.now.map(({ node, hours }) => [node, hours])], [slower, [["receive", 16]]]);
    // Sixteen hours, the two days that were waited, and the two by which it was put off.
    assert.equal(await worker.drain(), 1);
    assert.deepEqual(timesOf((await openSteps(database, id))[0]), ["2026-03-10T01:00:00.000Z", ["pause", "put-off"]]);
    const other = await publish(
      standardProcess("department-opinion").replaceAll('"receive"', '"reception"').replaceAll("receive_", "reception_"),
    );
    const report = await planMove(db, id, other);
    assert.deepEqual([report?.fits, report?.steps[0]?.to], [false, null]);
    const refused = await moveInstance(db, { dossierId: id, version: other, by: publisher });
    assert.ok(!refused.ok && refused.reason === "does-not-fit");
    assert.equal((await listSteps(db, id))?.version, slower);
    assert.deepEqual(await moveInstance(db, { dossierId: id, version: slower, by: publisher }), {
      ok: false,
      reason: "same-version",
    });
  }));
