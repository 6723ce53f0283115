/** How far the notices of a dossier came, for its page at the desk. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { messages } from "./messages.ts";
import type { NoticeDelivery } from "./notice.ts";
import type { NoticeOfDossier } from "./notice-view.ts";
import { noticeTitle } from "./templates.ts";

/** The newest ten: what, when, and how each channel went. */
export function deskNotices(notices: readonly NoticeOfDossier[], lang: Lang): Html {
  const t = messages[lang].desk;
  if (notices.length === 0) return html`<p class="muted">${t.none}</p>`;
  return html`<ul class="govuk-list">${notices
    .slice(0, 10)
    .map(
      (one) =>
        html`<li>${noticeTitle(one.event, lang)}<br><span class="muted">${formatDateTime(one.at)} · ${t.portal}${one.readAt ? ` (${t.read})` : null}${one.deliveries.map((delivery) => html`<br>${wayOf(delivery, lang)}`)}</span></li>`,
    )}</ul>`;
}

function wayOf({ channel, status, notBefore, tries, sentAt }: NoticeDelivery, lang: Lang): string {
  const t = messages[lang].desk;
  const name = messages[lang].channelNames[channel];
  if (status === "sent" && sentAt) return `${name}: ${t.statuses.sent} ${formatDateTime(sentAt)}`;
  if (status === "waiting" && tries === 0) return `${name}: ${t.waitingUntil(formatDateTime(notBefore))}`;
  return `${name}: ${t.statuses[status]} (${t.tries(tries)})`;
}
