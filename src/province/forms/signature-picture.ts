/** Strokes on a screen → a picture (PNG, grey) that is kept as a paper. Drawn here, so that no picture is ever decoded. */
import { crc32, deflateSync } from "node:zlib";
import { type Point, readStrokes, SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from "./signature-strokes.ts";

/** Half the pen's width, in points of the field. */
const PEN = 1.6;
const STEP = 0.5;

/** The PNG's bytes, the same for the same strokes; undefined when the text is no signature. */
export function renderSignaturePicture(strokes: string): Buffer | undefined {
  const lines = readStrokes(strokes);
  if (!lines) return undefined;
  const paper = new Uint8Array(SIGNATURE_WIDTH * SIGNATURE_HEIGHT).fill(255);
  for (const line of lines) drawLine(paper, line);
  return png(paper);
}

function drawLine(paper: Uint8Array, line: readonly Point[]): void {
  let before = line[0];
  for (const point of line) {
    if (!before) continue;
    const [dx, dy] = [point[0] - before[0], point[1] - before[1]];
    const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / STEP));
    for (let step = 0; step <= steps; step += 1) {
      drawDot(paper, before[0] + (dx * step) / steps, before[1] + (dy * step) / steps);
    }
    before = point;
  }
}

/** Soft at the rim, so that slanted strokes are not stairs. */
function drawDot(paper: Uint8Array, x: number, y: number): void {
  for (let row = Math.floor(y - PEN - 1); row <= y + PEN + 1; row += 1) {
    for (let column = Math.floor(x - PEN - 1); column <= x + PEN + 1; column += 1) {
      if (row < 0 || column < 0 || row >= SIGNATURE_HEIGHT || column >= SIGNATURE_WIDTH) continue;
      const ink = Math.min(1, Math.max(0, PEN + 0.5 - Math.hypot(column - x, row - y)));
      const at = row * SIGNATURE_WIDTH + column;
      paper[at] = Math.min(paper[at] ?? 255, Math.round(255 * (1 - ink)));
    }
  }
}

function png(paper: Uint8Array): Buffer {
  const rows = Buffer.alloc((SIGNATURE_WIDTH + 1) * SIGNATURE_HEIGHT);
  for (let row = 0; row < SIGNATURE_HEIGHT; row += 1) {
    rows.set(paper.subarray(row * SIGNATURE_WIDTH, (row + 1) * SIGNATURE_WIDTH), row * (SIGNATURE_WIDTH + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIGNATURE_WIDTH, 0);
  header.writeUInt32BE(SIGNATURE_HEIGHT, 4);
  // 8 bits, grey, no filter, not interlaced.
  header.set([8, 0, 0, 0, 0], 8);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    start,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
