/** Names of units as people write them: with and without class, marks, zeros. Pure. */
import { fold } from "../vietnamese.ts";

/** Class words, folded, longest first; short forms as in "P. 1", "TT Bến Cầu", "TP.HCM". */
const CLASS = /^(thanh pho|thi tran|thi xa|dac khu|phuong|huyen|tinh|quan|tp|tx|tt|xa|dk|p|q|h|x|t)(?=[ .])[ .]+(?=\S)/;

const CLASS_NAMES: Readonly<Record<string, string>> = {
  tp: "thanh pho",
  tx: "thi xa",
  tt: "thi tran",
  dk: "dac khu",
  p: "phuong",
  q: "quan",
  h: "huyen",
  x: "xa",
  t: "tinh",
};

export interface UnitWords {
  /** Folded class ("xa", "thi tran"); empty when none was written. */
  readonly kind: string;
  /** Folded name without class: "ben cau", "1". */
  readonly bare: string;
}

/** "Thị trấn Bến Cầu", "TT. Ben Cau", "P.01" → class and name, folded; numbers without leading zeros. */
export function unitWords(name: string): UnitWords {
  const plain = fold(name)
    .replace(/['’`]/g, "")
    .replace(/[^a-z0-9.]+/g, " ")
    .trim()
    .replace(/^(tp|tx|tt|p|q|h|x|t|dk)\.(?=\S)/, "$1. ")
    .replace(/^([pq])(\d+)$/, "$1 $2");
  const written = CLASS.exec(plain)?.[1] ?? "";
  const bare = plain
    .replace(CLASS, "")
    .replace(/\./g, " ")
    .replace(/\b0+(\d)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
  return { kind: CLASS_NAMES[written] ?? written, bare };
}

/** Is the number of "Phường 1" its whole name? Then the class must be written, or every number would be a ward. */
export function isNumbered(words: UnitWords): boolean {
  return /^\d+$/.test(words.bare);
}
