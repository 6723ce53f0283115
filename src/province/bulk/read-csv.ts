/** CSV as spreadsheets write it: UTF-8 with or without its mark, commas or semicolons (RFC 4180 besides). Pure. */

export type CsvRead =
  | { readonly ok: true; readonly grid: readonly (readonly string[])[] }
  | { readonly ok: false; readonly problem: "not-utf8" | "too-many-cells" };

/** `limits` bound rows and cells a row, so that a hostile file costs no more than a large one. */
export function readCsv(bytes: Uint8Array, limits: { readonly rows: number; readonly cells: number }): CsvRead {
  const text = decode(bytes);
  if (text === undefined) return { ok: false, problem: "not-utf8" };
  const separator = separatorOf(text);
  const grid: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const cell = readCell(text, at, separator);
    row.push(cell.value);
    if (row.length > limits.cells) return { ok: false, problem: "too-many-cells" };
    at = cell.end + 1;
    if (text[cell.end] === separator && cell.end < text.length) {
      if (at === text.length) row.push("");
      continue;
    }
    if (text[cell.end] === "\r" && text[at] === "\n") at += 1;
    grid.push(row);
    row = [];
    if (grid.length > limits.rows) return { ok: true, grid };
  }
  if (row.length > 0) grid.push(row);
  return { ok: true, grid };
}

/** Spreadsheets also save "Unicode text", which is UTF-16 with its mark; anything else that is not UTF-8 is refused. */
function decode(bytes: Uint8Array): string | undefined {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The one of comma, semicolon and tab that stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const counts: Record<string, number> = { ",": 0, ";": 0, "\t": 0 };
  let quoted = false;
  for (const letter of text.slice(0, 100_000)) {
    if (letter === '"') quoted = !quoted;
    else if (letter === "\n" && !quoted) break;
    else if (!quoted && letter in counts) counts[letter] = (counts[letter] ?? 0) + 1;
  }
  return Object.entries(counts).toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ",";
}

/** From `at` to the separator, the line's end or the text's end. A quote that is never closed reaches to the end. */
function readCell(text: string, at: number, separator: string): { readonly value: string; readonly end: number } {
  if (text[at] !== '"') {
    let end = at;
    while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end += 1;
    return { value: text.slice(at, end), end };
  }
  const parts: string[] = [];
  let from = at + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { value: parts.join("") + text.slice(from), end: text.length };
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      let end = quote + 1;
      while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end += 1;
      return { value: parts.join("") + text.slice(quote + 1, end), end };
    }
    parts.push('"');
    from = quote + 2;
  }
}
