import { formatDateTimeSeconds } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { emptyState, hiddenField, table } from "#kit/ui/index.ts";
import type { PostEventKind } from "#protocols/post/index.ts";
import type { SandboxShell } from "../../shell/index.ts";
import { messages } from "../../words/index.ts";
import type { PostItem } from "../post-book.ts";

/** Everything that may happen next, whatever is usual: a post on a bad day is tried out here. */
const NEXT: readonly PostEventKind[] = [
  "collected",
  "in-transit",
  "out-for-delivery",
  "delivered",
  "delivery-failed",
  "returning",
  "returned",
  "lost",
];

export function postPage(props: {
  readonly shell: SandboxShell;
  readonly lang: Lang;
  readonly items: readonly PostItem[];
}): Html {
  const { lang, items } = props;
  const t = messages[lang];
  return props.shell({
    lang,
    title: t.postTitle,
    current: "post",
    path: "/buu-chinh",
    body: html`<h1 class="govuk-heading-l">${t.postTitle}</h1><p class="govuk-body">${t.postLead}</p>${
      items.length === 0
        ? emptyState({ title: t.postNone, text: t.postNoneText })
        : table({
            caption: t.postTitle,
            hideCaption: true,
            rows: items,
            columns: [
              {
                label: t.postColumns.item,
                head: true,
                cell: ({ itemCode, order }) =>
                  html`<span class="tabular">${itemCode}</span><br><span class="muted small">${t.postServices[order.service]}<br>${t.postPostage(formatDong(order.postage.amount), order.postage.paid === "at-the-door")}</span>`,
              },
              {
                label: t.postColumns.way,
                cell: ({ order }) =>
                  html`${order.from.name}<br><span class="muted small">→ ${order.to.name}, ${order.to.phone ?? ""}<br>${order.to.addressToday ?? order.to.address}</span>`,
              },
              { label: t.postColumns.state, cell: (item) => newest(item, lang) },
              { label: t.postColumns.acts, cell: (item) => acts(item, lang) },
            ],
          })
    }`,
  });
}

function newest({ events, told, cancelled }: PostItem, lang: Lang): Html | null {
  const t = messages[lang];
  const event = events.at(-1);
  if (!event) return null;
  const heard = told.get(event.id)?.last ? t.postTold : t.postUntold;
  return html`${cancelled ? html`<strong>${t.postCancelled}</strong><br>` : null}${t.postEvents[event.kind]} <span class="muted small">(${heard})</span><br><time class="muted small" datetime="${event.at}">${formatDateTimeSeconds(new Date(event.at))}</time>`;
}

function acts({ itemCode }: PostItem, lang: Lang): Html {
  const t = messages[lang];
  return html`<div class="row-actions">${NEXT.map(
    (kind) =>
      html`<form method="post" action="/buu-chinh/viec">${hiddenField("item", itemCode)}${hiddenField("kind", kind)}<button class="link-button" type="submit">${t.postEvents[kind]}<span class="govuk-visually-hidden"> ${itemCode}</span></button></form>`,
  )}</div>`;
}
