/**
 * When must the office answer? A pure function of (rule, calendar, moment of reception), with its reasons in words,
 * because "Vì sao là ngày này?" must always have an answer.
 *
 * How days are counted: the day of reception is not counted (Civil Code 2015 art. 147.2); a day ends when the office
 * closes; what arrives outside office hours counts as arriving when the office next opens. Hours are minutes of work.
 */
import type { PlainDate } from "#kit/calendar.ts";
import { addDays, formatDate, instantOf, localTime, plainDateOf, weekdayName } from "#kit/calendar.ts";
import { invariant } from "#kit/errors.ts";
import type { Text } from "#kit/i18n.ts";
import type { TimeRule } from "./time-rule.ts";
import type { WorkingCalendar } from "./working-calendar.ts";
import { isWorkingDay, minuteOfDay, nextWorkingDay, reasonForDayOff, workingHoursOf } from "./working-calendar.ts";

export type DueTime = {
  /** The first instant that is late: finished before it is on time. */
  readonly dueAt: Date;
  readonly dueDate: PlainDate;
  /** What was counted, in the order it was counted; short sentences for the page and the slip. */
  readonly explanation: readonly Text[];
  /** True when the calendar has no days off for a year that was touched: the date may still move. */
  readonly provisional: boolean;
};

/** A minute of a local day. `minute` may be the closing minute of the day (the end of a half-open span). */
type Moment = { readonly date: PlainDate; readonly minute: number };

/** The longest limit in the national catalogue is a few years; anything above is a mistake in the data. */
const DAYS_MAX = 3_660;

export function dueTime(rule: TimeRule, calendar: WorkingCalendar, receivedAt: Date): DueTime {
  const received: Moment = momentOf(receivedAt);
  const start = firstWorkingMoment(calendar, received);
  const explanation = [receivedSentence(received), ...movedSentence(calendar, received, start)];
  const due = count(rule, calendar, start, explanation);
  const skipped = skippedSentence(calendar, received.date, due.date, rule);
  if (skipped) explanation.push(skipped);
  explanation.push(dueSentence(due));
  const provisional = !coversYears(calendar, received.date, due.date);
  if (provisional) explanation.push(PROVISIONAL);
  return { dueAt: instantAt(due), dueDate: due.date, explanation, provisional };
}

/** The moment itself when the office is open then, else the next opening. */
export function firstWorkingMoment(calendar: WorkingCalendar, moment: Moment): Moment {
  if (isWorkingDay(calendar, moment.date)) {
    const span = calendar.spans.find((candidate) => moment.minute < candidate.to);
    if (span) return { date: moment.date, minute: Math.max(moment.minute, span.from) };
  }
  return { date: nextWorkingDay(calendar, moment.date), minute: workingHoursOf(calendar).from };
}

function count(rule: TimeRule, calendar: WorkingCalendar, start: Moment, explanation: Text[]): Moment {
  const close = workingHoursOf(calendar).to;
  switch (rule.type) {
    case "same_day_with_cutoff":
      return sameDay(rule.cutoff, calendar, start, explanation);
    case "working_days": {
      checkLimit(rule.days);
      explanation.push({
        vi: `Thời hạn ${rule.days} ngày làm việc, tính từ ngày làm việc sau ngày nhận.`,
        en: `The limit is ${plural(rule.days, "working day")}, counted from the working day after reception.`,
      });
      let date = start.date;
      for (let day = 0; day < rule.days; day += 1) date = nextWorkingDay(calendar, date);
      return { date, minute: close };
    }
    case "working_hours":
      return workingHours(rule.hours, calendar, start, explanation);
    case "calendar_days":
      return calendarDays(rule.days, calendar, start, explanation);
  }
}

function sameDay(cutoff: string, calendar: WorkingCalendar, start: Moment, explanation: Text[]): Moment {
  const close = workingHoursOf(calendar).to;
  if (start.minute < minuteOfDay(cutoff)) {
    explanation.push({
      vi: `Nhận trước ${cutoff} nên trả kết quả trong ngày.`,
      en: `Received before ${cutoff}, so it is answered the same day.`,
    });
    return { date: start.date, minute: close };
  }
  explanation.push({
    vi: `Nhận từ ${cutoff} trở đi nên trả kết quả trong ngày làm việc tiếp theo.`,
    en: `Received at ${cutoff} or later, so it is answered the next working day.`,
  });
  return { date: nextWorkingDay(calendar, start.date), minute: close };
}

function workingHours(hours: number, calendar: WorkingCalendar, start: Moment, explanation: Text[]): Moment {
  checkLimit(hours / 24);
  explanation.push({
    vi: `Thời hạn ${hours} giờ làm việc, chỉ tính trong giờ làm việc của cơ quan.`,
    en: `The limit is ${plural(hours, "working hour")}; only the office's hours count.`,
  });
  let left = hours * 60;
  let { date, minute } = start;
  for (let day = 0; day <= DAYS_MAX; day += 1) {
    for (const span of calendar.spans) {
      const from = Math.max(span.from, minute);
      if (from >= span.to) continue;
      const open = span.to - from;
      if (left <= open) return { date, minute: from + left };
      left -= open;
    }
    date = nextWorkingDay(calendar, date);
    minute = 0;
  }
  throw new Error(`a limit of ${hours} working hours did not end`);
}

function calendarDays(days: number, calendar: WorkingCalendar, start: Moment, explanation: Text[]): Moment {
  checkLimit(days);
  explanation.push({
    vi: `Thời hạn ${days} ngày, tính từ ngày tiếp theo ngày nhận, kể cả ngày nghỉ.`,
    en: `The limit is ${plural(days, "day")}, counted from the day after reception, days off included.`,
  });
  const last = addDays(start.date, days);
  const minute = workingHoursOf(calendar).to;
  if (isWorkingDay(calendar, last)) return { date: last, minute };
  explanation.push({
    vi: `Ngày cuối ${formatDate(last)} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo.`,
    en: `The last day, ${formatDate(last)}, is a day off, so it moves to the next working day.`,
  });
  return { date: nextWorkingDay(calendar, last), minute };
}

function receivedSentence(received: Moment): Text {
  return {
    vi: `Nhận hồ sơ lúc ${clock(received.minute)}, ${dayVi(received.date)}.`,
    en: `Received at ${clock(received.minute)} on ${dayEn(received.date)}.`,
  };
}

function movedSentence(calendar: WorkingCalendar, received: Moment, start: Moment): Text[] {
  if (received.date === start.date && received.minute === start.minute) return [];
  if (received.date === start.date) {
    return [
      {
        vi: `Ngoài giờ làm việc nên tính từ ${clock(start.minute)} cùng ngày.`,
        en: `Outside office hours, so it counts from ${clock(start.minute)} the same day.`,
      },
    ];
  }
  const dayOff = !isWorkingDay(calendar, received.date);
  return [
    {
      vi: `${dayOff ? "Là ngày nghỉ" : "Ngoài giờ làm việc"} nên tính từ ${clock(start.minute)}, ${dayVi(start.date)}.`,
      en: `${dayOff ? "A day off" : "Outside office hours"}, so it counts from ${clock(start.minute)} on ${dayEn(start.date)}.`,
    },
  ];
}

/** Names the days that were passed over. A long run of weekends is counted, holidays are always named. */
function skippedSentence(calendar: WorkingCalendar, from: PlainDate, to: PlainDate, rule: TimeRule): Text | null {
  if (rule.type === "calendar_days") return null;
  const holidays: { date: PlainDate; name: Text }[] = [];
  let weekly = 0;
  for (let date = addDays(from, 1), step = 0; date < to && step <= DAYS_MAX; date = addDays(date, 1), step += 1) {
    const reason = reasonForDayOff(calendar, date);
    if (reason === "weekly") weekly += 1;
    else if (reason) holidays.push({ date, name: reason });
  }
  if (weekly === 0 && holidays.length === 0) return null;
  const list = (lang: "vi" | "en") =>
    [
      ...(weekly > 0 ? [lang === "vi" ? `${weekly} ngày nghỉ cuối tuần` : plural(weekly, "weekend day")] : []),
      ...holidays.map(({ date, name }) => `${formatDate(date)} (${name[lang]})`),
    ].join(", ");
  return { vi: `Không tính: ${list("vi")}.`, en: `Not counted: ${list("en")}.` };
}

function dueSentence(due: Moment): Text {
  return {
    vi: `Hạn trả kết quả: ${clock(due.minute)}, ${dayVi(due.date)}.`,
    en: `Due: ${clock(due.minute)} on ${dayEn(due.date)}.`,
  };
}

const PROVISIONAL: Text = {
  vi: "Lịch nghỉ của năm này chưa được công bố nên hạn có thể thay đổi.",
  en: "The days off of that year are not published yet, so the date may still move.",
};

function coversYears(calendar: WorkingCalendar, from: PlainDate, to: PlainDate): boolean {
  return Number(from.slice(0, 4)) >= calendar.years.first && Number(to.slice(0, 4)) <= calendar.years.last;
}

function checkLimit(days: number): void {
  invariant(days > 0 && days <= DAYS_MAX, `a time limit of ${days} days is not one`);
}

function momentOf(instant: Date): Moment {
  const local = localTime(instant);
  return { date: plainDateOf(instant), minute: local.hour * 60 + local.minute };
}

function instantAt({ date, minute }: Moment): Date {
  return instantOf(date, Math.floor(minute / 60), minute % 60);
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

function dayVi(date: PlainDate): string {
  const name = weekdayName(date, "vi");
  // Inside a sentence only the number of the day keeps its capital: "thứ Tư", but "Chủ nhật".
  return `${name.startsWith("Thứ") ? `t${name.slice(1)}` : name} ${formatDate(date)}`;
}

function dayEn(date: PlainDate): string {
  return `${weekdayName(date, "en")} ${formatDate(date)}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
