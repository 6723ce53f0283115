/** An administrator's decision about a day, checked against the calendar as it is. Pure. */
import { addDays, formatDate, isPlainDate, type PlainDate, weekdayOf } from "#kit/calendar.ts";
import { type CalendarDay, isWorkingDay, specialDay, type WorkingCalendar } from "#province/deadlines/index.ts";

export interface TypedDecision {
  /** dd/MM/yyyy */
  readonly date: string;
  readonly kind: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly basis: string;
  /** dd/MM/yyyy: the Saturday or Sunday worked for a day off; empty when nothing is exchanged. */
  readonly exchange: string;
}

export type DecisionFault =
  | "date"
  | "past"
  | "too-far"
  | "kind"
  | "already-off"
  | "already-worked"
  | "already-usual"
  | "name"
  | "basis"
  | "exchange-date"
  | "exchange-not-weekend"
  | "exchange-same"
  | "exchange-far"
  | "exchange-past";

export interface DecisionError {
  readonly field: keyof TypedDecision;
  readonly fault: DecisionFault;
}

/** A swapped Saturday lies near its bridge day: the government's own swaps were at most a fortnight apart. */
const EXCHANGE_DAYS_MAX = 31;
/** Nobody decides on days that far away. */
const YEARS_AHEAD = 3;

/** The rows to write, or everything that is wrong with it. `today`: what is past was counted already. */
export function readDecision(
  typed: TypedDecision,
  calendar: WorkingCalendar,
  today: PlainDate,
):
  | { readonly ok: true; readonly days: readonly CalendarDay[] }
  | { readonly ok: false; readonly errors: DecisionError[] } {
  const errors: DecisionError[] = [];
  const fail = (field: keyof TypedDecision, fault: DecisionFault) => void errors.push({ field, fault });
  const date = readDate(typed.date);
  const kind = (["off", "work", "usual"] as const).find((one) => one === typed.kind);
  if (!date) fail("date", "date");
  else if (date < today) fail("date", "past");
  else if (Number(date.slice(0, 4)) > Number(today.slice(0, 4)) + YEARS_AHEAD) fail("date", "too-far");
  if (!kind) fail("kind", "kind");
  if (typed.nameVi === "") fail("nameVi", "name");
  if (typed.basis.length < 3) fail("basis", "basis");
  if (date && kind && errors.length === 0) {
    const contradiction = contradictionOf(kind, date, calendar);
    if (contradiction) fail("date", contradiction);
  }
  const exchange = typed.exchange === "" ? null : (readDate(typed.exchange) ?? undefined);
  if (typed.exchange !== "" && kind === "off" && date) {
    const fault = exchangeFault(date, exchange ?? undefined, calendar, today);
    if (fault) fail("exchange", fault);
  }
  if (errors.length > 0 || !date || !kind) return { ok: false, errors };
  const name = { vi: typed.nameVi, en: typed.nameEn === "" ? typed.nameVi : typed.nameEn };
  const day: CalendarDay = { date, kind, name, basis: typed.basis };
  if (kind !== "off" || !exchange) return { ok: true, days: [day] };
  const words = { vi: `Làm việc bù cho ${formatDate(date)}`, en: `Worked for ${formatDate(date)}` };
  return { ok: true, days: [day, { date: exchange, kind: "work", name: words, basis: typed.basis }] };
}

function contradictionOf(kind: CalendarDay["kind"], date: PlainDate, calendar: WorkingCalendar): DecisionFault | null {
  const works = isWorkingDay(calendar, date);
  if (kind === "off" && !works) return "already-off";
  if (kind === "work" && works) return "already-worked";
  if (kind === "usual" && !specialDay(calendar, date)) return "already-usual";
  return null;
}

function exchangeFault(
  date: PlainDate,
  exchange: PlainDate | undefined,
  calendar: WorkingCalendar,
  today: PlainDate,
): DecisionFault | null {
  if (!exchange) return "exchange-date";
  if (exchange === date) return "exchange-same";
  if (exchange < today) return "exchange-past";
  if (calendar.weekdays.includes(weekdayOf(exchange)) || isWorkingDay(calendar, exchange))
    return "exchange-not-weekend";
  const [near, far] = [addDays(date, -EXCHANGE_DAYS_MAX), addDays(date, EXCHANGE_DAYS_MAX)];
  return exchange < near || exchange > far ? "exchange-far" : null;
}

function readDate(text: string): PlainDate | undefined {
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  if (!match) return undefined;
  const [, day = "", month = "", year = ""] = match;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isPlainDate(date) ? date : undefined;
}
