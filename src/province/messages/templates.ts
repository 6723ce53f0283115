/** What a notice says on every channel, in both languages. Pure. */
import { formatDate, formatTime } from "#kit/calendar.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import type { Notice, NoticeEvent, NoticeFacts } from "./notice.ts";
import { type NoticeWords, USUAL_TEXTS } from "./usual-texts.ts";

/** What is told: the event, its facts, and when it happened. */
export type Told = Pick<Notice, "event" | "facts" | "at">;

/** A province's own words for an event, from a moment on; null: the usual ones again. */
export interface OwnText {
  readonly event: NoticeEvent;
  readonly lang: Lang;
  readonly words: NoticeWords | null;
  readonly changedAt: Date;
}

/** The words in force when something was told. */
export type NoticeTexts = (event: NoticeEvent, lang: Lang, at: Date) => NoticeWords;

/** `own`: oldest first. */
export function textsWith(own: readonly OwnText[]): NoticeTexts {
  return (event, lang, at) => {
    const last = own.findLast((one) => one.event === event && one.lang === lang && one.changedAt <= at);
    return last?.words ?? USUAL_TEXTS[lang][event];
  };
}

/** What may stand in a template. */
export const PLACEHOLDERS = ["ten", "ma_ho_so", "ngay_hen", "so_tien"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Facts for placeholders; a piece in [brackets] goes when one of its facts is not known, any other unknown fact is a dash. */
export function fillTemplate(template: string, facts: NoticeFacts): string {
  const values: Readonly<Record<Placeholder, string>> = {
    ten: facts.givenName,
    ma_ho_so: facts.code ?? "",
    ngay_hen: facts.dueAt ? `${formatTime(new Date(facts.dueAt))} ${formatDate(new Date(facts.dueAt))}` : "",
    so_tien: facts.amount === undefined ? "" : formatDong(facts.amount),
  };
  const factOf = (name: string): string => (Object.hasOwn(values, name) ? values[name as Placeholder] : "");
  const fill = (piece: string): string => piece.replace(/\{(\w+)\}/g, (_, name: string) => factOf(name) || "–");
  const isKnown = (piece: string): boolean =>
    [...piece.matchAll(/\{(\w+)\}/g)].every(([, name = ""]) => factOf(name) !== "");
  return fill(template.replace(/\[([^[\]]*)\]/g, (_, piece: string) => (isKnown(piece) ? piece : ""))).trim();
}

/** 363815 → "HS 363.815": never six digits in a row, which phones and people take for a one-time code. */
export function shortNumber(number: number): string {
  return `HS ${String(number).replace(/\B(?=(\d{3})+$)/g, ".")}`;
}

export function noticeTitle({ event, at }: Told, lang: Lang, texts: NoticeTexts): string {
  return texts(event, lang, at).title;
}

export function noticeText({ event, at, facts }: Told, lang: Lang, texts: NoticeTexts): string {
  return fillTemplate(texts(event, lang, at).text, facts);
}

/**
 * An SMS: without marks (a text with them costs twice as many parts), without a link, and without the official code, whose
 * date is six digits in a row.
 */
export function smsText(told: Told, lang: Lang, sender: string, texts: NoticeTexts): string {
  const { code: _, ...facts } = told.facts;
  const text = noticeText({ ...told, facts }, lang, texts);
  return withoutMarks(`${sender}: ${shortNumber(facts.number)} - ${noticeTitle(told, lang, texts)}. ${text}`);
}

export function mailOf(
  told: Told,
  lang: Lang,
  about: { readonly sender: string; readonly address: string },
  texts: NoticeTexts,
): { readonly subject: string; readonly text: string } {
  const { facts } = told;
  const title = noticeTitle(told, lang, texts);
  const text = noticeText(told, lang, texts);
  const number = shortNumber(facts.number);
  return lang === "vi"
    ? {
        subject: `${number}: ${title}`,
        text: `Chào ${facts.givenName},\n\n${number}: ${title}.\n${text}\n\nXem hồ sơ: ${about.address}\n\n${about.sender}\nThư này được gửi tự động, không cần trả lời. Đổi cách nhận thông báo trong tài khoản của bạn trên cổng.`,
      }
    : {
        subject: `${number}: ${title}`,
        text: `Dear ${facts.givenName},\n\n${number}: ${title}.\n${text}\n\nYour dossier: ${about.address}\n\n${about.sender}\nThis message was sent automatically; please do not answer it. You choose how you are told in your account on the portal.`,
      };
}

function withoutMarks(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  return plain.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, "-").replace(/…/g, "...");
}
