import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatInteger } from "#kit/money.ts";
import { button, buttonGroup, notice, summaryList } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { paymentPaths } from "../paths.ts";
import type { FailureWord } from "../decline-word.ts";

export interface ResultPageProps {
  readonly lang: Lang;
  readonly attemptId: string;
  readonly orderId: string;
  readonly information: string;
  readonly amount: number;
  readonly channelName: string;
  readonly providerName: string;
  readonly transaction: string;
  readonly time: string;
  readonly merchantName: string;
  readonly backUrl: string;
  readonly statusUrl: string;
  readonly stand:
    | { readonly kind: "paid"; readonly disputed?: boolean }
    /** A success that the bank or wallet took back. */
    | { readonly kind: "taken-back" }
    | { readonly kind: "to-be-returned" }
    | { readonly kind: "failed"; readonly reason: FailureWord }
    | { readonly kind: "open"; readonly payUrl: string }
    | { readonly kind: "verifying" };
  /** Paid by a transfer: the page with the code can be seen again while it has not arrived. */
  readonly transferUrl?: string;
  /** The payer asked for another way and it could not be allowed yet. */
  readonly mustWait: boolean;
}

/** Where the payer lands after the bank or wallet. It shows what is known; it decides nothing. */
export function resultPage(props: ResultPageProps): Html {
  return html`${headOf(props)}${factsOf(props)}${actionsOf(props)}`;
}

function headOf({ lang, stand, providerName, mustWait, transferUrl }: ResultPageProps): Html {
  const t = messages[lang];
  const wait = mustWait ? notice({ tone: "warning", body: html`<p>${t.stillUnknown}</p>` }) : null;
  if (stand.kind === "open" && transferUrl) {
    return html`<h1 class="govuk-heading-l">${t.transferOpenTitle}</h1>${notice({ tone: "info", body: html`<p>${t.transferOpenText}</p><p>${t.safeToLeave}</p>` })}${wait}`;
  }
  switch (stand.kind) {
    case "paid":
      return html`<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${t.paidTitle}</h1></div><p class="govuk-body">${t.paidText}</p>${stand.disputed ? notice({ tone: "warning", title: t.disputedTitle, body: html`<p>${t.disputedText(providerName)}</p>` }) : null}`;
    case "taken-back":
      return html`<h1 class="govuk-heading-l">${t.takenBackTitle}</h1>${notice({ tone: "warning", body: html`<p>${t.takenBackText(providerName)}</p>` })}`;
    case "to-be-returned":
      return html`<h1 class="govuk-heading-l">${t.returnedTitle}</h1><p class="govuk-body">${t.returnedText}</p>`;
    case "failed":
      return html`<h1 class="govuk-heading-l">${t.failedTitle}</h1>${notice({ tone: "danger", body: html`<p>${t.reasons[stand.reason]}</p><p>${t.failedKept}</p>` })}`;
    case "open":
      return html`<h1 class="govuk-heading-l">${t.openTitle}</h1><p class="govuk-body">${t.openText(providerName)} ${t.safeToLeave}</p>${wait}`;
    case "verifying":
      return html`<h1 class="govuk-heading-l">${t.verifyingTitle}</h1>${notice({ tone: "info", body: html`<p>${t.verifyingText(providerName)}</p><p>${t.verifyingWait}</p>` })}${wait}`;
  }
}

function factsOf(props: ResultPageProps): Html {
  const t = messages[props.lang];
  return summaryList([
    { key: t.order, value: props.information },
    { key: t.total, value: html`<strong class="pay-total">${formatInteger(props.amount)} VND</strong>` },
    { key: t.method, value: props.channelName },
    { key: t.transaction, value: html`<span class="tabular">${props.transaction}</span>` },
    { key: t.time, value: props.time },
  ]);
}

function actionsOf(props: ResultPageProps): Html {
  const { lang, stand, attemptId } = props;
  const t = messages[lang];
  const home = (kind?: "secondary") =>
    button({ label: t.backTo(props.merchantName), href: props.backUrl, ...(kind ? { kind } : {}) });
  switch (stand.kind) {
    case "paid":
    case "taken-back":
    case "to-be-returned":
      return buttonGroup(home());
    case "failed":
      return buttonGroup(button({ label: t.tryAgain, href: paymentPaths.order(props.orderId) }), home("secondary"));
    case "open":
      return html`<status-watch data-url="${props.statusUrl}" data-state="${stand.kind}"></status-watch>${buttonGroup(button({ label: props.transferUrl ? t.transferSee : t.continueAt(props.providerName), href: stand.payUrl }), home("secondary"))}${giveUpForm(attemptId, t.otherWay)}`;
    case "verifying":
      return html`<status-watch data-url="${props.statusUrl}" data-state="${stand.kind}"></status-watch>${buttonGroup(button({ label: t.lookAgain, href: paymentPaths.result(attemptId) }), props.transferUrl ? button({ label: t.transferSee, href: props.transferUrl, kind: "secondary" }) : null, home("secondary"))}${giveUpForm(attemptId, t.otherWay)}`;
  }
}

function giveUpForm(attemptId: string, label: string): Html {
  return html`<form method="post" action="${paymentPaths.giveUp(attemptId)}"><button class="link-button" type="submit">${label}</button></form>`;
}
