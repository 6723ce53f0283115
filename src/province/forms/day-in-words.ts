import { isPlainDate } from "#kit/calendar.ts";

/** "Ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi": how registers write a birth date a second time. */
export function dayInWords(day: string): string | undefined {
  if (!isPlainDate(day)) return undefined;
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return `Ngày ${below100(date)} tháng ${month === 4 ? "tư" : below100(month)} năm ${yearInWords(year)}`;
}

// Small and our own, so that the browser does not load a library for three short numbers.
const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;

function digit(value: number): string {
  return DIGITS[value] ?? "";
}

function below100(value: number): string {
  const [tens, units] = [Math.trunc(value / 10), value % 10];
  if (tens === 0) return digit(units);
  const head = tens === 1 ? "mười" : `${digit(tens)} mươi`;
  if (units === 0) return head;
  if (units === 1 && tens > 1) return `${head} mốt`;
  if (units === 4 && tens > 1) return `${head} tư`;
  return `${head} ${units === 5 ? "lăm" : digit(units)}`;
}

function yearInWords(year: number): string {
  const [thousands, rest] = [Math.trunc(year / 1000), year % 1000];
  if (thousands === 0) return below1000(rest);
  if (rest === 0) return `${digit(thousands)} nghìn`;
  return `${digit(thousands)} nghìn ${below1000(rest)}`;
}

function below1000(value: number): string {
  const [hundreds, rest] = [Math.trunc(value / 100), value % 100];
  const head = `${digit(hundreds)} trăm`;
  if (rest === 0) return head;
  return rest < 10 ? `${head} linh ${digit(rest)}` : `${head} ${below100(rest)}`;
}
