/** The rule of each type of answer. Pure; the checks of numbers and names themselves are `#kit/vietnamese.ts`. */
import { addDays, formatDate, isPlainDate } from "#kit/calendar.ts";
import { DONG_MAX, formatInteger } from "#kit/money.ts";
import { checkEmail, checkIdentityNumber, checkMobile, checkPersonName, checkTaxCode } from "#kit/vietnamese.ts";
import { BANKS } from "./banks.ts";
import { ETHNIC_GROUPS } from "./ethnic-groups.ts";
import type { FieldReason } from "./field-messages.ts";
import type { Answer, FormItem, IdentityPaper } from "./form.ts";
import { type Address, isAddress, isBankAccount, isMapPoint, isSignature } from "./form.ts";
import { identityPaperOf } from "./identity-paper.ts";
import { nationalities } from "./nationalities.ts";
import { readStrokes } from "./signature-strokes.ts";

/** What is wrong; `part` when the answer has several controls. */
export interface Fault {
  readonly reason: FieldReason;
  readonly typed: string;
  readonly limit?: string;
  readonly part?: "detail" | "area" | "province" | "district" | "commune" | "bank" | "number" | "lat" | "lng" | "typed";
}

export interface CheckContext {
  readonly today: string;
  /** `YYYY…` of the person's birth date, when the item names it and it is known. */
  readonly born?: string;
}

const TEXT_MAX = 200;
const LONG_TEXT_MAX = 2_000;

/** Undefined when the answer, which is not empty, can be kept. */
export function faultOf(item: FormItem, value: Answer, context: CheckContext): Fault | undefined {
  switch (item.type) {
    case "address":
      return isAddress(value) ? addressFault(item, value) : unreadable();
    case "bankAccount":
      return isBankAccount(value) ? accountFault(value.bank, value.number) : unreadable();
    case "mapPoint":
      return isMapPoint(value)
        ? (coordinateFault(value.lat, 90, "lat") ?? coordinateFault(value.lng, 180, "lng"))
        : unreadable();
    case "signature":
      return isSignature(value) ? signatureFault(value.typed, value.strokes) : unreadable();
    case "file":
      return undefined;
    case "choices":
      return choicesFault(item, value);
    case "yesNo":
      return typeof value === "boolean" ? undefined : unknownChoice(value);
    case "integer":
    case "money":
    case "decimal":
      return numberFault(item, value);
    default:
      return typeof value === "string" ? textFault(item, value, context) : unreadable();
  }
}

function textFault(item: FormItem, value: string, context: CheckContext): Fault | undefined {
  switch (item.type) {
    case "personName":
      return nameFault(value);
    case "organisationName":
      return lengthFault(value, item.maxLength ?? TEXT_MAX) ?? organisationFault(value);
    case "vehiclePlate":
      return PLATE.test(value) ? undefined : { reason: "plate-shape", typed: value };
    case "identityNumber":
      return identityFault(item, value, context);
    case "phone":
      return phoneFault(value);
    case "email":
      return reasonOf(checkEmail(value), value);
    case "taxCode":
      return reasonOf(checkTaxCode(value), value);
    case "date":
    case "partialDate":
      return dateFault(item, value, context.today);
    case "choice":
      return item.choices?.some((choice) => choice.value === value) ? undefined : unknownChoice(value);
    case "ethnicGroup":
      return ETHNIC_GROUPS.some((choice) => choice.value === value) ? undefined : unknownChoice(value);
    case "nationality":
      return nationalities().some((choice) => choice.value === value) ? undefined : unknownChoice(value);
    case "place":
      return lengthFault(value, item.maxLength ?? TEXT_MAX) ?? areaFault(value);
    default:
      return lengthFault(value, item.maxLength ?? (item.type === "longText" ? LONG_TEXT_MAX : TEXT_MAX));
  }
}

/** Reasons of the kit that can only mean an empty value do not come here: empty answers are `required`'s business. */
function reasonOf(
  check: { readonly ok: true } | { readonly ok: false; readonly reason: string },
  typed: string,
): Fault | undefined {
  return check.ok ? undefined : { reason: check.reason as FieldReason, typed };
}

function nameFault(value: string): Fault | undefined {
  const fault = reasonOf(checkPersonName(value), value);
  if (fault) return fault;
  return value.trim().includes(" ") ? undefined : { reason: "name-one-word", typed: value };
}

/** The day the nine-digit card lost its force (Law on Identity 2023, art. 46). */
const CMND_OVER = "2025-01-01";

function identityFault(item: FormItem, value: string, context: CheckContext): Fault | undefined {
  const allowed: readonly IdentityPaper[] = item.papers ?? ["cccd", "passport", "cmnd"];
  const paper = identityPaperOf(value);
  if (!paper) {
    const digitsOnly = /^\d+$/.test(value);
    return { reason: digitsOnly ? "identity-length" : "identity-shape", typed: value };
  }
  if (!allowed.includes(paper)) {
    return { reason: "identity-paper", typed: value, limit: allowed.map((kind) => PAPER_NAMES[kind]).join(", ") };
  }
  if (paper === "cmnd" && !item.papers && context.today >= CMND_OVER)
    return { reason: "identity-cmnd-over", typed: value };
  if (paper === "passport") return undefined;
  const birth = context.born && /^\d{4}/.test(context.born) ? `${context.born.slice(0, 4)}-01-01` : undefined;
  return reasonOf(checkIdentityNumber(value, birth), value);
}

const PAPER_NAMES: Record<IdentityPaper, string> = {
  cccd: "số CCCD 12 chữ số",
  cmnd: "số CMND 9 chữ số",
  passport: "số hộ chiếu",
};

/** A mobile number, or a landline: 0 + area code 2x… + subscriber, 11 digits altogether (0276 3813363). */
function phoneFault(value: string): Fault | undefined {
  const national = value.replace(/^\+?84(?=\d{9,10}$)/, "0");
  if (/^02\d{9}$/.test(national)) return undefined;
  if (/^02\d*$/.test(national)) return { reason: "phone-length", typed: value };
  return reasonOf(checkMobile(value), value);
}

function dateFault(item: FormItem, value: string, today: string): Fault | undefined {
  const partial = item.type === "partialDate";
  const known = partial ? /^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(value) || isPlainDate(value) : isPlainDate(value);
  if (!known) {
    const looksReal = /^\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{4}$/.test(value) || /^\d{4}-\d{2}-\d{2}$/.test(value);
    return { reason: looksReal ? "date-not-real" : partial ? "date-partial-shape" : "date-shape", typed: value };
  }
  // A year or a month counts by its first day towards the earliest and by itself towards the latest.
  const latest = addDays(today, item.latest ?? 36_500);
  if (value > latest.slice(0, value.length)) {
    return item.latest === 0
      ? { reason: "date-future", typed: value }
      : { reason: "date-too-late", typed: value, limit: formatDate(latest) };
  }
  const earliest = addDays(today, item.earliest ?? -60_000);
  if (value < earliest.slice(0, value.length))
    return { reason: "date-too-old", typed: value, limit: formatDate(earliest) };
  return undefined;
}

function numberFault(item: FormItem, value: Answer): Fault | undefined {
  const whole = item.type !== "decimal";
  if (typeof value !== "number" || !Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) {
    const typed = typeof value === "string" || typeof value === "number" ? String(value) : "";
    return { reason: whole ? "number-shape" : "decimal-shape", typed };
  }
  const min = item.min ?? 0;
  const max = item.max ?? DONG_MAX;
  const typed = formatNumber(value);
  if (value < min) return { reason: "number-too-small", typed, limit: formatNumber(min) };
  if (value > max) return { reason: "number-too-large", typed, limit: formatNumber(max) };
  return undefined;
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? formatInteger(value) : String(value).replace(".", ",");
}

function choicesFault(item: FormItem, value: Answer): Fault | undefined {
  if (!Array.isArray(value)) return unreadable();
  const unknown = (value as readonly unknown[]).find(
    (entry) => !item.choices?.some((choice) => choice.value === entry),
  );
  return unknown === undefined ? undefined : unknownChoice(typeof unknown === "string" ? unknown : "");
}

/** Province code, series of one or two letters and perhaps a digit, four or five digits (TT 79/2024/TT-BCA). */
const PLATE = /^[1-9]\d-?[A-ZĐ]{1,2}\d?-?(?:\d{3}\.?\d{2}|\d{4})$/;

function organisationFault(value: string): Fault | undefined {
  if (!/\p{L}.*\p{L}/u.test(value)) return { reason: "organisation-short", typed: value };
  return /^[\p{L}\p{M}\p{N} .,\-–&()'’"“”/+]+$/u.test(value)
    ? undefined
    : { reason: "organisation-characters", typed: value };
}

function accountFault(bank: string, number: string): Fault | undefined {
  if (!bank) return { reason: "required-bank", typed: "", part: "bank" };
  if (!BANKS.some(([bin]) => bin === bank)) return { ...unknownChoice(bank), part: "bank" };
  if (!number) return { reason: "required-account", typed: "", part: "number" };
  return /^[0-9A-Z]{6,19}$/.test(number) ? undefined : { reason: "account-shape", typed: number, part: "number" };
}

function coordinateFault(value: number | string, limit: 90 | 180, part: "lat" | "lng"): Fault | undefined {
  if (typeof value === "number" && Math.abs(value) <= limit) return undefined;
  return { reason: part === "lat" ? "latitude-range" : "longitude-range", typed: String(value), part };
}

function signatureFault(typed: string, strokes: string): Fault | undefined {
  if (strokes) return readStrokes(strokes) ? undefined : { reason: "signature-shape", typed: "", part: "typed" };
  const fault = nameFault(typed);
  return fault && { ...fault, part: "typed" };
}

/** Chosen from lists: what is still to be chosen. Whether the codes exist was seen when they were read. */
function unitsFault({ system, province, district, commune, area }: Address): Fault | undefined {
  if (!province) return { reason: "required-units", typed: "", part: "province" };
  if (system !== "two-level" && !district) return { reason: "required-district", typed: "", part: "district" };
  return commune && area ? undefined : { reason: "required-commune", typed: "", part: "commune" };
}

function addressFault(item: FormItem, address: Address): Fault | undefined {
  const { detail, area } = address;
  if (item.units) {
    const fault = unitsFault(address);
    if (fault) return fault;
  }
  if (!detail) return { reason: "required-detail", typed: "", part: "detail" };
  if (!area) return { reason: "required-area", typed: "", part: "area" };
  const long = lengthFault(detail, item.maxLength ?? TEXT_MAX);
  if (long) return { ...long, part: "detail" };
  // Chosen units have their words from the server; the browser knows only that something was chosen.
  const fault = item.units ? undefined : (lengthFault(area, TEXT_MAX) ?? areaFault(area));
  return fault ? { ...fault, part: "area" } : undefined;
}

/** Commune and province at least: somebody must be able to write to it. */
function areaFault(area: string): Fault | undefined {
  const parts = area.split(",").filter((part) => /\p{L}{2}/u.test(part));
  return parts.length >= 2 ? undefined : { reason: "area-parts", typed: area };
}

function lengthFault(value: string, limit: number): Fault | undefined {
  return value.length > limit ? { reason: "text-too-long", typed: value, limit: formatInteger(limit) } : undefined;
}

function unknownChoice(value: unknown): Fault {
  return { reason: "choice-unknown", typed: typeof value === "string" ? value.slice(0, 40) : "" };
}

function unreadable(): Fault {
  return { reason: "answer-shape", typed: "" };
}
