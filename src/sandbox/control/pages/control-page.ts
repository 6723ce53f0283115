import { formatDateTimeSeconds } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  emptyState,
  errorSummary,
  hiddenField,
  selectField,
  statusTag,
  table,
  textField,
} from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import { BEHAVIOUR_KINDS, type Instruction, type Instructions, STAND_INS } from "../behaviour.ts";
import type { RecentPayment } from "../recent-payments.ts";

export interface ControlPageProps {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly instructions: Instructions;
  readonly payments: readonly RecentPayment[];
  readonly journals: readonly string[];
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong?: string;
}

type Words = (typeof messages)["vi"];

export function controlPage(props: ControlPageProps): Html {
  const { lang } = props;
  const t = messages[lang];
  const errors = props.wrong ? [{ field: props.wrong, message: t.wrongField }] : [];
  return props.shell({
    lang,
    title: t.controlTitle,
    current: "control",
    path: "/",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.controlTitle}</h1><p class="govuk-body">${t.controlLead}</p>
<section aria-labelledby="given-title"><h2 class="govuk-heading-m" id="given-title">${t.given}</h2>${given(props.instructions, t)}</section>
<section aria-labelledby="new-title"><h2 class="govuk-heading-m" id="new-title">${t.newOrder}</h2>${orderForm(props, t)}</section>
<section id="payments" aria-labelledby="payments-title"><h2 class="govuk-heading-m" id="payments-title">${t.payments}</h2>${payments(props.payments, t)}</section>
<section aria-labelledby="journals-title"><h2 class="govuk-heading-m" id="journals-title">${t.journals}</h2><p class="govuk-body">${t.journalsLead}</p>
<ul class="cluster govuk-list">${props.journals.map((name) => html`<li><a class="govuk-link" href="/journal/${name}">${name}</a></li>`)}</ul></section>`,
  });
}

function given(instructions: Instructions, t: Words): Html {
  if (instructions.length === 0) return html`<p class="govuk-body">${t.nothingGiven}</p>`;
  return html`<ul class="given">${instructions.map((one) => html`<li>${sentence(one, t)}</li>`)}</ul>
<form method="post" action="/control/clear">${button({ label: t.clear, kind: "secondary" })}</form>`;
}

function sentence(one: Instruction, t: Words): Html {
  const { behaviour } = one;
  const detail =
    "code" in behaviour
      ? behaviour.code
      : "ms" in behaviour
        ? `${behaviour.ms} ms`
        : "times" in behaviour
          ? `×${behaviour.times}`
          : "";
  return html`<strong>${t.standIns[one.standIn]}</strong>: ${t.behaviours[behaviour.kind]} ${detail} (${one.scope === "next" ? t.scopeNext : t.scopeAlways})`;
}

function orderForm(props: ControlPageProps, t: Words): Html {
  const { lang, typed } = props;
  const error = (field: string) => (props.wrong === field ? t.wrongField : undefined);
  return html`<form method="post" action="/control" class="control-form" novalidate>
${selectField({ id: "standIn", lang, label: t.standIn, required: true, value: typed.standIn ?? "", error: error("standIn"), options: STAND_INS.map((value) => ({ value, label: t.standIns[value] ?? value })) })}
${selectField({ id: "behaviour", lang, label: t.behaviour, required: true, value: typed.behaviour ?? "", error: error("behaviour"), options: BEHAVIOUR_KINDS.map((value) => ({ value, label: t.behaviours[value] ?? value })) })}
${textField({ id: "code", lang, label: t.code, hint: t.codeHint, required: false, width: 5, inputMode: "numeric", value: typed.code, error: error("code") })}
${textField({ id: "ms", lang, label: t.ms, hint: t.msHint, required: false, width: 10, inputMode: "numeric", value: typed.ms, error: error("ms") })}
${textField({ id: "times", lang, label: t.times, hint: t.timesHint, required: false, width: 5, inputMode: "numeric", value: typed.times, error: error("times") })}
${selectField({
  id: "scope",
  lang,
  label: t.scope,
  required: true,
  placeholder: false,
  value: typed.scope ?? "next",
  error: error("scope"),
  options: [
    { value: "next", label: t.scopeNext },
    { value: "always", label: t.scopeAlways },
  ],
})}
<div class="control-form__wide">${button({ label: t.give })}</div></form>`;
}

function payments(rows: readonly RecentPayment[], t: Words): Html {
  if (rows.length === 0) return emptyState({ title: t.noPayments, text: t.noPaymentsText });
  return table({
    caption: t.payments,
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.colTime,
        head: true,
        cell: (row) => html`<time datetime="${row.createdAt}">${formatDateTimeSeconds(new Date(row.createdAt))}</time>`,
      },
      { label: t.colProvider, cell: (row) => t.standIns[row.provider] ?? row.provider },
      { label: t.colOrder, cell: (row) => html`${row.orderInfo}<br><span class="muted small">${row.order}</span>` },
      { label: t.colAmount, money: true, cell: (row) => formatDong(row.amount) },
      { label: t.colResult, cell: (row) => result(row, t) },
      { label: t.colCallback, cell: (row) => callback(row, t) },
    ],
  });
}

function result(row: RecentPayment, t: Words): Html {
  if (row.state === "reversed") return statusTag({ tone: "danger", icon: "cross", label: t.resultReversed });
  if (row.state === "paid") return statusTag({ tone: "success", icon: "check", label: t.resultPaid });
  if (row.state === "failed")
    return statusTag({ tone: "danger", icon: "cross", label: `${t.resultFailed} (${row.code})` });
  return statusTag({ tone: "quiet", icon: "clock", label: row.state === "pending" ? t.resultPending : t.resultOpen });
}

function callback(row: RecentPayment, t: Words): Html {
  if (row.callback === "none") return html`${t.callbackNone}`;
  const action = (variant: string, label: string) =>
    html`<form method="post" action="/control/callbacks">${hiddenField("provider", row.provider)}${hiddenField("order", row.order)}${hiddenField("variant", variant)}<button class="link-button" type="submit">${label}<span class="govuk-visually-hidden"> ${row.order}</span></button></form>`;
  return html`${row.callback === "done" ? t.callbackDone : t.callbackWaiting}<div class="row-actions">${action("true", t.sendAgain)}${action("forged", t.sendForged)}</div>`;
}
