import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, buttonGroup, details, errorSummary, selectField, summaryList, textField } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import type { TypedCard } from "../vnpay-bank.ts";
import type { VnpayPayment } from "../vnpay-book.ts";
import { BANKS } from "../vnpay-codes.ts";
import type { BankCard } from "../vnpay-gateway.ts";

export interface CardPageProps {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly payment: Pick<VnpayPayment, "payId" | "orderInfo" | "amount" | "tmnCode" | "bankCode">;
  readonly cards: readonly BankCard[];
  readonly typed: TypedCard;
  readonly wrong?: "bank" | "name" | "number" | "issue" | "otp";
}

/** The bank's page for a domestic card, with the labels of the source: name, number, month and year of issue. */
export function cardPage(props: CardPageProps): Html {
  const { lang, payment, typed } = props;
  const t = messages[lang];
  const texts = { bank: t.wrongBank, name: t.wrongName, number: t.wrongNumber, issue: t.wrongIssue, otp: t.wrongOtp };
  const field = props.wrong === "issue" ? "month" : props.wrong;
  const errors = props.wrong && field ? [{ field, message: texts[props.wrong] }] : [];
  const errorOf = (id: string) => errors.find((error) => error.field === id)?.message;
  const bankName = BANKS.find((bank) => bank.code === payment.bankCode)?.name;
  return props.shell({
    lang,
    title: t.cardTitle,
    of: bankName ?? "VNPAY",
    width: "narrow",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.cardTitle}</h1>
<section class="order-block" aria-labelledby="order-title"><h2 class="govuk-heading-s" id="order-title">${t.orderInfo}</h2>${summaryList(
      [
        { key: t.amount, value: html`<strong class="tabular">${formatDong(payment.amount)}</strong>` },
        { key: t.order, value: payment.orderInfo },
        { key: t.provider, value: payment.tmnCode },
        { key: t.fee, value: formatDong(0) },
      ],
    )}</section>
<form method="post" action="/vnpay/paymentv2/the/${payment.payId}" novalidate autocomplete="off">
<p class="govuk-body"><strong>${t.cardForm}:</strong> ${t.cardFormValue}</p>
${selectField({ id: "bank", lang, label: t.cardBank, required: true, value: typed.bank, error: errorOf("bank"), options: BANKS.map((bank) => ({ value: bank.code, label: bank.name })) })}
${textField({ id: "name", lang, label: t.cardName, hint: t.cardNameHint, required: true, spellcheck: false, autocomplete: "off", value: typed.name, error: errorOf("name") })}
${textField({ id: "number", lang, label: t.cardNumber, required: true, inputMode: "numeric", autocomplete: "off", width: 30, value: typed.number, error: errorOf("number") })}
<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-label">${t.cardIssued}</legend><div class="issue-row">
${textField({ id: "month", lang, label: t.cardMonth, required: true, inputMode: "numeric", width: 3, maxLength: 2, autocomplete: "off", value: typed.month, error: errorOf("month") })}
${textField({ id: "year", lang, label: t.cardYear, required: true, inputMode: "numeric", width: 5, maxLength: 4, autocomplete: "off", value: typed.year })}
</div></fieldset>
${buttonGroup(button({ label: t.pay, name: "action", value: "pay", once: true }), button({ label: t.back, kind: "secondary", name: "action", value: "cancel", noValidate: true }))}
</form>
${details(t.testCards, html`<ul class="govuk-list test-cards">${props.cards.map((card) => html`<li><span class="tabular">${card.number}</span><br>${card.bank} · ${card.name} · ${card.issue} · OTP ${card.otp}<br>→ ${t.resultWord[card.result] ?? card.result}</li>`)}</ul>`)}`,
  });
}
