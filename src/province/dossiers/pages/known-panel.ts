/** The offer to fill in what is known, and quiet words on what became of it. */
import { formatDate, formatTime } from "#kit/calendar.ts";
import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button } from "#kit/ui/index.ts";
import type { Known } from "../known-facts.ts";
import { knownMessages } from "../known-messages.ts";

/** The action of the form's button: what was typed is saved, then the database is asked. */
export const TAKE_KNOWN = "known";

export interface KnownPanelProps {
  readonly known: Known | null;
  /** It can still be asked. */
  readonly may: boolean;
}

/** Inside the form; the first button of a form is the one that Enter presses, and that must not be ours. */
export function knownPanel(lang: Lang, { known, may }: KnownPanelProps): Html | null {
  const t = knownMessages[lang];
  const ask = (label: string): Html =>
    button({ label, kind: "secondary", name: "_action", value: TAKE_KNOWN, noValidate: true });
  const first = html`<button class="visually-hidden" type="submit" name="_action" value="next" tabindex="-1" aria-hidden="true"></button>`;
  if (!known)
    return may
      ? html`${first}<section class="take-known" aria-labelledby="take-known-title"><h2 class="govuk-heading-s" id="take-known-title">${t.title}</h2><p>${t.text}</p>${ask(t.take)}</section>`
      : null;
  if (known.state === "found") {
    const at = new Date(known.at);
    return html`<p class="take-known__said" role="status">${t.found(`${formatTime(at)} ${formatDate(at)}`)}</p>`;
  }
  return html`${first}<div class="take-known__said" role="status"><p>${t[known.state]}</p>${may ? ask(t.again) : null}</div>`;
}
