/** A reason must help: what is wrong and what to do. Pure. */

/** Why a text is no reason: nothing there, too little said, or only a stock phrase. */
export type ReasonFault = "empty" | "too-short" | "says-nothing";

const MEANINGFUL_MIN = 10;
/** Whole texts that were really sent to people and told them nothing; compared without case, marks and punctuation. */
const EMPTY_PHRASES = new Set([
  "khong hop le",
  "ho so khong hop le",
  "khong dung quy dinh",
  "noi dung khong dung",
  "chua dung",
  "sai thong tin",
  "de nghi bo sung",
  "yeu cau bo sung",
  "yeu cau bo sung ho so",
  "bo sung ho so",
  "thieu giay to",
  "thieu ho so",
]);

/** null when the text is worth sending. Letters and digits count; "aaaaaaaaaaaa" has one meaningful character. */
export function checkReason(text: string): ReasonFault | null {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (plain === "") return "empty";
  const letters = plain.replace(/ /g, "");
  if (letters.length < MEANINGFUL_MIN || new Set(letters).size < 5 || !plain.includes(" ")) return "too-short";
  return EMPTY_PHRASES.has(plain) ? "says-nothing" : null;
}
