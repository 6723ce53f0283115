/** Bar codes as the post's readers take them: Code 128 (ISO/IEC 15417), set B. Pure. */

/** Widths of bars and spaces, alternating, of the values 0 to 106. */
const PATTERNS = (
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 " +
  "123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 " +
  "131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 " +
  "213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 " +
  "141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 " +
  "124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 " +
  "411131 211412 211214 211232 2331112"
).split(" ");

const START_B = 104;
const STOP = 106;
const QUIET_MODULES = 10;

/** The values of a text, with start, check and stop. Throws for letters that set B does not have (ASCII 32 to 126). */
export function code128Values(text: string): number[] {
  const values = [...text].map((letter) => {
    const value = (letter.codePointAt(0) ?? 0) - 32;
    if (value < 0 || value > 94) throw new Error(`Code 128 B has no "${letter}"`);
    return value;
  });
  const check = values.reduce((sum, value, index) => sum + value * (index + 1), START_B) % 103;
  return [START_B, ...values, check, STOP];
}

/** The bar code as SVG bytes, quiet zones included. */
export function code128Svg(text: string): Uint8Array {
  let at = QUIET_MODULES;
  const bars: string[] = [];
  for (const value of code128Values(text)) {
    for (const [index, width] of [...(PATTERNS[value] ?? "")].entries()) {
      if (index % 2 === 0) bars.push(`M${at} 0h${width}v50h-${width}z`);
      at += Number(width);
    }
  }
  const width = at + QUIET_MODULES;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 50" width="${width}" height="50" shape-rendering="crispEdges"><path d="${bars.join("")}"/></svg>`,
    "utf8",
  );
}
