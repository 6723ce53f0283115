import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, notice } from "#kit/ui/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import type { WalletPayment } from "../wallet-book.ts";

/** The wallet has taken the request and says nothing: do not pay again. */
export function waitingPage(props: {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly name: string;
  readonly payment: Pick<WalletPayment, "orderInfo" | "amount">;
  readonly back: string;
}): Html {
  const t = messages[props.lang];
  return props.shell({
    lang: props.lang,
    title: t.momoPendingTitle,
    of: props.name,
    width: "narrow",
    body: html`<h1 class="govuk-heading-l">${t.momoPendingTitle}</h1>
<p class="govuk-body">${props.payment.orderInfo} · <span class="tabular">${formatDong(props.payment.amount)}</span></p>
${notice({ tone: "warning", body: html`<p>${t.momoPending}</p>` })}
${button({ label: t.momoReturn, href: props.back })}`,
  });
}
