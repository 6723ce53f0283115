import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import {
  instancePicture,
  listSteps,
  listWaitingSteps,
  publishProcess,
  saveProcess,
  whoHasIt,
} from "#province/steps/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import {
  acting,
  aReceivedDossier,
  officerActor,
  openSteps,
  publisher,
  standardProcess,
  unitsOfTayNinh,
  useProcess,
} from "./process-example.ts";
import {
  assignStep,
  claimStep,
  completeStep,
  findDossier,
  forwardDossier,
  listHistory,
  processJobs,
  recordResult,
  returnResult,
  signResult,
  stopDossier,
} from "./index.ts";

const tenant = "tayninh";
const file = { sha256: "a".repeat(64), name: "ket-qua.pdf", size: 10, mediaType: "application/pdf" };

async function stateOf(database: Database, dossierId: string) {
  return (await findDossier(database, { tenant, dossierId }))?.state;
}

describe("a dossier and its internal procedure", () => {
  test("are one truth: each act finishes its step, and none can be done before its step", () =>
    withProvince(async (database) => {
      await useProcess(database, standardProcess("commune"));
      const db = database.forTenant(tenant);
      const [clerk, specialist, leader] = await Promise.all(
        (["one-stop", "specialist", "leader"] as const).map((role) => officerActor(database, role)),
      );
      assert.ok(clerk && specialist && leader);
      const id = await aReceivedDossier(database);
      // The first step is with whoever received it.
      assert.deepEqual(
        (await openSteps(database, id)).map(({ node, officer }) => [node, officer?.id]),
        [["receive", clerk.id]],
      );
      const early = await recordResult(database, {
        ...(await acting(database, id, specialist)),
        resultId: newId(),
        file,
      });
      assert.deepEqual(early, { ok: false, reason: "step-elsewhere" });
      const unfit = await forwardDossier(database, { ...(await acting(database, id, clerk)), to: { officer: leader } });
      assert.deepEqual(unfit, { ok: false, reason: "receiver-unfit" });
      const forwarded = await forwardDossier(database, {
        ...(await acting(database, id, clerk)),
        to: { officer: { id: specialist.id, name: specialist.name } },
        note: "Nhờ anh xử lý.",
      });
      assert.ok(forwarded.ok);
      assert.deepEqual((await findDossier(database, { tenant, dossierId: id }))?.officer?.id, specialist.id);
      assert.deepEqual(
        (await whoHasIt(db, id)).map(({ officer, role }) => [officer, role]),
        [[specialist.name, "specialist"]],
      );
      const notTheirs = await recordResult(database, {
        ...(await acting(database, id, leader)),
        resultId: newId(),
        file,
      });
      assert.deepEqual(notTheirs, { ok: false, reason: "step-not-yours" });
      const entered = await recordResult(database, {
        ...(await acting(database, id, specialist)),
        resultId: newId(),
        file,
      });
      assert.ok(entered.ok);
      assert.deepEqual(await returnResult(database, await acting(database, id, clerk)), {
        ok: false,
        reason: "wrong-state",
      });
      // Nobody has the leader's step yet: it stands in the list of every leader of the unit.
      const owner = { officerId: leader.id, role: "leader", agencyIds: ["ubnd-tinh", "xa-25681"] };
      assert.deepEqual(
        (await listWaitingSteps(db, owner)).rows.map(({ dossierId, mine }) => [dossierId, mine]),
        [[id, false]],
      );
      assert.ok((await signResult(database, { ...(await acting(database, id, leader)), file })).ok);
      assert.ok((await returnResult(database, await acting(database, id, clerk))).ok);
      assert.equal(await stateOf(database, id), "returned");
      const steps = await listSteps(db, id);
      assert.deepEqual(
        [steps?.state, steps?.done.map(({ node, state }) => `${node} ${state}`), steps?.now.length],
        ["ended", ["receive done", "process done", "sign done", "return done"], 0],
      );
      const history = await listHistory(database, { tenant, dossierId: id });
      assert.deepEqual(history.map(({ action }) => action).slice(-5), [
        "receive",
        "forward",
        "record-result",
        "sign-result",
        "return-result",
      ]);
      const told = history.find(({ action }) => action === "forward")?.detail;
      assert.deepEqual([told?.step, told?.next], [steps?.done[0]?.name, specialist.name]);
      const picture = await instancePicture(db, id, new Date());
      assert.ok(picture?.marks.every(({ mark }) => mark === "done"));
    }));

  test("of two officers on one step the second gets a conflict, and nothing is written twice", () =>
    withProvince(async (database) => {
      await useProcess(database, standardProcess("department-opinion"));
      const [clerk, specialist] = await Promise.all([
        officerActor(database, "one-stop"),
        officerActor(database, "specialist"),
      ]);
      const id = await aReceivedDossier(database);
      await forwardDossier(database, {
        ...(await acting(database, id, clerk)),
        to: { unit: { id: "u", name: "Phòng" } },
      });
      const [study] = await openSteps(database, id);
      assert.ok(study);
      assert.deepEqual([study.node, study.officer], ["study", null]);
      const seen = { tenant, dossierId: id, taskId: study.id, revision: study.revision, actor: specialist };
      const claims = await Promise.all([claimStep(database, seen), claimStep(database, seen)]);
      assert.deepEqual(claims.map((one) => (one.ok ? "ok" : one.reason)).sort(), ["conflict", "ok"]);
      assert.deepEqual(await claimStep(database, { ...seen, revision: 2, actor: clerk }), {
        ok: false,
        reason: "step-not-yours",
      });
      const other = { id: clerk.id, name: clerk.name };
      assert.deepEqual(await assignStep(database, { ...seen, revision: 2, to: other, note: "" }), {
        ok: false,
        reason: "receiver-unfit",
      });
      const steps = await listSteps(database.forTenant(tenant), id);
      const way = steps?.ways.get(study.id)?.[0]?.id;
      const done = { ...seen, revision: 2, content: "Đã xem.", files: [], way };
      const twice = await Promise.all([completeStep(database, done), completeStep(database, done)]);
      assert.deepEqual(twice.map((one) => (one.ok ? "ok" : one.reason)).sort(), ["conflict", "ok"]);
      const history = await listHistory(database, { tenant, dossierId: id });
      assert.equal(history.filter(({ action }) => action === "step").length, 1);
    }));

  test("an opinion that nobody gives goes by its timer; a dossier that is stopped takes its steps along", () =>
    withProvince(async (database, place) => {
      const processId = await useProcess(database, standardProcess("department-opinion"));
      const [clerk, specialist] = await Promise.all([
        officerActor(database, "one-stop"),
        officerActor(database, "specialist"),
      ]);
      const id = await aReceivedDossier(database);
      await forwardDossier(database, { ...(await acting(database, id, clerk)), to: { officer: specialist } });
      const [study] = await openSteps(database, id);
      const ways = (await listSteps(database.forTenant(tenant), id))?.ways.get(study?.id ?? "") ?? [];
      const asked = await completeStep(database, {
        tenant,
        dossierId: id,
        taskId: study?.id ?? "",
        revision: study?.revision ?? 0,
        actor: specialist,
        content: "Xin ý kiến.",
        files: [],
        way: ways[0]?.id,
      });
      assert.ok(asked.ok, JSON.stringify([asked, ways]));
      const [opinion] = await openSteps(database, id);
      assert.deepEqual([opinion?.node, opinion?.unit.id, opinion?.work], ["opinion", "so-xay-dung", "opinion"]);
      // Long after: the worker's clock is ahead, and so is the database's for the jobs.
      await withAdmin(place, (client) =>
        client.query("update job set run_at = now() - interval '1 second' where queue = 'process-timer'"),
      );
      const clock = { now: () => new Date(Date.now() + 60 * 86_400_000) };
      const worker = createWorker({
        database,
        handlers: processJobs(database, clock),
        log: createLog("test"),
      });
      await worker.drain();
      const now = await openSteps(database, id);
      assert.notEqual(now[0]?.node, "opinion");
      const steps = await listSteps(database.forTenant(tenant), id);
      assert.equal(steps?.done.find(({ node }) => node === "opinion")?.state, "overdue");
      await worker.drain();
      assert.deepEqual(await openSteps(database, id), now);

      const stopped = await stopDossier(database, {
        ...(await acting(database, id, clerk)),
        text: "Dừng theo đề nghị của người dân vì đã nộp nhầm thủ tục.",
      });
      assert.ok(stopped.ok);
      assert.deepEqual(
        [(await listSteps(database.forTenant(tenant), id))?.state, await openSteps(database, id)],
        ["cancelled", []],
      );

      // A second version: its drawer may not publish it, another person may; the first stays as it was.
      const db = database.forTenant(tenant);
      const units = unitsOfTayNinh();
      const saved = await saveProcess(db, {
        processId,
        name: "Thử",
        xml: standardProcess("commune"),
        by: publisher,
        units,
      });
      assert.ok(saved.ok);
      const draft = { processId, version: saved.version, revision: saved.revision, units };
      assert.deepEqual(await publishProcess(db, { ...draft, by: publisher }), { ok: false, reason: "same-person" });
      const stale = await saveProcess(db, {
        processId,
        name: "Thử",
        xml: standardProcess("commune"),
        by: publisher,
        units,
      });
      assert.deepEqual(stale, { ok: false, reason: "conflict" });
    }));

  test("branches at other agencies are done at the same time, and the result is returned only when all have joined", () =>
    withProvince(async (database) => {
      await useProcess(database, standardProcess("linked-parallel"));
      const db = database.forTenant(tenant);
      const [clerk, specialist, leader] = await Promise.all(
        (["one-stop", "specialist", "leader"] as const).map((role) => officerActor(database, role)),
      );
      assert.ok(clerk && specialist && leader);
      const id = await aReceivedDossier(database);
      const to = { officer: { id: specialist.id, name: specialist.name } };
      assert.ok((await forwardDossier(database, { ...(await acting(database, id, clerk)), to })).ok);
      assert.ok(
        (await recordResult(database, { ...(await acting(database, id, specialist)), resultId: newId(), file })).ok,
      );
      assert.ok((await signResult(database, { ...(await acting(database, id, leader)), file })).ok);
      const branches = await openSteps(database, id);
      assert.deepEqual(branches.map(({ unit }) => unit.id).sort(), ["bhxh", "cong-an"]);
      // The dossier is with two agencies: nobody by name has it, and it is not returned yet.
      assert.equal((await findDossier(database, { tenant, dossierId: id }))?.officer, null);
      assert.deepEqual(await returnResult(database, await acting(database, id, clerk)), {
        ok: false,
        reason: "step-elsewhere",
      });
      const ways = (await listSteps(db, id))?.ways;
      const both = await Promise.all(
        branches.map((task) =>
          completeStep(database, {
            tenant,
            dossierId: id,
            taskId: task.id,
            revision: task.revision,
            actor: specialist,
            way: ways?.get(task.id)?.[0]?.id,
            content: `Đã làm: ${task.name}`,
            files: [],
          }),
        ),
      );
      assert.deepEqual(
        both.map((one) => one.ok),
        [true, true],
        JSON.stringify(both),
      );
      assert.deepEqual(
        (await openSteps(database, id)).map(({ node }) => node),
        ["return"],
      );
      assert.ok((await returnResult(database, await acting(database, id, clerk))).ok);
      assert.equal((await listSteps(db, id))?.state, "ended");
    }));
});
