/**
 * From the names and texts of a posted page to typed answers. What cannot be read as its type stays text, so that the
 * page can show it again; whether it is right is the validator's business.
 */
import { isPlainDate } from "#kit/calendar.ts";
import { cleanLines, cleanText } from "#kit/vietnamese.ts";
import type {
  Address,
  AddressSystem,
  Answer,
  Answers,
  AnswerRow,
  FormDefinition,
  FormItem,
  FormPage,
  FormSection,
} from "./form.ts";
import { controlName, ROW_ID, rowsAt } from "./form.ts";
import { STROKES_MAX } from "./signature-strokes.ts";

/** A urlencoded or multipart body: a name may come several times. */
export type PostBody = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Units chosen by code → the codes that fit together, and their names as one line ("" until the commune is chosen). */
export interface UnitNames {
  resolve(chosen: {
    readonly system: AddressSystem;
    readonly province: string;
    readonly district: string;
    readonly commune: string;
  }): {
    readonly system: AddressSystem;
    readonly province: string;
    readonly district: string;
    readonly commune: string;
    readonly area: string;
  };
}

/** What the pressed button asks for. */
export type FormAction =
  | { readonly kind: "next" }
  | { readonly kind: "save" }
  | { readonly kind: "update" }
  | { readonly kind: "add"; readonly section: string }
  | { readonly kind: "remove"; readonly section: string; readonly row: string };

/** The name of all buttons on a form page. */
export const ACTION_NAME = "_action";

/** One answer never needs more; the rest of a hostile text is cut before it is stored. */
const TEXT_LIMIT = 10_000;

export function readFormAction(body: PostBody): FormAction {
  const pressed = one(body, ACTION_NAME);
  const [kind, section = "", row = ""] = pressed.split(":");
  if (kind === "add" && section) return { kind, section };
  if (kind === "remove" && section && ROW_ID.test(row)) return { kind, section, row };
  return { kind: kind === "save" || kind === "update" ? kind : "next" };
}

/**
 * The answers after this page was posted: the page's own items are replaced, other pages' stay. An item whose control was
 * not on the page at all (read-only, worked out) keeps its old answer. Names the form does not know are passed over.
 */
export function readFormPost(
  form: FormDefinition,
  page: FormPage,
  body: PostBody,
  before: Answers = {},
  units?: UnitNames,
): Answers {
  const after: Record<string, Answer | undefined> = {};
  for (const [key, value] of Object.entries(before)) if (knows(form, key)) after[key] = value;
  for (const section of page.sections) {
    if (section.repeat) {
      const rows = readRows(section, body, before, units);
      if (rows) after[section.id] = rows;
      continue;
    }
    for (const item of section.items) {
      const answer = readItem(item, controlName({ item: item.id }), body, units);
      if (answer !== undefined) after[item.id] = answer;
    }
  }
  return applyAction(page, readFormAction(body), after);
}

/** "Thêm dòng" and "Xóa dòng" without JavaScript: a submit button that changes the rows. */
function applyAction(page: FormPage, action: FormAction, answers: Record<string, Answer | undefined>): Answers {
  if (action.kind !== "add" && action.kind !== "remove") return answers;
  const section = page.sections.find((candidate) => candidate.id === action.section);
  if (!section?.repeat || section.repeat.fixed) return answers;
  const rows = rowsAt(answers, section.id);
  if (action.kind === "remove") {
    answers[section.id] = rows.filter((row) => row.row !== action.row);
  } else if (rows.length < section.repeat.max) {
    answers[section.id] = [...rows, { row: nextRow(rows) }];
  }
  return answers;
}

function nextRow(rows: readonly AnswerRow[]): string {
  return `r${Math.max(0, ...rows.map((row) => Number(row.row.slice(1)))) + 1}`;
}

function knows(form: FormDefinition, id: string): boolean {
  return form.pages.some((page) =>
    page.sections.some((section) =>
      section.repeat ? section.id === id : section.items.some((item) => item.id === id),
    ),
  );
}

/** The name of the hidden field that lists the rows on the page, so that a row of empty fields is still a row. */
export function rowsName(section: string): string {
  return `${section}._rows`;
}

function readRows(
  section: FormSection,
  body: PostBody,
  before: Answers,
  units: UnitNames | undefined,
): readonly AnswerRow[] | undefined {
  const listed = Object.hasOwn(body, rowsName(section.id)) ? all(body, rowsName(section.id)) : undefined;
  if (!listed) return undefined;
  const known = new Map(rowsAt(before, section.id).map((row) => [row.row, row]));
  const posted = [...new Set(listed.flatMap((text) => text.split(",")).map((id) => id.trim()))];
  // Whatever was posted: where rows are fixed, those that stand there are the rows.
  const ids = section.repeat?.fixed ? [...known.keys()] : posted;
  return ids
    .filter((id) => ROW_ID.test(id))
    .slice(0, section.repeat?.max ?? 1)
    .map((row) => {
      const values: Record<string, Answer | undefined> = { ...known.get(row), row };
      for (const item of section.items) {
        if (item.frozen) continue;
        const answer = readItem(item, controlName({ item: item.id, section: section.id, row }), body, units);
        if (answer !== undefined) values[item.id] = answer;
      }
      return values as unknown as AnswerRow;
    });
}

/** Undefined when the page had no such control; "" when it was left empty. */
function readItem(item: FormItem, name: string, body: PostBody, units: UnitNames | undefined): Answer | undefined {
  switch (item.type) {
    case "address":
      return item.units ? readUnits(item.units, name, body, units) : readAddress(name, body);
    case "bankAccount":
      return readParts(name, body, ["bank", "number"], ([bank, number]) => ({
        bank,
        number: number.replace(/[\s.-]/g, "").toUpperCase(),
      }));
    case "mapPoint":
      return readParts(name, body, ["lat", "lng"], ([lat, lng]) => ({
        lat: readDecimal(lat) ?? lat,
        lng: readDecimal(lng) ?? lng,
      }));
    case "signature":
      return readParts(name, body, ["typed", "strokes"], ([typed, strokes]) => ({ typed, strokes }));
    case "file":
      // What is handed in is what the server has; the control's own name says nothing.
      return undefined;
    case "choices":
      // Unticked boxes send nothing: a hidden empty field of the same name says that the question was on the page.
      return Object.hasOwn(body, name) ? [...new Set(all(body, name).map(tidy).filter(Boolean))] : undefined;
    case "date":
    case "partialDate":
      return readDate(name, body, item.type === "partialDate");
    default: {
      if (!Object.hasOwn(body, name)) return undefined;
      return readText(item, one(body, name));
    }
  }
}

function readText(item: FormItem, raw: string): Answer {
  const text = item.type === "longText" ? cleanLines(raw.slice(0, TEXT_LIMIT)) : tidy(raw);
  switch (item.type) {
    case "integer":
    case "money":
      return readInteger(text) ?? text;
    case "decimal":
      return readDecimal(text) ?? text;
    case "yesNo":
      return text === "yes" ? true : text === "no" ? false : text;
    case "identityNumber": {
      const compact = text.replace(/[\s.-]/g, "").toUpperCase();
      return /^[A-Z]{0,2}\d+$/.test(compact) ? compact : text;
    }
    case "phone":
      return text.replace(/[\s.()-]/g, "");
    case "vehiclePlate":
      return text.replace(/\s/g, "").toUpperCase();
    case "taxCode":
      return text.replace(/\s/g, "");
    case "email":
      return text.toLowerCase();
    default:
      return text;
  }
}

/** `800.000`, `800 000 đ` → 800000; anything doubtful (`1,5`, `1e3`) is left as it was typed. */
function readInteger(text: string): number | undefined {
  const plain = text.replace(/\s*(?:đ|đồng|VND)$/i, "");
  if (!/^-?\d+$/.test(plain) && !/^-?\d{1,3}(?:[. ]\d{3})+$/.test(plain)) return undefined;
  const value = Number(plain.replace(/[. ]/g, ""));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** `35,5` and `35.5` → 35.5: the country writes a comma, keyboards often a dot. */
function readDecimal(text: string): number | undefined {
  if (!/^-?\d{1,12}(?:[.,]\d{1,6})?$/.test(text)) return undefined;
  return Number(text.replace(",", "."));
}

function readAddress(name: string, body: PostBody): Address | undefined {
  const [detail, area] = [`${name}.detail`, `${name}.area`];
  if (!Object.hasOwn(body, detail) && !Object.hasOwn(body, area)) return undefined;
  return { detail: tidy(one(body, detail)), area: tidy(one(body, area)) };
}

/** Two texts of one question; undefined when the page did not have it. */
function readParts<Value extends Answer>(
  name: string,
  body: PostBody,
  parts: readonly [string, string],
  make: (texts: readonly [string, string]) => Value,
): Value | undefined {
  const [first, second] = parts.map((part) => `${name}.${part}`) as [string, string];
  if (!Object.hasOwn(body, first) && !Object.hasOwn(body, second)) return undefined;
  return make([tidySlice(body, first), tidySlice(body, second)]);
}

function tidySlice(body: PostBody, name: string): string {
  return cleanText(one(body, name).slice(0, STROKES_MAX + 1));
}

/**
 * Chosen units: a district of another province, or a commune of another district (the list above was changed and the
 * page sent before the lists below followed) is let go. The area's words are the units' own, never the browser's; in the
 * browser, which has no list of units, the area stands for "chosen".
 */
function readUnits(
  wanted: AddressSystem | "either",
  name: string,
  body: PostBody,
  units?: UnitNames,
): Address | undefined {
  if (!Object.hasOwn(body, `${name}.province`) && !Object.hasOwn(body, `${name}.detail`)) return undefined;
  const typed = (part: string): string => tidy(one(body, `${name}.${part}`));
  const code = (part: string): string => typed(part).replace(/\D/g, "").slice(0, 5);
  const asked = typed("system") === "two-level" ? "two-level" : "three-level";
  const system = wanted === "either" ? asked : wanted;
  const chosen = {
    system,
    province: code("province"),
    district: system === "two-level" ? "" : code("district"),
    commune: code("commune"),
  };
  const area = units ? units.resolve(chosen) : { ...chosen, area: chosen.commune };
  return { detail: typed("detail"), ...area };
}

/** Three fields (`.day` `.month` `.year`) or one text `dd/mm/yyyy`; ISO when it is a day, else as typed. */
function readDate(name: string, body: PostBody, partial: boolean): string | undefined {
  const parts = ["day", "month", "year"].map((part) => `${name}.${part}`);
  if (parts.some((part) => Object.hasOwn(body, part))) {
    const [day, month, year] = parts.map((part) => tidy(one(body, part))) as [string, string, string];
    if (!day && !month && !year) return "";
    const typed = [day, month, year].filter((part, index) => part || !partial || index === 2).join("/");
    return dateFrom(typed, partial) ?? [day, month, year].join("/");
  }
  if (!Object.hasOwn(body, name)) return undefined;
  const text = tidy(one(body, name));
  return dateFrom(text, partial) ?? text;
}

/** `5/3/2024`, `05-03-2024`, `05032024`, `2024-03-05` → `2024-03-05`; partial also `3/2024` → `2024-03`, `2024` → `2024`. */
export function dateFrom(text: string, partial: boolean): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return isPlainDate(text) ? text : undefined;
  const full = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (full) {
    const day = `${full[3]}-${(full[2] ?? "").padStart(2, "0")}-${(full[1] ?? "").padStart(2, "0")}`;
    return isPlainDate(day) ? day : undefined;
  }
  if (!partial) return undefined;
  const month = /^(\d{1,2})[/.\- ](\d{4})$/.exec(text) ?? /^(\d{2})(\d{4})$/.exec(text);
  if (month) {
    const value = Number(month[1]);
    return value >= 1 && value <= 12 ? `${month[2]}-${String(value).padStart(2, "0")}` : undefined;
  }
  const known = /^(\d{4})-(\d{2})$/.exec(text);
  if (known) return Number(known[2]) >= 1 && Number(known[2]) <= 12 ? text : undefined;
  return /^\d{4}$/.test(text) ? text : undefined;
}

/** As it is stored: NFC, no invisible characters, outer and doubled spaces gone. */
export function tidy(text: string): string {
  return cleanText(text.slice(0, TEXT_LIMIT));
}

function one(body: PostBody, name: string): string {
  return all(body, name).at(-1) ?? "";
}

function all(body: PostBody, name: string): readonly string[] {
  if (!Object.hasOwn(body, name)) return [];
  const value = body[name];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((entry): entry is string => typeof entry === "string").slice(0, 300);
}
