import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addDays, formatDateTime, instantOf, plainDateOf } from "#kit/calendar.ts";
import { deadline, isWorkingDay, officeCalendar, USUAL_PAUSES } from "./index.ts";
import type { Deadline, DeadlineEvent, PauseRule, TimeRule } from "./index.ts";

const calendar = officeCalendar();
const CONTINUE: PauseRule = { ...USUAL_PAUSES, supplement: "continue" };

/** "2020-06-10 08:00" in Viet Nam. */
function at(text: string): Date {
  const [day = "", time = ""] = text.split(" ");
  const [hour, minute] = time.split(":").map(Number);
  return instantOf(day, hour, minute);
}

const received = (text: string): DeadlineEvent => ({ type: "received", at: at(text) });
const supplement = (from: string, to: string): DeadlineEvent[] => [
  { type: "paused", at: at(from), why: "supplement" },
  { type: "resumed", at: at(to) },
];
const payment = (from: string, to: string): DeadlineEvent[] => [
  { type: "paused", at: at(from), why: "payment" },
  { type: "resumed", at: at(to) },
];
const putOff = (text: string, days: number): DeadlineEvent => ({ type: "rescheduled", at: at(text), days });

const days = (count: number): TimeRule => ({ type: "working_days", days: count });
const hours = (count: number): TimeRule => ({ type: "working_hours", hours: count });
const SAME_DAY: TimeRule = { type: "same_day_with_cutoff", cutoff: "15:00" };

interface Example {
  readonly title: string;
  readonly rule: TimeRule;
  readonly pauses?: PauseRule;
  readonly events: readonly DeadlineEvent[];
  readonly due: string;
}

// 10/6/2020 is a Wednesday; nothing is off until National Day, 2/9/2020.
const EXAMPLES: readonly Example[] = [
  {
    title: "birth registration after 15:00 is answered the next working day",
    rule: SAME_DAY,
    events: [received("2020-06-10 15:40")],
    due: "11/06/2020 17:00",
  },
  {
    title: "fifteen working days for a trade certificate pass over three weekends",
    rule: days(15),
    events: [received("2020-06-10 08:00")],
    due: "01/07/2020 17:00",
  },
  {
    title: "a supplement asked for within three working days starts the limit anew (NĐ 61/2018 art. 19.4)",
    rule: days(5),
    events: [received("2020-06-10 08:00"), ...supplement("2020-06-12 10:00", "2020-06-17 09:00")],
    due: "24/06/2020 17:00",
  },
  {
    title: "asked for on the fourth working day it only stops the clock: one of five days was used, four are left",
    rule: days(5),
    events: [received("2020-06-10 08:00"), ...supplement("2020-06-16 10:00", "2020-06-22 09:00")],
    due: "24/06/2020 17:00",
  },
  {
    title: "a sector whose law lets the rest run on does not start anew",
    rule: days(5),
    pauses: CONTINUE,
    events: [received("2020-06-10 08:00"), ...supplement("2020-06-12 10:00", "2020-06-17 09:00")],
    due: "23/06/2020 17:00",
  },
  {
    title: "waiting for the fee stops the clock from day to day",
    rule: days(3),
    events: [received("2020-06-10 08:00"), ...payment("2020-06-12 09:00", "2020-06-15 16:00")],
    due: "17/06/2020 17:00",
  },
  {
    title: "a fee paid the day it was asked for costs nobody a day",
    rule: days(3),
    events: [received("2020-06-10 08:00"), ...payment("2020-06-11 09:00", "2020-06-11 16:00")],
    due: "15/06/2020 17:00",
  },
  {
    title: "hours go on with the minutes that are left",
    rule: hours(8),
    events: [received("2020-06-10 13:30"), ...payment("2020-06-10 15:00", "2020-06-11 10:00")],
    due: "12/06/2020 08:30",
  },
  {
    title: "an answer put off once by three working days",
    rule: days(5),
    events: [received("2020-06-10 08:00"), putOff("2020-06-15 09:00", 3)],
    due: "22/06/2020 17:00",
  },
  {
    title: "thirty days that end on a Saturday end on Monday (Civil Code 2015 art. 148.5)",
    rule: { type: "calendar_days", days: 31 },
    events: [received("2020-06-10 08:00")],
    due: "13/07/2020 17:00",
  },
  {
    title: "one month from 31 January is the last of February (Civil Code 2015 art. 148)",
    rule: { type: "months", months: 1 },
    events: [received("2024-01-31 08:00")],
    due: "29/02/2024 17:00",
  },
  {
    title: "a month grows by the days of waiting",
    rule: { type: "months", months: 1 },
    events: [received("2020-06-10 08:00"), ...payment("2020-06-15 08:00", "2020-06-19 08:00")],
    due: "15/07/2020 17:00",
  },
  {
    title: "a limit that has passed is not mended by asking for a supplement",
    rule: days(1),
    events: [received("2020-06-10 08:00"), ...supplement("2020-06-12 08:00", "2020-06-15 08:00")],
    due: "11/06/2020 17:00",
  },
];

describe("worked examples", () => {
  for (const { title, rule, pauses, events, due } of EXAMPLES) {
    test(title, () => {
      const result = deadline(rule, calendar, events, pauses);
      assert.equal(result.dueAt && formatDateTime(result.dueAt), due);
    });
  }
});

describe("while the clock stands", () => {
  const waiting: DeadlineEvent = { type: "paused", at: at("2020-06-16 10:00"), why: "supplement" };

  test("there is no date, but it is said what is left", () => {
    const result = deadline(days(5), calendar, [received("2020-06-10 08:00"), waiting]);
    assert.equal(result.standing, "paused");
    assert.equal(result.dueAt, null);
    assert.equal(result.left, 2);
    assert.match(result.explanation.at(-1)?.vi ?? "", /^Tạm dừng từ 10:00 16\/06\/2020 để chờ bổ sung/);
  });

  test("hours leave minutes", () => {
    const result = deadline(hours(16), calendar, [received("2020-06-15 07:00"), waiting]);
    assert.equal(result.left, 5 * 60);
  });
});

describe("early warnings", () => {
  test("come when half and when a fifth of the working time is left, waiting not counted", () => {
    const at14 = [received("2020-06-08 07:00"), ...payment("2020-06-10 07:00", "2020-06-12 07:00")];
    const { warnings } = deadline(hours(20), calendar, at14);
    assert.equal(warnings && formatDateTime(warnings.half), "09/06/2020 09:00");
    assert.equal(warnings && formatDateTime(warnings.fifth), "09/06/2020 17:00");
  });
});

describe("the explanation", () => {
  test("names every pause, what it did and how long, and the date that follows", () => {
    const events = [
      received("2020-06-10 08:00"),
      ...supplement("2020-06-12 10:00", "2020-06-17 09:00"),
      ...payment("2020-06-18 09:00", "2020-06-22 10:00"),
      putOff("2020-06-23 09:00", 2),
    ];
    assert.deepEqual(
      deadline(days(5), calendar, events).explanation.map((line) => line.vi),
      [
        "Nhận hồ sơ lúc 08:00, thứ Tư 10/06/2020.",
        "Từ 10:00 ngày 12/06/2020 đến 09:00 ngày 17/06/2020 chờ bổ sung hồ sơ; sau đó thời hạn được tính lại từ đầu.",
        "Từ 09:00 ngày 18/06/2020 đến 10:00 ngày 22/06/2020 chờ nộp phí, lệ phí, không tính vào thời hạn.",
        "Thời hạn 5 ngày làm việc, tính từ ngày làm việc sau ngày hồ sơ được hoàn thiện.",
        "Đã gia hạn thêm 2 ngày làm việc.",
        "Không tính: 2 ngày nghỉ cuối tuần.",
        "Hạn trả kết quả: 17:00, thứ Tư 01/07/2020.",
      ],
    );
  });
});

/**
 * The judge: a year of minutes laid out flat, walked one by one, with the law's sentences as plain conditions. Written apart
 * from the code it judges: it knows no spans, no stretches and no calendar object but which days are worked.
 */
const FIRST = "2024-01-01";
const YEAR_DAYS = 900;
const DAY = 1_440;
const open = new Uint8Array(YEAR_DAYS * DAY);
const working = new Uint8Array(YEAR_DAYS);
for (let day = 0; day < YEAR_DAYS; day++) {
  if (!isWorkingDay(calendar, addDays(FIRST, day))) continue;
  working[day] = 1;
  open.fill(1, day * DAY + 420, day * DAY + 690);
  open.fill(1, day * DAY + 810, day * DAY + 1_020);
}
const EPOCH = instantOf(FIRST).getTime();
const instant = (minute: number) => new Date(EPOCH + minute * 60_000);

interface Walk {
  readonly start: number;
  /** Minute pairs, in order, each beginning after the last has ended. */
  readonly waits: readonly { readonly from: number; readonly to: number }[];
}

const firstOpen = (minute: number): number => {
  let at = minute;
  while (!open[at]) at += 1;
  return at;
};

function naiveMinutes(limit: number, { start, waits }: Walk): number {
  let used = 0;
  let next = 0;
  for (let minute = start; ; minute += 1) {
    const wait = waits[next];
    if (wait?.from === minute) {
      minute = wait.to - 1;
      next += 1;
      continue;
    }
    used += open[minute] ?? 0;
    if (used === limit) return minute + 1;
  }
}

function naiveDays(limit: number, { start, waits }: Walk): number {
  const gone = new Set<number>();
  for (const { from, to } of waits) {
    const [first, last] = [Math.floor(firstOpen(from) / DAY), Math.floor(firstOpen(to) / DAY)];
    if (first < last) for (let day = first; day <= last; day += 1) gone.add(day);
  }
  let day = Math.floor(firstOpen(start) / DAY);
  for (let used = 0; used < limit; ) {
    day += 1;
    if (working[day] && !gone.has(day)) used += 1;
  }
  return day * DAY + 1_020;
}

/** Pauses that begin while the limit still runs; what comes after it has passed is left out, as the law leaves it out. */
function relevant(walk: Walk, end: (walk: Walk) => number): Walk {
  const waits: { from: number; to: number }[] = [];
  for (const wait of walk.waits) {
    if (wait.from >= end({ start: walk.start, waits })) break;
    waits.push(wait);
  }
  return { start: walk.start, waits };
}

const walks = fc
  .tuple(
    fc.integer({ min: 0, max: 500 * DAY }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 9 * DAY }), fc.integer({ min: 1, max: 12 * DAY })), { maxLength: 3 }),
  )
  .map(([start, gaps]): Walk => {
    let minute = start;
    const waits = gaps.map(([before, length]) => {
      const from = minute + before;
      minute = from + length;
      return { from, to: minute };
    });
    return { start, waits };
  });

const eventsOf = ({ start, waits }: Walk): DeadlineEvent[] => [
  { type: "received", at: instant(start) },
  ...waits.flatMap(({ from, to }): DeadlineEvent[] => [
    { type: "paused", at: instant(from), why: "payment" },
    { type: "resumed", at: instant(to) },
  ]),
];

/** Counted amounts add up to the limit, stretches follow one another, and the last one is the day that is due. */
function recompute(result: Deadline): void {
  const counted = result.stretches.filter(({ kind }) => kind === "counted");
  const sum = counted.reduce((total, { amount }) => total + amount, 0);
  assert.equal(sum, result.limit);
  assert.equal(result.stretches.at(-1)?.to, result.dueDate);
  if (result.unit === "minutes") return;
  for (const [index, stretch] of result.stretches.entries()) {
    const next = result.stretches[index + 1];
    if (next) assert.equal(next.from, addDays(stretch.to, 1));
    if (stretch.kind !== "counted") continue;
    let length = 0;
    for (let day = stretch.from; day <= stretch.to; day = addDays(day, 1)) length += 1;
    assert.equal(stretch.amount, length);
  }
}

describe("against a minute-by-minute oracle, 100,000 cases", () => {
  test("working hours with pauses", () => {
    fc.assert(
      fc.property(walks, fc.integer({ min: 1, max: 16 }), (walk, limit) => {
        const result = deadline(hours(limit), calendar, eventsOf(walk));
        const end = naiveMinutes(
          limit * 60,
          relevant(walk, (known) => naiveMinutes(limit * 60, known)),
        );
        assert.equal(result.dueAt?.getTime(), instant(end).getTime());
        recompute(result);
      }),
      { numRuns: 50_000 },
    );
  });

  test("working days with pauses", () => {
    fc.assert(
      fc.property(walks, fc.integer({ min: 1, max: 15 }), (walk, limit) => {
        const result = deadline(days(limit), calendar, eventsOf(walk));
        const end = naiveDays(
          limit,
          relevant(walk, (known) => naiveDays(limit, known)),
        );
        assert.equal(result.dueAt?.getTime(), instant(end).getTime());
        assert.equal(result.dueDate, plainDateOf(instant(end)));
        recompute(result);
      }),
      { numRuns: 50_000 },
    );
  });
});
