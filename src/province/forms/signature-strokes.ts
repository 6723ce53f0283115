/** A signature drawn on a screen, as text: "12,80 14,82 …;200,90 …", points in a field 600 × 200. Pure. */
export const SIGNATURE_WIDTH = 600;
export const SIGNATURE_HEIGHT = 200;
/** Some thousand points: more than a hand draws, less than harms anybody. */
export const STROKES_MAX = 24_000;

export type Point = readonly [x: number, y: number];

/** The strokes, or undefined when the text is none; a single dot is no signature. */
export function readStrokes(text: string): readonly (readonly Point[])[] | undefined {
  if (text.length > STROKES_MAX || !/^\d{1,3},\d{1,3}(?:[ ;]\d{1,3},\d{1,3})+$/.test(text)) return undefined;
  const strokes = text
    .split(";")
    .map((stroke) => stroke.split(" ").map((point) => point.split(",").map(Number) as unknown as Point));
  const inside = strokes.flat().every(([x, y]) => x <= SIGNATURE_WIDTH && y <= SIGNATURE_HEIGHT);
  return inside ? strokes : undefined;
}
