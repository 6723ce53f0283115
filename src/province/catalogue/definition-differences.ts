/** What differs between two versions of a procedure, place by place. Pure. */
import { isDeepStrictEqual } from "node:util";

/** A place such as `fees.birth-registration.amount`, with what stood there and what stands there now. */
export interface Difference {
  readonly place: string;
  /** Undefined: it was not there. */
  readonly before?: unknown;
  /** Undefined: it is there no more. */
  readonly after?: unknown;
}

const MOST = 500;

/** Every place that differs, in the order of the newer one; lists of things with a code are compared by code. At most 500. */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  compare(before, after, "", found);
  return found.slice(0, MOST);
}

function compare(before: unknown, after: unknown, place: string, found: Difference[]): void {
  if (found.length >= MOST || isDeepStrictEqual(before, after)) return;
  const [a, b] = [partsOf(before), partsOf(after)];
  if (!a || !b) {
    found.push({ place, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
    return;
  }
  for (const key of new Set([...b.keys(), ...a.keys()]))
    compare(a.get(key), b.get(key), place === "" ? key : `${place}.${key}`, found);
}

/** Named parts of an object or of a list of coded things; undefined for what is compared as a whole. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    if (value.length === 0) return new Map();
    if (names.some((name) => name === undefined) || new Set(names).size < names.length) return undefined;
    return new Map(value.map((one, index) => [names[index] ?? "", one as unknown]));
  }
  if (typeof value !== "object" || value === null) return undefined;
  // A text in two languages, a rule or a condition is read as one thing.
  const keys = Object.keys(value);
  if (keys.includes("vi") || keys.includes("type") || keys.length === 0) return undefined;
  return new Map(Object.entries(value));
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { code, id, number } = value as Record<string, unknown>;
  return [code, id, number].find((name): name is string => typeof name === "string");
}
