import { html, type HtmlValue } from "../html.ts";
import type { Lang, Text } from "../i18n.ts";

const VIETNAMESE = /[À-ỹ]/u;

/**
 * A text on a page in `lang`. One whose English nobody has written (what comes from the national catalogue has none) stands
 * there in Vietnamese and is marked so: a screen reader reads it as what it is, a browser offers to translate it.
 */
export function said(text: Text, lang: Lang): HtmlValue {
  return isOnlyVietnamese(text, lang) ? html`<span lang="vi">${text.vi}</span>` : text[lang];
}

/** A text that there is only in Vietnamese: the name of a law, of a bank, what an office wrote. */
export function inVietnamese(text: string, lang: Lang): HtmlValue {
  return said({ vi: text, en: text }, lang);
}

/** Is this text shown in Vietnamese on a page in English? */
export function isOnlyVietnamese(text: Text, lang: Lang): boolean {
  return lang === "en" && text.en === text.vi && VIETNAMESE.test(text.vi);
}
