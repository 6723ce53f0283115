/** How far the notices of a dossier came, for its page at the desk. */
import { formatDateTime, formatTime, plainDateOf } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { messages } from "./messages.ts";
import type { NoticeDelivery } from "./notice.ts";
import type { NoticeOfDossier } from "./notice-view.ts";

/** The newest ten: what, when, and how each channel went. */
export function deskNotices(notices: readonly NoticeOfDossier[], lang: Lang): Html {
  const t = messages[lang].desk;
  if (notices.length === 0) return html`<p class="muted">${t.none}</p>`;
  return html`<ul class="govuk-list">${notices
    .slice(0, 10)
    .map(
      (one) =>
        html`<li>${one.title[lang]}<br><span class="muted">${formatDateTime(one.at)} · ${t.portal}${one.readAt ? ` (${t.read})` : null}${one.deliveries.map((delivery) => ` · ${wayOf(delivery, one.at, lang)}`)}</span></li>`,
    )}</ul>`;
}

/** Sent on the day it happened: only the time of day, so that ten notices stay readable. */
function wayOf({ channel, status, notBefore, tries, sentAt }: NoticeDelivery, at: Date, lang: Lang): string {
  const t = messages[lang].desk;
  const name = t.channelNames[channel];
  if (status === "sent" && sentAt)
    return `${name} ${plainDateOf(sentAt) === plainDateOf(at) ? formatTime(sentAt) : formatDateTime(sentAt)}`;
  if (status === "waiting" && tries === 0) return `${name}: ${t.waitingUntil(formatDateTime(notBefore))}`;
  return `${name}: ${t.statuses[status]} (${t.tries(tries)})`;
}
