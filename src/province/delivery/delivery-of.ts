/** What the citizen's page of a dossier says about the post. */
import type { Db } from "#kit/db.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, hiddenField } from "#kit/ui/index.ts";
import { feePaths } from "#province/fees/index.ts";
import { listEventsOf, listOrdersOf } from "./delivery-view.ts";
import { messages } from "./messages.ts";
import { orderBox } from "./pages/order-box.ts";

/** Null when nothing was ordered. `db` is the tenant's. */
export async function deliveryOf(db: Db, dossierId: string, lang: Lang): Promise<Html | null> {
  const [orders, events] = await Promise.all([listOrdersOf(db, dossierId), listEventsOf(db, dossierId)]);
  const shown = orders.filter(({ state }) => state !== "refused");
  if (shown.length === 0) return null;
  const t = messages[lang].box;
  return html`<section class="dossier-box" aria-labelledby="post"><h2 class="govuk-heading-s" id="post">${t.title}</h2>${shown.map(
    (order) =>
      orderBox(
        { lang, order, events: events.get(order.id) ?? [] },
        order.state === "awaiting-postage"
          ? html`<div class="post-order__acts">${button({ label: t.payNow, href: feePaths.payment(dossierId), kind: "secondary" })}<form method="post" action="/ho-so/${dossierId}/buu-chinh">${hiddenField("don", order.id)}<button class="link-button" type="submit">${t.atDoor}</button></form></div>`
          : null,
      ),
  )}</section>`;
}
