import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  checkboxesField,
  type Column,
  emptyState,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  statusTag,
  table,
  textField,
} from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import { messages } from "../messages.ts";
import type { Refund, RefundDue } from "../refund.ts";
import { stepMessages } from "../step-messages.ts";
import { type ByHandProps, transferSections, wishSection } from "./by-hand-sections.ts";

export interface RefundsPageProps extends ByHandProps {
  readonly dues: readonly RefundDue[];
  readonly open: readonly Refund[];
  readonly done: readonly Refund[];
  /** Made before the click: one for each form that asks. */
  readonly newId: () => string;
  readonly said?: { readonly tone: "success" | "warning"; readonly text: string };
  readonly errors: readonly PageError[];
  readonly typed: Readonly<Record<"transaction" | "amount" | "reason" | "payee" | "byHand", string>>;
}

export function refundsPage(props: RefundsPageProps): Html {
  const { lang, errors, typed } = props;
  const t = messages[lang];
  const step = stepMessages[lang];
  const waiting = props.open.filter((refund) => refund.state === "requested");
  // An approved refund by hand stands among the transfers to be made.
  const moving = props.open.filter((refund) => refund.state !== "requested" && !refund.byHand);
  return html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1>
${props.said ? notice({ tone: props.said.tone, body: html`<p>${props.said.text}</p>`, live: true }) : null}
<p class="govuk-body">${t.lead}</p>
${wishSection(props)}
<section aria-labelledby="dues"><h2 class="govuk-heading-m" id="dues">${t.dues}</h2><p class="govuk-body">${t.duesText}</p>
${props.dues.length === 0 ? emptyState({ title: t.noDues }) : table({ caption: t.dues, hideCaption: true, rows: props.dues, columns: dueColumns(props) })}</section>
<section aria-labelledby="waiting"><h2 class="govuk-heading-m" id="waiting">${t.waiting}</h2>
${waiting.length === 0 ? html`<p class="govuk-body">${t.noWaiting}</p>` : table({ caption: t.waiting, hideCaption: true, rows: waiting, columns: [...refundColumns(props), { label: t.actions, cell: (refund) => decisions(props, refund) }] })}</section>
${moving.length > 0 ? html`<section aria-labelledby="moving"><h2 class="govuk-heading-m" id="moving">${t.moving}</h2>${table({ caption: t.moving, hideCaption: true, rows: moving, columns: [...refundColumns(props), stateColumn(lang)] })}</section>` : null}
${transferSections(props)}
<section class="panel-box" aria-labelledby="other"><h2 class="govuk-heading-m" id="other">${t.otherTitle}</h2><p class="govuk-body">${t.otherText}</p>
<form method="post" action="${operatorPaths.refunds}" novalidate>${hiddenField("id", props.newId())}
${textField({ id: "transaction", lang, label: t.transaction, required: true, autocomplete: "off", spellcheck: false, width: 30, value: typed.transaction, error: errorOf(errors, "transaction") })}
${textField({ id: "amount", lang, label: t.amount, hint: t.amountHint, required: true, inputMode: "numeric", autocomplete: "off", width: 10, value: typed.amount, error: errorOf(errors, "amount") })}
${textField({ id: "reason", lang, label: t.why, hint: t.otherReasonHint, required: true, autocomplete: "off", maxLength: 300, value: typed.reason, error: errorOf(errors, "reason") })}
${checkboxesField({ id: "by-hand", lang, label: step.way, options: [{ value: "co", label: step.byHand, hint: step.byHandHint }], values: typed.byHand ? ["co"] : [] })}
${textField({ id: "payee", lang, label: step.payee, hint: t.payeeHint, autocomplete: "off", maxLength: 300, value: typed.payee, error: errorOf(errors, "payee") })}
${button({ label: t.ask, once: true })}</form></section>
${props.done.length > 0 ? html`<section aria-labelledby="done"><h2 class="govuk-heading-m" id="done">${t.done}</h2>${table({ caption: t.done, hideCaption: true, rows: props.done, columns: [...refundColumns(props), { label: t.decidedBy, cell: (refund) => refund.decidedByName ?? "" }, stateColumn(lang)] })}</section>` : null}`;
}

function dueColumns(props: RefundsPageProps): Column<RefundDue>[] {
  const t = messages[props.lang];
  return [
    {
      label: t.transaction,
      head: true,
      cell: (due) => html`${due.hubTransaction}<br><span class="muted">${due.information}</span>`,
    },
    { label: t.provider, cell: (due) => props.providerName(due.provider) },
    { label: t.amount, money: true, cell: (due) => formatDong(due.remaining) },
    { label: t.why, cell: (due) => t.reasons[due.reason] ?? due.reason },
    { label: t.since, cell: (due) => formatDateTime(due.since) },
    {
      label: t.actions,
      cell: (due) =>
        html`<form method="post" action="${operatorPaths.refunds}">${hiddenField("id", props.newId())}${hiddenField("transaction", due.hubTransaction)}${hiddenField("amount", String(due.remaining))}${hiddenField("reason", t.reasons[due.reason] ?? due.reason)}${button({ label: t.ask, small: true, kind: "secondary", once: true, ariaLabel: `${t.ask} ${due.hubTransaction}` })}</form>`,
    },
  ];
}

function refundColumns({ lang, providerName }: RefundsPageProps): Column<Refund>[] {
  const t = messages[lang];
  return [
    {
      label: t.transaction,
      head: true,
      cell: (refund) => html`${refund.hubTransaction}<br><span class="muted">${refund.information}</span>`,
    },
    { label: t.provider, cell: (refund) => providerName(refund.provider) },
    { label: t.amount, money: true, cell: (refund) => formatDong(refund.amount) },
    { label: t.captured, money: true, cell: (refund) => formatDong(refund.captured) },
    {
      label: t.why,
      cell: (refund) =>
        refund.byHand
          ? html`${refund.reason}<br><span class="muted">${stepMessages[lang].byHand}</span>`
          : refund.reason,
    },
    {
      label: t.who,
      cell: (refund) =>
        html`${refund.requestedByName}<br><span class="muted">${formatDateTime(refund.requestedAt)}</span>`,
    },
  ];
}

function stateColumn(lang: Lang): Column<Refund> {
  const t = messages[lang];
  return {
    label: t.state,
    cell: (refund) => {
      const label =
        refund.providerCode && refund.state === "declined"
          ? `${t.states[refund.state]} (${refund.providerCode})`
          : t.states[refund.state];
      if (refund.state === "refunded") return statusTag({ tone: "success", icon: "check", label });
      if (refund.state === "declined" || refund.state === "refused")
        return statusTag({ tone: "danger", icon: "cross", label });
      return statusTag({ tone: "info", icon: "clock", label });
    },
  };
}

function decisions(props: RefundsPageProps, refund: Refund): Html {
  const t = messages[props.lang];
  if (refund.requestedBy === props.operatorId) return html`<span class="muted">${t.yours}</span>`;
  return html`<form method="post" action="${operatorPaths.refunds}/${refund.id}">${button({ label: t.approve, small: true, name: "duyet", value: "co", once: true, ariaLabel: `${t.approve} ${refund.hubTransaction}` })}</form>
<a class="govuk-link" href="${operatorPaths.refunds}/${refund.id}">${stepMessages[props.lang].refuseLink}<span class="govuk-visually-hidden"> ${refund.hubTransaction}</span></a>`;
}
