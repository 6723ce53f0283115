import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, buttonGroup, errorSummary, otpField } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import type { VnpayPayment } from "../vnpay-book.ts";
import { BANKS } from "../vnpay-codes.ts";

/** The bank asks for the code it has sent. */
export function bankOtpPage(props: {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly payment: Pick<VnpayPayment, "payId" | "orderInfo" | "amount" | "card">;
  readonly wrong?: boolean;
}): Html {
  const { lang, payment } = props;
  const t = messages[lang];
  const errors = props.wrong ? [{ field: "otp", message: t.wrongOtp }] : [];
  return props.shell({
    lang,
    title: t.bankOtpTitle,
    of: BANKS.find((bank) => bank.code === payment.card?.bankCode)?.name ?? "VNPAY",
    width: "narrow",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.bankOtpTitle}</h1>
<p class="govuk-body">${payment.orderInfo} · <strong class="tabular">${formatDong(payment.amount)}</strong></p>
<p class="govuk-body">${t.bankOtpLead} <strong class="tabular">${payment.card?.lastFour ?? ""}</strong>.</p>
<form method="post" action="/vnpay/paymentv2/otp/${payment.payId}" novalidate>
${otpField({ id: "otp", lang, label: t.bankOtp, required: true, error: errors[0]?.message })}
${buttonGroup(button({ label: t.confirm, name: "action", value: "pay", once: true }), button({ label: t.cancelPayment, kind: "secondary", name: "action", value: "cancel", noValidate: true }))}
</form>`,
  });
}
