import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, buttonGroup, hiddenField } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { paymentPaths } from "../paths.ts";
import type { Channel } from "../providers/provider.ts";
import { type OrderView, orderList } from "./order-page.ts";

export interface ReviewPageProps {
  readonly lang: Lang;
  readonly order: OrderView;
  readonly channel: Channel;
  readonly providerName: string;
  /** Made with this page: pressing twice is one attempt. */
  readonly attemptId: string;
}

/** The order once more, with the chosen bank or wallet; "Thanh toán" leads to the provider's own page. */
export function reviewPage({ lang, order, channel, providerName, attemptId }: ReviewPageProps): Html {
  const t = messages[lang];
  const where = channel.name === providerName ? channel.name : `${channel.name} (${providerName})`;
  return html`<h1 class="govuk-heading-l">${t.orderTitle}</h1>
<div class="pay-order">${orderList(lang, order, t.methodOf[channel.kind](channel.name))}</div>
<p class="govuk-body">${channel.kind === "transfer" ? t.leavingTransfer : t.leaving(where)}</p>
<form method="post" action="${paymentPaths.pay(order.id)}">
${hiddenField("lan", attemptId)}${hiddenField("kenh", channel.code)}
${buttonGroup(button({ label: t.pay, once: true }), button({ label: t.back, href: paymentPaths.order(order.id), kind: "secondary" }))}
</form>`;
}
