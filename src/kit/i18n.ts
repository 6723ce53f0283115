/** Languages of every page: Vietnamese first, English complete. */
export type Lang = "vi" | "en";

export const LANGS: readonly Lang[] = ["vi", "en"];

/** A text of a public service (label, hint, name) in both languages. Missing one is an error when the file is loaded. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}

export function pick(text: Text, lang: Lang): string {
  return text[lang];
}

export function isLang(value: unknown): value is Lang {
  return value === "vi" || value === "en";
}
