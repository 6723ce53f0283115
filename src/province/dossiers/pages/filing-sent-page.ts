import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, buttonGroup, summaryList } from "#kit/ui/index.ts";
import { placeName } from "#province/tenants/index.ts";
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
  /** What is to be paid, in đồng: by dossier, for each part of a linked filing; empty = nothing. */
  readonly owed: readonly { readonly dossierId: string; readonly name: string; readonly total: number }[];
  readonly linked: boolean;
  readonly payLabel: string;
  readonly accountLabel: string;
}

function payment({ dossierId, name, total }: FilingSentProps["owed"][number], props: FilingSentProps): Html {
  const t = filingMessages[props.lang].sent;
  return html`<section class="filing-pay"><p class="filing-pay__amount"><span>${props.linked ? name : t.feeDue}</span> <strong class="money">${formatDong(total)}</strong></p><p>${t.pay}</p>${buttonGroup(button({ label: props.payLabel, href: dossierPaths.payment(dossierId), ...(props.linked ? { ariaLabel: `${props.payLabel}: ${name}` } : {}) }))}</section>`;
}

export function filingSentPage(props: FilingSentProps): Html {
  const { lang } = props;
  const t = filingMessages[lang].sent;
  const owes = props.owed.length > 0;
  return html`<div class="filing-sent"><div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${t.title}</h1><div class="govuk-panel__body">${t.number}<br><strong>${props.number}</strong></div></div>${
    owes ? props.owed.map((one) => payment(one, props)) : html`<p>${t.noFee}</p>`
  }<h2 class="govuk-heading-m">${t.next}</h2>${props.linked ? html`<p>${t.linked}</p>` : null}<p>${t.paper}</p>${summaryList(
    [
      { key: t.procedure, value: props.procedure },
      { key: t.agency, value: placeName(props.agency, props.lang) },
      { key: t.filedAt, value: props.filedAt },
      { key: t.files, value: String(props.files) },
    ],
  )}${buttonGroup(
    button({ label: t.view, kind: "secondary", href: dossierPaths.dossier(props.dossierId) }),
    button({ label: props.accountLabel, kind: "secondary", href: dossierPaths.account() }),
  )}</div>`;
}
