import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, buttonGroup, summaryList } from "#kit/ui/index.ts";
import { filingMessages } from "../filing-messages.ts";
import { dossierPaths } from "../paths.ts";

export interface FilingSentProps {
  readonly lang: Lang;
  readonly dossierId: string;
  readonly number: number;
  readonly procedure: string;
  readonly agency: string;
  readonly filedAt: string;
  readonly files: number;
  /** Sum to pay in đồng; 0 = nothing. */
  readonly totalDue: number;
  readonly paid: boolean;
  readonly payLabel: string;
  readonly accountLabel: string;
}

export function filingSentPage(props: FilingSentProps): Html {
  const { lang } = props;
  const t = filingMessages[lang].sent;
  const owes = props.totalDue > 0 && !props.paid;
  return html`<div class="filing-sent"><div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${t.title}</h1><div class="govuk-panel__body">${t.number}<br><strong>${props.number}</strong></div></div>${
    owes
      ? html`<section class="filing-pay"><p class="filing-pay__amount"><span>${t.feeDue}</span> <strong class="money">${formatDong(props.totalDue)}</strong></p><p>${t.pay}</p>${buttonGroup(button({ label: props.payLabel, href: dossierPaths.payment(props.dossierId) }))}</section>`
      : html`<p>${t.noFee}</p>`
  }<h2 class="govuk-heading-m">${t.next}</h2><p>${t.paper}</p>${summaryList([
    { key: t.procedure, value: props.procedure },
    { key: t.agency, value: props.agency },
    { key: t.filedAt, value: props.filedAt },
    { key: t.files, value: String(props.files) },
  ])}${buttonGroup(
    button({ label: t.view, kind: "secondary", href: dossierPaths.dossier(props.dossierId) }),
    button({ label: props.accountLabel, kind: "secondary", href: dossierPaths.account() }),
  )}</div>`;
}
