import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectPdf } from "#kit/signing/index.ts";
import { pdfOfPictures } from "./upload-pdf.ts";
import { isBlurred } from "./upload-picture.ts";

test("photographed pages become a PDF that the server's own inspection takes, standing and lying pages each as they are", async () => {
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
  const pdf = Buffer.from(
    pdfOfPictures([
      { bytes, width: 1_200, height: 1_600 },
      { bytes, width: 1_600, height: 1_200 },
    ]),
  );
  assert.deepEqual(await inspectPdf(pdf), []);
  const text = pdf.toString("latin1");
  assert.match(text, /MediaBox\[0 0 595 842\][\s\S]*MediaBox\[0 0 842 595\]/);
  const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  assert.equal(text.slice(table, table + 4), "xref");
  const third = Number(/xref\n0 9\n(?:\d{10} \d{5} [fn] \n){3}(\d{10})/.exec(text)?.[1]);
  assert.equal(text.slice(third, third + 7), "3 0 obj");
});

test("a picture with edges is sharp, the same picture smoothed is blurred, and a plain surface is not judged", () => {
  const side = 64;
  const board = Array.from({ length: side * side }, (_, at) =>
    (((at % side) >> 3) + ((at / side) >> 4)) % 2 ? 230 : 20,
  );
  const smooth = Array.from({ length: side * side }, (_, at) => 128 + 100 * Math.sin((at % side) / 10));
  assert.equal(isBlurred(board, side, side), false);
  assert.equal(isBlurred(smooth, side, side), true);
  assert.equal(isBlurred(new Array<number>(side * side).fill(200), side, side), false);
});
