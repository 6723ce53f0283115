/** Why the date is that date, in short sentences, in the order in which things were counted. */
import type { PlainDate } from "#kit/calendar.ts";
import { addDays, formatDate, weekdayName } from "#kit/calendar.ts";
import type { Text } from "#kit/i18n.ts";
import type { Counted, Course, Pause } from "./deadline.ts";
import type { Moment } from "./office-time.ts";
import type { TimeRule } from "./time-rule.ts";
import { isWorkingDay, minuteOfDay, reasonForDayOff, type WorkingCalendar } from "./working-calendar.ts";

interface Reckoning {
  readonly rule: TimeRule;
  readonly calendar: WorkingCalendar;
  readonly course: Course;
  /** null while the clock stands. */
  readonly due: Moment | null;
  readonly counted: Counted;
  readonly provisional: boolean;
}

export function deadlineWords({ rule, calendar, course, due, counted, provisional }: Reckoning): Text[] {
  const restarted = course.pauses.some((pause) => pause.restarts);
  return [
    receivedSentence(course.received),
    ...(restarted ? [] : movedSentence(calendar, course.received, course.start)),
    ...course.pauses.map(pauseSentence),
    ruleSentence(rule, course, restarted),
    ...(course.addedDays > 0 ? [putOffSentence(rule, course.addedDays)] : []),
    ...skippedSentence(calendar, rule, counted),
    ...(counted.movedFrom && due ? [movedOnSentence(counted.movedFrom)] : []),
    ...(course.missed ? [MISSED] : []),
    due ? dueSentence(due) : waitingSentence(course),
    ...(provisional ? [PROVISIONAL] : []),
  ];
}

function ruleSentence(rule: TimeRule, course: Course, restarted: boolean): Text {
  const from = restarted
    ? { vi: "ngày hồ sơ được hoàn thiện", en: "the dossier was completed" }
    : { vi: "ngày nhận", en: "reception" };
  switch (rule.type) {
    case "same_day_with_cutoff":
      return sameDaySentence(rule.cutoff, course.start);
    case "working_days":
      return {
        vi: `Thời hạn ${rule.days} ngày làm việc, tính từ ngày làm việc sau ${from.vi}.`,
        en: `The limit is ${plural(rule.days, "working day")}, counted from the working day after ${from.en}.`,
      };
    case "working_hours":
      return {
        vi: `Thời hạn ${rule.hours} giờ làm việc, chỉ tính trong giờ làm việc của cơ quan.`,
        en: `The limit is ${plural(rule.hours, "working hour")}; only the office's hours count.`,
      };
    case "calendar_days":
      return {
        vi: `Thời hạn ${rule.days} ngày, tính từ ngày tiếp theo ${from.vi}, kể cả ngày nghỉ.`,
        en: `The limit is ${plural(rule.days, "day")}, counted from the day after ${from.en}, days off included.`,
      };
    case "months":
      return {
        vi: `Thời hạn ${rule.months} tháng, tính từ ngày tiếp theo ${from.vi}, kể cả ngày nghỉ.`,
        en: `The limit is ${plural(rule.months, "month")}, counted from the day after ${from.en}, days off included.`,
      };
  }
}

function sameDaySentence(cutoff: string, start: Moment): Text {
  if (start.minute < minuteOfDay(cutoff)) {
    return {
      vi: `Nhận trước ${cutoff} nên trả kết quả trong ngày.`,
      en: `Received before ${cutoff}, so it is answered the same day.`,
    };
  }
  return {
    vi: `Nhận từ ${cutoff} trở đi nên trả kết quả trong ngày làm việc tiếp theo.`,
    en: `Received at ${cutoff} or later, so it is answered the next working day.`,
  };
}

function pauseSentence(pause: Pause): Text {
  const why =
    pause.why === "supplement"
      ? { vi: "chờ bổ sung hồ sơ", en: "waiting for a supplement" }
      : { vi: "chờ nộp phí, lệ phí", en: "waiting for the payment" };
  const until = pause.to ?? pause.from;
  const span = {
    vi: `${clock(pause.from.minute)} ngày ${formatDate(pause.from.date)} đến ${clock(until.minute)} ngày ${formatDate(until.date)}`,
    en: `${clock(pause.from.minute)} on ${formatDate(pause.from.date)} to ${clock(until.minute)} on ${formatDate(until.date)}`,
  };
  if (pause.restarts) {
    return {
      vi: `Từ ${span.vi} ${why.vi}; sau đó thời hạn được tính lại từ đầu.`,
      en: `From ${span.en}: ${why.en}; the limit then began anew.`,
    };
  }
  return {
    vi: `Từ ${span.vi} ${why.vi}, không tính vào thời hạn.`,
    en: `From ${span.en}: ${why.en}, not counted.`,
  };
}

function putOffSentence(rule: TimeRule, days: number): Text {
  const calendarDays = rule.type === "calendar_days" || rule.type === "months";
  return calendarDays
    ? { vi: `Đã gia hạn thêm ${days} ngày.`, en: `Put off by ${plural(days, "day")}.` }
    : { vi: `Đã gia hạn thêm ${days} ngày làm việc.`, en: `Put off by ${plural(days, "working day")}.` };
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
function skippedSentence(calendar: WorkingCalendar, rule: TimeRule, counted: Counted): Text[] {
  if (rule.type === "calendar_days" || rule.type === "months") return [];
  const holidays: { date: PlainDate; name: Text }[] = [];
  let weekly = 0;
  for (const date of daysOffIn(calendar, counted)) {
    const reason = reasonForDayOff(calendar, date);
    if (reason === "weekly") weekly += 1;
    else if (reason) holidays.push({ date, name: reason });
  }
  if (weekly === 0 && holidays.length === 0) return [];
  const list = (lang: "vi" | "en") =>
    [
      ...(weekly > 0 ? [lang === "vi" ? `${weekly} ngày nghỉ cuối tuần` : plural(weekly, "weekend day")] : []),
      ...holidays.map(({ date, name }) => `${formatDate(date)} (${name[lang]})`),
    ].join(", ");
  return [{ vi: `Không tính: ${list("vi")}.`, en: `Not counted: ${list("en")}.` }];
}

/** Days off between the first and the last day that counted; those inside a pause are part of the pause. */
function* daysOffIn(calendar: WorkingCalendar, { stretches }: Counted): Generator<PlainDate> {
  const [first, last] = [stretches[0]?.from, stretches.at(-1)?.to];
  if (!first || !last) return;
  for (const { from, to, kind } of stretches) {
    if (kind === "day-off") yield* daysFrom(from, to);
  }
  // Hours are noted by working day only: what lies between those days is off.
  if (stretches.some((stretch) => stretch.kind === "start")) return;
  for (const date of daysFrom(first, last)) if (!isWorkingDay(calendar, date)) yield date;
}

function* daysFrom(from: PlainDate, to: PlainDate): Generator<PlainDate> {
  for (let date = from; date <= to; date = addDays(date, 1)) yield date;
}

function movedOnSentence(last: PlainDate): Text {
  return {
    vi: `Ngày cuối ${formatDate(last)} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo.`,
    en: `The last day, ${formatDate(last)}, is a day off, so it moves to the next working day.`,
  };
}

function dueSentence(due: Moment): Text {
  return {
    vi: `Hạn trả kết quả: ${clock(due.minute)}, ${dayVi(due.date)}.`,
    en: `Due: ${clock(due.minute)} on ${dayEn(due.date)}.`,
  };
}

function waitingSentence(course: Course): Text {
  const since = course.open ? `${clock(course.open.from.minute)} ${formatDate(course.open.from.date)}` : "";
  return course.open?.why === "payment"
    ? {
        vi: `Tạm dừng từ ${since} để chờ nộp phí, lệ phí; hạn được tính tiếp khi đã nộp.`,
        en: `Stopped since ${since} until the fee is paid; the date is worked out then.`,
      }
    : {
        vi: `Tạm dừng từ ${since} để chờ bổ sung hồ sơ; hạn được tính tiếp khi hồ sơ đầy đủ.`,
        en: `Stopped since ${since} until the dossier is complete; the date is worked out then.`,
      };
}

const MISSED: Text = {
  vi: "Hạn đã qua trước khi có thay đổi khác nên không được tính lại.",
  en: "The date had passed before anything else happened, so it stays.",
};

const PROVISIONAL: Text = {
  vi: "Lịch nghỉ của năm này chưa được công bố nên hạn có thể thay đổi.",
  en: "The days off of that year are not published yet, so the date may still move.",
};

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
