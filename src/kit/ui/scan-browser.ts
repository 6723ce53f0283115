/** Reads QR codes where the browser cannot; loaded when somebody wants to scan. */
import * as reader from "jsqr";

type Read = typeof reader.default.default;

export function readCode(frame: ImageData): string | undefined {
  const read: Read = reader.default.default ?? reader.default;
  return read(frame.data, frame.width, frame.height, { inversionAttempts: "dontInvert" })?.data;
}
