import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatDate, instantOf } from "#kit/calendar.ts";
import { findDossier, receiveDossier } from "#province/dossiers/index.ts";
import { calendarOf, findTenant, tellCalendar } from "#province/tenants/index.ts";
import { isWorkingDay } from "#province/deadlines/index.ts";
import { listTouched } from "./holiday-store.ts";
import { aReceivedDossier, standardProcess, useProcess } from "../dossiers/process-example.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, deskExample } from "../handling/desk-example.ts";
import { holidayJobs } from "./index.ts";

const tenant = findTenant("tayninh");
// A Wednesday; the dossier below is due fifteen working days later, on 23/12/2026 without any further day off.
const clock = { now: () => instantOf("2026-12-02", 10) };

describe("the table of days off", () => {
  test("says which dates a decision moves, moves them by a job, and once", () =>
    withProvince(async (database, place) => {
      try {
        const desk = await deskExample(database, { clock });
        const { id } = await aDossierAtTheDesk(database, desk.files);
        await withAdmin(place, (client) =>
          client.query(`update dossier set procedure = jsonb_set(procedure, '{code}', '"1.004363"') where id = $1`, [
            id,
          ]),
        );
        const key = { tenant: tenant.code, dossierId: id };
        const before = await findDossier(database, key);
        assert.ok(before);
        const actor = { kind: "officer", id: "a", name: "A" } as const;
        const done = await receiveDossier(database, { ...key, expectedVersion: before.version, actor }, { clock });
        assert.ok(done.ok);
        assert.equal(formatDate(done.dueAt), "23/12/2026");

        const cookie = await desk.signIn("quantri.tayninh");
        const post = (values: Record<string, string>) =>
          desk.site.inject({
            method: "POST",
            url: "/quan-tri/ngay-nghi",
            headers: { cookie, origin: "http://localhost:8083", "content-type": "application/x-www-form-urlencoded" },
            payload: new URLSearchParams(values).toString(),
          });
        const day = {
          date: "10/12/2026",
          kind: "off",
          nameVi: "Nghỉ <b>lụt</b>",
          nameEn: "",
          basis: "QĐ 9/QĐ-UBND",
          exchange: "",
        };

        const wrong = await post({ ...day, date: "13/12/2026" });
        assert.equal(wrong.statusCode, 422);
        assert.match(wrong.body, /href="#date"/);
        assert.match(wrong.body, /value="Nghỉ &lt;b&gt;lụt&lt;\/b&gt;"/, "what was typed stays, and stays text");

        const preview = await post(day);
        assert.match(preview.body, /1 trong 1 hồ sơ đang giải quyết sẽ đổi ngày hẹn trả/);
        assert.match(preview.body, /23\/12\/2026 17:00[\s\S]*24\/12\/2026 17:00/);
        assert.equal(
          formatDate((await findDossier(database, key))?.dueAt ?? new Date(0)),
          "23/12/2026",
          "nothing moved yet",
        );

        const again = await post({ ...day, viec: "sua" });
        assert.ok(again.statusCode === 200 && again.body.includes(`value="${day.date}"`), "nothing typed is lost");
        assert.equal((await post({ ...day, viec: "ap-dung" })).statusCode, 303);
        assert.equal(isWorkingDay(calendarOf(tenant), "2026-12-10"), false);
        const job = { id: 1, queue: "calendar-moved", key: "", attempts: 1, tenant: tenant.code };
        const move = holidayJobs(database)["calendar-moved"];
        await move({ ...job, payload: { from: "2026-12-10" } });
        await move({ ...job, payload: { from: "2026-12-10" } });
        const moved = await findDossier(database, key);
        assert.equal(formatDate(moved?.dueAt ?? new Date(0)), "24/12/2026");
        const { rows } = await withAdmin(place, (client) =>
          client.query("select count(*)::int as times from dossier_history where action = 'move-deadline'"),
        );
        assert.deepEqual(rows, [{ times: 1 }]);
        const page = await desk.site.inject({ url: "/quan-tri/ngay-nghi?nam=2026", headers: { cookie } });
        assert.match(page.body, /10\/12\/2026[\s\S]*Tỉnh quyết định/);

        // A dossier that is late has steps that are not: their hours run over the day too.
        await useProcess(database, standardProcess("commune"));
        const late = await aReceivedDossier(database);
        const touched = async (stepDue: string) => {
          await withAdmin(place, async (client) => {
            await client.query("update dossier set due_at = '2026-12-01T10:00Z' where id = $1", [late]);
            await client.query("update process_task set due_at = $2 where dossier_id = $1", [late, stepDue]);
          });
          return (await listTouched(database.forTenant(tenant.code), "2026-12-10", null, 100)).includes(late);
        };
        assert.deepEqual([await touched("2026-12-08T03:00Z"), await touched("2026-12-11T03:00Z")], [false, true]);
      } finally {
        tellCalendar(tenant, []);
      }
    }));
});
