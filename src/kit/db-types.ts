/** What PostgreSQL's values become in JavaScript. Pure. */
import pg from "pg";

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (oid === INT8) return parseInt8;
    // A day stays the text YYYY-MM-DD: as a JavaScript Date it would shift with the time zone.
    if (oid === DATE) return (text: string) => text;
    if (oid === TIMESTAMPTZ && format !== "binary") return parseInstant;
    return format === "binary" ? pg.types.getTypeParser(oid, "binary") : pg.types.getTypeParser(oid, "text");
  }) as pg.CustomTypesConfig["getTypeParser"],
};

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} does not fit a number`);
  return value;
}

const parseRare = pg.types.getTypeParser(TIMESTAMPTZ, "text") as (text: string) => Date;

/**
 * `2026-11-22 04:20:00.123456+00` as a Date, to the millisecond. The driver's own reading by regular expressions was the
 * largest single cost of a list (three instants a row); what is not of this shape (infinity, BC, odd zones) still goes there.
 */
export function parseInstant(text: string): Date {
  let at = 19;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(10) !== SPACE || text.charCodeAt(16) !== COLON)
    return parseRare(text);
  let millisecond = 0;
  if (text.charCodeAt(at) === POINT) {
    at += 1;
    for (let unit = 100; ; unit /= 10, at += 1) {
      const digit = text.charCodeAt(at) - ZERO;
      if (digit < 0 || digit > 9) break;
      if (unit >= 1) millisecond += digit * unit;
    }
  }
  const sign = text.charCodeAt(at);
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 3) return parseRare(text);
  const hours = (sign === PLUS ? 1 : -1) * two(text, at + 1);
  return new Date(
    Date.UTC(
      two(text, 0) * 100 + two(text, 2),
      two(text, 5) - 1,
      two(text, 8),
      two(text, 11) - hours,
      two(text, 14),
      two(text, 17),
      millisecond,
    ),
  );
}

const [ZERO, DASH, SPACE, COLON, POINT, PLUS] = [48, 45, 32, 58, 46, 43] as const;

function two(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}
