import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { IconName } from "#kit/ui/index.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { statusTag, summaryList, timeline, type Tone } from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import type { DeliveryOrder, Party, TrackedEvent } from "../order.ts";
import { isOrderOver, type OrderState } from "../order-lifecycle.ts";

const LOOK: Readonly<Record<OrderState, readonly [Tone, IconName]>> = {
  "awaiting-postage": ["warning", "money"],
  sending: ["quiet", "clock"],
  ordered: ["quiet", "clock"],
  collected: ["info", "clock"],
  "in-transit": ["info", "clock"],
  "out-for-delivery": ["info", "clock"],
  "delivery-failed": ["warning", "warning"],
  delivered: ["success", "check"],
  returning: ["warning", "warning"],
  returned: ["warning", "stop"],
  lost: ["danger", "cross"],
  refused: ["danger", "cross"],
  cancelled: ["quiet", "stop"],
};

export function orderTag(state: OrderState, lang: Lang): Html {
  const [tone, name] = LOOK[state];
  return statusTag({ tone, icon: name, label: messages[lang].states[state] });
}

function place(party: Party, lang: Lang): Html {
  const t = messages[lang].box;
  return html`${party.name}${party.phone ? ` · ${party.phone}` : null}<br><span class="muted small">${party.address}${party.addressToday ? html`<br>${t.today} ${party.addressToday}` : null}</span>`;
}

/** Why nothing moves, in words: our own codes, or the post's sentence as it came. */
export function problemWords(problem: string, lang: Lang): string {
  return messages[lang].problems[problem] ?? problem;
}

/** What the state alone does not say: only the letter waits for postage, and how it goes with taking it back. */
function standing({ kind, state, cancel, cancelNote }: DeliveryOrder, lang: Lang): Html | null {
  const t = messages[lang].box;
  if (state === "awaiting-postage") return kind === "result" ? html`<p>${t.onlyTheLetter}</p>` : null;
  if (isOrderOver(state)) return null;
  if (cancel === "asked") return html`<p>${t.cancelAsked}</p>`;
  return cancel === "refused" ? html`<p>${t.cancelRefused(cancelNote ?? "")}</p>` : null;
}

/** One order: what it is, where it goes, what it costs, what the post told. `more` stands below. */
export function orderBox(
  props: {
    readonly lang: Lang;
    readonly order: DeliveryOrder;
    readonly events: readonly TrackedEvent[];
  },
  more: Html | null = null,
): Html {
  const { lang, order, events } = props;
  const t = messages[lang];
  const other = order.kind === "papers" ? order.sender : order.receiver;
  const name = order.round > 1 ? `${t.kinds[order.kind]} (${t.box.round(order.round)})` : t.kinds[order.kind];
  return html`<section class="post-order" aria-labelledby="don-${order.id}"><div class="post-order__head"><h3 class="govuk-heading-s" id="don-${order.id}">${name}</h3>${orderTag(order.state, lang)}</div>
${summaryList([
  ...(order.itemCode ? [{ key: t.box.item, value: html`<span class="tabular">${order.itemCode}</span>` }] : []),
  { key: order.kind === "papers" ? t.box.from : t.box.to, value: place(other, lang) },
  {
    key: t.box.postage,
    value: html`<span class="money">${formatDong(order.postage)}</span> <span class="muted small">${t.box.grams(order.grams)}, ${t.pays[order.pays]}</span>`,
  },
])}${standing(order, lang)}${
  events.length === 0
    ? order.itemCode && order.state !== "cancelled"
      ? html`<p class="muted">${t.box.nothing}</p>`
      : null
    : timeline(
        events.map((event, index) => ({
          what: t.events[event.kind],
          when: `${formatDateTime(event.at)} · ${event.place}`,
          more: event.note ? html`<p class="timeline__more">${event.note}</p>` : null,
          now: index === 0,
        })),
      )
}${more}</section>`;
}
