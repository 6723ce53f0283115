import {
  type EmbeddedFont,
  type PDF,
  PdfArray,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfRef,
  PdfStream,
} from "@libpdf/core";
import { formatIsoLocal } from "../calendar.ts";
import { documentFont } from "../pdf/index.ts";

/** Lower left and upper right corner in points, page coordinates. */
export type Rectangle = readonly [x0: number, y0: number, x1: number, y1: number];

export interface AppearanceLine {
  readonly text: string;
  readonly bold?: boolean;
}

/**
 * What a signature looks like on the page: lines of text, no picture.
 * `copy` is the mark of Decree 30/2020/NĐ-CP Annex I on copies and annexes: upright, 10 pt, black, no frame.
 * `approval` is the block of whoever signs a paper: framed in seal red, so that it is not taken for body text.
 */
export interface Appearance {
  readonly style: "copy" | "approval";
  readonly lines: readonly AppearanceLine[];
}

/** Mark of an electronic copy ("SAO Y", "SAO LỤC", "TRÍCH SAO") or a digitised paper: form, agency, signing time. */
export function copyAppearance(form: string, agency: string, signingTime: Date): Appearance {
  return {
    style: "copy",
    lines: [{ text: `${form}; ${agency};` }, { text: `thời gian ký: ${signatureTime(signingTime)}` }],
  };
}

/** Block of a person who signs, or of an agency's seal when `person` is missing. */
export function approvalAppearance(options: {
  readonly person?: string;
  readonly position?: string;
  readonly agency: string;
  readonly signingTime: Date;
}): Appearance {
  const { person, position, agency, signingTime } = options;
  return {
    style: "approval",
    lines: [
      { text: person ? `Ký bởi: ${person}` : "Ký số bởi:", bold: person !== undefined },
      ...(position ? [{ text: `Chức vụ: ${position}` }] : []),
      { text: person ? `Cơ quan: ${agency}` : agency, bold: person === undefined },
      { text: `Thời gian ký: ${signatureTime(signingTime)}` },
    ],
  };
}

/** ISO 8601 with Viet Nam's time zone, a space where the standard allows one (Decree 30/2020, Annex I). */
function signatureTime(at: Date): string {
  return formatIsoLocal(at).replace("T", " ").replace("+07:00", " +07:00");
}

interface LaidOutLine {
  readonly text: string;
  readonly font: EmbeddedFont;
  readonly name: "F1" | "F2";
}

const MAX_SIZE = 10;
const MIN_SIZE = 6;
const LEADING = 1.28;
const PADDING = 5;

/** Draws the appearance as a form XObject of the document and returns its reference. */
export function drawAppearance(pdf: PDF, rect: Rectangle, appearance: Appearance): PdfRef {
  const width = rect[2] - rect[0];
  const height = rect[3] - rect[1];
  const regular = pdf.embedFont(documentFont("regular"));
  const bold = appearance.lines.some((line) => line.bold) ? pdf.embedFont(documentFont("bold")) : regular;
  const { size, lines } = layOut(appearance, width, height, regular, bold);
  const glyphs = lines.map((line) => hex(line.font.encodeTextToGids(line.text)));
  pdf.fonts.prepare();
  const colour = appearance.style === "approval" ? "0.72 0.11 0.11" : "0 0 0";
  const frame =
    appearance.style === "approval"
      ? `q ${colour} RG 0.8 w 0.4 0.4 ${number(width - 0.8)} ${number(height - 0.8)} re S Q\n`
      : "";
  const first = height - PADDING - size * 0.9;
  const text = lines
    .map(
      (line, index) =>
        `/${line.name} ${number(size)} Tf ${index ? `0 ${number(-size * LEADING)} Td ` : ""}<${glyphs[index]}> Tj`,
    )
    .join("\n");
  const content = `${frame}q ${colour} rg BT ${PADDING} ${number(first)} Td\n${text}\nET Q\n`;
  const stream = PdfStream.fromDict(
    {
      Type: PdfName.of("XObject"),
      Subtype: PdfName.of("Form"),
      BBox: numbers(0, 0, width, height),
      Resources: PdfDict.of({ Font: PdfDict.of({ F1: regular.ref, ...(bold === regular ? {} : { F2: bold.ref }) }) }),
    },
    Buffer.from(content, "latin1"),
  );
  return pdf.register(stream);
}

/** The largest size, 10 pt at most, at which all lines fit when wrapped at words. */
function layOut(appearance: Appearance, width: number, height: number, regular: EmbeddedFont, bold: EmbeddedFont) {
  for (let size = MAX_SIZE; ; size -= 0.5) {
    const lines = appearance.lines.flatMap((line): LaidOutLine[] => {
      const font = line.bold ? bold : regular;
      const name = font === regular ? "F1" : "F2";
      return wrap(line.text.normalize("NFC"), font, size, width - 2 * PADDING).map((text) => ({ text, font, name }));
    });
    if (lines.length * size * LEADING + 2 * PADDING <= height || size <= MIN_SIZE) return { size, lines };
  }
}

function wrap(text: string, font: EmbeddedFont, size: number, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    const longer = current ? `${current} ${word}` : word;
    if (current && font.widthOfTextAtSize(longer, size) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

function hex(glyphs: readonly number[]): string {
  return glyphs.map((glyph) => glyph.toString(16).padStart(4, "0")).join("");
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function numbers(...values: number[]): PdfArray {
  return new PdfArray(values.map((value) => PdfNumber.of(value)));
}
