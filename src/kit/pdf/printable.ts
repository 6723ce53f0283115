/**
 * Text that our font can draw. An archive document (PDF/A) may hold no letter without a drawing, so a single emoji, a
 * name in Khmer or a control character in somebody's words would leave an office without its slip.
 */
import { documentFont, FONT_FACES } from "./fonts.ts";

/** U+25A1, a hollow box: "a letter stood here". */
const BOX = 0x25a1;
const QUESTION = "?";

type Range = readonly [first: number, last: number];

/** Letters of every face: a document sets any of its words in any of them. */
let covered: Set<number> | undefined;

/** What is typed: line ends and tabs stay, other controls and directions go, letters the font lacks become a box. */
export function printable(text: string): string {
  covered ??= coverage();
  const known = covered;
  const box = known.has(BOX) ? String.fromCodePoint(BOX) : QUESTION;
  let clean = "";
  for (const letter of text.normalize("NFC")) {
    const code = letter.codePointAt(0) ?? 0;
    if (code === 10 || code === 9 || known.has(code)) clean += letter;
    else if (!/[\p{Cc}\p{Cf}\p{Mn}\p{Variation_Selector}]/u.test(letter)) clean += box;
  }
  return clean;
}

function coverage(): Set<number> {
  const [first = new Set<number>(), ...others] = FONT_FACES.map((face) => lettersOf(documentFont(face)));
  const all = [...first].filter((code) => others.every((letters) => letters.has(code)));
  return new Set(all.filter((code) => !/[\p{Cc}\p{Cf}]/u.test(String.fromCodePoint(code))));
}

/** Code points with a drawing, by the font's `cmap` table (OpenType 1.9, formats 4 and 12). */
function lettersOf(font: Buffer): Set<number> {
  const cmap = tableAt(font, "cmap");
  const letters = new Set<number>();
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    const format = font.readUInt16BE(at);
    const ranges = format === 12 ? groupsOf(font, at) : format === 4 ? segmentsOf(font, at) : [];
    for (const [from, to] of ranges) for (let code = from; code <= to; code += 1) letters.add(code);
  }
  return letters;
}

function tableAt(font: Buffer, name: string): number {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const row = 12 + index * 16;
    if (font.toString("latin1", row, row + 4) === name) return font.readUInt32BE(row + 8);
  }
  throw new Error(`the font has no table ${name}`);
}

function groupsOf(font: Buffer, at: number): Range[] {
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, index) => {
    const row = at + 16 + index * 12;
    return [font.readUInt32BE(row), font.readUInt32BE(row + 4)] as const;
  });
}

/** A segment by offset may hold gaps and is read letter by letter. */
function segmentsOf(font: Buffer, at: number): Range[] {
  const doubled = font.readUInt16BE(at + 6);
  const ranges: Range[] = [];
  for (let offset = 0; offset < doubled; offset += 2) {
    const end = font.readUInt16BE(at + 14 + offset);
    const start = font.readUInt16BE(at + 16 + doubled + offset);
    if (end === 0xff_ff) continue;
    const place = at + 16 + 3 * doubled + offset;
    const byOffset = font.readUInt16BE(place);
    if (byOffset === 0) ranges.push([start, end]);
    else
      for (let code = start; code <= end; code += 1)
        if (font.readUInt16BE(place + byOffset + (code - start) * 2) !== 0) ranges.push([code, code]);
  }
  return ranges;
}
