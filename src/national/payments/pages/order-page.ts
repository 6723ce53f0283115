import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { backLink, button, buttonGroup, errorSummary, notice, summaryList } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { paymentPaths } from "../paths.ts";
import type { FailureWord } from "../decline-word.ts";
import type { Channel } from "../providers/provider.ts";
import { channelMark } from "./channel-mark.ts";

export interface OrderView {
  readonly id: string;
  readonly information: string;
  readonly amount: number;
  readonly merchantName: string;
  readonly backUrl: string;
  readonly payee: { readonly name: string; readonly account: string };
  readonly lines: readonly { readonly name: string; readonly amount: number }[];
  readonly stand:
    | { readonly kind: "open"; readonly lastFailure?: { readonly time: string; readonly reason: FailureWord } }
    | { readonly kind: "unfinished"; readonly attemptId: string }
    | { readonly kind: "paid" }
    | { readonly kind: "expired" };
}

export interface OfferedChannel extends Channel {
  /** Set when the amount is outside what this channel takes: the limit that it misses, in đồng. */
  readonly refusedBelow?: number;
  readonly refusedAbove?: number;
}

export interface OrderPageProps {
  readonly lang: Lang;
  readonly order: OrderView;
  readonly channels: readonly OfferedChannel[];
  readonly nothingChosen: boolean;
}

/** The page's name, which says how the order stands. */
export function orderTitle(lang: Lang, stand: OrderView["stand"]): string {
  const t = messages[lang];
  return { open: t.chooseTitle, unfinished: t.unfinishedTitle, paid: t.paidTitle, expired: t.expiredTitle }[stand.kind];
}

/** The hub's page of one order: what it is, then banks and wallets to choose from; or why there is nothing to choose. */
export function orderPage({ lang, order, channels, nothingChosen }: OrderPageProps): Html {
  const t = messages[lang];
  const heading = html`<h1 class="govuk-heading-l">${t.chooseTitle}</h1>${orderFacts(lang, order)}`;
  const { stand } = order;
  if (stand.kind === "paid") {
    return html`<h1 class="govuk-heading-l">${t.paidTitle}</h1>${notice({ tone: "success", body: html`<p>${t.paidText}</p>` })}${orderFacts(lang, order)}${button({ label: t.backTo(order.merchantName), href: order.backUrl })}`;
  }
  if (stand.kind === "expired") {
    return html`<h1 class="govuk-heading-l">${t.expiredTitle}</h1><p class="govuk-body">${t.expiredText}</p>${button({ label: t.backTo(order.merchantName), href: order.backUrl })}`;
  }
  if (stand.kind === "unfinished") {
    return html`<h1 class="govuk-heading-l">${t.unfinishedTitle}</h1>${notice({ tone: "warning", body: html`<p>${t.unfinishedText}</p>` })}${orderFacts(lang, order)}${buttonGroup(
      button({ label: t.seeUnfinished, href: paymentPaths.result(stand.attemptId) }),
      button({ label: t.backTo(order.merchantName), href: order.backUrl, kind: "secondary" }),
    )}`;
  }
  if (channels.every(isRefused)) {
    return html`<h1 class="govuk-heading-l">${t.noChannelTitle}</h1>${notice({ tone: "warning", body: html`<p>${t.noChannelText}</p>` })}${orderFacts(lang, order)}${button({ label: t.backTo(order.merchantName), href: order.backUrl })}`;
  }
  const failure = stand.lastFailure;
  return html`${backLink(lang, order.backUrl, t.backTo(order.merchantName))}
${errorSummary(lang, nothingChosen ? [{ field: "kenh", message: t.chooseFirst }] : [])}
${failure ? notice({ tone: "warning", body: html`<p>${t.lastFailed(failure.time, t.reasons[failure.reason])}</p>` }) : null}
${heading}
<form method="get" action="${paymentPaths.review(order.id)}" novalidate>
${GROUPS.map((group, index) => {
  const offered = channels.filter((one) => (group.kinds as readonly string[]).includes(one.kind));
  return channelGroup(lang, { ...group, title: t[group.title] }, offered, index === 0 && nothingChosen);
})}
${buttonGroup(button({ label: t.pay }))}
</form>`;
}

/** In the order of the page. The first one's id takes the error's link. */
const GROUPS = [
  { title: "chooseBank", kinds: ["bank"], idPrefix: "kenh" },
  { title: "chooseAccount", kinds: ["internet-banking", "international"], idPrefix: "tai-khoan" },
  { title: "chooseWallet", kinds: ["wallet"], idPrefix: "vi" },
  { title: "chooseTransfer", kinds: ["transfer"], idPrefix: "qr" },
] as const satisfies readonly {
  readonly title: "chooseBank" | "chooseAccount" | "chooseWallet" | "chooseTransfer";
  readonly kinds: readonly Channel["kind"][];
  readonly idPrefix: string;
}[];

function isRefused(channel: OfferedChannel): boolean {
  return channel.refusedBelow !== undefined || channel.refusedAbove !== undefined;
}

function channelGroup(
  lang: Lang,
  { title, idPrefix }: { readonly title: string; readonly idPrefix: string },
  channels: readonly OfferedChannel[],
  marked: boolean,
): Html | null {
  if (channels.length === 0) return null;
  const t = messages[lang];
  const error = marked ? html`<p class="govuk-error-message" id="kenh-error">${t.chooseFirst}</p>` : null;
  return html`<div class="govuk-form-group${marked ? " govuk-form-group--error" : ""}"><fieldset class="govuk-fieldset"${attributes({ "aria-describedby": marked ? "kenh-error" : undefined })}><legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${title}</legend>${error}<div class="pay-channels${channels[0]?.badge ? " pay-channels--plates" : ""}">${channels.map(
    (channel, index) => {
      const id = index === 0 ? idPrefix : `${idPrefix}-${index + 1}`;
      const refused = isRefused(channel);
      return html`<div class="pay-channel"><input class="pay-channel__input" type="radio" id="${id}" name="kenh" value="${channel.code}"${attributes({ disabled: refused, "aria-describedby": refused ? `${id}-hint` : undefined })}><label class="pay-channel__label" for="${id}">${channelMark(channel)}</label>${refused ? html`<span class="pay-channel__hint" id="${id}-hint">${channel.refusedAbove === undefined ? t.amountFrom(formatDong(channel.refusedBelow ?? 0)) : t.amountTo(formatDong(channel.refusedAbove))}</span>` : null}</div>`;
    },
  )}</div></fieldset></div>`;
}

function orderFacts(lang: Lang, order: OrderView): Html {
  const title = messages[lang].orderTitle;
  return html`<section class="pay-order" aria-labelledby="order-facts"><h2 class="govuk-heading-m" id="order-facts">${title}</h2>${orderList(lang, order)}</section>`;
}

/** "Thông tin đơn hàng" as the source shows it (order, supplier, transaction fee, amount), with payee and fee lines. */
export function orderList(lang: Lang, order: OrderView, method?: string): Html {
  const t = messages[lang];
  return summaryList([
    { key: t.order, value: order.information },
    { key: t.supplier, value: order.merchantName },
    { key: t.payee, value: html`${order.payee.name}<br><span class="muted tabular">${order.payee.account}</span>` },
    ...(method ? [{ key: t.method, value: method }] : []),
    ...(order.lines.length > 0
      ? [
          {
            key: t.lines,
            value: html`<ul class="pay-lines">${order.lines.map((line) => html`<li><span>${line.name}</span> <span class="money">${formatDong(line.amount)}</span></li>`)}</ul>`,
          },
        ]
      : []),
    { key: t.transactionFee, value: t.zero },
    { key: t.total, value: html`<strong class="pay-total">${formatInteger(order.amount)} VND</strong>` },
  ]);
}
