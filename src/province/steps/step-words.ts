/** Names out of a drawing, as pages say them. Pure. */
import type { HtmlValue } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { said } from "#kit/ui/index.ts";

/** A step, a way or a process: the drawing's name, and the one in English where somebody wrote it. */
interface Drawn {
  readonly name: string;
  readonly english?: string | null;
}

export function drawnText({ name, english }: Drawn, lang: Lang): string {
  return lang === "en" && english ? english : name;
}

/** The same on a page: a name without English is marked as Vietnamese. */
export function drawnName({ name, english }: Drawn, lang: Lang): HtmlValue {
  return said({ vi: name, en: english || name }, lang);
}
