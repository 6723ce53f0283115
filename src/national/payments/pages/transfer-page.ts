import { html, type Html, unescapedHtml } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { button, buttonGroup, notice, summaryList } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { paymentPaths } from "../paths.ts";

export interface TransferPageProps {
  readonly lang: Lang;
  readonly attemptId: string;
  readonly information: string;
  readonly bankName: string;
  readonly account: string;
  readonly holder: string;
  readonly amount: number;
  /** By which the transfer is found again. */
  readonly content: string;
  /** "09:45 02/03/2026" */
  readonly until: string;
  /** Drawn by us from the code's text: no foreign markup in it. */
  readonly qrSvg: string;
  readonly statusUrl: string;
  readonly state: "open" | "verifying";
  /** Transfers that named this payment and are not it. */
  readonly others: readonly { readonly amount: number; readonly time: string }[];
  /** A bank's app with everything filled in. */
  readonly appUrl?: string;
}

/** The QR code, and beside it the same as words for who types by hand. */
export function transferPage(props: TransferPageProps): Html {
  const { lang } = props;
  const t = messages[lang];
  return html`<h1 class="govuk-heading-l">${t.transferTitle}</h1>
<p class="govuk-body">${t.transferLead}</p>
${props.others.map((one) => notice({ tone: "warning", title: t.transferOtherTitle, body: html`<p>${t.transferOther(formatDong(one.amount), one.time)}</p>` }))}
<div class="pay-transfer"><div class="pay-qr" role="img" aria-label="${t.qrLabel(formatDong(props.amount), props.content)}">${unescapedHtml(props.qrSvg)}</div>
<div class="pay-transfer__facts">${summaryList([
    { key: t.transferAmount, value: html`<strong class="pay-total">${formatInteger(props.amount)} VND</strong>` },
    { key: t.transferContent, value: html`<strong class="pay-content">${props.content}</strong>` },
    { key: t.transferAccount, value: html`<span class="tabular">${props.account}</span>` },
    { key: t.transferBank, value: props.bankName },
    { key: t.transferHolder, value: props.holder },
    { key: t.order, value: props.information },
    { key: t.transferUntil, value: props.until },
  ])}</div></div>
${notice({ tone: "info", body: html`<p>${t.transferExact}</p>` })}
<status-watch data-url="${props.statusUrl}" data-state="${props.state}"></status-watch>
${buttonGroup(
  button({ label: t.transferDone, href: paymentPaths.result(props.attemptId) }),
  props.appUrl ? button({ label: t.transferApp, href: props.appUrl, kind: "secondary" }) : null,
)}
<form method="post" action="${paymentPaths.giveUp(props.attemptId)}"><button class="link-button" type="submit">${t.otherWay}</button></form>`;
}
