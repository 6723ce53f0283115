import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Tinos: the metrics of Times New Roman (asked for by Decree 30/2020/NĐ-CP) under the SIL Open Font Licence, with the
 * whole Vietnamese range. Never the system's fonts: Debian's old Liberation silently loses Ộ, Ẫ, Ữ.
 */
const resolve = createRequire(import.meta.url).resolve;

export type FontFace = "regular" | "bold" | "italic" | "bold-italic";

const FILES = {
  regular: "400Regular/Tinos_400Regular.ttf",
  bold: "700Bold/Tinos_700Bold.ttf",
  italic: "400Regular_Italic/Tinos_400Regular_Italic.ttf",
  "bold-italic": "700Bold_Italic/Tinos_700Bold_Italic.ttf",
} as const satisfies Record<FontFace, string>;

const loaded = new Map<FontFace, Buffer>();

/** The bytes of one face, read once in a process. Callers do not change them. */
export function documentFont(face: FontFace): Buffer {
  let bytes = loaded.get(face);
  if (!bytes) {
    bytes = readFileSync(resolve(`@expo-google-fonts/tinos/${FILES[face]}`));
    loaded.set(face, bytes);
  }
  return bytes;
}

export const FONT_FACES = Object.keys(FILES) as FontFace[];
