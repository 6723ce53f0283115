import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { officeCalendar } from "#province/deadlines/index.ts";
import { forwardDossier, receiveDossier } from "#province/dossiers/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { aFiledDossier, benCau, citizen, officerLien, officerTri, tomorrow } from "../dossiers/dossier-examples.ts";
import { countInbox, type InboxOwner, listInbox, urgencyOf } from "./index.ts";

const owner = (change: Partial<InboxOwner> = {}): InboxOwner => ({
  tenant: "tayninh",
  officerId: officerLien.id,
  role: "one-stop",
  agencyIds: [benCau.id],
  ...change,
});
const specialist = owner({ role: "specialist", officerId: officerTri.id });
const numbers = async (database: Database, who: InboxOwner, query: Parameters<typeof listInbox>[2]) =>
  (await listInbox(database, who, query)).rows.map((row) => row.number);

describe("the inbox", () => {
  test("a new dossier waits for the one-stop unit, a received one for its receiver, a forwarded one for the specialist", () =>
    withDatabase("province", async (database) => {
      const { tenant, dossierId, version, number } = await aFiledDossier(database);
      assert.deepEqual(await numbers(database, owner(), { tab: "mine" }), [number]);
      assert.deepEqual(await numbers(database, specialist, { tab: "mine" }), []);
      const act = { tenant, dossierId, actor: officerLien };
      const received = await receiveDossier(database, { ...act, expectedVersion: version }, { dueTimeOf: tomorrow });
      assert.ok(received.ok);
      assert.deepEqual(await numbers(database, owner({ officerId: "another" }), { tab: "mine" }), []);
      const to = { officer: { id: officerTri.id, name: officerTri.name } };
      assert.ok((await forwardDossier(database, { ...act, expectedVersion: received.version, to })).ok);
      assert.deepEqual(await numbers(database, owner(), { tab: "mine" }), []);
      assert.deepEqual(await numbers(database, specialist, { tab: "mine" }), [number]);
      assert.deepEqual(await countInbox(database, specialist), { mine: 1, unit: 1, waiting: 0, done: 0 });
    }));

  test("dossiers of other units and other provinces are not there", () =>
    withDatabase("province", async (database) => {
      await aFiledDossier(database);
      assert.deepEqual(await numbers(database, owner({ agencyIds: ["xa-1"] }), { tab: "unit" }), []);
      assert.deepEqual(await numbers(database, owner({ tenant: "kontum" }), { tab: "unit" }), []);
    }));

  test("pages follow one another without a gap and without a row twice", () =>
    withDatabase("province", async (database) => {
      for (let count = 0; count < 7; count += 1) await aFiledDossier(database);
      const seen: number[] = [];
      let after: string | undefined;
      do {
        const page = await listInbox(database, owner(), { tab: "unit", limit: 3, ...(after ? { after } : {}) });
        seen.push(...page.rows.map((row) => row.number));
        after = page.next ?? undefined;
      } while (after);
      assert.equal(seen.length, 7);
      assert.equal(new Set(seen).size, 7);
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => a - b),
        "filed first comes first",
      );
    }));

  test("is searched by number, by name without marks, and a key that was made up starts at the beginning", () =>
    withDatabase("province", async (database) => {
      const first = await aFiledDossier(database);
      const other = await aFiledDossier(database, { person: { ...citizen(newId()), name: "Trần Thị Bích Ngọc" } });
      assert.deepEqual(await numbers(database, owner(), { tab: "unit", text: "bich ngoc" }), [other.number]);
      assert.deepEqual(await numbers(database, owner(), { tab: "unit", text: String(first.number) }), [first.number]);
      assert.equal((await numbers(database, owner(), { tab: "unit", text: "1.001193" })).length, 2);
      assert.equal((await numbers(database, owner(), { tab: "unit", text: "KHAI SINH" })).length, 2);
      assert.deepEqual(await numbers(database, owner(), { tab: "unit", text: "100%" }), []);
      assert.equal((await numbers(database, owner(), { tab: "unit", after: "bm8" })).length, 2);
    }));
});

describe("the traffic light", () => {
  const calendar = officeCalendar();
  const filedAt = new Date("2026-03-02T02:00:00Z"); // Monday 09:00
  const light = (now: string, change: object = {}) =>
    urgencyOf(
      { state: "processing", filedAt, dueAt: new Date("2026-03-06T10:00:00Z"), ...change },
      calendar,
      new Date(now),
    ).light;

  test("is green while there is time, amber on the last day, red from the moment it is late, grey while the citizen is asked", () => {
    assert.equal(light("2026-03-03T02:00:00Z"), "green");
    assert.equal(light("2026-03-05T12:00:00Z"), "amber");
    assert.equal(light("2026-03-06T10:00:00Z"), "red");
    assert.equal(light("2026-03-07T10:00:00Z", { state: "supplement-requested" }), "none");
  });

  test("a filed dossier must be received within 8 working hours: Monday 09:00 until Tuesday 09:00", () => {
    const urgency = urgencyOf({ state: "filed", filedAt, dueAt: null }, calendar, new Date("2026-03-02T03:00:00Z"));
    assert.equal(urgency.until?.toISOString(), "2026-03-03T02:00:00.000Z");
    assert.equal(urgency.light, "green");
  });
});
