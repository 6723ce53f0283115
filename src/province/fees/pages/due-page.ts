import { formatDate, formatDateTimeSeconds } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { backLink, button, buttonGroup, hiddenField, inVietnamese, notice, summaryList } from "#kit/ui/index.ts";
import type { Obligation, ObligationLine, PayeeAccount, Transaction } from "../fee.ts";
import { messages } from "../messages.ts";
import { payMessages } from "../pay-messages.ts";
import { feePaths } from "../paths.ts";
import { payLinkShare } from "./pay-link-page.ts";
import { transactionTable } from "./transaction-table.ts";

export interface DuePageProps {
  readonly lang: Lang;
  readonly dossierId: string;
  /** Code once received, number before. */
  readonly dossierName: string;
  readonly procedureName: string;
  /** undefined: nothing is due. */
  readonly obligation: Obligation | undefined;
  readonly payee: PayeeAccount;
  readonly transactions: readonly Transaction[];
  readonly stand: "nothing-due" | "due" | "verifying" | "paid" | "exempt" | "over";
  /** What the last press or return told, once. */
  readonly news: "hub-silent" | "refused" | "failed" | "unpaid" | undefined;
  /** Made with this page: pressing twice is one request. */
  readonly requestId: string;
  /** The owner's label: "Thanh toán trên Cổng DVCQG". */
  readonly payLabel: string;
  /** By which somebody else can pay. */
  readonly share?: readonly { readonly address: string; readonly qr: string }[];
}

/** What the dossier owes, to whom, and how it stands with paying it. */
export function duePage(props: DuePageProps): Html {
  const { lang, dossierId, obligation } = props;
  const t = messages[lang];
  const back = backLink(lang, feePaths.dossier(dossierId), t.backToDossier);
  if (!obligation || props.stand === "nothing-due") {
    return html`${back}<h1 class="govuk-heading-l">${t.nothingDueTitle}</h1><p class="govuk-body">${t.nothingDueText}</p>`;
  }
  const history =
    props.transactions.length > 0 ? transactionTable(lang, t.transactionsOfDossier, props.transactions) : null;
  return html`${back}
<h1 class="govuk-heading-l">${t.dueTitle}</h1>
${newsOf(lang, props.news)}${standOf(props, obligation)}
<p class="govuk-body">${t.dossier} <strong class="tabular">${props.dossierName}</strong> · ${props.procedureName}</p>
${obligation.reason ? html`<p class="govuk-body"><strong>${payMessages[lang].why}:</strong> ${obligation.reason}</p>` : null}
${dueTable(lang, obligation)}
${props.stand === "due" ? payForm(props, obligation) : null}
${props.stand === "due" ? props.share?.map(({ address, qr }) => payLinkShare(lang, address, qr)) : null}
${history}`;
}

function newsOf(lang: Lang, news: DuePageProps["news"]): Html | null {
  const t = messages[lang];
  if (news === "hub-silent")
    return notice({ tone: "warning", live: true, title: t.hubSilentTitle, body: html`<p>${t.hubSilentText}</p>` });
  if (news === "refused")
    return notice({ tone: "danger", live: true, title: t.refusedTitle, body: html`<p>${t.refusedText}</p>` });
  if (news === "failed")
    return notice({ tone: "danger", live: true, title: t.failedTitle, body: html`<p>${t.failedText}</p>` });
  if (news === "unpaid")
    return notice({ tone: "info", live: true, title: t.unpaidTitle, body: html`<p>${t.unpaidText}</p>` });
  return null;
}

function standOf(
  { lang, stand, dossierId, requestId, transactions }: DuePageProps,
  obligation: Obligation,
): Html | null {
  const t = messages[lang];
  if (stand === "paid") {
    const when = obligation.paidAt ? html`<p>${t.paidAt(formatDateTimeSeconds(obligation.paidAt))}</p>` : null;
    const disputed = transactions.some((row) => row.state === "succeeded" && row.dispute === "open");
    return html`${notice({ tone: "success", live: true, title: t.paidTitle, body: when })}${disputed ? notice({ tone: "warning", title: t.disputed, body: html`<p>${t.disputedText}</p>` }) : null}`;
  }
  if (stand === "exempt")
    return notice({
      tone: "success",
      title: payMessages[lang].exemptTitle,
      body: html`<p>${payMessages[lang].exemptText}</p>`,
    });
  if (stand === "over") return notice({ tone: "info", title: t.overTitle, body: html`<p>${t.overText}</p>` });
  if (stand === "verifying") {
    // The hub's page of the unfinished attempt knows what may be done: going on, or another bank once nothing is in flight.
    const onward = html`<form method="post" action="${feePaths.payment(dossierId)}">${hiddenField("yeu-cau", requestId)}${buttonGroup(
      button({ label: t.continueThere, kind: "secondary", once: true }),
      html`<a class="govuk-link" href="${feePaths.payment(dossierId)}">${t.lookAgain}</a>`,
    )}</form>`;
    return html`${notice({ tone: "info", live: true, title: t.verifyingTitle, body: html`<p>${t.verifyingText}</p>${onward}` })}<status-watch data-url="${feePaths.status(dossierId)}" data-state="verifying"></status-watch>`;
  }
  return null;
}

function dueTable(lang: Lang, obligation: Obligation): Html {
  const t = messages[lang];
  return html`<table class="grid pay-dues"><caption class="govuk-visually-hidden">${t.what}</caption><thead><tr><th scope="col">${t.what}</th><th scope="col" class="money">${t.amount}</th></tr></thead><tbody>${obligation.lines.map(
    (line) =>
      html`<tr><td>${lineWords(lang, line)}</td><td class="money">${line.exemption && line.amount === 0 ? t.exempt : formatDong(line.amount)}</td></tr>`,
  )}</tbody><tfoot><tr><th scope="row">${t.total}</th><td class="money"><strong class="pay-total">${formatDong(obligation.total)}</strong></td></tr></tfoot></table>`;
}

function lineWords(lang: Lang, line: ObligationLine): Html {
  const t = messages[lang];
  const counted =
    line.quantity !== null && line.unitAmount !== null
      ? `${formatInteger(line.quantity)} × ${formatDong(line.unitAmount)}`
      : undefined;
  const { exemption } = line;
  const more = [
    t.kind[line.kind],
    counted,
    exemption?.reason[lang],
    exemption?.proof ? payMessages[lang].proof(exemption.proof) : undefined,
    inVietnamese(exemption?.basis || line.basis, lang),
    line.refundable ? undefined : payMessages[lang].notRefundable,
  ].filter(Boolean);
  return html`${line.name[lang]}<span class="pay-more">${more.map((one, index) => html`${index > 0 ? " · " : null}${one}`)}</span>`;
}

function payForm(props: DuePageProps, obligation: Obligation): Html {
  const { lang, payee } = props;
  const t = messages[lang];
  return html`<h2 class="govuk-heading-m">${t.payeeTitle}</h2>
${summaryList([
  { key: t.holder, value: payee.holderName[lang] },
  { key: t.bank, value: payee.bankName },
  { key: t.account, value: html`<span class="tabular">${payee.account}</span>` },
  { key: t.dueBefore, value: formatDate(obligation.dueAt) },
])}
<p class="govuk-body">${t.payText}</p>
<form method="post" action="${feePaths.payment(props.dossierId)}">${hiddenField("yeu-cau", props.requestId)}
${buttonGroup(button({ label: props.payLabel, once: true }))}</form>`;
}
