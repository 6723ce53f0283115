import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatDate, instantOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { withAdmin, type TestDatabase } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aFiledDossier, officerLien, officerTri } from "./dossier-examples.ts";
import { answerSupplement } from "./answer-supplement.ts";
import { deadlineEvents } from "./deadline-course.ts";
import { findDossier, listHistory } from "./dossier-view.ts";
import { moveDeadline } from "./move-deadline.ts";
import { receiveDossier } from "./receive-dossier.ts";
import { requestSupplement } from "./request-supplement.ts";
import { rescheduleDossier } from "./reschedule-dossier.ts";

const clockAt = (text: string): Clock => ({ now: () => at(text) });

function at(text: string): Date {
  const [day = "", time = ""] = text.split(" ");
  const [hour, minute] = time.split(":").map(Number);
  return instantOf(day, hour, minute);
}

/** Fifteen working days (1.004363), received on Wednesday 10/6/2020: due on 1/7/2020. */
async function received(database: Database, place: TestDatabase) {
  const filed = await aFiledDossier(database);
  await withAdmin(place, (client) =>
    client.query("update dossier set procedure = jsonb_set(procedure, '{code}', '\"1.004363\"') where id = $1", [
      filed.dossierId,
    ]),
  );
  const key = { tenant: "tayninh", dossierId: filed.dossierId };
  const input = { ...key, expectedVersion: filed.version, actor: officerLien };
  const done = await receiveDossier(database, input, { clock: clockAt("2020-06-10 08:00") });
  assert.ok(done.ok);
  assert.equal(formatDate(done.dueAt), "01/07/2020");
  return { ...filed, ...key, version: done.version };
}

/** The history as if its last entry had been written then: the database's clock is not ours to turn. */
async function backdate(place: TestDatabase, dossierId: string, text: string): Promise<void> {
  await withAdmin(place, async (client) => {
    await client.query("set session_replication_role = replica");
    await client.query(
      "update dossier_history set at = $2 where dossier_id = $1 and seq = (select max(seq) from dossier_history where dossier_id = $1)",
      [dossierId, at(text)],
    );
  });
}

const dueDay = async (database: Database, key: { tenant: string; dossierId: string }) => {
  const dossier = await findDossier(database, key);
  assert.ok(dossier?.dueAt);
  return { day: formatDate(dossier.dueAt), dossier };
};

describe("a dossier's date", () => {
  test("begins anew after a supplement asked for in the first three working days, once and explained", () =>
    withProvince(async (database, place) => {
      const dossier = await received(database, place);
      const asked = await requestSupplement(database, {
        ...dossier,
        expectedVersion: dossier.version,
        actor: officerTri,
        text: "Giấy tờ tùy thân đã hết hạn, cần bản còn hạn.",
        items: [{ target: "field", ref: "nksHoTen", label: "Họ, chữ đệm, tên", reason: "" }],
      });
      assert.ok(asked.ok);
      await backdate(place, dossier.dossierId, "2020-06-12 10:00");
      const answered = await answerSupplement(database, {
        tenant: dossier.tenant,
        dossierId: dossier.dossierId,
        applicantSub: dossier.applicantSub,
        answers: { nksHoTen: "Nguyễn Văn Bình" },
      });
      assert.ok(answered.ok);
      await backdate(place, dossier.dossierId, "2020-06-17 09:00");
      // The same commit asked the worker for the new date.
      const jobs = await withAdmin(place, (client) =>
        client.query("select payload from job where queue = 'dossier-deadline'"),
      );
      assert.deepEqual(
        jobs.rows.map((row: { payload: { dossierId: string } }) => row.payload.dossierId),
        [dossier.dossierId],
      );
      assert.deepEqual(await moveDeadline(database, dossier), { ok: true, moved: true });
      const { day, dossier: now } = await dueDay(database, dossier);
      assert.equal(day, "08/07/2020");
      assert.ok(now.dueExplanation?.lines.some((line) => /tính lại từ đầu/.test(line.vi)));
      const last = (await listHistory(database, dossier)).at(-1);
      assert.equal(last?.action, "move-deadline");
      assert.equal(last?.actor.kind, "system");
      assert.deepEqual(await moveDeadline(database, dossier), { ok: true, moved: false }, "a job that comes twice");
    }));

  test("is put off once, in time, with a reason; afterwards never again", () =>
    withProvince(async (database, place) => {
      const dossier = await received(database, place);
      const input = { ...dossier, expectedVersion: dossier.version, actor: officerTri, days: 5 };
      const reason = "Cần xác minh thêm tại kho của cơ sở kinh doanh.";
      const soon = clockAt("2020-06-20 09:00");
      assert.deepEqual(await rescheduleDossier(database, { ...input, reason: "ABC" }, soon), {
        ok: false,
        reason: "reason-too-short",
      });
      assert.deepEqual(await rescheduleDossier(database, { ...input, reason, days: 0 }, soon), {
        ok: false,
        reason: "days-out-of-range",
      });
      assert.deepEqual(await rescheduleDossier(database, { ...input, reason }, clockAt("2020-07-01 09:00")), {
        ok: false,
        reason: "too-late-to-reschedule",
      });
      const done = await rescheduleDossier(database, { ...input, reason }, soon);
      assert.ok(done.ok);
      assert.equal(formatDate(done.dueAt), "08/07/2020");
      const again = await rescheduleDossier(database, { ...input, expectedVersion: done.version, reason }, soon);
      assert.deepEqual(again, { ok: false, reason: "already-rescheduled" });
      const { dossier: now } = await dueDay(database, dossier);
      const events = deadlineEvents(at("2020-06-10 08:00"), await listHistory(database, dossier));
      assert.deepEqual(
        events.map((event) => event.type),
        ["received", "rescheduled"],
      );
      assert.ok(now.dueExplanation?.lines.some((line) => line.vi === "Đã gia hạn thêm 5 ngày làm việc."));
    }));
});
