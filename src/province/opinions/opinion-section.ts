/** What the desk's page of a dossier says of opinions. Pure. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { messages } from "./messages.ts";
import type { Opinion } from "./opinion.ts";
import { askedName, opinionTag } from "./pages/opinion-parts.ts";

const SHOWN = 3;

/** The newest three with the way to all of them and to a new question. */
export function opinionSection(dossierId: string, opinions: readonly Opinion[], now: Date, lang: Lang): Html {
  const t = messages[lang];
  const open = opinions.filter((one) => one.state === "asked").length;
  const list = opinions
    .slice(0, SHOWN)
    .map(
      (one) =>
        html`<li>${askedName(one)} ${opinionTag(one, now, lang)}<br><span class="muted">${one.verdict ? t.verdicts[one.verdict] : `${t.due} ${formatDateTime(one.dueAt)}`}</span></li>`,
    );
  return html`${list.length > 0 ? html`<ul class="govuk-list">${list}</ul>` : null}<p><a class="govuk-link" href="/ho-so/${dossierId}/y-kien">${opinions.length > 0 ? t.see(opinions.length, open) : t.ask}</a></p>`;
}
