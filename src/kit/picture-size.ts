/**
 * Width and height of a picture from its header, without decoding it: a file of a few kilobytes may claim to unfold into
 * gigabytes (ASVS 5.2.6). Undefined when the header is none. Pure.
 * Sources: PNG (W3C) §11.2.2; JPEG (ITU-T T.81) B.2.2; WebP (RFC 9649) §2.5–2.7.
 */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export function pictureSize(bytes: Buffer, mediaType: string): PictureSize | undefined {
  if (mediaType === "image/png") return pngSize(bytes);
  if (mediaType === "image/jpeg") return jpegSize(bytes);
  if (mediaType === "image/webp") return webpSize(bytes);
  return undefined;
}

function pngSize(bytes: Buffer): PictureSize | undefined {
  // Signature (8 bytes), length and name of the first chunk, then width and height.
  if (bytes.length < 24 || bytes.toString("latin1", 12, 16) !== "IHDR") return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Start of frame: C0–CF without the tables C4, C8 and CC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers that stand alone: no length follows. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function jpegSize(bytes: Buffer): PictureSize | undefined {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isAlone(marker)) at += 2;
    else if (isFrame(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

function webpSize(bytes: Buffer): PictureSize | undefined {
  if (bytes.length < 30) return undefined;
  const kind = bytes.toString("latin1", 12, 16);
  if (kind === "VP8X") return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (kind === "VP8 ") return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (kind !== "VP8L") return undefined;
  const bits = bytes.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
