/**
 * Dates of the country: instants are stored in UTC, days are days of Asia/Ho_Chi_Minh (UTC+7, no summer time since 1975).
 * Pure: no clock; the caller passes the instant.
 */
const OFFSET_MS = 7 * 3_600_000;

/** A calendar day `YYYY-MM-DD`, distinct from an instant: a birth date never shifts with the time zone. */
export type PlainDate = string;

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 1 Monday … 7 Sunday */
  readonly weekday: number;
}

export function localTime(instant: Date): LocalTime {
  const shifted = new Date(instant.getTime() + OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay() === 0 ? 7 : shifted.getUTCDay(),
  };
}

/** The instant of a local wall time. */
export function instantOf(date: PlainDate, hour = 0, minute = 0, second = 0): Date {
  const [year, month, day] = splitDate(date);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - OFFSET_MS);
}

export function plainDateOf(instant: Date): PlainDate {
  const t = localTime(instant);
  return `${pad(t.year, 4)}-${pad(t.month)}-${pad(t.day)}`;
}

/** True for a day that exists: 2024-02-29 yes, 2023-02-29 no. */
export function isPlainDate(value: unknown): value is PlainDate {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const [year, month, day] = splitDate(value);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  const [year, month, day] = splitDate(date);
  return plainDay(new Date(Date.UTC(year, month - 1, day + days)));
}

/** The same day so many months later, or the last day of that month (31 January + 1 month: 28 or 29 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = splitDate(date);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return plainDay(new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))));
}

/** toISOString takes ten times as long, and deadlines step through many days. */
function plainDay(utc: Date): PlainDate {
  return `${pad(utc.getUTCFullYear(), 4)}-${pad(utc.getUTCMonth() + 1)}-${pad(utc.getUTCDate())}`;
}

/** 1 Monday … 7 Sunday */
export function weekdayOf(date: PlainDate): number {
  const [year, month, day] = splitDate(date);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return weekday === 0 ? 7 : weekday;
}

/** `22/07/2020` from a day or an instant. */
export function formatDate(value: PlainDate | Date): string {
  const date = value instanceof Date ? plainDateOf(value) : value;
  const [year, month, day] = splitDate(date);
  return `${pad(day)}/${pad(month)}/${pad(year, 4)}`;
}

/** `08:19` */
export function formatTime(instant: Date): string {
  const t = localTime(instant);
  return `${pad(t.hour)}:${pad(t.minute)}`;
}

/** `22/07/2020 08:19` */
export function formatDateTime(instant: Date): string {
  return `${formatDate(instant)} ${formatTime(instant)}`;
}

/** `22/07/2020 08:19:49` */
export function formatDateTimeSeconds(instant: Date): string {
  return `${formatDateTime(instant)}:${pad(localTime(instant).second)}`;
}

/** `yyyyMMddHHmmss` in GMT+7: the national platform's and VNPAY's wire format (domain: 24-hour clock, never 12). */
export function formatCompact(instant: Date): string {
  const t = localTime(instant);
  return `${pad(t.year, 4)}${pad(t.month)}${pad(t.day)}${pad(t.hour)}${pad(t.minute)}${pad(t.second)}`;
}

/** Reads `yyyyMMddHHmmss` (GMT+7); undefined when it is not a time that exists. */
export function parseCompact(text: string): Date | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = `${year}-${month}-${day}`;
  if (!isPlainDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return instantOf(date, Number(hour), Number(minute), Number(second));
}

/** `260110`: the date part of a dossier code (TT 01/2018/TT-VPCP Đ19). */
export function formatYymmdd(instant: Date): string {
  return formatCompact(instant).slice(2, 8);
}

/** ISO 8601 with the country's offset, as signatures show it (NĐ 30/2020 PL I). */
export function formatIsoLocal(instant: Date): string {
  return `${new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19)}+07:00`;
}

const WEEKDAYS = {
  vi: ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"],
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
} as const;

export function weekdayName(date: PlainDate, lang: "vi" | "en"): string {
  return WEEKDAYS[lang][weekdayOf(date) - 1] ?? "";
}

/** `ngày 22 tháng 07 năm 2020`, as letters are dated (NĐ 30/2020: days and months below 10, and months 1 and 2, take a 0). */
export function dateInWords(date: PlainDate): string {
  const [year, month, day] = splitDate(date);
  return `ngày ${pad(day)} tháng ${month < 3 ? pad(month) : month} năm ${year}`;
}

function splitDate(date: PlainDate): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
