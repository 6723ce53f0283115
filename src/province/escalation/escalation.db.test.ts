import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kit/ids.ts";
import { listHistory } from "#province/dossiers/index.ts";
import { aDossierAtTheDesk, deskExample } from "#province/handling/desk-example.ts";
import { dossierFor } from "#province/handling/index.ts";
import { reminderRoutes } from "#province/reminders/index.ts";
import { calendarOf, findTenant } from "#province/tenants/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { watchLimits, watchRoutes } from "./index.ts";
import { mailMoment } from "./mail-moment.ts";
import { listWatched } from "./watch-view.ts";

const origin = "http://localhost:8083";
const tenant = findTenant("tayninh");

test("officers are written to while the office is open, else when it opens next", () => {
  const moments: readonly (readonly [string, string, string])[] = [
    ["within the day", "2026-11-20T03:00:00Z", "2026-11-20T03:00:00.000Z"],
    ["at noon", "2026-11-20T05:00:00Z", "2026-11-20T05:00:00.000Z"],
    ["before it opens", "2026-11-19T22:30:00Z", "2026-11-20T00:00:00.000Z"],
    ["Friday evening: Monday", "2026-11-20T11:00:00Z", "2026-11-23T00:00:00.000Z"],
    ["the eve of Culture Day: the day after", "2026-11-23T11:00:00Z", "2026-11-25T00:00:00.000Z"],
  ];
  for (const [what, now, expected] of moments)
    assert.equal(mailMoment(calendarOf(tenant), new Date(now)).toISOString(), expected, what);
});

test("a limit is warned of at half, at a fifth and when it passes, once for each date; heads get one digest a working day and hurry people", () =>
  withProvince(async (database, place) => {
    let now = new Date("2026-11-18T02:00:00Z");
    const clock = { now: () => now };
    const desk = await deskExample(database, { clock });
    const dossierOf = (officer: Parameters<typeof dossierFor>[1], id: unknown) =>
      dossierFor(desk.handling, officer, id);
    watchRoutes(desk.site, { ...desk.handling, clock, dossierOf });
    reminderRoutes(desk.site, desk.handling);
    const [mine, nobodys] = [
      (await aDossierAtTheDesk(database, desk.files)).id,
      (await aDossierAtTheDesk(database, desk.files)).id,
    ];
    const sql = (text: string, values: readonly unknown[] = []) =>
      withAdmin(place, async (client) => {
        await client.query("select set_config('app.tenant', 'tayninh', false)");
        return (await client.query<{ kind: string; name: string }>(text, [...values])).rows;
      });
    const [specialist] = await sql("select id as kind, name from officer where username = 'chuyenvien.tayninh'");
    await sql(
      `insert into officer (id, username, name, role, unit, agency_id, password_hash, totp_sealed)
       values ($1, 'mot.cua.xa', 'Một cửa xã', 'one-stop', 'Một cửa', 'xa-25681', 'x', 'x')`,
      [newId()],
    );
    const due = (at: string) => {
      const seconds = (text: string) => Date.parse(text) / 1000;
      return JSON.stringify({
        rule: {},
        provisional: false,
        lines: [{ vi: "Thời hạn 3 ngày làm việc.", en: "Three working days." }],
        warnings: { half: seconds("2026-11-18T04:00:00Z"), fifth: seconds("2026-11-19T08:00:00Z") },
        at,
      });
    };
    await sql(
      `update dossier set state = 'processing', code = '000.20.31.H53-261117-000' || case when id = $1 then '1' else '2' end,
         received_at = '2026-11-17T02:00Z', due_at = '2026-11-20T10:00Z', due_explanation = $3::jsonb,
         officer_id = case when id = $1 then $2 end, officer = case when id = $1 then jsonb_build_object('id', $2::text, 'name', $4::text) end
       where id in ($1, $5)`,
      [mine, specialist?.kind, due(""), specialist?.name, nobodys],
    );
    const told = async (username: string) =>
      (
        await sql(
          "select r.kind, o.name from officer_reminder r join officer o on o.id = r.officer_id where username = $1 order by seq",
          [username],
        )
      ).map((row) => row.kind);
    const round = async (at: string) => {
      now = new Date(at);
      return watchLimits({ database, clock }, tenant);
    };
    await round("2026-11-18T02:05:00Z");
    assert.deepEqual(await told("chuyenvien.tayninh"), []);
    for (const at of ["2026-11-18T04:01:00Z", "2026-11-18T04:06:00Z", "2026-11-19T08:05:00Z", "2026-11-20T10:05:00Z"]) {
      await round(at);
      await round(at);
    }
    assert.deepEqual(await told("chuyenvien.tayninh"), ["half-left", "fifth-left", "late"]);
    assert.deepEqual(
      await told("mot.cua.xa"),
      ["half-left", "fifth-left", "late"],
      "nobody has it: the one-stop officers",
    );
    await sql(
      `insert into officer_absence (id, officer_id, substitute_id, from_date, to_date, decided_by)
       select $1, $2, id, current_date - 2, current_date + 2, 'test' from officer where username = 'mot.cua.xa'`,
      [newId(), specialist?.kind],
    );
    await sql("update dossier set due_at = '2026-11-20T10:01Z' where id = $1", [mine]);
    await round("2026-11-20T10:06:00Z");
    assert.equal((await told("chuyenvien.tayninh")).length, 4, "another date is another warning");
    assert.equal((await told("mot.cua.xa")).length, 4, "who stands in is told too");
    await sql("update officer set disabled_at = now() where id = $1", [specialist?.kind]);
    await sql("update dossier set due_at = '2026-11-20T10:02Z' where id = $1", [mine]);
    await round("2026-11-20T10:07:00Z");
    assert.equal((await told("mot.cua.xa")).length, 5, "who has it has left the office: the unit's one-stop officers");
    await sql("update officer set disabled_at = null where id = $1", [specialist?.kind]);

    const boss = await desk.signIn("lanhdao.tayninh");
    const digests = async () => (await told("lanhdao.tayninh")).filter((kind) => kind === "digest").length;
    const before = await digests();
    await round("2026-11-22T01:00:00Z");
    assert.equal(await digests(), before, "not on a Sunday");
    await round("2026-11-23T01:00:00Z");
    await round("2026-11-23T02:00:00Z");
    assert.equal(await digests(), before + 1);

    const get = async (url: string) => (await desk.site.inject({ url, headers: { cookie: boss } })).body;
    const post = (url: string, values: Record<string, string>) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { cookie: boss, origin, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(values).toString(),
      });
    // A page begins after the last row of the one before, also where moments differ by less than a millisecond.
    await sql(
      "update dossier set due_at = case when id = $1 then '2026-11-20T10:00:00.000123Z' else '2026-11-20T10:00:00.000456Z' end::timestamptz where id in ($1, $2)",
      [mine, nobodys],
    );
    const list = (after?: { micros: number; id: string }) =>
      listWatched(
        database.forTenant("tayninh"),
        "late",
        tenant.agencies.map(({ id }) => id),
        { now, filedLate: now, startOfDay: now },
        after,
      );
    const micros = Date.parse("2026-11-20T10:00:00Z") * 1000 + 123;
    assert.deepEqual(
      (await list({ micros, id: mine })).rows.map(({ id }) => id),
      [nobodys],
    );
    const page = await get("/qua-han");
    assert.match(page, /Quá hạn trả kết quả \(2\)/);
    assert.match(page, /Quá 3 ngày/);
    assert.match(page, /Thời hạn 3 ngày làm việc\./);
    assert.match(page, /Huỳnh Minh Trí/);
    assert.match(await get("/qua-han?muc=soon&lang=en"), /No dossiers/);
    assert.equal((await post(`/qua-han/${mine}/don-doc`, { text: "nhanh" })).statusCode, 422);
    const text = "Trình kết quả trước 16:00 hôm nay.";
    assert.equal((await post(`/qua-han/${mine}/don-doc`, { text })).statusCode, 303);
    assert.equal((await post(`/qua-han/${mine}/don-doc`, { text })).statusCode, 409, "once a day");
    assert.equal((await told("chuyenvien.tayninh")).at(-1), "urged");
    const entry = (await listHistory(database, { tenant: tenant.code, dossierId: mine })).at(-1);
    assert.deepEqual([entry?.action, entry?.detail.text], ["urge", text]);

    const admin = await desk.signIn("quantri.tayninh");
    const save = (digestAt: string) =>
      desk.site.inject({
        method: "POST",
        url: "/quan-tri/nhac-han",
        headers: { cookie: admin, origin, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams([
          ["warn", "fifth"],
          ["digestAt", digestAt],
        ]).toString(),
      });
    assert.equal((await save("25:00")).statusCode, 422);
    assert.equal((await save("08:15")).statusCode, 303);
    await round("2026-11-25T02:00:00Z");
    assert.equal(await digests(), before + 1, "the province wants none any more");
  }));
