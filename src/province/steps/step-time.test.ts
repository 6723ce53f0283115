import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type DeadlineEvent, officeCalendar } from "#province/deadlines/index.ts";
import { calendarOf, findTenant } from "#province/tenants/index.ts";
import { dueAfter, spellMinutes, type TimedWork, whyMoved } from "./step-time.ts";

const calendar = calendarOf(findTenant("tayninh"));
const at = (text: string) => new Date(`${text}:00+07:00`);
const paused = (text: string) => ({ type: "paused" as const, at: at(text), why: "supplement" as const });
const resumed = (text: string) => ({ type: "resumed" as const, at: at(text) });
const putOff = (text: string, days: number) => ({ type: "rescheduled" as const, at: at(text), days });
const received = { type: "received" as const, at: at("2026-02-20T08:00") };

/** Begun on Monday 2 March 2026 at 08:00 with eight hours: due on Tuesday at 08:00. */
function due(course: readonly DeadlineEvent[], kind: TimedWork["putOff"] = "working"): Date | null {
  return dueAfter(calendar, { startedAt: at("2026-03-02T08:00"), minutes: 480, putOff: kind }, [received, ...course]);
}

describe("the time of a step", () => {
  test("is counted around the dossier's pauses", () => {
    assert.deepEqual(due([]), at("2026-03-03T08:00"));
    assert.deepEqual(due([paused("2026-03-02T09:00"), resumed("2026-03-04T09:00")]), at("2026-03-05T08:00"));
    // A pause that was over before it began counts for nothing; one during which it began delays its start.
    assert.deepEqual(due([paused("2026-02-25T09:00"), resumed("2026-02-26T09:00")]), at("2026-03-03T08:00"));
    assert.deepEqual(due([paused("2026-02-25T09:00"), resumed("2026-03-03T09:00")]), at("2026-03-04T09:00"));
    assert.equal(due([paused("2026-03-02T09:00")]), null);
  });

  test("gets the days by which the appointment is put off, never an opinion's", () => {
    const course = [putOff("2026-03-02T14:00", 2)];
    assert.deepEqual(due(course), at("2026-03-05T08:00"));
    assert.deepEqual(due(course, "never"), at("2026-03-03T08:00"));
    // Four days of the calendar from Tuesday end on Saturday: on Monday.
    assert.deepEqual(due([putOff("2026-03-02T14:00", 4)], "calendar"), at("2026-03-09T08:00"));
    // Put off before the step began: it has the time that was drawn for it.
    assert.deepEqual(due([putOff("2026-02-27T14:00", 2)]), at("2026-03-03T08:00"));
    // Late since Tuesday: the days run from the moment of the putting off, and stop while the citizen is waited for.
    const late = [putOff("2026-03-05T14:00", 2)];
    assert.deepEqual(due(late), at("2026-03-09T14:00"));
    assert.deepEqual(due(late, "calendar"), at("2026-03-09T14:00"));
    assert.deepEqual(
      due([...late, paused("2026-03-06T14:00"), resumed("2026-03-10T14:00")]),
      at("2026-03-11T14:00"),
      "one of the two days is left after the pause",
    );
    // A pause and a putting off add up, whichever came first.
    const waited = [paused("2026-03-02T09:00"), resumed("2026-03-04T09:00")];
    assert.deepEqual(due([...waited, putOff("2026-03-04T14:00", 1)]), at("2026-03-06T08:00"));
    assert.deepEqual(
      due([putOff("2026-03-02T08:30", 1), paused("2026-03-02T09:00"), resumed("2026-03-04T09:00")]),
      at("2026-03-06T08:00"),
    );
  });

  test("says why it moved: by what came after the course that it was worked out from", () => {
    const work = { startedAt: at("2026-03-02T08:00"), minutes: 480, putOff: "working" as const };
    const pause = [paused("2026-03-02T09:00"), resumed("2026-03-04T09:00")];
    const put = putOff("2026-03-04T14:00", 1);
    const why = (was: string, course: readonly DeadlineEvent[], kind: TimedWork["putOff"] = "working") =>
      whyMoved(calendar, { ...work, putOff: kind }, at(was), [received, ...course]);
    assert.deepEqual(why("2026-03-03T08:00", pause), ["pause"]);
    assert.deepEqual(why("2026-03-05T08:00", [...pause, put]), ["put-off"]);
    assert.deepEqual(why("2026-03-03T08:00", [...pause, put]), ["pause", "put-off"]);
    assert.deepEqual(why("2026-03-03T08:00", [...pause, put], "never"), ["pause"]);
    // No part of the course gives the old time: another day off was decided.
    assert.deepEqual(why("2026-03-03T10:00", [...pause, put]), ["calendar"]);
    assert.deepEqual(why("2026-03-02T16:00", []), ["calendar"]);
  });

  test("counts days that are drawn by the hours of the office, not by eight", () => {
    const short = officeCalendar([{ from: "08:00", to: "11:00" }]);
    assert.equal(spellMinutes({ minutes: 30, days: 2 }, short), 390);
    assert.equal(spellMinutes({ minutes: 30, days: 2 }, calendar), 990);
    assert.equal(spellMinutes({ minutes: 960 }, short), 960, "hours are hours everywhere");
    const work = { startedAt: at("2026-03-02T08:00"), minutes: 180, putOff: "working" as const };
    assert.deepEqual(dueAfter(short, work, [received, putOff("2026-03-02T09:00", 1)]), at("2026-03-03T11:00"));
  });
});
