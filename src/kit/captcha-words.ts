/** Numbers from 0 to 99 in words, for the question that stands in for a picture. */
const VI = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const EN = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
] as const;
const EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"] as const;

/** 21 → "hai mươi mốt", 15 → "mười lăm" (một, bốn and năm change after mươi). */
export function numberInVietnamese(value: number): string {
  if (value < 10) return VI[value] ?? "";
  const tens = Math.floor(value / 10);
  const unit = value % 10;
  const head = tens === 1 ? "mười" : `${VI[tens]} mươi`;
  if (unit === 0) return head;
  if (unit === 5) return `${head} lăm`;
  if (unit === 1 && tens > 1) return `${head} mốt`;
  return `${head} ${VI[unit]}`;
}

/** 21 → "twenty-one" */
export function numberInEnglish(value: number): string {
  if (value < 20) return EN[value] ?? "";
  const unit = value % 10;
  const head = EN_TENS[Math.floor(value / 10)] ?? "";
  return unit === 0 ? head : `${head}-${EN[unit]}`;
}
