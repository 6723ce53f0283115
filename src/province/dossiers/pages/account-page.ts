import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, buttonGroup, emptyState, icon, pagination } from "#kit/ui/index.ts";
import { placeName } from "#province/tenants/index.ts";
import type { Dossier } from "../dossier.ts";
import { isOver } from "../dossier-lifecycle.ts";
import { draftMessages } from "../draft-messages.ts";
import { filingPaths } from "../filing-paths.ts";
import { messages } from "../messages.ts";
import { dossierPaths } from "../paths.ts";
import { stateTag } from "./state-tag.ts";

export interface AccountPageProps {
  readonly lang: Lang;
  readonly title: string;
  readonly transactionsLabel: string;
  readonly drafts: readonly Dossier[];
  readonly dossiers: readonly Dossier[];
  /** Beneath the row of a linked filing, by its id. */
  readonly parts: ReadonlyMap<string, Html>;
  readonly next: string | undefined;
  /** true on the second page and later */
  readonly further: boolean;
}

/** "Thông tin tài khoản": drafts to go on with, then the filed dossiers with every column of the source's table. */
export function accountPage(props: AccountPageProps): Html {
  const t = messages[props.lang].account;
  return html`<div class="account-head"><div><h1 class="govuk-heading-l">${props.title}</h1><p class="lead">${t.lead}</p></div>
<p class="account-head__links"><a class="govuk-link" href="${dossierPaths.transactions()}">${icon("money")} ${props.transactionsLabel}</a></p></div>
${props.drafts.length > 0 ? drafts(props) : null}
${props.dossiers.length > 0 ? filed(props) : nothing(props)}`;
}

function drafts({ lang, drafts: list }: AccountPageProps): Html {
  const t = messages[lang].account;
  const { remove } = draftMessages[lang].full;
  return html`<section aria-labelledby="drafts"><h2 class="govuk-heading-m" id="drafts">${t.drafts}</h2><ul class="account-drafts">${list.map(
    (draft) =>
      html`<li class="account-drafts__item"><div><p class="account-drafts__name">${draft.procedure.name[lang]}</p><p class="muted small">${placeName(draft.agency.name, lang)}. ${t.draftSaved} ${formatDateTime(draft.updatedAt)}</p></div>${buttonGroup(
        button({
          label: t.continueDraft,
          href: dossierPaths.dossier(draft.id),
          kind: "secondary",
          small: true,
          ariaLabel: `${t.continueDraft}: ${draft.procedure.name[lang]}`,
        }),
        html`<a class="govuk-link" href="${filingPaths.discard(draft.id)}" aria-label="${remove}: ${draft.procedure.name[lang]}">${remove}</a>`,
      )}</li>`,
  )}</ul></section>`;
}

function nothing({ lang, further }: AccountPageProps): Html {
  const t = messages[lang].account;
  if (further) return html`<p><a class="govuk-link" href="${dossierPaths.account()}">${t.newest}</a></p>`;
  return emptyState({
    title: t.none,
    text: t.noneText,
    action: html`<p>${button({ label: t.find, href: "/thu-tuc" })}</p>`,
  });
}

function filed(props: AccountPageProps): Html {
  const { lang } = props;
  const t = messages[lang].account;
  const c = t.columns;
  return html`<section aria-labelledby="filed"><h2 class="govuk-heading-m" id="filed">${t.filed}</h2>
<table class="account-table"><caption class="visually-hidden">${t.filed}</caption><thead><tr><th scope="col">${c.index}</th><th scope="col">${c.code}<br>${c.number}<br><span class="account-table__also">${c.applicant}</span></th><th scope="col">${c.procedure}<br><span class="account-table__also">${c.agency}, ${c.field}</span></th><th scope="col">${c.state}<br><span class="account-table__also">${c.reason}</span></th><th scope="col">${c.dates}</th><th scope="col">${c.actions}</th></tr></thead>
<tbody>${props.dossiers.map((dossier, index) => html`${row(dossier, index + 1, lang)}${beneath(props.parts.get(dossier.id))}`)}</tbody></table>
${pagination(lang, { ...(props.further ? { previous: dossierPaths.account() } : {}), next: props.next })}</section>`;
}

/** A linked filing is one row; its parts stand beneath it. */
function beneath(parts: Html | undefined): Html | null {
  return parts ? html`<tr class="account-table__parts"><td colspan="6">${parts}</td></tr>` : null;
}

function row(dossier: Dossier, index: number, lang: Lang): Html {
  const t = messages[lang].account;
  const c = t.columns;
  const dates: [string, Date | null][] = [
    [c.filedAt, dossier.filedAt],
    [c.updatedAt, dossier.updatedAt],
    [c.receivedAt, dossier.receivedAt],
    [c.dueAt, dossier.dueAt],
    [c.returnedAt, dossier.returnedAt],
  ];
  return html`<tr><td class="account-table__index" data-label="${c.index}">${index}</td>
<td class="account-table__ids"><span class="account-table__label">${c.code}: </span><span class="account-table__code">${dossier.code ?? html`<span class="muted">${dossier.linkedWhole === dossier.id ? t.codesOfParts : t.noCode}</span>`}</span><br><span class="account-table__label">${c.number}: </span><span class="account-table__number">${dossier.number}</span><br><span class="account-table__label">${c.applicant}: </span><span class="account-table__applicant">${dossier.applicant.name}</span></td>
<th scope="row" class="account-table__name"><a class="govuk-link" href="${dossierPaths.dossier(dossier.id)}">${dossier.procedure.name[lang]}</a><span class="account-table__where">${placeName(dossier.agency.name, lang)}<br>${dossier.procedure.fieldName[lang]}</span></th>
<td class="account-table__state">${stateTag(dossier, lang)}${dossier.reason ? html`<p class="account-table__reason">${dossier.reason}</p>` : null}</td>
<td><dl class="account-table__dates">${dates.filter(([, at]) => at !== null).map(([name, at]) => html`<div><dt>${name}</dt><dd>${at ? dayOf(name, at, dossier, lang) : ""}</dd></div>`)}</dl></td>
<td class="account-table__actions">${actions(dossier, lang)}</td></tr>`;
}

/** The appointment leads to its reasons. */
function dayOf(name: string, at: Date, dossier: Dossier, lang: Lang): Html {
  const t = messages[lang];
  if (name !== t.account.columns.dueAt || !dossier.dueExplanation || isOver(dossier.state))
    return html`${formatDate(at)}`;
  return html`<a class="govuk-link" href="${dossierPaths.dossier(dossier.id)}#vi-sao" title="${t.dossier.why}">${formatDate(at)}<span class="govuk-visually-hidden"> ${t.dossier.why}</span></a>`;
}

/** What waits for the person comes first and filled; the rest are links. */
function actions(dossier: Dossier, lang: Lang): Html {
  const t = messages[lang].account;
  const about = `${messages[lang].account.columns.number} ${dossier.number}`;
  return html`${dossier.state === "supplement-requested" ? button({ label: t.answer, href: dossierPaths.supplement(dossier.id), small: true, ariaLabel: `${t.answer}: ${about}` }) : null}${
    dossier.feeState === "due" && !dossier.ending
      ? button({ label: t.pay, href: dossierPaths.payment(dossier.id), small: true, ariaLabel: `${t.pay}: ${about}` })
      : null
  }${dossier.state === "returned" && dossier.resultFile ? button({ label: t.download, href: dossierPaths.resultFile(dossier.id), small: true, ariaLabel: `${t.download}: ${about}` }) : null}<a class="govuk-link" href="${dossierPaths.dossier(dossier.id)}">${t.view}<span class="govuk-visually-hidden">: ${about}</span></a>`;
}
