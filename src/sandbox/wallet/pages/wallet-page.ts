import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, buttonGroup, details, errorSummary, summaryList, textField } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import type { WalletPayment } from "../wallet-book.ts";

export interface WalletPageProps {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  /** In the address of the form. */
  readonly id: string;
  readonly name: string;
  readonly payment: Pick<WalletPayment, "payId" | "orderInfo" | "amount" | "merchant">;
  readonly wallets: readonly { readonly phone: string; readonly result: string }[];
  readonly typed: { readonly phone: string };
  readonly wrong?: {
    readonly field: "phone" | "password" | "otp";
    readonly reason: "unknown-wallet" | "wrong-password" | "wrong-otp";
  };
}

/** The payer's wallet: order on top, then number, password and code, "Xác nhận thanh toán" or "Hủy giao dịch". */
export function walletPage(props: WalletPageProps): Html {
  const { lang, payment, wrong, name } = props;
  const t = messages[lang];
  const reasons = { "unknown-wallet": t.wrongWallet, "wrong-password": t.wrongPassword, "wrong-otp": t.wrongWalletOtp };
  const errors = wrong ? [{ field: wrong.field, message: reasons[wrong.reason] }] : [];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const title = t.walletTitle(name);
  return props.shell({
    lang,
    title,
    of: name,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${title}</h1>
<section class="order-block" aria-labelledby="order-title"><h2 class="govuk-heading-s" id="order-title">${t.orderInfo}</h2>${summaryList(
      [
        { key: t.order, value: payment.orderInfo },
        { key: t.provider, value: payment.merchant },
        { key: t.fee, value: formatDong(0) },
        { key: t.amount, value: html`<strong class="tabular">${formatDong(payment.amount)}</strong>` },
      ],
    )}</section>
<form method="post" action="/${props.id}/vi/${payment.payId}" novalidate>
${textField({ id: "phone", lang, label: t.momoPhone, type: "tel", inputMode: "tel", autocomplete: "tel", width: 20, required: true, value: props.typed.phone, error: errorOf("phone") })}
${textField({ id: "password", lang, label: t.momoPassword, type: "password", inputMode: "numeric", autocomplete: "off", width: 20, required: true, hint: t.momoHint, error: errorOf("password") })}
${textField({ id: "otp", lang, label: t.momoOtp, inputMode: "numeric", autocomplete: "one-time-code", width: 10, required: true, error: errorOf("otp") })}
${buttonGroup(button({ label: t.momoPay, name: "action", value: "pay", once: true }), button({ label: t.cancelPayment, kind: "secondary", name: "action", value: "cancel", noValidate: true }))}
</form>
${details(t.momoWallets, html`<ul class="govuk-list">${props.wallets.map((wallet) => html`<li><span class="tabular">${wallet.phone}</span>: ${t.resultWord[wallet.result] ?? wallet.result}</li>`)}</ul>`)}`,
  });
}
