import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, emptyState, statusTag } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import type { Reminder } from "../reminder.ts";
import { reminderText } from "../reminder-words.ts";

/** "Nhắc việc": newest first; opening one marks it as read. */
export function remindersPage(props: {
  readonly lang: Lang;
  readonly reminders: readonly Reminder[];
  readonly next: number | undefined;
  readonly further: boolean;
}): Html {
  const { lang, reminders, next, further } = props;
  const t = messages[lang];
  const unread = reminders.some((one) => one.readAt === null);
  return html`<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead}</p>${
    reminders.length === 0
      ? emptyState({ title: t.none, text: t.noneText })
      : html`${unread ? html`<form method="post" action="/nhac-viec/da-doc">${button({ label: t.readAll, kind: "secondary", small: true })}</form>` : null}<ol class="notices">${reminders.map((one) => row(one, lang))}</ol>`
  }${next || further ? html`<p class="cluster">${further ? html`<a class="govuk-link" href="/nhac-viec">${t.newest}</a>` : null}${next ? html`<a class="govuk-link" rel="next" href="/nhac-viec?truoc=${next}">${t.older}</a>` : null}</p>` : null}`;
}

function row(one: Reminder, lang: Lang): Html {
  const t = messages[lang];
  const text = reminderText(one, lang);
  return html`<li class="notices__one${one.readAt ? "" : " notices__one--unread"}"><h2 class="govuk-heading-s notices__title">${text}</h2><p class="notices__when">${formatDateTime(one.at)} ${one.readAt ? null : statusTag({ tone: "info", icon: "mail", label: t.unread })}</p><form method="post" action="/nhac-viec/${one.seq}/mo">${button({ label: t.open, kind: "secondary", small: true, ariaLabel: `${t.open}: ${text}` })}</form></li>`;
}
