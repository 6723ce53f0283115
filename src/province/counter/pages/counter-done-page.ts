import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, buttonGroup, errorSummary, hiddenField, notice, type PageError, summaryList } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { type Dossier, whyThisDate } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";

export interface CounterDoneProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly slipId: string | undefined;
  /** What is owed now; đồng. */
  readonly owed: { readonly obligationId: string; readonly amount: number } | undefined;
  /** Of this page: pressed twice it is one payment. */
  readonly paymentId: string;
  /** đồng */
  readonly taken: number;
  readonly receipts: readonly string[];
  readonly errors: readonly PageError[];
}

/** What the person takes home: code, date, what is owed; and the way to the next one. */
export function counterDonePage(props: CounterDoneProps): Html {
  const { lang, dossier, slipId, owed, errors } = props;
  const t = messages[lang].done;
  const received = dossier.code !== null;
  return props.shell({
    lang,
    title: received ? t.title : t.filedTitle,
    viewer: props.viewer,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}${
      received
        ? html`<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${t.title}</h1><div class="govuk-panel__body">${t.code}<br><strong class="tabular">${dossier.code}</strong></div></div>`
        : html`<h1 class="govuk-heading-l">${t.filedTitle}</h1>${notice({ tone: "warning", body: html`<p>${t.filedText}</p>` })}`
    }${summaryList([
      { key: t.number, value: html`<span class="tabular">${dossier.number ?? ""}</span>` },
      { key: t.applicant, value: dossier.applicant.name },
      { key: t.procedure, value: pick(dossier.procedure.name, lang) },
      ...(dossier.dueAt
        ? [{ key: t.due, value: html`${formatDateTime(dossier.dueAt)}${whyThisDate(dossier.dueExplanation, lang)}` }]
        : []),
      { key: t.fee, value: owed ? html`<strong class="money">${formatDong(owed.amount)}</strong>` : t.noFee },
    ])}${
      received
        ? null
        : html`<form method="post" action="/ho-so/${dossier.id}/tiep-nhan">${hiddenField("version", String(dossier.version))}${button({ label: t.receive, once: true })}</form>`
    }${money(props)}${buttonGroup(
      slipId ? button({ label: t.print, href: `/ho-so/${dossier.id}/phieu/${slipId}.pdf` }) : null,
      button({ label: t.next, kind: "secondary", href: "/quay" }),
      button({ label: t.dossier, kind: "secondary", href: `/ho-so/${dossier.id}` }),
    )}`,
  });
}

/** Cash with one press, other ways on the dossier's own page; then the receipt. */
function money({ lang, dossier, owed, paymentId, taken, receipts }: CounterDoneProps): Html | null {
  const t = messages[lang].done;
  if (owed)
    return html`<form class="counter-cash" id="thu" method="post" action="/quay/xong/${dossier.id}">${hiddenField("khoan", owed.obligationId)}${hiddenField("so-tien", String(owed.amount))}${hiddenField("ma", paymentId)}${button({ label: t.cash(formatDong(owed.amount)), once: true })} <a class="govuk-link" href="/ho-so/${dossier.id}/phi">${t.pay}</a></form>`;
  if (taken === 0) return null;
  return notice({
    tone: "success",
    live: true,
    body: html`<p>${t.taken(formatDong(taken))} ${
      receipts.length === 0
        ? html`${t.receiptSoon} <a class="govuk-link" href="/quay/xong/${dossier.id}">${t.receiptAgain}</a>`
        : receipts.map(
            (id) => html`<a class="govuk-link" href="/quay/xong/${dossier.id}/bien-lai/${id}.pdf">${t.receipt}</a> `,
          )
    }</p>`,
  });
}
