/** Time limits of the national catalogue. A limit is a rule only when the file says one per way of filing; else its words are kept. */
import { fold } from "#kit/vietnamese.ts";
import type { TimeRule } from "#province/deadlines/index.ts";
import type { Way } from "#province/procedure/index.ts";
import type { RawChannel, RawProcedure } from "./record.ts";

export interface ReadTimes {
  readonly limits: { ways: Way[]; rule: TimeRule }[];
  /** The limit in words, when no rule holds it. */
  readonly text?: string;
}

const WAYS: readonly Way[] = ["online", "counter", "post"];

export function readTimes(raw: RawProcedure): ReadTimes {
  const byRule = new Map<string, { ways: Way[]; rule: TimeRule }>();
  const words: string[] = [];
  for (const way of WAYS) {
    const channels = raw.channels.filter((channel) => channel.way === way);
    if (channels.length === 0) continue;
    const rules = unique(channels.flatMap(({ time }) => (time ? (ruleOf(time) ?? []) : [])));
    const [rule] = rules;
    if (rules.length === 1 && rule) {
      const key = JSON.stringify(rule);
      const known = byRule.get(key);
      if (known) known.ways.push(way);
      else byRule.set(key, { ways: [way], rule });
    } else {
      // Several limits on one way are cases of the law: no single one may be promised.
      words.push(...channels.flatMap(said));
    }
  }
  const limits = [...byRule.values()];
  const fromText = limits.length === 0 && raw.timeText ? ruleOfText(raw.timeText) : undefined;
  if (fromText) return { limits: [{ ways: ["online", "counter", "post"], rule: fromText }] };
  if (limits.length === 0 && raw.timeText) words.push(raw.timeText);
  const text = [...new Set(words)].join("\n");
  return { limits, ...(text ? { text: text.slice(0, 4_000) } : {}) };
}

function ruleOf({ amount, unit }: NonNullable<RawChannel["time"]>): TimeRule | undefined {
  if (unit === "hour")
    return Number.isInteger(amount) && amount <= 2_000 ? { type: "working_hours", hours: amount } : undefined;
  // Half days are half of the eight hours that a working day has.
  if (unit === "working_day" && Number.isInteger(amount * 2) && !Number.isInteger(amount))
    return { type: "working_hours", hours: amount * 8 };
  if (!Number.isInteger(amount)) return undefined;
  if (unit === "working_day") return { type: "working_days", days: amount };
  if (unit === "day") return { type: "calendar_days", days: amount };
  const months = unit === "year" ? amount * 12 : amount;
  return months <= 120 ? { type: "months", months } : undefined;
}

const UNIT_WORDS = { working_day: "ngày làm việc", day: "ngày", hour: "giờ", month: "tháng", year: "năm" } as const;

function said({ time, timeText }: RawChannel): string[] {
  if (timeText) return [timeText];
  return time ? [`${time.amount} ${UNIT_WORDS[time.unit]}`] : [];
}

const SPAN = /(\d{1,3})\)?\s+(ngay lam viec|ngay|thang)(?!\s+\d)/g;

/** "05 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ." is a rule; a text with two spans is not. */
function ruleOfText(text: string): TimeRule | undefined {
  const spans = [...fold(text).matchAll(SPAN)];
  const [span] = spans;
  const amount = Number(span?.[1]);
  if (spans.length !== 1 || !span || amount < 1 || text.length > 160) return undefined;
  if (span[2] === "ngay lam viec") return { type: "working_days", days: amount };
  return span[2] === "ngay"
    ? { type: "calendar_days", days: amount }
    : { type: "months", months: Math.min(amount, 120) };
}

function unique(rules: readonly TimeRule[]): TimeRule[] {
  const keys = new Set<string>();
  return rules.filter((rule) => !keys.has(JSON.stringify(rule)) && keys.add(JSON.stringify(rule)));
}
