import { addDays, type PlainDate } from "#kit/calendar.ts";
import type { FileRow } from "./reconciliation.ts";

/** What a file says was paid out for one day of settling, in đồng. */
export interface DaySum {
  readonly day: PlainDate;
  readonly captured: number;
  readonly refunded: number;
  readonly fee: number;
}

export interface TallyOfFile {
  /** Days between a payment and its settling that most lines have. */
  readonly lag: number;
  /** First and last day of payments that the file is about. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly sums: readonly DaySum[];
}

interface Day {
  lines: number;
  captured: number;
  refunded: number;
  fee: number;
  readonly lags: Map<PlainDate, number>;
}

/** Counts a file's lines by their days while they are read. Pure but for what it has counted. */
export function createFileTally(): {
  see(row: FileRow): void;
  lag(): number;
  read(asked: PlainDate | undefined): TallyOfFile;
} {
  const days = new Map<PlainDate, Day>();
  const dayOf = (name: PlainDate): Day => {
    const known = days.get(name);
    if (known) return known;
    const day: Day = { lines: 0, captured: 0, refunded: 0, fee: 0, lags: new Map() };
    days.set(name, day);
    return day;
  };
  const lag = (): number => {
    const counts = new Map<number, number>();
    for (const [settled, { lags }] of days) {
      for (const [occurred, lines] of lags) {
        const between = (Date.parse(settled) - Date.parse(occurred)) / 86_400_000;
        counts.set(between, (counts.get(between) ?? 0) + lines);
      }
    }
    return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
  };
  return {
    see(row) {
      const day = dayOf(row.settledOn);
      day.lines += 1;
      day.lags.set(row.occurredOn, (day.lags.get(row.occurredOn) ?? 0) + 1);
      if (row.status !== "success") return;
      if (row.isRefund) day.refunded += row.amount;
      else day.captured += row.amount;
      day.fee += row.fee;
    },
    lag,
    read(asked) {
      const shift = lag();
      const sums = [...days]
        .filter(([, { captured, refunded, fee }]) => captured !== 0 || refunded !== 0 || fee !== 0)
        .map(([day, { captured, refunded, fee }]) => ({ day, captured, refunded, fee }))
        .sort((a, b) => (a.day < b.day ? -1 : 1));
      return { lag: shift, ...coverOf(asked, days, shift), sums };
    },
  };
}

/** Days of payments that the file is about: a day with few lines at its edge is a shifted line, not a day. */
function coverOf(
  asked: PlainDate | undefined,
  days: ReadonlyMap<PlainDate, Day>,
  lag: number,
): { from: PlainDate; to: PlainDate } {
  if (asked) return { from: asked, to: asked };
  const most = Math.max(0, ...[...days.values()].map((day) => day.lines));
  const about = [...days]
    .filter(([, { lines }]) => lines * 4 >= most)
    .map(([day]) => addDays(day, -lag))
    .sort();
  // Nothing of ours is missing from a file without lines: it does not say which day it is about.
  return { from: about[0] ?? "2000-01-01", to: about.at(-1) ?? "1999-12-31" };
}
