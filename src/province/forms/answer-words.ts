/** An answer as people read it: in check-your-answers, at the desk, in slips. */
import { formatDate, isPlainDate } from "#kit/calendar.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { bankChoices } from "./banks.ts";
import { ETHNIC_GROUPS } from "./ethnic-groups.ts";
import type { Answer, Choice, FormItem } from "./form.ts";
import { isAddress, isBankAccount, isEmptyAnswer, isMapPoint, isSignature } from "./form.ts";
import { nationalities } from "./nationalities.ts";

const WORDS = {
  vi: { yes: "Có", no: "Không", drawn: "Đã ký trên màn hình" },
  en: { yes: "Yes", no: "No", drawn: "Signed on the screen" },
} as const;

/** "" when there is no answer; what could not be read is shown as it was typed. */
export function answerWords(item: FormItem, value: Answer | undefined, lang: Lang): string {
  if (value === undefined || isEmptyAnswer(value)) return "";
  if (isAddress(value)) return [value.detail, value.area].filter(Boolean).join(", ");
  if (typeof value === "boolean") return value ? WORDS[lang].yes : WORDS[lang].no;
  if (typeof value === "number") return numberWords(item, value, lang);
  if (Array.isArray(value)) {
    return (value as readonly unknown[])
      .filter((entry) => typeof entry === "string")
      .map((entry) => labelOf(item.choices ?? [], entry, lang))
      .join("; ");
  }
  if (isBankAccount(value)) {
    return [value.number, labelOf(bankChoices(), value.bank, lang)].filter(Boolean).join(", ");
  }
  if (isMapPoint(value)) return [value.lat, value.lng].map((part) => decimalWords(part, lang)).join("; ");
  if (isSignature(value)) return value.strokes ? WORDS[lang].drawn : value.typed;
  if (typeof value !== "string") return "";
  if (item.type === "date" || item.type === "partialDate") return dateWords(value);
  return labelOf(choicesOf(item), value, lang);
}

/** The list an item chooses from; empty for free answers. */
export function choicesOf(item: FormItem): readonly Choice[] {
  if (item.type === "ethnicGroup") return ETHNIC_GROUPS;
  if (item.type === "nationality") return nationalities();
  return item.choices ?? [];
}

/** `2024-03-05` → `05/03/2024`, `2024-03` → `03/2024`, `2024` → `2024`; anything else as it stands. */
export function dateWords(value: string): string {
  if (isPlainDate(value)) return formatDate(value);
  const month = /^(\d{4})-(\d{2})$/.exec(value);
  return month ? `${month[2]}/${month[1]}` : value;
}

function numberWords(item: FormItem, value: number, lang: Lang): string {
  if (item.type === "money") return formatDong(value);
  const figure = Number.isInteger(value) ? formatInteger(value) : decimalWords(value, lang);
  return item.unit ? `${figure} ${item.unit[lang]}` : figure;
}

function decimalWords(value: number | string, lang: Lang): string {
  return typeof value === "number" ? String(value).replace(".", lang === "vi" ? "," : ".") : value;
}

function labelOf(choices: readonly Choice[], value: string, lang: Lang): string {
  return choices.find((choice) => choice.value === value)?.label[lang] ?? value;
}
