/** Is this fit to be sent to everybody? Pure. */
import type { Lang } from "#kit/i18n.ts";
import type { NoticeEvent, NoticeFacts } from "./notice.ts";
import { type Placeholder, smsText } from "./templates.ts";
import type { NoticeWords } from "./usual-texts.ts";

/** Facts that an event has; the given name is always known. */
const FACTS_OF: Readonly<Partial<Record<NoticeEvent, readonly Placeholder[]>>> = {
  received: ["ma_ho_so", "ngay_hen"],
  "supplement-requested": ["ngay_hen"],
  "supplement-reminder": ["ngay_hen"],
  paid: ["so_tien"],
  "postage-due": ["so_tien"],
  "postage-paid": ["so_tien"],
  refunded: ["so_tien"],
  "put-off": ["ngay_hen"],
  "date-moved": ["ngay_hen"],
};

export function placeholdersOf(event: NoticeEvent): readonly Placeholder[] {
  return ["ten", ...(FACTS_OF[event] ?? [])];
}

/** Two parts of an SMS without marks (GSM 03.38: 153 letters each). */
export const SMS_MOST = 306;
export const TITLE_MOST = 80;
export const TEXT_MOST = 400;

export type TextFault =
  | { readonly field: "title"; readonly fault: "title-length" | "title-plain" }
  | {
      readonly field: "text";
      readonly fault: "text-length" | "brackets" | "code-bare" | "link" | "digits" | "sms-letters";
    }
  | { readonly field: "text"; readonly fault: "unknown"; readonly name: string }
  | { readonly field: "text"; readonly fault: "sms-length"; readonly length: number };

/** As an example is told: the longest that facts are in earnest. */
export const SAMPLE: NoticeFacts = {
  number: 1_363_815,
  givenName: "Nguyệt",
  code: "000.20.31.H53-261120-0007",
  dueAt: "2026-12-03T10:00:00Z",
  amount: 1_250_000,
};

const LINK = /https?:|www\.|\b[a-z0-9-]+\.(?:vn|com|net|org|info|link|me|ly|io)\b/i;

/** Everything that is wrong with a title and a text; `sender` stands before an SMS. */
export function checkText(event: NoticeEvent, lang: Lang, words: NoticeWords, sender: string): TextFault[] {
  const { title, text } = words;
  const faults: TextFault[] = [];
  if (title.length < 3 || title.length > TITLE_MOST) faults.push({ field: "title", fault: "title-length" });
  if (/[{}[\]]/.test(title) || LINK.test(title)) faults.push({ field: "title", fault: "title-plain" });
  if (text.length < 10 || text.length > TEXT_MOST) faults.push({ field: "text", fault: "text-length" });
  if (!isBalanced(text)) faults.push({ field: "text", fault: "brackets" });
  const known: readonly string[] = placeholdersOf(event);
  for (const [, name = ""] of text.matchAll(/\{([^{}]*)\}/g))
    if (!known.includes(name)) faults.push({ field: "text", fault: "unknown", name: name.slice(0, 40) });
  if (text.replace(/\[[^[\]]*\]/g, "").includes("{ma_ho_so}")) faults.push({ field: "text", fault: "code-bare" });
  if (LINK.test(text)) faults.push({ field: "text", fault: "link" });
  if (faults.length > 0) return faults;
  const sms = smsText({ event, facts: SAMPLE, at: new Date(0) }, lang, sender, () => words);
  if (/\d{6}/.test(sms)) faults.push({ field: "text", fault: "digits" });
  if (!/^[\u0020-\u007e]+$/.test(sms)) faults.push({ field: "text", fault: "sms-letters" });
  if (sms.length > SMS_MOST) faults.push({ field: "text", fault: "sms-length", length: sms.length });
  return faults;
}

/** Braces hold a name, brackets a piece; neither stands in the other's like, none is left open. */
function isBalanced(text: string): boolean {
  const withoutNames = text.replace(/\{[^{}[\]]*\}/g, "");
  return !/[{}]/.test(withoutNames) && !/[[\]]/.test(withoutNames.replace(/\[[^[\]]*\]/g, ""));
}
