import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureSize } from "./picture-size.ts";

function png(width: number, height: number): Buffer {
  const head = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([head, size]);
}

test("the size of a picture is read from its header, whatever stands before the frame", () => {
  assert.deepEqual(pictureSize(png(50_000, 40_000), "image/png"), { width: 50_000, height: 40_000 });
  const exif = Buffer.from("ffd8ffe1000641424344", "hex");
  const frame = Buffer.from("ffc20011080c00100003", "hex");
  assert.deepEqual(pictureSize(Buffer.concat([exif, Buffer.from("ff", "hex"), frame]), "image/jpeg"), {
    width: 4_096,
    height: 3_072,
  });
  const riff = Buffer.from("RIFF\0\0\0\0WEBP");
  const extended = Buffer.concat([
    riff,
    Buffer.from("VP8X"),
    Buffer.from("0a000000" + "00000000" + "ff0f00" + "ff0b00", "hex"),
  ]);
  assert.deepEqual(pictureSize(extended, "image/webp"), { width: 4_096, height: 3_072 });
  const lossless = Buffer.concat([
    riff,
    Buffer.from("VP8L"),
    Buffer.from("00000000" + "2f" + "ffcfff02", "hex"),
    Buffer.alloc(8),
  ]);
  assert.deepEqual(pictureSize(lossless, "image/webp"), { width: 4_096, height: 3_072 });
});

test("what has no such header has no size, and nothing is read past the end", () => {
  for (const type of ["image/png", "image/jpeg", "image/webp", "image/gif"]) {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(40),
      Buffer.from("ffd8ffe0ffff", "hex"),
      Buffer.from("ffd8ffc0", "hex"),
    ])
      assert.equal(pictureSize(bytes, type), undefined, `${type} ${bytes.toString("hex")}`);
  }
});
