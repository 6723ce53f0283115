import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { maskIdentity } from "#kit/log.ts";
import { button, hiddenField, notice, summaryList, table } from "#kit/ui/index.ts";
import { type Account, accountPaths } from "#national/accounts/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "../messages.ts";
import { paths } from "../paths.ts";
import type { SessionRow } from "../sign-in-store.ts";

export interface AccountPageProps {
  readonly lang: Lang;
  readonly account: Account;
  readonly sessions: readonly SessionRow[];
  readonly currentSession: string;
  readonly said?: { readonly kind: "welcome" } | { readonly kind: "ended"; readonly count: number } | undefined;
}

export function accountPage(props: AccountPageProps): Html {
  const { lang, account } = props;
  const t = messages[lang];
  const said = props.said?.kind === "welcome" ? t.welcome : props.said ? t.ended(props.said.count) : undefined;
  const others = props.sessions.some((s) => s.id !== props.currentSession && !s.endedAt && !s.expired);
  const body = html`${said ? notice({ tone: "success", body: html`<p>${said}</p>`, live: true }) : null}<h1 class="govuk-heading-l">${t.accountTitle}</h1>
<section class="profile"><h2 class="govuk-heading-m">${t.profile}</h2>${summaryList([
    { key: t.name, value: account.name },
    { key: t.identityNumber, value: maskIdentity(account.identityNumber) },
    { key: t.birthDate, value: formatDate(account.birthDate) },
    { key: t.phone, value: `${account.phone.slice(0, 4)}xxx${account.phone.slice(-3)}` },
    { key: t.email, value: account.email ?? t.none },
    { key: t.address, value: account.address?.formatted ?? t.none },
    { key: t.level, value: t.levels[account.assurance] },
  ])}<p class="govuk-body small muted">${t.correctHint}</p><div class="govuk-button-group">${button({ label: t.services, href: "/dich-vu-cong-cua-toi" })}<a class="govuk-link" href="${accountPaths.forgot}">${t.changePassword}</a></div></section>
<section><h2 class="govuk-heading-m" id="sessions">${t.sessions}</h2><p class="govuk-body">${t.sessionsText}</p>${sessionTable(props)}
${others ? html`<form method="post" action="${paths.endSession}">${hiddenField("session", "others")}${button({ label: t.endOthers, kind: "secondary" })}</form>` : null}</section>`;
  return nationalPage({
    lang,
    title: t.accountTitle,
    body,
    viewer: { name: account.name },
    path: paths.account,
    current: "account",
    width: "wide",
  });
}

function sessionTable(props: AccountPageProps): Html {
  const t = messages[props.lang];
  const isLive = (row: SessionRow): boolean => !row.endedAt && !row.expired;
  return table<SessionRow>({
    caption: t.sessions,
    hideCaption: true,
    rows: props.sessions,
    columns: [
      { label: t.sessionDevice, head: true, cell: (row) => `${row.device || t.unknownDevice} · ${row.network}` },
      { label: t.sessionStarted, cell: (row) => formatDateTime(row.startedAt) },
      {
        label: t.sessionState,
        cell: (row) =>
          row.id === props.currentSession
            ? html`<span class="sessions__now">${t.sessionNow}</span>`
            : row.endedAt
              ? t.sessionEnded(formatDateTime(row.endedAt))
              : row.expired
                ? t.sessionExpired
                : t.sessionLive,
      },
      {
        label: t.sessionAction,
        cell: (row) =>
          row.id !== props.currentSession && isLive(row)
            ? html`<form method="post" action="${paths.endSession}">${hiddenField("session", row.id)}<button class="link-button" type="submit">${t.endSession}<span class="govuk-visually-hidden"> ${row.device || t.unknownDevice} ${formatDateTime(row.startedAt)}</span></button></form>`
            : null,
      },
    ],
  });
}
