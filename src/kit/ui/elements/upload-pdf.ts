/**
 * Pictures as the pages of one PDF (ISO 32000-1 §7.5): JPEG goes in as it is (DCTDecode), each on a page of A4, standing
 * or lying as the picture does. Some sixty lines instead of a library of half a megabyte on a phone. Pure.
 */
export interface JpegPage {
  readonly bytes: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const A4 = { short: 595, long: 842 } as const;
const MARGIN = 14;

export function pdfOfPictures(pages: readonly JpegPage[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let size = 0;
  const put = (piece: string | Uint8Array): void => {
    const bytes = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
    parts.push(bytes);
    size += bytes.length;
  };
  const object = (number: number, ...content: (string | Uint8Array)[]): void => {
    offsets[number] = size;
    put(`${number} 0 obj\n`);
    for (const piece of content) put(piece);
    put("\nendobj\n");
  };
  put("%PDF-1.4\n");
  object(1, "<</Type/Catalog/Pages 2 0 R>>");
  const kids = pages.map((_, index) => `${3 + index * 3} 0 R`).join(" ");
  object(2, `<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  for (const [index, page] of pages.entries()) {
    const at = 3 + index * 3;
    const lies = page.width > page.height;
    const [width, height] = lies ? [A4.long, A4.short] : [A4.short, A4.long];
    const scale = Math.min((width - 2 * MARGIN) / page.width, (height - 2 * MARGIN) / page.height);
    const [w, h] = [page.width * scale, page.height * scale];
    const place = [w, 0, 0, h, (width - w) / 2, (height - h) / 2].map((value) => value.toFixed(2)).join(" ");
    const drawing = `q ${place} cm /P Do Q`;
    object(
      at,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Resources<</XObject<</P ${at + 2} 0 R>>>>/Contents ${at + 1} 0 R>>`,
    );
    object(at + 1, `<</Length ${drawing.length}>>\nstream\n${drawing}\nendstream`);
    object(
      at + 2,
      `<</Type/XObject/Subtype/Image/Width ${page.width}/Height ${page.height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${page.bytes.length}>>\nstream\n`,
      page.bytes,
      "\nendstream",
    );
  }
  const table = size;
  const count = 3 + pages.length * 3;
  const rows = Array.from(
    { length: count - 1 },
    (_, index) => `${String(offsets[index + 1]).padStart(10, "0")} 00000 n \n`,
  );
  put(
    `xref\n0 ${count}\n0000000000 65535 f \n${rows.join("")}trailer\n<</Size ${count}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`,
  );
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
