import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addDays, formatDateTime, instantOf, plainDateOf } from "#kit/calendar.ts";
import { dueTime, isWorkingDay, officeCalendar } from "./index.ts";
import type { TimeRule, WorkingCalendar } from "./index.ts";

const calendar = officeCalendar();
const SAME_DAY: TimeRule = { type: "same_day_with_cutoff", cutoff: "15:00" };

function at(day: string, time: string): Date {
  const [hour, minute] = time.split(":").map(Number);
  return instantOf(day, hour, minute);
}

function due(rule: TimeRule, day: string, time: string): string {
  return formatDateTime(dueTime(rule, calendar, at(day, time)).dueAt);
}

describe("a same-day service", () => {
  const rows: [string, string, string, string][] = [
    ["received in the morning is due at closing time", "2020-06-10", "08:00", "10/06/2020 17:00"],
    ["received at 14:59 is still due the same day", "2020-06-10", "14:59", "10/06/2020 17:00"],
    [
      "received from 15:00 on is due the next working day (10/6/2020 → 11/6/2020)",
      "2020-06-10",
      "15:00",
      "11/06/2020 17:00",
    ],
    ["received on Friday afternoon is due on Monday", "2020-06-12", "15:30", "15/06/2020 17:00"],
    ["filed at night counts as received the next morning", "2020-06-10", "22:10", "11/06/2020 17:00"],
    ["filed on Sunday is due on Monday", "2020-06-14", "09:00", "15/06/2020 17:00"],
    ["received before a holiday after 15:00 waits for the day after it", "2020-09-01", "15:05", "03/09/2020 17:00"],
    [
      "received before Lunar New Year after 15:00 waits for the first day after it",
      "2026-02-13",
      "16:00",
      "23/02/2026 17:00",
    ],
    ["received at 16:00 on a worked Saturday waits for Monday", "2026-08-22", "16:00", "24/08/2026 17:00"],
  ];
  for (const [title, day, time, expected] of rows) {
    test(title, () => assert.equal(due(SAME_DAY, day, time), expected));
  }
});

describe("working days", () => {
  const rows: [string, number, string, string, string][] = [
    ["one day after Wednesday is Thursday, at closing time", 1, "2020-06-10", "08:00", "11/06/2020 17:00"],
    ["fifteen days pass over three weekends", 15, "2020-06-10", "08:00", "01/07/2020 17:00"],
    ["a weekly day off is never the day of reception", 1, "2020-06-13", "08:00", "16/06/2020 17:00"],
    ["Lunar New Year 2024 (8–14/2) is passed over", 3, "2024-02-06", "09:00", "16/02/2024 17:00"],
    ["the bridge day 31/8/2026 is off, its Saturday 22/8/2026 is worked", 1, "2026-08-21", "09:00", "22/08/2026 17:00"],
    ["National Day 2026 with its bridge day: Friday 28/8 → Thursday 3/9", 1, "2026-08-28", "09:00", "03/09/2026 17:00"],
  ];
  for (const [title, days, day, time, expected] of rows) {
    test(title, () => assert.equal(due({ type: "working_days", days }, day, time), expected));
  }
});

describe("working hours", () => {
  const rows: [string, number, string, string, string][] = [
    ["the lunch break does not count", 2, "2020-06-10", "10:30", "10/06/2020 14:30"],
    ["hours that end exactly at the break are due at the break", 1, "2020-06-10", "10:30", "10/06/2020 11:30"],
    ["received during the break counts from 13:30", 1, "2020-06-10", "12:00", "10/06/2020 14:30"],
    ["eight hours are one working day", 8, "2020-06-10", "07:00", "10/06/2020 17:00"],
    ["what is left at closing time goes on the next morning", 8, "2020-06-12", "16:00", "15/06/2020 16:00"],
  ];
  for (const [title, hours, day, time, expected] of rows) {
    test(title, () => assert.equal(due({ type: "working_hours", hours }, day, time), expected));
  }
});

describe("days of the calendar", () => {
  test("count days off too", () =>
    assert.equal(due({ type: "calendar_days", days: 5 }, "2020-06-11", "09:00"), "16/06/2020 17:00"));
  test("move on when the last one is a day off", () => {
    assert.equal(due({ type: "calendar_days", days: 3 }, "2020-06-10", "09:00"), "15/06/2020 17:00");
  });
});

describe("the explanation", () => {
  test("says when it came, which rule, which days were passed over, and when it is due", () => {
    const { explanation } = dueTime({ type: "working_days", days: 1 }, calendar, at("2026-08-28", "09:00"));
    assert.deepEqual(
      explanation.map((line) => line.vi),
      [
        "Nhận hồ sơ lúc 09:00, thứ Sáu 28/08/2026.",
        "Thời hạn 1 ngày làm việc, tính từ ngày làm việc sau ngày nhận.",
        "Không tính: 2 ngày nghỉ cuối tuần, 31/08/2026 (nghỉ hoán đổi), 01/09/2026 (Quốc khánh), 02/09/2026 (Quốc khánh).",
        "Hạn trả kết quả: 17:00, thứ Năm 03/09/2026.",
      ],
    );
  });

  test("warns when the days off of a year are not published", () => {
    const result = dueTime({ type: "working_days", days: 20 }, calendar, at("2027-12-20", "09:00"));
    assert.equal(result.provisional, true);
    assert.match(result.explanation.at(-1)?.vi ?? "", /chưa được công bố/);
  });
});

/** Walks minute by minute and knows nothing of spans: slow, plain, and written apart from the code it judges. */
function naiveWorkingHours(hours: number, office: WorkingCalendar, from: Date): Date {
  let left = hours * 60;
  let instant = from.getTime();
  for (;;) {
    const local = new Date(instant + 7 * 3_600_000);
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    const open = (minute >= 420 && minute < 690) || (minute >= 810 && minute < 1020);
    if (open && isWorkingDay(office, local.toISOString().slice(0, 10))) left -= 1;
    instant += 60_000;
    if (left === 0) return new Date(instant);
  }
}

function naiveWorkingDays(days: number, office: WorkingCalendar, from: Date): string {
  let day = plainDateOf(from);
  const minute = new Date(from.getTime() + 7 * 3_600_000);
  const closed = minute.getUTCHours() >= 17;
  // The day of reception: the first day on which the office opens again or still is open.
  while (!isWorkingDay(office, day) || (closed && day === plainDateOf(from))) day = addDays(day, 1);
  let counted = 0;
  while (counted < days) {
    day = addDays(day, 1);
    if (isWorkingDay(office, day)) counted += 1;
  }
  return day;
}

const moment = fc
  .integer({ min: 0, max: 4 * 365 * 1440 })
  .map((minutes) => new Date(instantOf("2023-01-01").getTime() + minutes * 60_000));

describe("against a naive oracle", () => {
  test("working hours agree with a minute-by-minute walk", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 24 }), (from, hours) => {
        const result = dueTime({ type: "working_hours", hours }, calendar, from).dueAt;
        assert.equal(result.toISOString(), naiveWorkingHours(hours, calendar, from).toISOString());
      }),
      { numRuns: 60 },
    );
  });

  test("working days agree with a day-by-day walk, and more days are never due earlier", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 40 }), (from, days) => {
        const result = dueTime({ type: "working_days", days }, calendar, from);
        assert.equal(result.dueDate, naiveWorkingDays(days, calendar, from));
        assert.ok(result.dueAt < dueTime({ type: "working_days", days: days + 1 }, calendar, from).dueAt);
      }),
      { numRuns: 200 },
    );
  });

  test("no due time falls on a day off or before reception, and a later reception is never due earlier", () => {
    const rules = fc.oneof(
      fc.constant(SAME_DAY),
      fc.integer({ min: 1, max: 30 }).map((days): TimeRule => ({ type: "calendar_days", days })),
      fc.integer({ min: 1, max: 80 }).map((hours): TimeRule => ({ type: "working_hours", hours })),
    );
    fc.assert(
      fc.property(rules, moment, fc.integer({ min: 0, max: 20_000 }), (rule, from, minutes) => {
        const first = dueTime(rule, calendar, from);
        const second = dueTime(rule, calendar, new Date(from.getTime() + minutes * 60_000));
        assert.ok(isWorkingDay(calendar, first.dueDate));
        assert.ok(first.dueAt > from);
        assert.ok(second.dueAt >= first.dueAt);
      }),
      { numRuns: 200 },
    );
  });
});
