import type { SignaturePlace } from "./prepare-signature.ts";

const BLOCK = { width: 190, height: 58 };
const MARGIN = 30;

/**
 * A free place for a signer's block: between title and full name when the name is printed on the last page (Decree
 * 30/2020/NĐ-CP, Annex I), else right below the last line, else the top right corner of the first page, which its
 * margin keeps free. `order` moves the second, third … block of the same document to the left.
 */
export async function findSignaturePlace(
  document: Uint8Array,
  options: { readonly name: string; readonly order?: number },
): Promise<SignaturePlace> {
  const { width, height, lines } = await lastPageLines(document);
  const shift = (options.order ?? 0) * (BLOCK.width + 8);
  const wanted = fold(options.name);
  const named = lines.findLast((line) => fold(line.text).includes(wanted) && wanted !== "");
  if (named) {
    const centre = named.x + named.width / 2;
    const bottom = named.y + named.height + 4;
    if (isFree(lines, bottom, bottom + BLOCK.height, centre))
      return block(-1, width, centre - BLOCK.width / 2 - shift, bottom);
  }
  const lowest = Math.min(height - MARGIN, ...lines.filter((line) => line.y > MARGIN * 1.6).map((line) => line.y));
  if (lowest - BLOCK.height - 10 > MARGIN * 1.6)
    return block(-1, width, width - BLOCK.width - MARGIN - shift, lowest - BLOCK.height - 10);
  return { page: 0, rect: [width - BLOCK.width - 12 - shift, height - 46, width - 12 - shift, height - 8] };
}

/**
 * The place below a printed line of a document of our own, where its template left room: "(Ký và ghi rõ họ tên)".
 * Undefined when the line is not on the last page.
 */
export async function signaturePlaceBelow(document: Uint8Array, line: string): Promise<SignaturePlace | undefined> {
  const { width, lines } = await lastPageLines(document);
  const found = lines.findLast((item) => fold(item.text).includes(fold(line)));
  return found && block(-1, width, found.x + found.width / 2 - BLOCK.width / 2, found.y - BLOCK.height - 6);
}

/** The mark of copies and annexes: top right of the first page, upright, in the margin. */
export async function copyMarkPlace(document: Uint8Array): Promise<SignaturePlace> {
  const { width, height } = await lastPageLines(document);
  return { page: 0, rect: [width - 262, height - 42, width - 12, height - 8] };
}

interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function lastPageLines(document: Uint8Array): Promise<{ width: number; height: number; lines: Line[] }> {
  // Loaded on first use: half a second of start time that most processes never need.
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument({ data: new Uint8Array(document), verbosity: 0, isEvalSupported: false });
  try {
    const pdf = await task.promise;
    const page = await pdf.getPage(pdf.numPages);
    const [x0 = 0, y0 = 0, x1 = 595, y1 = 842] = page.view;
    const { items } = await page.getTextContent();
    const lines: Line[] = [];
    for (const item of items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const [, , , , x = 0, y = 0] = item.transform as number[];
      lines.push({ text: item.str, x, y, width: item.width, height: item.height });
    }
    return { width: x1 - x0, height: y1 - y0, lines };
  } finally {
    await task.destroy();
  }
}

function isFree(lines: readonly Line[], bottom: number, top: number, centre: number): boolean {
  const left = centre - BLOCK.width / 2;
  return !lines.some(
    (line) =>
      line.y + line.height > bottom && line.y < top && line.x + line.width > left && line.x < left + BLOCK.width,
  );
}

function block(page: number, pageWidth: number, x: number, y: number): SignaturePlace {
  const left = Math.min(Math.max(x, 12), pageWidth - BLOCK.width - 12);
  return { page, rect: [left, y, left + BLOCK.width, y + BLOCK.height] };
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
