/** How high a picture will be, known before anything is drawn: the page below it never moves. Pure. */

/** Below this scale words cannot be read: the picture is larger than its frame and moved by hand. */
export const LEAST_SCALE = 0.55;
/** Room above and below what is drawn: buttons and signs, and the library's own sign. */
const AIR = 130;
const MOST = 560;
const LEAST = 200;

export function pictureHeight(xml: string, width: number): number {
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const [tag] of xml.matchAll(/<(?:[\w-]+:)?(?:Bounds|waypoint)\b[^>]*>/g)) {
    const value = (name: string): number => Number(new RegExp(`\\s${name}="(-?[\\d.]+)"`).exec(tag)?.[1] ?? 0);
    xs.push(value("x"), value("x") + value("width"));
    ys.push(value("y"), value("y") + value("height"));
  }
  if (xs.length === 0) return LEAST;
  const drawn = { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
  const scale = Math.max(Math.min(1, (width - 48) / Math.max(1, drawn.width)), LEAST_SCALE);
  return Math.round(Math.min(MOST, Math.max(LEAST, drawn.height * scale + AIR)));
}
