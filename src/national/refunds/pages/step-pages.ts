import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  checkboxesField,
  dateField,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  type SummaryRow,
  summaryList,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import type { TransferToMake } from "../hand-transfer-view.ts";
import { messages } from "../messages.ts";
import type { Refund, RefundWish } from "../refund.ts";
import { stepMessages } from "../step-messages.ts";

interface Step {
  readonly lang: Lang;
  readonly errors: readonly PageError[];
  readonly typed: Readonly<Record<string, string>>;
}

export interface WishPageProps extends Step {
  readonly wish: RefundWish;
  readonly merchantName: string;
  readonly providerName: string;
  readonly canRefund: boolean;
  /** Made before the click. */
  readonly newId: string;
}

/** One request of an agency: taken up by this operator, or refused with a reason. */
export function wishPage(props: WishPageProps): Html {
  const { lang, errors, typed, wish, merchantName, canRefund, newId } = props;
  const t = stepMessages[lang];
  const action = `${operatorPaths.refunds}/de-nghi/${wish.id}`;
  const byHand = canRefund
    ? checkboxesField({
        id: "bang-tay",
        lang,
        label: t.way,
        options: [{ value: "co", label: t.byHand, hint: t.byHandHint }],
        values: typed["bang-tay"] ? ["co"] : [],
        error: errorOf(errors, "bang-tay"),
      })
    : notice({ tone: "info", body: html`<p>${t.byHandOnly}</p>` });
  return html`${frame(lang, t.wishTitle, errors)}${summaryList([
    { key: t.merchant, value: merchantName },
    ...paymentFacts(lang, wish, props.providerName),
    { key: messages[lang].why, value: wish.reason },
    { key: t.payee, value: wish.payee },
    { key: messages[lang].since, value: formatDateTime(wish.receivedAt) },
  ])}
<form method="post" action="${action}" novalidate>${hiddenField("id", newId)}${hiddenField("viec", "nhan")}${byHand}${button({ label: t.takeUp, once: true, id: "nhan" })}</form>
<section class="panel-box" aria-labelledby="khong-hoan"><h2 class="govuk-heading-m" id="khong-hoan">${t.refuseTitle}</h2>
<form method="post" action="${action}" novalidate>${hiddenField("viec", "tu-choi")}${reasonField(lang, errors, typed)}${button({ label: t.refuse, kind: "secondary", once: true })}</form></section>`;
}

export interface RefusePageProps extends Step {
  readonly refund: Refund;
  readonly providerName: string;
}

/** The second person says no, and why. */
export function refusePage({ lang, errors, typed, refund, providerName }: RefusePageProps): Html {
  const t = stepMessages[lang];
  return html`${frame(lang, t.decideTitle, errors)}${summaryList([
    ...paymentFacts(lang, refund, providerName),
    { key: messages[lang].why, value: refund.reason },
    { key: messages[lang].who, value: `${refund.requestedByName}, ${formatDateTime(refund.requestedAt)}` },
  ])}
<form method="post" action="${operatorPaths.refunds}/${refund.id}" novalidate>${hiddenField("duyet", "khong")}${reasonField(lang, errors, typed)}${button({ label: t.decideTitle, once: true })}</form>`;
}

export interface TransferPageProps extends Step {
  readonly transfer: TransferToMake;
  readonly newId: string;
}

/** What was transferred at the bank: booking number and day. */
export function recordTransferPage({ lang, errors, typed, transfer, newId }: TransferPageProps): Html {
  const t = stepMessages[lang];
  return html`${frame(lang, t.recordTitle, errors)}${summaryList([
    { key: t.what, value: `${t.whats[transfer.what]} ${transfer.name}` },
    { key: messages[lang].amount, value: html`<strong>${formatDong(transfer.amount)}</strong>` },
    { key: t.payee, value: transfer.payee },
    { key: messages[lang].why, value: transfer.note },
  ])}
<form method="post" action="${operatorPaths.transfersOut}/${transfer.what}/${transfer.id}" novalidate>${hiddenField("id", newId)}
${textField({ id: "but-toan", lang, label: t.reference, hint: t.referenceHint, required: true, autocomplete: "off", spellcheck: false, width: 30, maxLength: 64, value: typed["but-toan"] ?? "", error: errorOf(errors, "but-toan") })}
${dateField({ id: "ngay", lang, label: t.day, required: true, value: typed["ngay"] ?? "", error: errorOf(errors, "ngay") })}
${button({ label: t.record, once: true })}</form>`;
}

function frame(lang: Lang, title: string, errors: readonly PageError[]): Html {
  return html`${backLink(lang, operatorPaths.refunds, stepMessages[lang].back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${title}</h1>`;
}

function paymentFacts(
  lang: Lang,
  one: Pick<Refund, "hubTransaction" | "information" | "amount" | "captured">,
  providerName: string,
): SummaryRow[] {
  const t = messages[lang];
  return [
    { key: t.transaction, value: html`<span class="tabular">${one.hubTransaction}</span><br>${one.information}` },
    { key: t.provider, value: providerName },
    { key: t.amount, value: html`<strong>${formatDong(one.amount)}</strong>` },
    { key: t.captured, value: formatDong(one.captured) },
  ];
}

function reasonField(lang: Lang, errors: readonly PageError[], typed: Readonly<Record<string, string>>): Html {
  const t = stepMessages[lang];
  const id = "ly-do";
  return textareaField({
    id,
    lang,
    label: t.refuseReason,
    hint: t.refuseHint,
    rows: 3,
    maxLength: 500,
    required: true,
    value: typed[id] ?? "",
    error: errorOf(errors, id),
  });
}
