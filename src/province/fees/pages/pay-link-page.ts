import { html, type Html, unescapedHtml } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, hiddenField, notice, summaryList } from "#kit/ui/index.ts";
import { payMessages } from "../pay-messages.ts";
import { feePaths } from "../paths.ts";

export interface PayLinkProps {
  readonly lang: Lang;
  readonly code: string;
  readonly orderText: string;
  /** Masked. */
  readonly applicant: string;
  readonly payee: string;
  readonly amount: number;
  readonly stand: "due" | "verifying" | "paid" | "gone";
  readonly news: "hub-silent" | "refused" | "failed" | "unpaid" | undefined;
  readonly requestId: string;
}

/** Paying for somebody else: no sign-in, no more than is needed to pay. */
export function payLinkPage(props: PayLinkProps): Html {
  const { lang, code, stand } = props;
  const t = payMessages[lang];
  return html`<h1 class="govuk-heading-l">${t.linkTitle}</h1>
${newsOf(props)}${standOf(props)}
${stand === "due" ? html`<p class="govuk-body">${t.linkLead}</p>` : null}
${summaryList([
  { key: t.order, value: props.orderText },
  { key: t.payer, value: props.applicant },
  { key: t.payee, value: props.payee },
  { key: t.amount, value: html`<strong class="pay-total">${formatDong(props.amount)}</strong>` },
])}
${stand === "due" ? html`<form method="post" action="${feePaths.payLink(code)}">${hiddenField("yeu-cau", props.requestId)}${button({ label: t.pay, once: true })}</form>` : null}`;
}

function newsOf({ lang, news, stand }: PayLinkProps): Html | null {
  const t = payMessages[lang];
  if (!news || stand !== "due") return null;
  const text = { "hub-silent": t.hubSilent, refused: t.refused, failed: t.failed, unpaid: t.unpaid }[news];
  return notice({
    tone: news === "unpaid" ? "info" : news === "hub-silent" ? "warning" : "danger",
    live: true,
    body: html`<p>${text}</p>`,
  });
}

function standOf({ lang, stand, code }: PayLinkProps): Html | null {
  const t = payMessages[lang];
  switch (stand) {
    case "due":
      return null;
    case "paid":
      return notice({ tone: "success", live: true, title: t.paidTitle, body: html`<p>${t.paidText}</p>` });
    case "gone":
      return notice({ tone: "info", title: t.goneTitle, body: html`<p>${t.goneText}</p>` });
    case "verifying":
      return html`${notice({
        tone: "warning",
        live: true,
        title: t.waitTitle,
        body: html`<p>${t.waitText}</p><p><a class="govuk-link" href="${feePaths.payLink(code)}">${t.lookAgain}</a></p>`,
      })}<status-watch data-url="${feePaths.payLinkStatus(code)}" data-state="verifying"></status-watch>`;
  }
}

/** The address and its QR code, on the pages of the person who asks somebody else. `qr`: SVG made by ourselves. */
export function payLinkShare(lang: Lang, address: string, qr: string): Html {
  const t = payMessages[lang];
  return html`<section class="pay-share" aria-labelledby="pay-share"><h2 class="govuk-heading-m" id="pay-share">${t.shareTitle}</h2><div class="pay-share__body"><div class="pay-share__qr" role="img" aria-label="${t.qrAlt}">${unescapedHtml(qr)}</div><div><p class="govuk-body">${t.shareText}</p><p class="pay-share__address"><a class="govuk-link" href="${address}">${address}</a></p></div></div></section>`;
}

/** For a browser that is back from the hub and is not the applicant's: one word, nothing about the dossier. */
export function payResultPage(lang: Lang, outcome: "paid" | "verifying" | "failed" | "unpaid", signIn: string): Html {
  const t = payMessages[lang];
  const tone = { paid: "success", verifying: "warning", failed: "danger", unpaid: "info" } as const;
  return html`<h1 class="govuk-heading-l">${t.resultTitle}</h1>${notice({ tone: tone[outcome], live: true, body: html`<p>${t.results[outcome]}</p>` })}<p class="govuk-body"><a class="govuk-link" href="${signIn}">${t.resultSignIn}</a></p>`;
}
