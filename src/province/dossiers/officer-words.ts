/**
 * The words of filing, for the officer who types for somebody at the counter: forms and pages speak to the citizen, and at the
 * counter the citizen is the applicant (người nộp). Pure.
 */
import type { Lang } from "#kit/i18n.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { draftMessages } from "./draft-messages.ts";
import { filingMessages } from "./filing-messages.ts";
import type { FilingProcedure } from "./filing-procedure.ts";

type Rule = readonly [pattern: RegExp, instead: string];

const VI: readonly Rule[] = [
  [/tài khoản đã biết/g, "giấy tờ của người nộp đã cho biết"],
  [/(?<!\p{L})Bạn(?!\p{L}| bè)/gu, "Người nộp"],
  [/(?<!\p{L})bạn(?!\p{L}| bè)/gu, "người nộp"],
  [/(?<!\p{L})Tôi(?!\p{L})/gu, "Người nộp"],
  [/(?<!\p{L})tôi(?!\p{L})/gu, "người nộp"],
];

const VERBS =
  "ask|attach|join|adopt|intend|want|come|collect|know|head|remember|live|receive|pay|enter|sign|choose|need|press|use";

const EN: readonly Rule[] = [
  [/your account already knows/g, "the applicant's card says"],
  [/\b(are|were|have|do) you\b/g, "$1 the applicant"],
  [/\bAre you\b/g, "Is the applicant"],
  [/\bDo you\b/g, "Does the applicant"],
  [/\bare the applicant\b/g, "is the applicant"],
  [/\bdo the applicant\b/g, "does the applicant"],
  [/\byou are\b/g, "the applicant is"],
  [/\bYou are\b/g, "The applicant is"],
  [/\byou were\b/g, "the applicant was"],
  [/\byou only have\b/g, "the applicant only has"],
  [/\byou (already )?have\b/g, "the applicant $1has"],
  [/\bYou have\b/g, "The applicant has"],
  [/\byou do not\b/g, "the applicant does not"],
  [new RegExp(`\\byou (${VERBS})\\b`, "g"), "the applicant $1s"],
  [new RegExp(`\\bYou (${VERBS})\\b`, "g"), "The applicant $1s"],
  [/\b[Mm]y own\b/g, "the applicant's own"],
  [/\bI (undertake|declare|agree)\b/g, "The applicant $1s"],
  [/\bmyself\b/g, "the applicant"],
  [/\bMyself\b/g, "The applicant"],
  [/\bmy\b/g, "the applicant's"],
  [/\byourself\b/g, "the applicant"],
  [/\bYourself\b/g, "The applicant"],
  [/\byour\b/g, "the applicant's"],
  [/\bYour\b/g, "The applicant's"],
  [/\byou\b/g, "the applicant"],
  [/\bYou\b/g, "The applicant"],
];

/** "Bạn nhận kết quả ở đâu?" → "Người nộp nhận kết quả ở đâu?" */
export function toOfficer(text: string, lang: Lang): string {
  return (lang === "vi" ? VI : EN).reduce((said, [pattern, instead]) => said.replace(pattern, instead), text);
}

/** Every text of a definition (an object of `vi` and `en`), wherever it stands; what is no text is left as it is. */
export function textsForOfficer<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map((one) => textsForOfficer<unknown>(one)) as Value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const { vi, en } = value as { readonly vi?: unknown; readonly en?: unknown };
  if (typeof vi === "string" && typeof en === "string" && entries.length === 2)
    return { vi: toOfficer(vi, "vi"), en: toOfficer(en, "en") } as Value;
  return Object.fromEntries(entries.map(([key, one]) => [key, textsForOfficer<unknown>(one)])) as Value;
}

const procedures = new WeakMap<FilingProcedure, FilingProcedure>();

/** The same procedure, its questions put to the officer: one object for one, because drafts are compared by it. */
export function procedureForOfficer(procedure: FilingProcedure): FilingProcedure {
  const known = procedures.get(procedure);
  if (known) return known;
  const form: FormDefinition = textsForOfficer(procedure.form);
  const components = textsForOfficer(procedure.definition.components);
  const made = { ...procedure, form, definition: { ...procedure.definition, components } };
  procedures.set(procedure, made);
  return made;
}

type Words = (typeof filingMessages)["vi"];
type DraftWords = (typeof draftMessages)["vi"];

const COUNTER_WORDS: Readonly<Record<Lang, Words>> = {
  vi: {
    ...spoken(filingMessages.vi, "vi"),
    savedNotice: "Đã lưu. Có thể làm tiếp sau, trên máy này hay máy khác, ở mục",
    restored: "Bạn đã đăng nhập lại. Những gì vừa nhập vẫn còn nguyên và đã được lưu.",
    papers: {
      ...spoken(filingMessages.vi.papers, "vi"),
      lead: "Quét hoặc chụp giấy tờ người nộp đưa. Mỗi loại giấy tờ có thể gồm nhiều trang, nhiều tệp.",
    },
    check: {
      ...spoken(filingMessages.vi.check, "vi"),
      lead: "Đọc lại cùng người nộp. Gửi xong là tiếp nhận và in được giấy hẹn ngay.",
      payAfter: "Thu tiền ngay ở trang sau.",
      promise:
        "Người nộp cam đoan những nội dung khai là đúng sự thật và chịu trách nhiệm trước pháp luật; cán bộ nhập đúng như người nộp khai.",
    },
  },
  en: {
    ...spoken(filingMessages.en, "en"),
    savedNotice: "Saved. You can go on later, here or on another machine, under",
    restored: "You are signed in again. What you had typed is still here and has been saved.",
    papers: {
      ...spoken(filingMessages.en.papers, "en"),
      lead: "Scan or photograph the papers that the applicant hands you. A paper may have several pages and files.",
    },
    check: {
      ...spoken(filingMessages.en.check, "en"),
      lead: "Read it over with the applicant. Once sent it is received, and the slip can be printed.",
      payAfter: "The money is taken on the next page.",
      promise:
        "The applicant declares that this is true and answers for it before the law; the officer typed what the applicant said.",
    },
  },
};

const COUNTER_DRAFT_WORDS: Readonly<Record<Lang, DraftWords>> = {
  vi: spoken(draftMessages.vi, "vi"),
  en: spoken(draftMessages.en, "en"),
};

/** The words of the filing pages; at the counter they speak of the applicant. */
export function filingWords(lang: Lang, atCounter: boolean | undefined): Words {
  return atCounter ? COUNTER_WORDS[lang] : filingMessages[lang];
}

export function draftWords(lang: Lang, atCounter: boolean | undefined): DraftWords {
  return atCounter ? COUNTER_DRAFT_WORDS[lang] : draftMessages[lang];
}

/** A set of messages with every sentence, also those that are made by a function, put to the officer. */
function spoken<Value>(value: Value, lang: Lang): Value {
  if (typeof value === "string") return toOfficer(value, lang) as Value;
  if (typeof value === "function") {
    const say = value as unknown as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) => spoken(say(...given), lang)) as Value;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoken<unknown>(one, lang)])) as Value;
}
