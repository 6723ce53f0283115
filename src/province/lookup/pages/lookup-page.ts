import type { Captcha } from "#kit/captcha.ts";
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick, type Text } from "#kit/i18n.ts";
import {
  button,
  captchaField,
  details,
  errorOf,
  errorSummary,
  notice,
  type PageError,
  summaryList,
  type SummaryRow,
  textField,
  timeline,
} from "#kit/ui/index.ts";
import { dossierMessages, isOver, stateText } from "#province/dossiers/index.ts";
import { placeName } from "#province/tenants/index.ts";
import type { FoundDossier } from "../lookup-view.ts";
import { messages } from "../messages.ts";

export interface LookupPageProps {
  readonly lang: Lang;
  readonly code: string;
  readonly found: FoundDossier | undefined;
  /** With the right paper number: what happened, newest first. */
  readonly steps: readonly { readonly action: string; readonly at: Date }[];
  /** Asked after misses. */
  readonly captcha: Captcha | undefined;
  readonly errors: readonly PageError[];
}

export function lookupPage(props: LookupPageProps): Html {
  const { lang, errors, found, captcha } = props;
  const t = messages[lang];
  return html`${errorSummary(lang, errors)}<h1 class="govuk-heading-xl">${t.title}</h1>${found ? answer(found, props) : html`<p class="govuk-body">${t.lead}</p>`}<form method="post" action="/tra-cuu" novalidate>${textField({ id: "ma", lang, label: t.code, hint: t.codeHint, value: props.code, error: errorOf(errors, "ma"), required: true, maxLength: 60, autocomplete: "off", spellcheck: false })}${textField({ id: "giay-to", lang, label: t.paper, hint: t.paperHint, error: errorOf(errors, "giay-to"), inputMode: "numeric", maxLength: 20, width: 20, autocomplete: "off" })}${captcha ? captchaField({ lang, captcha, error: errorOf(errors, "captcha") }) : null}${button({ label: t.search })}</form>`;
}

/** The appointment with its reasons, which tell of pauses: only for who knows the paper number. */
function due(at: Date, lines: readonly Text[], lang: Lang): Html {
  const reasons = html`<ul class="govuk-list">${lines.map((line) => html`<li>${pick(line, lang)}</li>`)}</ul>`;
  return html`${formatDateTime(at)}${lines.length > 0 ? details(messages[lang].why, reasons) : null}`;
}

function answer(found: FoundDossier, { lang, steps }: LookupPageProps): Html {
  const t = messages[lang];
  const over = isOver(found.state);
  const date = (key: string, at: Date | null): SummaryRow[] => (at ? [{ key, value: formatDateTime(at) }] : []);
  const words = dossierMessages[lang].actions;
  const rows: SummaryRow[] = [
    { key: t.dossier, value: found.code ?? String(found.number) },
    ...(found.paperFits
      ? [
          { key: t.procedure, value: found.procedureName[lang] },
          { key: t.agency, value: placeName(found.agencyName, lang) },
          { key: t.state, value: stateText(found, lang) },
        ]
      : []),
    ...date(t.filedAt, found.filedAt),
    ...date(t.receivedAt, found.receivedAt),
    ...(over || !found.dueAt
      ? []
      : [{ key: t.dueAt, value: due(found.dueAt, found.paperFits ? found.dueLines : [], lang) }]),
    ...date(t.finishedAt, found.finishedAt),
    ...date(t.returnedAt, found.returnedAt),
  ];
  return html`${notice({ tone: over ? "success" : "info", title: over ? t.finished : t.ongoing, live: true, body: found.paperFits ? html`<p><a class="govuk-link" href="/ho-so/${found.id}">${t.signIn}</a></p>` : html`<p>${t.more}</p>` })}${summaryList(rows)}${
    steps.length > 0
      ? html`<h2 class="govuk-heading-m">${t.steps}</h2>${timeline(steps.map((step, index) => ({ what: words[step.action as keyof typeof words], when: formatDateTime(step.at), now: index === 0 })))}`
      : null
  }`;
}
