export interface PopulationQuery {
  /** Of the asking system, unique: named again in the answer. */
  readonly requestId: string;
  /** CCCD of 12 digits. */
  readonly identityNumber: string;
  readonly name: string;
  /** ISO calendar date; the register answers only when number, name and birth date belong together. */
  readonly birthDate?: string;
  /** Code of the public service that the data are for. */
  readonly purpose: string;
  /** When the person agreed, ISO 8601. */
  readonly consentAt: string;
}

/** A person as the register writes a relative. */
export interface PopulationPerson {
  readonly name: string;
  readonly identityNumber?: string;
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`: older entries know the year only. */
  readonly birthDate?: string;
  /** Two digits of the list of ethnic groups (Decision 121-TCTK/PPCĐ), 01 = Kinh. */
  readonly ethnicGroup?: string;
  /** ISO 3166-1 alpha-2. */
  readonly nationality?: string;
  /** One line, the smallest unit first. */
  readonly residence?: string;
}

export interface PopulationRecord extends PopulationPerson {
  readonly identityNumber: string;
  readonly birthDate: string;
  readonly sex: "male" | "female";
  readonly maritalStatus?: "single" | "married" | "divorced" | "widowed";
  readonly hometown?: string;
  readonly birthPlace?: string;
  readonly currentResidence?: string;
  readonly cardIssuedOn?: string;
  readonly cardIssuedBy?: string;
  readonly father?: PopulationPerson;
  readonly mother?: PopulationPerson;
  readonly spouse?: PopulationPerson;
}

export type PopulationAnswer =
  | { readonly requestId: string; readonly found: true; readonly person: PopulationRecord }
  | { readonly requestId: string; readonly found: false };

const TEXT_MAX = 300;
const PARTIAL_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function isPopulationQuery(value: unknown): value is PopulationQuery {
  const query = fields(value);
  return (
    query !== undefined &&
    isText(query["requestId"], 100) &&
    matches(query["identityNumber"], /^\d{12}$/) &&
    isText(query["name"], 200) &&
    (query["birthDate"] === undefined || matches(query["birthDate"], DATE)) &&
    isText(query["purpose"], 50) &&
    isText(query["consentAt"], 40)
  );
}

/** What does not have the promised shape is no answer: nothing of it reaches a form. */
export function isPopulationAnswer(value: unknown): value is PopulationAnswer {
  const answer = fields(value);
  if (!answer || !isText(answer["requestId"], 100)) return false;
  if (answer["found"] === false) return true;
  return answer["found"] === true && isRecord(answer["person"]);
}

function isRecord(value: unknown): value is PopulationRecord {
  const record = fields(value);
  return (
    record !== undefined &&
    isPerson(record) &&
    matches(record["identityNumber"], /^\d{12}$/) &&
    matches(record["birthDate"], DATE) &&
    (record["sex"] === "male" || record["sex"] === "female") &&
    optional(record["maritalStatus"], /^(single|married|divorced|widowed)$/) &&
    optional(record["cardIssuedOn"], DATE) &&
    ["hometown", "birthPlace", "currentResidence", "cardIssuedBy"].every((name) => optionalText(record[name])) &&
    ["father", "mother", "spouse"].every((name) => record[name] === undefined || isPerson(fields(record[name])))
  );
}

function isPerson(person: Readonly<Record<string, unknown>> | undefined): boolean {
  return (
    person !== undefined &&
    isText(person["name"], TEXT_MAX) &&
    optional(person["identityNumber"], /^(\d{9}|\d{12})$/) &&
    optional(person["birthDate"], PARTIAL_DATE) &&
    optional(person["ethnicGroup"], /^\d{2}$/) &&
    optional(person["nationality"], /^[A-Z]{2}$/) &&
    optionalText(person["residence"])
  );
}

function fields(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function isText(value: unknown, max: number): boolean {
  return typeof value === "string" && value !== "" && value.length <= max;
}

function optionalText(value: unknown): boolean {
  return value === undefined || isText(value, TEXT_MAX);
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

function optional(value: unknown, pattern: RegExp): boolean {
  return value === undefined || matches(value, pattern);
}
