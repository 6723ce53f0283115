import { formatDate, type PlainDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  type Column,
  dateField,
  emptyState,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  radiosField,
  statusTag,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import { DISPUTE_KINDS, type Dispute } from "../dispute.ts";
import { messages } from "../messages.ts";

export interface DisputesPageProps {
  readonly lang: Lang;
  readonly today: PlainDate;
  readonly open: readonly Dispute[];
  readonly ended: readonly Dispute[];
  readonly merchantName: (code: string) => string;
  readonly providerName: (id: string) => string;
  readonly said?: { readonly tone: "success" | "warning"; readonly text: string };
  readonly errors: readonly PageError[];
  readonly typed: Readonly<Record<string, string>>;
  /** Made before the click. */
  readonly newId: string;
}

/** Open disputes by deadline, how the last ones ended, and a form to open one. */
export function disputesPage(props: DisputesPageProps): Html {
  const { lang, open, ended, said, errors } = props;
  const t = messages[lang];
  return html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1>${said ? notice({ tone: said.tone, body: html`<p>${said.text}</p>`, live: true }) : null}<p class="govuk-body">${t.lead}</p>
<section aria-labelledby="dang"><h2 class="govuk-heading-m" id="dang">${t.open}</h2>
${open.length === 0 ? emptyState({ title: t.none, text: t.noneText }) : table({ caption: t.open, hideCaption: true, rows: open, columns: [...columnsOf(props), { label: t.due, cell: (one) => dueOf(props, one) }, seeColumn(lang)] })}</section>
${ended.length === 0 ? null : html`<section aria-labelledby="xong"><h2 class="govuk-heading-m" id="xong">${t.ended}</h2>${table({ caption: t.ended, hideCaption: true, rows: ended, columns: [...columnsOf(props), seeColumn(lang)] })}</section>`}
${openForm(props)}`;
}

function columnsOf({ lang, merchantName, providerName }: DisputesPageProps): Column<Dispute>[] {
  const t = messages[lang];
  return [
    {
      label: t.transaction,
      head: true,
      cell: (one) =>
        html`<span class="tabular">${one.hubTransaction}</span><br><span class="muted">${one.information}</span>`,
    },
    { label: t.kind, cell: (one) => t.kinds[one.kind] },
    {
      label: t.provider,
      cell: (one) =>
        html`${providerName(one.provider)}<br><span class="muted">${t.sources[one.source] ?? one.source}</span>`,
    },
    { label: t.merchant, cell: (one) => merchantName(one.merchant) },
    { label: t.amount, money: true, cell: (one) => formatDong(one.amount) },
    { label: t.state, cell: (one) => disputeTag(lang, one) },
  ];
}

function seeColumn(lang: Lang): Column<Dispute> {
  const t = messages[lang];
  return {
    label: t.see,
    cell: (one) =>
      html`<a class="govuk-link" href="${operatorPaths.disputes}/${one.id}">${t.see}<span class="govuk-visually-hidden"> ${one.hubTransaction}</span></a>`,
  };
}

export function disputeTag(lang: Lang, one: Pick<Dispute, "state">): Html {
  const label = messages[lang].states[one.state];
  if (one.state === "won" || one.state === "withdrawn") return statusTag({ tone: "success", icon: "check", label });
  if (one.state === "lost") return statusTag({ tone: "danger", icon: "cross", label });
  return statusTag({ tone: one.state === "open" ? "warning" : "info", icon: "clock", label });
}

const DAY_MS = 86_400_000;

export function dueOf({ lang, today }: { readonly lang: Lang; readonly today: PlainDate }, one: Dispute): Html {
  const t = messages[lang];
  const days = Math.round((Date.parse(one.dueOn) - Date.parse(today)) / DAY_MS);
  const words = days < 0 ? t.late : t.daysLeft(days);
  return html`<span class="tabular">${formatDate(one.dueOn)}</span><br>${days < 0 ? html`<strong>${words}</strong>` : html`<span class="muted">${words}</span>`}`;
}

function openForm({ lang, errors, typed, newId }: DisputesPageProps): Html {
  const t = messages[lang];
  const field = (id: string) => ({ id, lang, value: typed[id] ?? "", error: errorOf(errors, id) });
  return html`<section class="panel-box" aria-labelledby="mo"><h2 class="govuk-heading-m" id="mo">${t.openTitle}</h2><p class="govuk-body">${t.openText}</p>
<form method="post" action="${operatorPaths.disputes}" novalidate>${hiddenField("id", newId)}
${textField({ ...field("giao-dich"), label: t.transaction, required: true, autocomplete: "off", spellcheck: false, width: 30 })}
${radiosField({ ...field("loai"), label: t.kind, required: true, options: DISPUTE_KINDS.map((kind) => ({ value: kind, label: t.kinds[kind] })) })}
${textField({ ...field("so-tien"), label: t.amount, hint: t.amountHint, inputMode: "numeric", autocomplete: "off", width: 10 })}
${textField({ ...field("vu-viec"), label: t.providerCase, autocomplete: "off", spellcheck: false, width: 30, maxLength: 64 })}
${dateField({ ...field("han"), label: t.due, hint: t.dueHint, required: true })}
${textareaField({ ...field("ly-do"), label: t.reason, hint: t.reasonHint, required: true, rows: 3, maxLength: 500 })}
${button({ label: t.openButton, once: true })}</form></section>`;
}
