/** JSON that people type or send in a file: bounded in size and depth, without names that mean something to JavaScript. Pure. */
export type PlainJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

export const JSON_MOST = 400_000;
const DEEPEST = 40;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

export function readPlainJson(text: string): PlainJson {
  if (text.length > JSON_MOST) return { ok: false, why: `> ${JSON_MOST}` };
  let value: unknown;
  try {
    value = JSON.parse(text.normalize("NFC").replace(/^\uFEFF/, "")) as unknown;
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message.slice(0, 200) : "JSON" };
  }
  const why = strangeIn(value, 0);
  return why === undefined ? { ok: true, value } : { ok: false, why };
}

/** As it is shown and written to files. */
export function shownJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** PostgreSQL's text cannot hold a NUL, and half of a surrogate pair is no letter. */
function strangeIn(value: unknown, depth: number): string | undefined {
  if (depth > DEEPEST) return `> ${DEEPEST} ↓`;
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? "U+0000" : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, one] of Object.entries(value)) {
    if (RESERVED.has(key)) return key;
    const why = strangeIn(key, depth) ?? strangeIn(one, depth + 1);
    if (why !== undefined) return why;
  }
  return undefined;
}
