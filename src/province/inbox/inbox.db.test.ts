import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addDays, instantOf, plainDateOf } from "#kit/calendar.ts";
import { type Database, statement } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { dueTime, officeCalendar } from "#province/deadlines/index.ts";
import { forwardDossier, listHistory, receiveDossier } from "#province/dossiers/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { aFiledDossier, benCau, citizen, officerLien, officerTri, tomorrow } from "../dossiers/dossier-examples.ts";
import { type Tab, urgencyOf } from "./inbox.ts";
import { type Filters, readInboxQuery, writeInboxQuery } from "./inbox-query.ts";
import { writeAssignment } from "./inbox-store.ts";
import { countInbox, findNeighbour, type InboxOwner, listInbox } from "./inbox-view.ts";
import { lanesOf, momentsAt } from "./lanes.ts";
import { readSearch } from "./search-words.ts";
import { searchInbox } from "./search-view.ts";

const owner = (change: Partial<InboxOwner> = {}): InboxOwner => ({
  tenant: "tayninh",
  officerId: officerLien.id,
  role: "one-stop",
  agencyIds: [benCau.id],
  ...change,
});
const specialist = owner({ role: "specialist", officerId: officerTri.id });
const at = (now: Date) => momentsAt(officeCalendar(), now, instantOf(addDays(plainDateOf(now), 1)));
const list = (
  database: Database,
  who: InboxOwner,
  tab: Tab,
  more: { filters?: Filters; now?: Date; limit?: number; after?: string | undefined } = {},
) => listInbox(database, who, { filters: {}, ...more, tab, moments: at(more.now ?? new Date()) });
const numbers = async (...asked: Parameters<typeof list>) => (await list(...asked)).rows.map((row) => row.number);
const found = async (database: Database, who: InboxOwner, typed: string) => {
  const words = readSearch(typed);
  return words ? (await searchInbox(database, who, words)).map((row) => row.number) : [];
};

const aSlip = statement<object, [dossier: string, code: string]>(
  "test.inbox.slip",
  "select from slip_issue($1, 'refusal', 'test', 'test', '{}', $2, 'test', now(), null)",
);

describe("the inbox", () => {
  test("a new dossier waits for the one-stop unit, a received one for its receiver, a forwarded one for the specialist", () =>
    withDatabase("province", async (database) => {
      const { tenant, dossierId, version, number } = await aFiledDossier(database);
      assert.deepEqual(await numbers(database, owner(), "mine"), [number]);
      assert.deepEqual(await numbers(database, specialist, "mine"), []);
      const act = { tenant, dossierId, actor: officerLien };
      const received = await receiveDossier(database, { ...act, expectedVersion: version }, { dueTimeOf: tomorrow });
      assert.ok(received.ok);
      assert.deepEqual(await numbers(database, owner({ officerId: "another" }), "mine"), []);
      const to = { officer: { id: officerTri.id, name: officerTri.name } };
      assert.ok((await forwardDossier(database, { ...act, expectedVersion: received.version, to })).ok);
      assert.deepEqual(await numbers(database, owner(), "mine"), []);
      assert.deepEqual(await numbers(database, specialist, "mine"), [number]);
      const counted = await countInbox(database, specialist, at(new Date()));
      assert.deepEqual(counted, { mine: 1, unit: 1, waiting: 0, today: 0, late: 0, done: 0 });
      // Whoever stands in sees it too; nobody else does.
      const standIn = owner({ role: "specialist", officerId: "another", standsInFor: [officerTri.id] });
      assert.deepEqual(await numbers(database, standIn, "mine"), [number]);
      const late = new Date(Date.now() + 3 * 86_400_000);
      assert.deepEqual(await numbers(database, specialist, "late", { now: late }), [number]);
      assert.deepEqual(await numbers(database, specialist, "mine", { now: late, filters: { light: "green" } }), []);
      assert.deepEqual(await numbers(database, specialist, "mine", { now: late, filters: { light: "red" } }), [number]);
      const filters = {
        officer: officerTri.id,
        procedure: "1.001193",
        state: "processing",
        channel: "provincial-portal",
      } as const;
      assert.deepEqual(await numbers(database, specialist, "unit", { filters }), [number]);
      assert.deepEqual(await numbers(database, specialist, "unit", { filters: { ...filters, officer: "-" } }), []);
      assert.deepEqual(await numbers(database, specialist, "unit", { filters: { to: "2020-01-01" } }), []);
    }));

  test("dossiers of other units and other provinces are not there", () =>
    withDatabase("province", async (database) => {
      const { number } = await aFiledDossier(database);
      for (const other of [owner({ agencyIds: ["xa-1"] }), owner({ tenant: "kontum" })]) {
        assert.deepEqual(await numbers(database, other, "unit"), []);
        assert.deepEqual(await found(database, other, String(number)), []);
        assert.deepEqual(await found(database, other, "nguyen"), []);
      }
    }));

  test("pages follow one another without a gap and without a row twice, and each row has its neighbours", () =>
    withDatabase("province", async (database) => {
      for (let count = 0; count < 7; count += 1) await aFiledDossier(database);
      const seen: { id: string; number: number; key: string }[] = [];
      let after: string | undefined;
      do {
        const page = await list(database, owner(), "unit", { limit: 3, after });
        seen.push(...page.rows);
        after = page.next ?? undefined;
      } while (after);
      const order = seen.map((row) => row.number);
      assert.equal(new Set(order).size, 7);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
        "filed first comes first",
      );
      const query = { tab: "unit", filters: {}, moments: at(new Date()), key: seen[3]?.key ?? "" } as const;
      const beside = async (towards: "next" | "previous") =>
        (await findNeighbour(database, owner(), { ...query, towards }))?.id;
      assert.deepEqual([await beside("previous"), await beside("next")], [seen[2]?.id, seen[4]?.id]);
      assert.equal(
        await findNeighbour(database, owner(), { ...query, key: seen[6]?.key ?? "", towards: "next" }),
        undefined,
      );
      assert.equal((await list(database, owner(), "unit", { after: "bm8" })).rows.length, 7, "a made-up key");
    }));

  test("finds by number, code, paper, phone, and a name from either end without marks", () =>
    withDatabase("province", async (database) => {
      const first = await aFiledDossier(database);
      const ngoc = {
        ...citizen(newId()),
        name: "Trần Thị Bích Ngọc",
        identityNumber: "072190001234",
        phone: "0869123777",
      };
      const other = await aFiledDossier(database, { person: ngoc });
      for (const typed of [
        "bich ngoc",
        "TRẦN THỊ",
        "ngọc",
        "trần thị bích ngọc",
        "072190001234",
        "123777",
        "72190001234",
      ])
        assert.deepEqual(await found(database, owner(), typed), [other.number], typed);
      assert.deepEqual(await found(database, owner(), String(first.number)), [first.number]);
      const { tenant, dossierId, version } = first;
      const act = { tenant, dossierId, actor: officerLien, expectedVersion: version };
      const received = await receiveDossier(database, act, { dueTimeOf: tomorrow });
      assert.ok(received.ok);
      const ends = received.code.split("-").slice(1).join("-");
      for (const typed of [received.code, ends, `https://dvc.tayninh.vn/xac-minh/${received.code}`])
        assert.deepEqual(await found(database, owner(), typed), [first.number], typed);
      // The QR code on a slip leads to its verification, beside it stands its code.
      await database.forTenant(tenant).run(aSlip, [dossierId, "ABCDEFGHJKMN2345"]);
      for (const typed of ["https://dvc.tayninh.vn/xac-minh/ABCDEFGHJKMN2345", "abcd-efgh-jkmn-2345"])
        assert.deepEqual(await found(database, owner(), typed), [first.number], typed);
      assert.deepEqual(await found(database, owner({ agencyIds: ["another"] }), "ABCD-EFGH-JKMN-2345"), []);
      for (const typed of ["bich%", "12", "_", "'"]) assert.deepEqual(await found(database, owner(), typed), [], typed);
    }));

  test("of two officers who take the same dossier the second is told, and who has it stands in the history", () =>
    withDatabase("province", async (database) => {
      const { tenant, dossierId, version } = await aFiledDossier(database);
      const take = (by: typeof officerLien) =>
        writeAssignment(database, { tenant, dossierId, version, action: "claim", by, to: by });
      const taken = await Promise.all([take(officerLien), take(officerTri)]);
      assert.deepEqual(taken.toSorted(), [false, true]);
      const history = await listHistory(database, { tenant, dossierId });
      assert.equal(history.filter(({ action }) => action === "claim").length, 1);
      const winner = taken[0] ? officerLien : officerTri;
      assert.equal((await list(database, owner({ officerId: winner.id, role: "specialist" }), "mine")).rows.length, 1);
    }));
});

describe("the list's address", () => {
  test("is read back as it was written; what is not understood is left out", () => {
    const query = { tab: "late", filters: { light: "red", from: "2026-11-01", agency: "000.20.31.H53" } } as const;
    const read = readInboxQuery(Object.fromEntries(new URLSearchParams(writeInboxQuery(query))));
    assert.equal(writeInboxQuery(read), writeInboxQuery(query));
    const odd = readInboxQuery({
      nhom: "x",
      den: "blue",
      "tu-ngay": "31/02/2026",
      kenh: ["post"],
      "thu-tuc": "' or 1=1",
    });
    assert.equal(writeInboxQuery(odd), "nhom=mine");
    assert.equal(readInboxQuery({ "tu-ngay": "1/11/2026" }).filters.from, "2026-11-01");
  });
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

  test("is green while there is time, amber on the last day, red from the moment it is late, none while the citizen is asked", () => {
    assert.equal(light("2026-03-03T02:00:00Z"), "green");
    assert.equal(light("2026-03-05T12:00:00Z"), "amber");
    assert.equal(light("2026-03-05T12:00:00Z", { warnAt: new Date("2026-03-06T02:00:00Z") }), "green");
    assert.equal(light("2026-03-06T02:00:00Z", { warnAt: new Date("2026-03-06T02:00:00Z") }), "amber");
    assert.equal(light("2026-03-06T10:00:00Z"), "red");
    assert.equal(light("2026-03-07T10:00:00Z", { state: "supplement-requested" }), "none");
  });

  test("a filed dossier must be received within 8 working hours: Monday 09:00 until Tuesday 09:00", () => {
    const urgency = urgencyOf({ state: "filed", filedAt, dueAt: null }, calendar, new Date("2026-03-02T03:00:00Z"));
    assert.equal(urgency.until?.toISOString(), "2026-03-03T02:00:00.000Z");
    assert.equal(urgency.light, "green");
  });

  test("the stretches of the lists divide filed dossiers as their lights do", () => {
    for (const now of [
      "2026-03-03T02:00:00Z",
      "2026-03-03T05:30:00Z",
      "2026-03-07T03:00:00Z",
      "2026-03-09T09:59:00Z",
    ]) {
      const moments = at(new Date(now));
      for (let minutes = 0; minutes < 6 * 1440; minutes += 97) {
        const filed = new Date(moments.now.getTime() - minutes * 60_000);
        const { light: shown } = urgencyOf({ state: "filed", filedAt: filed, dueAt: null }, calendar, moments.now);
        const inside = (["red", "amber", "green"] as const).filter((one) =>
          lanesOf("unit", "one-stop", moments, { light: one, state: "filed" }).ofUnits.some(
            ({ after, until }) => !(after && filed <= after) && !(until && filed > until),
          ),
        );
        assert.deepEqual([...new Set(inside)], [shown], `${now}, filed ${filed.toISOString()}`);
      }
      const { dueAt } = dueTime({ type: "working_hours", hours: 8 }, calendar, moments.filedLate);
      assert.ok(dueAt <= new Date(moments.now.getTime() + 60_000));
    }
  });
});
