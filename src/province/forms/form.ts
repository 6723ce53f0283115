/**
 * A form as data: `procedures/<code>/form.json`.
 *
 * Pages hold sections, sections hold items; a section with `repeat` holds rows of items. Every id is stable and unique in
 * the whole form, so that an answer outlives a new version and a supplement request can point at it.
 */
import type { Text } from "#kit/i18n.ts";
import type { UnitSystem } from "#kit/units/index.ts";

export const ITEM_TYPES = [
  "personName",
  "organisationName",
  "identityNumber",
  "phone",
  "email",
  "taxCode",
  "address",
  "place",
  "date",
  "partialDate",
  "money",
  "integer",
  "decimal",
  "text",
  "longText",
  "choice",
  "choices",
  "yesNo",
  "ethnicGroup",
  "nationality",
  "vehiclePlate",
  "bankAccount",
  "mapPoint",
  "signature",
  "file",
] as const;

/** What an item means; the type decides how it is asked, read, checked, shown and exported. */
export type ItemType = (typeof ITEM_TYPES)[number];

/** A literal, another item's answer, or a day counted from today (`{ "today": -60 }`: sixty days ago). */
export type Operand = string | number | boolean | { readonly item: string } | { readonly today: number };

/** The left side of a comparison: an item's id, `account.…` / `filing.…` (a fact), or the number of rows of a repeat. */
export type Subject = string | { readonly count: string };

/** A condition is a small tree; each node has exactly one key. `true` and `false` stand for always and never. */
export type Condition =
  | boolean
  | { readonly eq: readonly [Subject, Operand] }
  | { readonly ne: readonly [Subject, Operand] }
  | { readonly gt: readonly [Subject, Operand] }
  | { readonly lt: readonly [Subject, Operand] }
  | { readonly in: readonly [Subject, readonly (string | number | boolean)[]] }
  | { readonly empty: Subject }
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition };

export interface Choice {
  readonly value: string;
  readonly label: Text;
  readonly hint?: Text;
}

/**
 * A figure worked out from other answers. An operand without a value gives no figure (never zero), and so does a result
 * that is not a number a form can hold. `total` goes over the rows of a repeat; `days` and `years` count from the first
 * day to the second; `age` counts whole years of life from a birth date to a day, today when none is given.
 */
export type Expression =
  | number
  | string
  | { readonly sum: readonly Expression[] }
  | { readonly difference: readonly [Expression, Expression] }
  | { readonly product: readonly Expression[] }
  | { readonly quotient: readonly [Expression, Expression] }
  | { readonly round: Expression }
  | { readonly min: readonly Expression[] }
  | { readonly max: readonly Expression[] }
  | { readonly orZero: Expression }
  | { readonly count: string }
  | { readonly total: { readonly rows: string; readonly of: Expression } }
  | { readonly days: readonly [DayOperand, DayOperand] }
  | { readonly years: readonly [DayOperand, DayOperand] }
  | { readonly age: string | readonly [DayOperand, DayOperand] };

/** An item's or fact's day, or a day counted from today. */
export type DayOperand = string | { readonly today: number };

/**
 * An answer that is worked out instead of asked: the first rule whose `when` holds and whose source has a value wins.
 * `from` an item or a fact; `compute` arithmetic; `words` a date written in Vietnamese words; `identityKind` the kind of paper a number belongs to.
 */
export interface Derivation {
  readonly when?: Condition;
  readonly from?: string;
  readonly words?: string;
  readonly identityKind?: string;
  /** A figure, for items of type `integer`, `money` and `decimal`. */
  readonly compute?: Expression;
  readonly value?: string | number | boolean;
}

/** `or`: a second fact, for when the first is not known. `when`: only then; otherwise the question is asked. */
export interface Prefill {
  readonly from: string;
  readonly or?: string;
  readonly when?: Condition;
  readonly readOnly?: boolean;
}

export interface FormItem {
  readonly id: string;
  readonly type: ItemType;
  readonly label: Text;
  readonly hint?: Text;
  /** Asked only while this holds; a hidden item has no answer. */
  readonly when?: Condition;
  readonly required?: Condition;
  /** Preset from a fact: `account.fullName`. `readOnly`: what the fact says is shown and never asked. */
  readonly prefill?: Prefill;
  readonly derive?: readonly Derivation[];
  /**
   * A worked-out item that nobody needs to see while filling (`page`), or that only machines and officers need
   * (`citizen`: not in the person's own summary either). It is kept with the answers in any case.
   */
  readonly quiet?: "page" | "citizen";
  readonly default?: string | number | boolean;
  /** For `choice` and `choices`. */
  readonly choices?: readonly Choice[];
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  /** For dates: not after today plus this many days, not before today plus this many days. */
  readonly latest?: number;
  readonly earliest?: number;
  /**
   * For an identity number: which papers count. By default the identity card, the passport and, until it lost its force
   * (Law on Identity 2023, art. 46: 31/12/2024), the nine-digit card.
   */
  readonly papers?: readonly IdentityPaper[];
  /** For an identity number: the item with the birth date that the number's century and year must agree with. */
  readonly born?: string;
  /**
   * For an address: its area is chosen from the country's units instead of typed. `three-level`: province, district,
   * commune, as they stood before 1 July 2025; `two-level`: province and commune since; `either`: the person says which.
   */
  readonly units?: AddressSystem | "either";
  /** For a file, and for a signature that is kept as a picture: the procedure's component it is handed in as. */
  readonly component?: string;
  /** Why this is asked, shown beside the question; the designer asks for it where an answer is about a person. */
  readonly purpose?: Text;
  readonly unit?: Text;
  readonly autocomplete?: string;
  /** Shown as it was answered and not asked: beside what a supplement request opens. Never in a file. */
  readonly frozen?: true;
}

export type IdentityPaper = "cccd" | "cmnd" | "passport";

export interface FormSection {
  readonly id: string;
  readonly title: Text;
  readonly hint?: Text;
  readonly when?: Condition;
  readonly repeat?: {
    readonly min: number;
    readonly max: number;
    /** One row, as a noun: "Người bán hàng". */
    readonly row: Text;
    /** No row comes or goes: a supplement request opens questions inside the rows. Never in a file. */
    readonly fixed?: true;
  };
  readonly items: readonly FormItem[];
}

export interface FormPage {
  readonly id: string;
  readonly title: Text;
  readonly intro?: Text;
  readonly sections: readonly FormSection[];
}

/** Refuses the answers while `when` holds, with the message at the item. */
export interface FormRule {
  readonly id: string;
  readonly when: Condition;
  readonly at: string;
  readonly message: Text;
}

export interface FormDefinition {
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly legal?: Text;
  /** The item that names whose matter it is (chủ hồ sơ); without it, the applicant's. */
  readonly holder?: string;
  readonly pages: readonly FormPage[];
  readonly rules?: readonly FormRule[];
}

/** Units with districts (before 1 July 2025) or without (since). */
export type AddressSystem = UnitSystem;

/**
 * Where somebody lives or something stands: `area` is "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh", `detail` the
 * rest. An address chosen from lists also keeps the units' codes; its area is their names, written by the server.
 */
export interface Address {
  readonly detail: string;
  readonly area: string;
  readonly system?: AddressSystem;
  readonly province?: string;
  readonly district?: string;
  readonly commune?: string;
}

/** An account at a bank: the bank by its six-digit number (BIN, as VietQR uses it), the account as the bank writes it. */
export interface BankAccount {
  readonly bank: string;
  readonly number: string;
}

/** A place on the earth, WGS 84 decimal degrees; what could not be read stays the text that was typed. */
export interface MapPoint {
  readonly lat: number | string;
  readonly lng: number | string;
}

/**
 * A name typed instead of signed, or strokes drawn on the screen: each stroke "x,y x,y …" in a field 600 wide and 200
 * high, strokes parted by ";". The server draws the picture that is kept from them.
 */
export interface Signature {
  readonly typed: string;
  readonly strokes: string;
}

/** A row of a repeat: `row` is its own id, `r1`, `r2` …, kept when others are removed. */
export interface AnswerRow {
  readonly row: string;
  readonly [item: string]: Answer | undefined;
}

/**
 * A typed answer. Dates are `YYYY-MM-DD` (partial ones also `YYYY-MM`, `YYYY`); numbers are numbers. What could not be
 * read as its type stays the text that was typed, so that it can be shown again beside its error.
 */
export type Answer =
  | string
  | number
  | boolean
  | readonly string[]
  | Address
  | BankAccount
  | MapPoint
  | Signature
  | readonly AnswerRow[];

/** By item id; rows of a repeat by the section's id. */
export type Answers = Readonly<Record<string, Answer | undefined>>;

/**
 * What is known without asking: `account.fullName`, `filing.agency`; `population.residence`, `population.spouse.fullName`
 * (the national population database, once the person let it be asked); `result.<procedure code>.<item>` (an earlier result).
 */
export type Facts = Readonly<Record<string, string | undefined>>;

/** What evaluation needs besides the answers. Pure: the day is passed, never read. */
export interface FormContext {
  readonly facts: Facts;
  /** Where facts come from, by the first part of their names: "Từ tài khoản của bạn". */
  readonly origins?: Readonly<Record<string, Text>>;
  /** `YYYY-MM-DD` in the country's own calendar. */
  readonly today: string;
  /** Names of the files that the dossier has, by component: the answers of items of type `file`. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
}

/** Where an item stands in the answers: in the open or in a row of a repeat. */
export interface ItemAddress {
  readonly item: string;
  readonly section?: string;
  readonly row?: string;
}

/** The name of a control, and the id of the place an error points to: `nksHoTen`, `persons.r2.fullName`. */
export function controlName(address: ItemAddress): string {
  return address.section && address.row ? `${address.section}.${address.row}.${address.item}` : address.item;
}

export interface FieldError extends ItemAddress {
  /** As `controlName`, or the section's id when it is about the number of rows. */
  readonly field: string;
  readonly page: string;
  /** A closed word: `required`, `cccdLength`, `rule:<id>` … */
  readonly reason: string;
  readonly message: Text;
  /** Which row it is in, as people count: "Giấy tờ 2". */
  readonly place?: Text;
}

/** Own properties only: an id such as `__proto__` or `constructor` never reaches the prototype. */
export function answerAt(answers: Answers, id: string): Answer | undefined {
  return Object.hasOwn(answers, id) ? answers[id] : undefined;
}

export function isAddress(value: unknown): value is Address {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { detail, area } = value as Partial<Address>;
  return typeof detail === "string" && typeof area === "string";
}

export function isBankAccount(value: unknown): value is BankAccount {
  const { bank, number } = partsOf(value);
  return typeof bank === "string" && typeof number === "string";
}

export function isMapPoint(value: unknown): value is MapPoint {
  const { lat, lng } = partsOf(value);
  const typed = (part: unknown): boolean => typeof part === "number" || typeof part === "string";
  return typed(lat) && typed(lng);
}

export function isSignature(value: unknown): value is Signature {
  const { typed, strokes } = partsOf(value);
  return typeof typed === "string" && typeof strokes === "string";
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export const ROW_ID = /^r[1-9]\d{0,3}$/;

/** The rows of a repeat, whatever stands there; rows without a proper id are not rows. */
export function rowsAt(answers: Answers, section: string): readonly AnswerRow[] {
  const value = answerAt(answers, section);
  if (!Array.isArray(value)) return [];
  const seen = new Set<string>();
  const rows: AnswerRow[] = [];
  for (const row of value as readonly unknown[]) {
    if (typeof row !== "object" || row === null) continue;
    const id = (row as { row?: unknown }).row;
    if (typeof id !== "string" || !ROW_ID.test(id) || seen.has(id)) continue;
    seen.add(id);
    rows.push(row as AnswerRow);
  }
  return rows;
}

export function isEmptyAnswer(value: Answer | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (isAddress(value)) return value.detail === "" && value.area === "" && !value.province;
  if (isBankAccount(value)) return value.bank === "" && value.number === "";
  if (isMapPoint(value)) return value.lat === "" && value.lng === "";
  if (isSignature(value)) return value.typed === "" && value.strokes === "";
  return false;
}
