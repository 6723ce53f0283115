import { formatDateTime, type PlainDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  notice,
  type PageError,
  radiosField,
  summaryList,
  table,
  textareaField,
} from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import type { Dispute, DisputeEntry } from "../dispute.ts";
import { DISPUTE_ACTIONS, isDisputeOver } from "../dispute-lifecycle.ts";
import { messages } from "../messages.ts";
import { disputeTag, dueOf } from "./disputes-page.ts";

export interface DisputePageProps {
  readonly lang: Lang;
  readonly today: PlainDate;
  readonly dispute: Dispute;
  readonly history: readonly DisputeEntry[];
  readonly merchantName: string;
  readonly providerName: string;
  readonly errors: readonly PageError[];
  readonly typed: Readonly<Record<string, string>>;
}

/** One dispute: what it is about, what happened, and the next step while it is not over. */
export function disputePage(props: DisputePageProps): Html {
  const { lang, dispute, history, errors } = props;
  const t = messages[lang];
  return html`${backLink(lang, operatorPaths.disputes, t.back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.oneTitle}</h1>
${summaryList([
  { key: t.state, value: disputeTag(lang, dispute) },
  { key: t.transaction, value: html`<span class="tabular">${dispute.hubTransaction}</span><br>${dispute.information}` },
  { key: t.merchant, value: props.merchantName },
  { key: t.provider, value: props.providerName },
  { key: t.kind, value: `${t.kinds[dispute.kind]} · ${t.sources[dispute.source] ?? dispute.source}` },
  ...(dispute.providerCase ? [{ key: t.providerCase, value: dispute.providerCase }] : []),
  { key: t.amount, value: html`<strong>${formatDong(dispute.amount)}</strong>` },
  { key: t.reason, value: dispute.reason },
  ...(isDisputeOver(dispute.state) ? [] : [{ key: t.due, value: dueOf(props, dispute) }]),
])}
${dispute.reserved < dispute.amount ? notice({ tone: "warning", body: html`<p>${t.reservedLess(formatDong(dispute.reserved))}</p>` }) : null}
<h2 class="govuk-heading-m">${t.history}</h2>${table({
    caption: t.history,
    hideCaption: true,
    rows: history,
    columns: [
      { label: t.step, head: true, cell: (entry) => t.historyActions[entry.action] ?? entry.action },
      { label: t.when, cell: (entry) => html`<span class="tabular">${formatDateTime(entry.at)}</span>` },
      { label: t.who, cell: (entry) => entry.operatorName ?? t.sources[dispute.source] ?? dispute.source },
      { label: t.note, cell: (entry) => entry.note },
    ],
  })}
${isDisputeOver(dispute.state) ? null : stepForm(props)}`;
}

function stepForm({ lang, dispute, errors, typed }: DisputePageProps): Html {
  const t = messages[lang];
  const options = DISPUTE_ACTIONS.map((action) => ({
    value: action,
    label: t.steps[action],
    ...(action === "lose" ? { hint: t.loseHint } : {}),
  }));
  return html`<section class="panel-box" aria-labelledby="buoc"><h2 class="govuk-heading-m" id="buoc">${t.stepTitle}</h2>
<form method="post" action="${operatorPaths.disputes}/${dispute.id}" novalidate>
${radiosField({ id: "viec", lang, label: t.step, required: true, value: typed["viec"] ?? "", error: errorOf(errors, "viec"), options })}
${textareaField({ id: "can-cu", lang, label: t.note, hint: t.noteHint, required: true, rows: 4, maxLength: 2000, value: typed["can-cu"] ?? "", error: errorOf(errors, "can-cu") })}
${button({ label: t.save, once: true })}</form></section>`;
}
