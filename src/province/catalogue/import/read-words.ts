/** Words of the national catalogue: channels, units of time, levels, amounts, codes. Pure. */
import { cleanLines, cleanText, fold } from "#kit/vietnamese.ts";
import type { Way } from "#province/procedure/index.ts";
import { type RawLevel, type RawTimeUnit, RecordError } from "./record.ts";

/** A text of a file, NFC, trimmed; empty for anything that is no text or number. A lost character is broken UTF-8. */
export function textOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return "";
  if (value.includes("\uFFFD")) throw new RecordError("broken-utf8");
  return cleanText(value);
}

/** As textOf, with line breaks. */
export function linesOf(value: unknown): string {
  if (typeof value !== "string") return textOf(value);
  if (value.includes("\uFFFD")) throw new RecordError("broken-utf8");
  return cleanLines(value);
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined || value === "" ? [] : [value];
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const WAYS: Readonly<Record<string, Way>> = {
  online: "online",
  "truc tuyen": "online",
  "2": "online",
  in_person: "counter",
  direct: "counter",
  "truc tiep": "counter",
  "1": "counter",
  post: "post",
  postal: "post",
  "buu chinh": "post",
  "dich vu buu chinh": "post",
  "buu chinh cong ich": "post",
  "3": "post",
};

/** Channel of the catalogue: 1 counter, 2 online, 3 public post, or its words. */
export function readWay(value: unknown): Way | undefined {
  return WAYS[fold(textOf(value))];
}

const UNITS: readonly (readonly [RegExp, RawTimeUnit])[] = [
  [/^(working_?day|ngay lam viec|nlv)s?$/, "working_day"],
  [/^(hour|gio|gio lam viec)s?$/, "hour"],
  [/^(month|thang)s?$/, "month"],
  [/^(year|nam)s?$/, "year"],
  [/^(day|ngay|calendar_?day)s?$/, "day"],
];

/** Undefined for OTHER and for words that are no unit. */
export function readUnit(value: unknown): RawTimeUnit | undefined {
  const word = fold(textOf(value));
  return UNITS.find(([pattern]) => pattern.test(word))?.[1];
}

const LEVELS: readonly (readonly [RegExp, RawLevel])[] = [
  [/^(central|cap bo|bo|trung uong|cap trung uong|tw)$/, "central"],
  [/^(province|tinh|cap tinh)$/, "province"],
  [/^(district|huyen|cap huyen)$/, "district"],
  [/^(commune|xa|cap xa)$/, "commune"],
  [/^(other|khac|co quan khac)$/, "other"],
];

export function readLevel(value: unknown): RawLevel | undefined {
  const word = fold(textOf(value));
  return LEVELS.find(([pattern]) => pattern.test(word))?.[1];
}

const MAX_AMOUNT = 999_999_999_999;

/** "800000", "800.000 đ", "1,5" (no) → đồng, an integer; undefined when it is no amount. */
export function readAmount(value: unknown): number | undefined {
  if (typeof value === "number")
    return Number.isSafeInteger(value) && value >= 0 && value <= MAX_AMOUNT ? value : undefined;
  const text = fold(textOf(value))
    .replace(/\s*(vnd|dong|d)$/, "")
    .trim();
  if (!/^(\d+|\d{1,3}([., ]\d{3})+)$/.test(text)) return undefined;
  const amount = Number(text.replace(/[., ]/g, ""));
  return amount <= MAX_AMOUNT ? amount : undefined;
}

/**
 * A code of the national catalogue: `D.NNNNNN`, or a province's own form `D.NNNNNN.000.00.00.Hxx` (until 2022) and
 * `D.NNNNNN.Hxx`. The province's own form is its national code; another province's is not for us.
 */
export function readCode(written: string, province: string): string {
  if (written === "") throw new RecordError("code-missing");
  const match = /^([1-6]\.\d{6})(?:(?:\.000\.00\.00)?\.(H\d{2}))?$/i.exec(written);
  if (!match?.[1]) throw new RecordError("code-shape");
  if (match[2] && match[2].toUpperCase() !== province) throw new RecordError("code-of-other-province");
  return match[1];
}
