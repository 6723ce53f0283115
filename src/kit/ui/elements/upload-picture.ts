/** Pictures in the browser that sends them: opened, looked at, turned, made small. Nothing here is needed to send. */
const PICTURE = /\.(?:jpe?g|png|webp|heic|heif)$/i;
const HEIC = /\.(?:heic|heif)$/i;
/** Above it a picture is made smaller before it is sent: the server takes 20 MB and 50 million pixels. */
const BYTES_MAX = 20 * 1_048_576;
const PIXELS_MAX = 50_000_000;
const REDUCED_SIDE = 4_000;
/** A4 at some 200 dots an inch: small letters stay readable. */
const PAGE_SIDE = 2_400;
const THUMB_SIDE = 240;

export const isPicture = (file: File): boolean => PICTURE.test(file.name);
export const isHeic = (file: File): boolean => HEIC.test(file.name);

/** Opens a picture the way it was held; undefined when this browser cannot. */
export async function openPicture(file: Blob): Promise<ImageBitmap | undefined> {
  return createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);
}

/** Draws it with its longer side at most `side`, turned by quarter turns to the right. */
function draw(picture: ImageBitmap, side: number, turns = 0): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const [width, height] = [
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  ];
  const lies = turns % 2 === 1;
  const canvas = document.createElement("canvas");
  canvas.width = lies ? height : width;
  canvas.height = lies ? width : height;
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  // Transparent parts of a PNG are paper, not black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(picture, -width / 2, -height / 2, width, height);
  return canvas;
}

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/jpeg", quality));
}

/** The small picture for the list. */
export async function thumbOf(picture: ImageBitmap, turns = 0): Promise<Blob | undefined> {
  return jpegOf(draw(picture, THUMB_SIDE, turns), 0.7);
}

/** A page for the merged PDF. */
export async function pageOf(
  picture: ImageBitmap,
  turns: number,
): Promise<{ bytes: Uint8Array; width: number; height: number } | undefined> {
  const canvas = draw(picture, PAGE_SIDE, turns);
  const blob = await jpegOf(canvas, 0.85);
  return blob && { bytes: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height };
}

/**
 * The file to send: as it is, or as JPEG when it was turned, is HEIC, or is larger than the server takes.
 * Undefined when a picture that must be changed cannot be.
 */
export async function fileToSend(file: File, picture: ImageBitmap | undefined, turns = 0): Promise<File | undefined> {
  const tooLarge = file.size > BYTES_MAX || (picture !== undefined && picture.width * picture.height > PIXELS_MAX);
  if (turns === 0 && !isHeic(file) && !tooLarge) return file;
  if (!picture) return isHeic(file) ? undefined : file;
  const blob = await jpegOf(draw(picture, tooLarge ? REDUCED_SIDE : 8_000, turns), 0.9);
  return blob && new File([blob], file.name.replace(/\.[^.]+$/, ".jpg"), { type: "image/jpeg" });
}

export type Doubt = "small" | "blurred";

/** What may make it unreadable: too few pixels, or no sharp edges although there is something to see. */
export function doubtOf(picture: ImageBitmap): Doubt | undefined {
  if (Math.min(picture.width, picture.height) < 700) return "small";
  const canvas = draw(picture, 640);
  const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
  if (!pixels) return undefined;
  const grey = new Uint8ClampedArray(canvas.width * canvas.height);
  for (let at = 0; at < grey.length; at += 1)
    grey[at] =
      ((pixels[at * 4] ?? 0) * 299 + (pixels[at * 4 + 1] ?? 0) * 587 + (pixels[at * 4 + 2] ?? 0) * 114) / 1_000;
  return isBlurred(grey, canvas.width, canvas.height) ? "blurred" : undefined;
}

/** Variance of the Laplacian (Pech-Pacheco 2000): small where nothing has an edge. A plain surface is not judged. Pure. */
export function isBlurred(grey: ArrayLike<number>, width: number, height: number): boolean {
  const edges = spread(width, height, (at) => {
    const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0);
    return around - 4 * (grey[at] ?? 0);
  });
  const tones = spread(width, height, (at) => grey[at] ?? 0);
  return tones > 300 && edges < 60;
}

function spread(width: number, height: number, value: (at: number) => number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const one = value(y * width + x);
      sum += one;
      squares += one * one;
      count += 1;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}
