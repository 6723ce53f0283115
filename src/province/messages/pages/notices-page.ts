import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, emptyState, statusTag } from "#kit/ui/index.ts";
import type { Notice } from "../notice.ts";
import { messages } from "../messages.ts";
import { noticePaths } from "../paths.ts";
import { type NoticeTexts, noticeText, noticeTitle, shortNumber } from "../templates.ts";

export interface NoticesPageProps {
  readonly lang: Lang;
  readonly notices: readonly Notice[];
  readonly next: string | undefined;
  readonly further: boolean;
  readonly texts: NoticeTexts;
}

/** "Thông báo": what was told, newest first; opening a dossier from here marks its notice as read. */
export function noticesPage({ lang, notices, next, further, texts }: NoticesPageProps): Html {
  const t = messages[lang];
  const unread = notices.some((notice) => notice.readAt === null);
  return html`<h1 class="govuk-heading-xl">${t.title}</h1><p class="govuk-body">${t.lead}</p><p class="govuk-body"><a class="govuk-link" href="${noticePaths.settings()}">${t.settings}</a></p>${
    notices.length === 0
      ? emptyState({ title: t.none, text: t.noneText })
      : html`${unread ? html`<form method="post" action="${noticePaths.readAll()}">${button({ label: t.readAll, kind: "secondary", small: true })}</form>` : null}<ol class="notices">${notices.map((notice) => row(notice, lang, texts))}</ol>`
  }${next || further ? html`<p class="cluster">${further ? html`<a class="govuk-link" href="${noticePaths.all()}">${t.newest}</a>` : null}${next ? html`<a class="govuk-link" rel="next" href="${noticePaths.all()}?sau=${next}">${t.older}</a>` : null}</p>` : null}`;
}

function row(one: Notice, lang: Lang, texts: NoticeTexts): Html {
  const { id, facts, at, readAt } = one;
  const t = messages[lang];
  const number = shortNumber(facts.number);
  return html`<li class="notices__one${readAt ? "" : " notices__one--unread"}"><h2 class="govuk-heading-s notices__title">${number}: ${noticeTitle(one, lang, texts)}</h2><p class="notices__text">${noticeText(one, lang, texts)}</p><p class="notices__when">${formatDateTime(at)} ${readAt ? null : statusTag({ tone: "info", icon: "mail", label: t.unread })}</p><form method="post" action="${noticePaths.open(id)}">${button({ label: t.open, kind: "secondary", small: true, ariaLabel: `${t.open} ${number}` })}</form></li>`;
}
